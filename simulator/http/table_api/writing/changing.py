"""Which command a write is: by table, what inserts and what changes its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from smslab.simulator.errors import UnknownRecord
from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.table_api.columns import Table
from smslab.simulator.http.table_api.plain.tables import PlainTable
from smslab.simulator.http.table_api.served import World
from smslab.simulator.http.table_api.writing import interactions, messaging, people, plain
from smslab.simulator.http.table_api.writing.entries import Entries, no_access
from smslab.simulator.states import PartyKind

Insert: TypeAlias = Callable[[World, Entries], Any]
Update: TypeAlias = Callable[[World, Entries, Any], None]


def _dropped(world: World, entries: Entries, row: object) -> None:
    """Nothing can be written into the row, and nothing is said of it."""


_INSERTS: Mapping[str, Insert] = {
    "csm_consumer": lambda world, entries: people.insert_party(world, entries, PartyKind.CONSUMER),
    "customer_contact": lambda world, entries: people.insert_party(
        world, entries, PartyKind.CONTACT
    ),
    "sys_user": people.insert_user,
    "cmn_location": people.insert_location,
    "sys_cs_channel": messaging.insert_channel,
    "sys_cs_provider": messaging.insert_provider,
    "sys_cs_provider_application": messaging.insert_number,
    "interaction": interactions.insert_interaction,
}

_UPDATES: Mapping[str, Update] = {
    "csm_consumer": people.update_person,
    "customer_contact": people.update_person,
    "sys_user": people.update_person,
    "cmn_location": people.update_location,
    "sys_cs_channel": messaging.update_channel,
    "sys_cs_provider": messaging.update_provider,
    "sys_cs_provider_application": messaging.update_number,
    "sys_cs_channel_user_profile": _dropped,
    "interaction": interactions.update_interaction,
}


def insert(world: World, entries: Entries, actor: str) -> str:
    """Insert a row; its sys_id. Raises ApiError, or Refused by a rule."""
    table = entries.table
    if isinstance(table, PlainTable):
        return plain.insert_row(world, entries, table, actor)
    if table.name not in _INSERTS:
        raise no_access("Insert")
    record = _carried_out(lambda: _INSERTS[table.name](world, entries))
    return table.columns["sys_id"].read(record)


def update(world: World, entries: Entries, row: Any, sys_id: str, actor: str) -> None:
    """Change a row. Raises ApiError, or Refused by a rule."""
    table = entries.table
    if isinstance(table, PlainTable):
        plain.update_row(world, entries, table, sys_id, actor)
    elif table.name not in _UPDATES:
        raise no_access("Update")
    else:
        _carried_out(lambda: _UPDATES[table.name](world, entries, row))


def delete(world: World, table: Table, sys_id: str) -> None:
    """Delete a row of a plain table. Raises ApiError for a record."""
    if not isinstance(table, PlainTable):
        raise no_access("Delete")
    world.run("table_delete", table=table.name, sys_id=sys_id)


def _carried_out(command: Callable[[], Any]) -> Any:
    """The result of a command; what it takes for a mistake in the call was one in the request."""
    try:
        return command()
    except UnknownRecord as error:
        raise ApiError(400, "Invalid value", str(error)) from None
