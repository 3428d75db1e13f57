"""Writing channels, providers and their numbers."""

from __future__ import annotations

from typing import Any

from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.table_api.served import World
from smslab.simulator.http.table_api.writing.entries import Entries, forbidden
from smslab.simulator.records import Channel, Provider, ProviderNumber

_FLAGS = ("active", "allows_other", "needs_active_profile")
_BEGINNINGS = ("virtual agent", "queue")


def insert_channel(world: World, entries: Entries) -> Channel:
    """A new channel, under a name that no other has."""
    entries.demand("name")
    name = entries.text("name")
    if world.instance.store.channels.find("name", name):
        raise forbidden(f"There is a channel {name[:80]!r} already; change that one.")
    kind = entries.choice("type") if "type" in entries else ""
    channel: Channel = world.run("add_channel", name=name, kind=kind or "messaging")
    return channel


def update_channel(world: World, entries: Entries, row: Channel) -> None:
    """Change how a channel is configured."""
    changes: dict[str, Any] = {}
    for field in _FLAGS:
        if (column := f"x_smslab_{field}") in entries and (text := entries.text(column)):
            changes[field] = text == "true"
    if "x_smslab_order" in entries and (order := entries.number("x_smslab_order")) is not None:
        changes["order"] = order
    if "x_smslab_attachment_types" in entries:
        types = entries.text("x_smslab_attachment_types").split(",")
        changes["attachment_types"] = tuple(each.strip() for each in types if each.strip())
    changes = {field: value for field, value in changes.items() if getattr(row, field) != value}
    if changes:
        world.run("configure_channel", channel=row.name, **changes)


def insert_provider(world: World, entries: Entries) -> Provider:
    """A new provider of a channel."""
    entries.demand("name", "channel")
    channel = entries.row("channel")
    name = "" if channel is None else channel.name
    provider: Provider = world.run("add_provider", name=entries.text("name"), channel=name)
    return provider


def update_provider(world: World, entries: Entries, row: Provider) -> None:
    """Begin or end an outage."""
    text = entries.text("x_smslab_outage") if "x_smslab_outage" in entries else ""
    if text and (text == "true") is not row.outage:
        world.run("begin_outage" if text == "true" else "end_outage", provider=row.id)


def insert_number(world: World, entries: Entries) -> ProviderNumber:
    """A new number of the company."""
    entries.demand("inbound_id", "provider")
    provider = entries.row("provider")
    begins = entries.text("x_smslab_answered_by") if "x_smslab_answered_by" in entries else ""
    if begins and begins not in _BEGINNINGS:
        raise ApiError(
            400, "Invalid value", f"x_smslab_answered_by is one of {', '.join(_BEGINNINGS)}."
        )
    number: ProviderNumber = world.run(
        "add_provider_number",
        entry=entries.text("inbound_id"),
        provider="" if provider is None else provider.id,
        answered_by=begins or _BEGINNINGS[0],
    )
    return number


def update_number(world: World, entries: Entries, row: ProviderNumber) -> None:
    """Change how fast a number sends."""
    column = "x_smslab_segments_per_second"
    if column in entries and (limit := entries.number(column)) != row.segments_per_second:
        world.run("limit_throughput", provider_number=row.number, segments_per_second=limit)
