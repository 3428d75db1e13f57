"""Writing consumers, contacts, users, agents and locations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smslab.simulator.errors import Refused
from smslab.simulator.http.table_api.mapping_people import PRESENCES
from smslab.simulator.http.table_api.served import World
from smslab.simulator.http.table_api.writing.entries import Entries
from smslab.simulator.records import Agent, Location, Party
from smslab.simulator.states import PartyKind

_TEXTS = {
    "name": "name",
    "mobile_phone": "mobile_phone",
    "home_phone": "home_phone",
    "business_phone": "business_phone",
    "phone": "business_phone",
}
_REFERENCES = {
    "location": "location",
    "user": "linked_user",
    "x_smslab_linked_user": "linked_user",
    "parent": "parent",
}
_CAPACITIES = {
    "x_smslab_sms_capacity": "set_sms_capacity",
    "x_smslab_capacity": "set_capacity",
}


def insert_party(world: World, entries: Entries, kind: PartyKind) -> Party:
    """A new consumer, contact or user."""
    entries.demand("name")
    party: Party = world.run("add_party", kind=kind, **_fields(entries))
    return party


def insert_user(world: World, entries: Entries) -> Party | Agent:
    """A new user; one with roles is an agent."""
    roles = entries.text("roles") if "roles" in entries else ""
    if not roles:
        return insert_party(world, entries, PartyKind.USER)
    entries.demand("name")
    names = tuple(role.strip() for role in roles.split(",") if role.strip())
    agent: Agent = world.run("add_agent", name=entries.text("name"), roles=names)
    return agent


def update_person(world: World, entries: Entries, row: Party | Agent) -> None:
    """Change a consumer, contact or user; of an agent the presence and the capacities."""
    if isinstance(row, Agent):
        _update_agent(world, entries, row)
    elif changes := _changes(_fields(entries), row):
        world.run("change_party", party=row.id, **changes)


def _update_agent(world: World, entries: Entries, row: Agent) -> None:
    commands: list[tuple[str, dict[str, Any]]] = []
    if "x_smslab_presence" in entries and (value := entries.choice("x_smslab_presence")):
        presence = PRESENCES[value]
        if presence is not row.presence:
            commands.append(("set_presence", {"presence": presence.value}))
    for column, command in _CAPACITIES.items():
        if column in entries:
            limit = entries.number(column)
            if limit is not None and limit < 0:
                raise Refused("W-2", f"A capacity is 0 or more, not {limit}.")
            if limit != getattr(row, column.removeprefix("x_smslab_")):
                commands.append((command, {"limit": limit}))
    # All values are known to be good by now, so none of the commands is refused half-way.
    for command, arguments in commands:
        world.run(command, agent=row.id, **arguments)


def insert_location(world: World, entries: Entries) -> Location:
    """A new location."""
    entries.demand("name")
    location: Location = world.run("add_location", **_fields(entries), **_territory(entries))
    return location


def update_location(world: World, entries: Entries, row: Location) -> None:
    """Change the name, the parent or the territory of a location."""
    if changes := _changes({**_fields(entries), **_territory(entries)}, row):
        world.run("change_location", location=row.id, **changes)


def _territory(entries: Entries) -> dict[str, str | None]:
    return {"territory": entries.row("phone_territory")} if "phone_territory" in entries else {}


def _fields(entries: Entries) -> dict[str, Any]:
    """What a body says for the fields of a person or place."""
    found: dict[str, Any] = {}
    for column, field in _TEXTS.items():
        if column in entries:
            found[field] = entries.text(column) or None
    for column, field in _REFERENCES.items():
        if column in entries:
            row = entries.row(column)
            found[field] = None if row is None else row.id
    if found.get("name", "") is None:
        entries.demand("name")
    return found


def _changes(fields: Mapping[str, Any], row: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if getattr(row, name) != value}
