"""Dot-walks: from a row over references to a column of another table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from smslab.simulator.http.table_api.columns import Catalog, Column, Table
from smslab.simulator.http.table_api.query.tree import Path


@dataclass(frozen=True, slots=True)
class Walk:
    """The column at the end of a dot-walk, and how to get from a row to the row that has it."""

    column: Column
    target: Callable[[Any], Any | None]

    def value(self, row: Any) -> str:
        """The value at the end, "" where a reference on the way is empty."""
        found = self.target(row)
        return "" if found is None else self.column.read(found)


def walk(catalog: Catalog, table: Table, path: Path) -> Walk | None:
    """Follow a path from a table; None where a column is not there or is no reference."""
    target: Callable[[Any], Any | None] = _itself
    for name in path[:-1]:
        column = table.columns.get(name)
        referred = catalog.table(column.reference) if column and column.reference else None
        if column is None or referred is None:
            return None
        target = _step(target, column, referred)
        table = referred
    last = table.columns.get(path[-1])
    return None if last is None else Walk(last, target)


def _itself(row: Any) -> Any:
    return row


def _step(
    before: Callable[[Any], Any | None], column: Column, referred: Table
) -> Callable[[Any], Any | None]:
    def step(row: Any) -> Any | None:
        found = before(row)
        return None if found is None else referred.row(column.read(found))

    return step
