"""The records of an instance as rows of the tables that :mod:`mapping` says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias, cast

from smslab.simulator.http.table_api.columns import TIME_FORMAT, Column, ColumnType, Table
from smslab.simulator.http.table_api.mapped import (
    ColumnMap,
    Rows,
    Source,
    TableMap,
    choice_value,
    sys_id_of,
)
from smslab.simulator.http.table_api.mapping import TABLES
from smslab.simulator.http.table_api.related import live_group_members, phone_territories
from smslab.simulator.http.table_api.stamps import Stamp, Stamps
from smslab.simulator.instance import Instance
from smslab.simulator.records import Record
from smslab.simulator.store import Store
from smslab.simulator.telling import entity_of

Reader: TypeAlias = Callable[[Any], str]

ID_COLUMN = "x_smslab_id"
"""The column with the id that the journal uses."""


def simulated_tables(instance: Instance) -> dict[str, Table]:
    """Every table whose rows come from the records of an instance, by name."""
    tables: dict[str, Table] = {}
    stamps = Stamps(instance.journal)
    for name, mapped in TABLES.items():
        tables[name] = SimulatedTable(mapped, instance.store, stamps, tables)
    for table in (live_group_members(instance.store), phone_territories()):
        tables[table.name] = table
    return tables


class SimulatedTable:
    """A table whose rows are records.

    Rows never leave a table: records are inserted and changed, not deleted. So the index by
    ``sys_id`` only ever takes in what came since it was used last.
    """

    def __init__(
        self, mapped: TableMap, store: Store, stamps: Stamps, tables: Mapping[str, Table]
    ) -> None:
        self.name = mapped.name
        self.display = mapped.display
        self._mapped = mapped
        self._store = store
        self._tables = tables
        self._sources: list[tuple[Source, Rows]] = [
            (source, source.table(store)) for source in mapped.sources
        ]
        self._taken_in = [0] * len(self._sources)
        self._places: dict[str, tuple[int, int, str]] = {}
        self.entity: Callable[[Record], str] = _entity_reader(mapped)
        readers = {entry.column: _reader(entry, store) for entry in mapped.columns}
        self.columns: Mapping[str, Column] = {
            **{entry.column: _column(entry, readers) for entry in mapped.columns},
            **{column.name: column for column in self._system_columns(stamps)},
        }

    def __len__(self) -> int:
        return sum(len(rows.by_id) for _, rows in self._sources)

    def rows(self) -> Iterator[Record]:
        """Every row, oldest first."""
        for source, rows in self._sources:
            for row in rows.by_id.values():
                if source.holds is None or source.holds(row):
                    yield row

    def row(self, sys_id: str) -> Record | None:
        """The row with this sys_id, or None."""
        place = self._places.get(sys_id)
        if place is None:
            self._take_in()
            place = self._places.get(sys_id)
        return None if place is None else self._sources[place[0]][1].get(place[2])

    def find(self, column: str, values: Sequence[str]) -> list[Record] | None:
        """The rows with one of these values, oldest first; None where no index has them."""
        if column == "sys_id":
            found: Iterable[Record | None] = map(self.row, values)
        elif column == ID_COLUMN:
            found = (rows.get(value) for value in values for _, rows in self._sources)
        elif column in self._mapped.indexes:
            index = self._mapped.indexes[column]
            found = (
                row for value in self._ids(column, values) for row in index(self._store, value)
            )
        else:
            return None
        self._take_in()
        places = {}
        for row in found:
            if row is not None and (place := self._places.get(self._sys_id(row))):
                places[place] = row
        return [places[place] for place in sorted(places)]

    def _ids(self, column: str, values: Sequence[str]) -> Iterable[str]:
        """The values of a column, of a reference the ids of the records referred to."""
        reference = self.columns[column].reference
        referred = self._tables[reference] if reference else None
        if referred is None:
            return values
        return [row.id for value in values if (row := referred.row(value)) is not None]

    def _sys_id(self, row: Record) -> str:
        return sys_id_of(self.entity(row), row.id)

    def _take_in(self) -> None:
        for number, (source, rows) in enumerate(self._sources):
            new = len(rows.by_id) - self._taken_in[number]
            if not new:
                continue
            newest = list(islice(reversed(cast(dict[str, Record], rows.by_id).values()), new))
            for row in reversed(newest):
                self._taken_in[number] += 1
                if source.holds is None or source.holds(row):
                    self._places[self._sys_id(row)] = (number, self._taken_in[number], row.id)

    def _system_columns(self, stamps: Stamps) -> Iterator[Column]:
        entity, name = self.entity, self.name
        classes = {source.entity: source.class_name or name for source, _ in self._sources}

        def stamped(read: Callable[[Stamp], str]) -> Reader:
            def value(row: Record) -> str:
                stamp = stamps.of(entity_of(row), row.id)
                return "" if stamp is None else read(stamp)

            return value

        yield _system("sys_id", "Sys ID", self._sys_id)
        yield _system("sys_class_name", "Class", lambda row: classes[entity(row)])
        yield _time("sys_created_on", "Created", stamped(lambda s: f"{s.created_on:{TIME_FORMAT}}"))
        yield _system("sys_created_by", "Created by", stamped(lambda s: s.created_by))
        yield _time("sys_updated_on", "Updated", stamped(lambda s: f"{s.updated_on:{TIME_FORMAT}}"))
        yield _system("sys_updated_by", "Updated by", stamped(lambda s: s.updated_by))
        yield Column(
            "sys_mod_count", "Updates", ColumnType.INTEGER, stamped(lambda s: str(s.changes))
        )
        yield _system(ID_COLUMN, "Id in the journal", lambda row: row.id)


def _system(name: str, label: str, read: Reader) -> Column:
    return Column(name, label, ColumnType.STRING, read)


def _time(name: str, label: str, read: Reader) -> Column:
    return Column(name, label, ColumnType.TIME, read)


def _entity_reader(mapped: TableMap) -> Callable[[Record], str]:
    if len(mapped.sources) == 1:
        only = mapped.sources[0].entity
        return lambda row: only
    return entity_of


def _column(entry: ColumnMap, readers: Mapping[str, Reader]) -> Column:
    return Column(
        entry.column,
        entry.label,
        entry.type,
        readers[entry.column],
        entry.reference,
        readers[entry.table_column] if entry.table_column else None,
        entry.choices,
    )


def _reader(entry: ColumnMap, store: Store) -> Reader:
    """What reads a column of a record as a text."""
    held = _held(entry, store)
    if entry.type in (ColumnType.REFERENCE, ColumnType.DOCUMENT):
        return _reference_reader(entry, held, store)
    written = _WRITTEN[entry.type]

    def read(row: Any) -> str:
        value = held(row)
        return "" if value is None else written(value)

    return read


def _held(entry: ColumnMap, store: Store) -> Callable[[Any], Any]:
    if entry.derived is not None:
        derived = entry.derived
        return lambda row: derived(store, row)
    name = entry.field or entry.column
    # Rows of one table may be records of several kinds, which do not all have the field.
    return lambda row: getattr(row, name, None)


def _reference_reader(entry: ColumnMap, held: Callable[[Any], Any], store: Store) -> Reader:
    entity = entry.entity

    def read(row: Any) -> str:
        id = held(row)
        if id is None:
            return ""
        return sys_id_of(entity(store, id) if callable(entity) else str(entity), id)

    return read


def _plain(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


_WRITTEN: Mapping[ColumnType, Callable[[Any], str]] = {
    ColumnType.STRING: _plain,
    ColumnType.INTEGER: str,
    ColumnType.BOOLEAN: lambda value: "true" if value else "false",
    ColumnType.TIME: lambda value: f"{value:{TIME_FORMAT}}",
    ColumnType.CHOICE: lambda value: choice_value(str(value)),
}
