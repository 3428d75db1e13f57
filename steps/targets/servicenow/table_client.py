"""The Table API of an instance, as far as the target needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from smslab.steps.targets.client import Request, Transport, expect_success
from smslab.steps.targets.credentials import Credentials
from smslab.steps.targets.protocol import TargetFailed
from smslab.steps.targets.refusals import refusal_in

PAGE = 1_000
"""Rows asked for at once."""

Row = Mapping[str, str]

_AS_STORED = {"sysparm_exclude_reference_link": "true", "sysparm_display_value": "false"}


class TableClient:
    """Reads and writes rows; values as they are stored, references as sys_ids."""

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self._transport = transport
        self._credentials = credentials

    def rows(self, table: str, query: str, columns: Iterable[str] = ()) -> list[Row]:
        """Every row that fits an encoded query, in the order in which they were made."""
        found: list[Row] = []
        while True:
            page = self._page(table, query, columns, len(found))
            found += page
            if len(page) < PAGE:
                return found

    def columns(self, table: str) -> frozenset[str]:
        """The columns that a row of a table shows; none where it has no row."""
        return frozenset(name for row in self._page(table, "", (), 0, 1) for name in row)

    def insert(self, table: str, values: Mapping[str, object]) -> Row:
        """A new row. Raises Refused by a rule that the answer names, and TargetFailed."""
        return self._written(Request("POST", _path(table), _AS_STORED, dict(values)))

    def update(self, table: str, sys_id: str, values: Mapping[str, object]) -> Row:
        """Change a row. Raises as :meth:`insert`."""
        path = f"{_path(table)}/{sys_id}"
        return self._written(Request("PATCH", path, _AS_STORED, dict(values)))

    def _page(
        self, table: str, query: str, columns: Iterable[str], offset: int, limit: int = PAGE
    ) -> list[Row]:
        asked = {
            "sysparm_query": f"{query}^ORDERBYsys_created_on" if query else "ORDERBYsys_created_on",
            **_AS_STORED,
            "sysparm_limit": str(limit),
            "sysparm_offset": str(offset),
        }
        if fields := ",".join(columns):
            asked["sysparm_fields"] = fields
        request = Request("GET", _path(table), asked)
        body = expect_success(self._transport.send(request), request, self._credentials)
        rows = body.get("result") if isinstance(body, Mapping) else None
        if not isinstance(rows, list):
            raise TargetFailed(f"The target answers GET {request.path} without a list of rows.")
        return rows

    def _written(self, request: Request) -> Row:
        answer = self._transport.send(request)
        if refusal := refusal_in(answer):
            raise refusal
        body: Any = expect_success(answer, request, self._credentials)
        row = body.get("result") if isinstance(body, Mapping) else None
        if not isinstance(row, dict) or not row.get("sys_id"):
            raise TargetFailed(f"The target answers {request.method} {request.path} without a row.")
        return row


def _path(table: str) -> str:
    return f"/api/now/table/{table}"


def one_of(column: str, values: Iterable[str]) -> str:
    """The encoded query for rows with one of these values, none of which holds a comma."""
    return f"{column}IN{','.join(values)}"
