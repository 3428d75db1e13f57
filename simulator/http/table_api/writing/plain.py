"""Writing rows of plain tables."""

from __future__ import annotations

import re

from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.table_api.plain.schema import PlainColumn
from smslab.simulator.http.table_api.plain.tables import ATTACHMENTS, PlainTable
from smslab.simulator.http.table_api.served import World
from smslab.simulator.http.table_api.writing.entries import Entries, no_access

_SYS_ID = re.compile(r"[0-9a-f]{32}")


def insert_row(world: World, entries: Entries, table: PlainTable, actor: str) -> str:
    """A new row; its sys_id, which the body may give (as PySNC does)."""
    if table.name == ATTACHMENTS:
        raise no_access("Insert")
    sys_id = entries.text("sys_id") if "sys_id" in entries else ""
    if sys_id and not _SYS_ID.fullmatch(sys_id):
        raise ApiError(400, "Invalid value", "A sys_id has 32 digits and letters from a to f.")
    if sys_id and table.row(sys_id) is not None:
        raise ApiError(400, "Invalid value", f"The sys_id {sys_id} is used already.")
    values = _values(entries, table)
    mandatory = [
        name
        for name, column in table.schema.columns.items()
        if column.mandatory and not values.get(name, column.default)
    ]
    entries.demand(*mandatory)
    given: str = world.run(
        "table_insert", table=table.name, values=values, actor=actor, sys_id=sys_id or None
    )
    return given


def update_row(world: World, entries: Entries, table: PlainTable, sys_id: str, actor: str) -> None:
    """Change a row."""
    values = _values(entries, table)
    empty = [
        name for name, text in values.items() if table.schema.columns[name].mandatory > bool(text)
    ]
    entries.demand(*empty)
    if values:
        world.run("table_update", table=table.name, sys_id=sys_id, values=values, actor=actor)


def _values(entries: Entries, table: PlainTable) -> dict[str, str]:
    values = {}
    for name, column in table.schema.columns.items():
        if name in entries and _is_writable(column, entries):
            text = entries.text(name)
            if column.reference and text and entries.catalog.table(column.reference):
                entries.row(name)
            values[name] = text
    return values


def _is_writable(column: PlainColumn, entries: Entries) -> bool:
    """Masked columns take input as displayed only: the rule documented for encrypted ones."""
    return not column.read_only and (entries.as_displayed or not column.masked)
