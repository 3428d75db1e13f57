"""Channels, providers, the company's numbers, and channel user profiles."""

from __future__ import annotations

from smslab.simulator.http.table_api.columns import ColumnType
from smslab.simulator.http.table_api.mapped import (
    ColumnMap,
    Source,
    TableMap,
    choice,
    derived,
    flag,
    moment,
    refers,
    text,
    whole,
)
from smslab.simulator.http.table_api.mapping_people import kind_of, table_of_party
from smslab.simulator.store import Store


def _channel_id(store: Store, name: str | None) -> str | None:
    found = store.channels.find("name", name)
    return found[0].id if found else None


def _channel(column: str = "channel") -> ColumnMap:
    return ColumnMap(
        column,
        "Channel",
        ColumnType.REFERENCE,
        derived=lambda store, row: _channel_id(store, row.channel),
        reference="sys_cs_channel",
        entity="channel",
    )


def _idle_minutes(store: Store, row: object) -> int | None:
    timeout = getattr(row, "va_idle_timeout", None)
    return None if timeout is None else int(timeout.total_seconds() // 60)


CHANNELS = TableMap(
    "sys_cs_channel",
    "Messaging Channel",
    "name",
    (
        text("name", "Name"),
        choice("type", "Type", ("messaging", "chat"), "kind"),
        derived("timeout", "Conversation idle timeout", _idle_minutes, ColumnType.INTEGER),
        whole("x_smslab_order", "Order"),
        flag("x_smslab_active", "Active"),
        flag("x_smslab_allows_other", "Other numbers may be typed"),
        flag("x_smslab_needs_active_profile", "Check if active recipient profile exists"),
        text("x_smslab_attachment_types", "Attachment types"),
        text("x_smslab_agent_words", "Words that ask for an agent"),
    ),
    (Source(lambda store: store.channels, "channel"),),
    {"name": lambda store, name: store.channels.find("name", name)},
)

PROVIDERS = TableMap(
    "sys_cs_provider",
    "Provider Channel",
    "name",
    (text("name", "Name"), _channel(), flag("x_smslab_outage", "Outage")),
    (Source(lambda store: store.providers, "provider"),),
    {},
)

PROVIDER_NUMBERS = TableMap(
    "sys_cs_provider_application",
    "Provider Channel Identity",
    "name",
    (
        text("name", "Name", "number"),
        text("inbound_id", "Inbound ID", "number"),
        refers("provider", "Provider", "sys_cs_provider", "provider"),
        text("x_smslab_answered_by", "Conversations begin with"),
        whole("x_smslab_segments_per_second", "Segments per second"),
    ),
    (Source(lambda store: store.provider_numbers, "provider number"),),
    {
        "name": lambda store, number: store.provider_numbers.find("number", number),
        "inbound_id": lambda store, number: store.provider_numbers.find("number", number),
    },
)


def _party_document(column: str, label: str) -> ColumnMap:
    return ColumnMap(
        column, label, ColumnType.DOCUMENT, "party", entity=kind_of, table_column="user_table"
    )


PROFILES = TableMap(
    "sys_cs_channel_user_profile",
    "Channel User Profile",
    "display_name",
    (
        text("channel_user_id", "Channel user ID", "number"),
        _channel(),
        derived("user_table", "User table", lambda store, row: table_of_party(store, row.party)),
        _party_document("user_document", "User document"),
        text("display_name", "Display Name"),
        derived("active", "Active", lambda store, row: row.is_active, ColumnType.BOOLEAN),
        moment("expired_on", "Expired on", "expired_on"),
        text("x_smslab_provider_number", "Provider number"),
    ),
    (Source(lambda store: store.profiles, "channel user profile"),),
    {},
)

CHANNEL_TABLES = (CHANNELS, PROVIDERS, PROVIDER_NUMBERS, PROFILES)
