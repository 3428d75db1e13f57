"""Rows as the answers show them: which fields, values or display values, links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from smslab.simulator.http.table_api.columns import Catalog, Column, Table, display_value
from smslab.simulator.http.table_api.query.parsing import parsed_path
from smslab.simulator.http.table_api.query.patience import in_time
from smslab.simulator.http.table_api.query.tree import Limits, QueryRefused, TooSlow
from smslab.simulator.http.table_api.query.walking import walk

Shown: TypeAlias = Literal["false", "true", "all"]
Cell: TypeAlias = str | dict[str, str]
MOST_FIELDS = 500


@dataclass(frozen=True, slots=True)
class Presentation:
    """What ``sysparm_display_value``, ``_exclude_reference_link`` and ``_fields`` ask for.

    ``base`` is the address of the server, for links; ``fields`` is None for all.
    """

    base: str
    shown: Shown = "false"
    links: bool = True
    fields: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A field of the answer: its name, its column, and how to get to the row that has it."""

    name: str
    column: Column
    target: Callable[[Any], Any | None] | None


class Presenter:
    """Shows rows of one table. Raises QueryRefused for too many fields, or too long walks."""

    def __init__(
        self, catalog: Catalog, table: Table, presentation: Presentation, limits: Limits
    ) -> None:
        self._catalog = catalog
        self._asked = presentation
        self._limits = limits
        self._entries = self._planned(table, limits)
        self._weight = sum(entry.name.count(".") + 1 for entry in self._entries)

    def _planned(self, table: Table, limits: Limits) -> Sequence[_Entry]:
        fields = self._asked.fields
        if fields is None:
            return [_Entry(name, column, None) for name, column in table.columns.items()]
        if len(fields) > MOST_FIELDS:
            raise QueryRefused(f"{len(fields)} fields are more than {MOST_FIELDS}.")
        entries = []
        for name in dict.fromkeys(fields):
            path = parsed_path(name, limits)
            walked = walk(self._catalog, table, path) if path else None
            # The documentation says that invalid fields are ignored.
            if walked is not None and path is not None:
                target = walked.target if len(path) > 1 else None
                entries.append(_Entry(name, walked.column, target))
        return entries

    def all(self, rows: Sequence[Any]) -> list[dict[str, Cell]]:
        """The answer's objects for rows. Raises TooSlow for too many of them."""
        cells = len(rows) * self._weight
        if cells > self._limits.cells:
            raise TooSlow(
                f"The answer has {cells} values; {self._limits.cells} are allowed. "
                "Ask for fewer sysparm_fields, or for fewer rows with sysparm_limit."
            )
        return [self.one(row) for row in in_time(rows, self._limits)]

    def one(self, row: Any) -> dict[str, Cell]:
        """The answer's object for a row."""
        shown: dict[str, Cell] = {}
        plain = self._asked.shown == "false"
        for entry in self._entries:
            target = row if entry.target is None else entry.target(row)
            value = "" if target is None else entry.column.read(target)
            if plain and not (value and entry.column.reference):
                shown[entry.name] = value
            else:
                shown[entry.name] = self._cell(entry.column, target, value)
        return shown

    def _cell(self, column: Column, row: Any, value: str) -> Cell:
        cell: dict[str, str] = {}
        if self._asked.shown != "false":
            cell["display_value"] = (
                "" if row is None else display_value(self._catalog, column, row, value)
            )
        if self._asked.links and column.reference and value:
            cell["link"] = f"{self._asked.base}/api/now/table/{column.reference}/{value}"
        if self._asked.shown != "true":
            cell["value"] = value
        if len(cell) == 1:
            return next(iter(cell.values()))
        return cell
