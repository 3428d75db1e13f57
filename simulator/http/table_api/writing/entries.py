"""The body of a write as values of columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.table_api.columns import Catalog, Column, ColumnType, Table
from smslab.simulator.http.table_api.plain.values import BadEntry, written

MOST_COMPARED = 20_000
"""How many rows are looked through for a display value, at most."""


def forbidden(detail: str) -> ApiError:
    """The documented answer to a write that a rule, a policy or an access rule forbids."""
    return ApiError(403, "Operation Failed", detail)


def no_access(operation: str) -> ApiError:
    """The answer where the table cannot be written at all; ``operation`` is Insert and so on."""
    return forbidden(f"ACL Exception {operation} Failed due to security constraints")


@dataclass(frozen=True, slots=True)
class Entries:
    """What a body says for the columns of a table; other names in it are dropped.

    ``as_displayed`` is ``sysparm_input_display_value``: labels and names, not values.
    """

    catalog: Catalog
    table: Table
    body: Mapping[str, Any]
    as_displayed: bool = False

    def __contains__(self, column: str) -> bool:
        return column in self.body and column in self.table.columns

    def text(self, column: str) -> str:
        """The value for a column, as the tables have it. Raises ApiError 400."""
        known = self.table.columns[column]
        try:
            text = written(known.type, self.body[column])
        except BadEntry as error:
            raise _bad(self.table, column, f"{error}") from None
        if len(text) > known.max_length:
            problem = f"takes {known.max_length} characters, not {len(text)}"
            raise _bad(self.table, column, problem)
        return self._by_display(known, text) if self.as_displayed and text else text

    def row(self, column: str) -> Any | None:
        """The row that a reference leads to, None for an empty one. Raises ApiError 400."""
        sys_id = self.text(column)
        if not sys_id:
            return None
        reference = self.table.columns[column].reference
        referred = self.catalog.table(reference) if reference else None
        row = referred.row(sys_id) if referred else None
        if row is None:
            raise _bad(self.table, column, f"refers to no row of {reference}: {sys_id[:60]!r}")
        return row

    def _by_display(self, column: Column, text: str) -> str:
        if column.type is ColumnType.CHOICE:
            values = {label: value for value, label in column.choices.items()}
            return values.get(text, text)
        referred = self.catalog.table(column.reference) if column.reference else None
        if referred is None:
            return text
        sys_id, shown = referred.columns["sys_id"].read, referred.columns[referred.display]
        found = referred.find(referred.display, [text])
        if found is None:
            found = []
            for compared, row in enumerate(referred.rows()):
                if compared == MOST_COMPARED or found:
                    break
                if shown.read(row) == text:
                    found.append(row)
        return sys_id(found[0]) if found else text

    def number(self, column: str) -> int | None:
        """The value of an integer column, None for none. Raises ApiError 400."""
        text = self.text(column)
        return int(text) if text else None

    def choice(self, column: str) -> str:
        """The value of a choice, which must be one of its values. Raises ApiError 400."""
        value = self.text(column)
        choices = self.table.columns[column].choices
        if value and value not in choices:
            raise _bad(self.table, column, f"is one of {', '.join(choices)}, not {value[:60]!r}")
        return value

    def demand(self, *columns: str) -> None:
        """Raise ApiError 403, as a data policy does, for a column without a value."""
        missing = [
            self.table.columns[column].label
            for column in columns
            if column not in self or not self.text(column)
        ]
        if missing:
            raise forbidden(
                f"Data Policy Exception: The following fields are mandatory: {', '.join(missing)}"
            )


def _bad(table: Table, column: str, problem: str) -> ApiError:
    return ApiError(400, "Invalid value", f"Column {column!r} of {table.name!r} {problem}.")
