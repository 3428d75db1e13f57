"""What a mapping of a simulated table consists of, and the ``sys_id`` of a simulated record."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

from smslab.simulator.http.table_api.columns import ColumnType
from smslab.simulator.records import Record
from smslab.simulator.store import Store

Derived: TypeAlias = Callable[[Store, Any], object]
"""What a column of a row holds; ids of records as they are in the store, see ``entity``."""

OURS = "x_smslab_"
"""How the columns begin that no documentation knows, as those of a company's own application."""


@lru_cache(maxsize=200_000)
def sys_id_of(entity: str, id: str) -> str:
    """The ``sys_id`` of a record: the same for the same entity and id, in every instance."""
    return hashlib.md5(f"{entity}:{id}".encode(), usedforsecurity=False).hexdigest()


def choices(*words: str) -> Mapping[str, str]:
    """Labels by value of words such as ``Closed Complete``, whose value is ``closed_complete``."""
    return {choice_value(word): word for word in words}


def choice_value(word: str) -> str:
    """The value of a choice with this label."""
    return word.lower().replace(" ", "_").replace("-", "_")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """A column and the field of the record that it stands for.

    ``field`` is the name of the field in the record, None where ``derived`` says what the
    column holds. Of a reference, ``entity`` is the entity of the record referred to, or
    gives it from the store and the id. ``documented``: the documentation or a public listing
    of the schema has the column under this name.
    """

    column: str
    label: str
    type: ColumnType = ColumnType.STRING
    field: str | None = None
    derived: Derived | None = None
    reference: str | None = None
    entity: str | Callable[[Store, str], str] | None = None
    table_column: str | None = None
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def documented(self) -> bool:
        """Whether the column is one of the real system, as far as is published."""
        return not self.column.startswith(OURS)


class Rows(Protocol):
    """A table of the store."""

    @property
    def by_id(self) -> Mapping[str, Record]:
        """The rows by id."""

    def get(self, id: str | None) -> Record | None:
        """The row of an id."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows of a table come from: a table of the store, and which of its rows."""

    table: Callable[[Store], Rows]
    entity: str
    holds: Callable[[Any], bool] | None = None
    class_name: str | None = None


@dataclass(frozen=True, slots=True)
class TableMap:
    """A table of the real system and the records that are its rows.

    ``indexes`` find records by the text of a column, of a reference by the id referred to.
    """

    name: str
    label: str
    display: str
    columns: Sequence[ColumnMap]
    sources: Sequence[Source]
    indexes: Mapping[str, Callable[[Store, str], Iterable[Record]]]


def text(column: str, label: str, field: str | None = None) -> ColumnMap:
    """A string column; its field has the name of the column unless told otherwise."""
    return ColumnMap(column, label, field=field or column.removeprefix(OURS))


def whole(column: str, label: str, field: str | None = None) -> ColumnMap:
    """An integer column."""
    return ColumnMap(column, label, ColumnType.INTEGER, field or column.removeprefix(OURS))


def flag(column: str, label: str, field: str | None = None) -> ColumnMap:
    """A yes-or-no column."""
    return ColumnMap(column, label, ColumnType.BOOLEAN, field or column.removeprefix(OURS))


def moment(column: str, label: str, field: str) -> ColumnMap:
    """A time."""
    return ColumnMap(column, label, ColumnType.TIME, field)


def choice(column: str, label: str, words: Iterable[str], field: str | None = None) -> ColumnMap:
    """A choice among words."""
    field = field or column.removeprefix(OURS)
    return ColumnMap(column, label, ColumnType.CHOICE, field, choices=choices(*words))


def refers(column: str, label: str, table: str, entity: str, field: str | None = None) -> ColumnMap:
    """A reference to the record whose id the field holds."""
    return ColumnMap(
        column, label, ColumnType.REFERENCE, field or column, reference=table, entity=entity
    )


def derived(
    column: str, label: str, value: Derived, type: ColumnType = ColumnType.STRING
) -> ColumnMap:
    """A column that stands for no single field."""
    return ColumnMap(column, label, type, derived=value)
