"""Columns and tables as the Table API sees them, whatever their rows are made of.

Every value is a text, as the documented answers have it: times are UTC in the form
``2026-01-05 09:00:00``, true and false in words, references the ``sys_id``, nothing ``""``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

TIME_FORMAT = "%Y-%m-%d %H:%M:%S"
MASK = "********"
"""What every masked value reads as."""


class ColumnType(StrEnum):
    """The types of columns that decide how values are compared, shown and read."""

    STRING = "string"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    TIME = "glide_date_time"
    CHOICE = "choice"
    REFERENCE = "reference"
    DOCUMENT = "document_id"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with the function that reads it from a row.

    ``reference`` is the table of a reference; ``document_table`` reads the table of a
    document id from a row; ``choices`` are labels by value; ``max_length`` is how many
    characters a value may have that is written.
    """

    name: str
    label: str
    type: ColumnType
    read: Callable[[Any], str] = field(compare=False)
    reference: str | None = None
    document_table: Callable[[Any], str] | None = field(default=None, compare=False)
    choices: Mapping[str, str] = field(default_factory=dict, compare=False)
    masked: bool = False
    max_length: int = 4_000


class Table(Protocol):
    """A table: its columns, its rows in the order of their insertion, and ways to find them."""

    @property
    def name(self) -> str:
        """The name in the address, such as ``incident``."""

    @property
    def display(self) -> str:
        """The column that stands for a row where it is referred to."""

    @property
    def columns(self) -> Mapping[str, Column]:
        """The columns by name, in the order of the answers."""

    def __len__(self) -> int: ...

    def rows(self) -> Iterable[Any]:
        """Every row, oldest first."""

    def row(self, sys_id: str) -> Any | None:
        """The row with this sys_id, or None."""

    def find(self, column: str, values: Sequence[str]) -> list[Any] | None:
        """The rows with one of these values in a column, oldest first; None without an index."""


class Catalog(Protocol):
    """The tables of an instance by name."""

    def table(self, name: str) -> Table | None:
        """The table of this name, or None."""


def display_of(catalog: Catalog, table: str | None, sys_id: str) -> str:
    """What stands for the row that a reference leads to; the reference where it leads nowhere."""
    found = catalog.table(table) if table and sys_id else None
    row = found.row(sys_id) if found else None
    return sys_id if found is None or row is None else found.columns[found.display].read(row)


def display_value(catalog: Catalog, column: Column, row: Any, value: str) -> str:
    """A value as people read it: the label of a choice, the name of what is referred to."""
    if column.choices:
        return column.choices.get(value, value)
    if column.reference:
        return display_of(catalog, column.reference, value)
    if column.document_table:
        return display_of(catalog, column.document_table(row), value)
    return value
