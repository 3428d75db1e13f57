"""The Table API of an instance, as far as the target needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from smslab.steps.targets.client import Request, Transport, expect_success, result_in
from smslab.steps.targets.protocol import TargetFailed
from smslab.steps.targets.refusals import refusal_in

PAGE = 1_000
"""Rows asked for at once."""

OUR_ID = "x_smslab_id"
"""What a served instance of ours calls a record in other columns; no other instance has it."""

Row = Mapping[str, str]

_AS_STORED = {"sysparm_exclude_reference_link": "true", "sysparm_display_value": "false"}


class TableClient:
    """Reads and writes rows; values as they are stored, references as sys_ids."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def rows(
        self, table: str, query: str, columns: Iterable[str], *, aside: bool = False
    ) -> list[Row]:
        """Every row that fits an encoded query, in the order in which they were made.

        Only ``columns`` are read, and ``sys_id``: what else a row of a company says is not for
        a report. ``aside`` is as in :class:`~smslab.steps.targets.client.Request`. Raises
        TargetFailed, also for a column that the table does not show.
        """
        found: list[Row] = []
        while True:
            page = self._page(table, query, columns, offset=len(found), aside=aside)
            found += page
            if len(page) < PAGE:
                return found

    def check(self, table: str, columns: Iterable[str]) -> None:
        """Raise TargetFailed where a row of a table does not show all columns, if it has one."""
        self._page(table, "", columns, limit=1, aside=True)

    def insert(self, table: str, values: Mapping[str, object], columns: Iterable[str] = ()) -> Row:
        """A new row. Raises Refused by a rule that the answer names, and TargetFailed."""
        return self._written("POST", _path(table), table, values, columns)

    def update(self, table: str, sys_id: str, values: Mapping[str, object]) -> Row:
        """Change a row. Raises as :meth:`insert`."""
        return self._written("PATCH", f"{_path(table)}/{sys_id}", table, values, ())

    def _page(
        self,
        table: str,
        query: str,
        columns: Iterable[str],
        *,
        offset: int = 0,
        limit: int = PAGE,
        aside: bool,
    ) -> list[Row]:
        wanted = ("sys_id", *columns)
        asked = {
            "sysparm_query": f"{query}^ORDERBYsys_created_on" if query else "ORDERBYsys_created_on",
            **_AS_STORED,
            "sysparm_limit": str(limit),
            "sysparm_offset": str(offset),
            "sysparm_fields": ",".join(wanted),
        }
        request = Request("GET", _path(table), asked, aside=aside)
        body = expect_success(self._transport.send(request), request)
        rows = body.get("result") if isinstance(body, Mapping) else None
        if not isinstance(rows, list):
            raise TargetFailed(f"The target answers GET {request.path} without a list of rows.")
        return [_row(table, row, wanted) for row in rows]

    def _written(
        self,
        method: str,
        path: str,
        table: str,
        values: Mapping[str, object],
        columns: Iterable[str],
    ) -> Row:
        wanted = ("sys_id", *columns)
        query = _AS_STORED | {"sysparm_fields": ",".join((*wanted, OUR_ID))}
        request = Request(method, path, query, dict(values))
        answer = self._transport.send(request)
        if refusal := refusal_in(answer):
            raise refusal
        return _row(table, result_in(answer, request), wanted)


def _row(table: str, row: Any, wanted: Iterable[str]) -> Row:
    """A row with texts in all columns that are wanted. Raises TargetFailed."""
    shown = row if isinstance(row, Mapping) else {}
    if missing := ", ".join(sorted(set(wanted) - shown.keys())):
        raise TargetFailed(
            f"The table {table} shows no {missing}: add what is missing there, or let the user "
            "of the run read it."
        )
    return {column: value if isinstance(value, str) else "" for column, value in shown.items()}


def _path(table: str) -> str:
    return f"/api/now/table/{table}"


def one_of(column: str, values: Iterable[str]) -> str:
    """The encoded query for rows with one of these values, none of which holds a comma."""
    return f"{column}IN{','.join(values)}"
