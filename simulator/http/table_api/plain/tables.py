"""The rows of the plain tables, with the commands that change them, and attachments."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from smslab.simulator.http.table_api.columns import MASK, TIME_FORMAT, Column
from smslab.simulator.http.table_api.plain.files import LoadedTable
from smslab.simulator.http.table_api.plain.schema import (
    SYSTEM_COLUMNS,
    Numbering,
    PlainColumn,
    PlainSchema,
)

ATTACHMENTS = "sys_attachment"
_ATTACHMENT_COLUMNS = (
    *("file_name", "content_type", "table_name", "table_sys_id", "size_bytes", "size_compressed"),
    *("compressed", "image_width", "image_height", "average_image_color"),
)
_ATTACHMENT_SCHEMA = PlainSchema(
    ATTACHMENTS,
    "Attachment",
    "file_name",
    {
        name: PlainColumn(name, name.replace("_", " ").capitalize(), read_only=True)
        for name in _ATTACHMENT_COLUMNS
    },
)

Row = dict[str, str]


class PlainTable:
    """A table whose rows are texts by column, in the order of their insertion."""

    def __init__(self, schema: PlainSchema) -> None:
        self.schema = schema
        self.name = schema.name
        self.display = schema.display
        self.columns: Mapping[str, Column] = {
            **{column.name: _shown(column) for column in schema.columns.values()},
            **{name: _system(name) for name in SYSTEM_COLUMNS},
        }
        self._rows: dict[str, Row] = {}
        self._places: dict[str, int] = {}
        self._inserted = 0
        self._drawn = 0
        self._numbered: dict[str, dict[str, None]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self) -> Iterator[Row]:
        """Every row, oldest first."""
        return iter(self._rows.values())

    def row(self, sys_id: str) -> Row | None:
        """The row with this sys_id, or None."""
        return self._rows.get(sys_id)

    def find(self, column: str, values: Sequence[str]) -> list[Row] | None:
        """The rows with one of these values; sys_id and the number have an index."""
        if column == "sys_id":
            ids = {value for value in values if value in self._rows}
        elif self.schema.numbering is not None and column == self.schema.numbering.column:
            ids = {id for value in values for id in self._numbered.get(value, ())}
        else:
            return None
        return [self._rows[id] for id in sorted(ids, key=self._places.__getitem__)]

    def insert(self, values: Mapping[str, str], sys_id: str, actor: str, time: str) -> None:
        """Add a row; columns without a value have their default."""
        self._inserted += 1
        defaults = {column.name: column.default for column in self.schema.columns.values()}
        row = {
            **defaults,
            **values,
            "sys_id": sys_id,
            "sys_class_name": self.name,
            "sys_created_on": time,
            "sys_created_by": values.get("sys_created_by") or actor,
            "sys_updated_on": time,
            "sys_updated_by": actor,
            "sys_mod_count": "0",
            "sys_tags": values.get("sys_tags", ""),
        }
        numbering = self.schema.numbering
        if numbering is not None and not row[numbering.column]:
            row[numbering.column] = self._next_number(numbering)
        self._rows[sys_id] = row
        self._places[sys_id] = self._inserted
        self._index(row)

    def update(self, sys_id: str, values: Mapping[str, str], actor: str, time: str) -> None:
        """Change a row; without an actual change it stays as it is."""
        old = self._rows[sys_id]
        if all(old[name] == value for name, value in values.items()):
            return
        self._unindex(old)
        count = str(int(old["sys_mod_count"]) + 1)
        stamps = {"sys_updated_on": time, "sys_updated_by": actor, "sys_mod_count": count}
        self._rows[sys_id] = {**old, **values, **stamps}
        self._index(self._rows[sys_id])

    def delete(self, sys_id: str) -> None:
        """Take a row out."""
        self._unindex(self._rows.pop(sys_id))
        del self._places[sys_id]

    def reserve(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Give the numbers that rows have already to no other row."""
        if self.schema.numbering is not None:
            for row in rows:
                self._numbered.setdefault(row.get(self.schema.numbering.column, ""), {})

    def new_sys_id(self) -> str:
        """The sys_id of the next row: the same in every run."""
        number = self._inserted + 1
        while (sys_id := _hashed(f"{self.name}:{number}")) in self._rows:
            number += 1
        return sys_id

    def _next_number(self, numbering: Numbering) -> str:
        """The next number, past those that rows were given from outside."""
        while True:
            number = f"{numbering.prefix}{numbering.first + self._drawn:0{numbering.digits}d}"
            self._drawn += 1
            if number not in self._numbered:
                return number

    def _index(self, row: Row) -> None:
        if self.schema.numbering is not None:
            number = row[self.schema.numbering.column]
            self._numbered.setdefault(number, {})[row["sys_id"]] = None

    def _unindex(self, row: Row) -> None:
        if self.schema.numbering is not None:
            self._numbered[row[self.schema.numbering.column]].pop(row["sys_id"])


class PlainTables:
    """All plain tables, and the attachments of records of any table.

    Its commands begin with ``table_``; they take values that were checked before, and change
    nothing where they raise LookupError or ValueError. ``now`` is virtual time.
    """

    def __init__(self, loaded: Sequence[LoadedTable], now: Callable[[], datetime]) -> None:
        self._now = now
        self._contents: dict[str, bytes] = {}
        self.tables: dict[str, PlainTable] = {
            table.schema.name: PlainTable(table.schema) for table in loaded
        }
        self.tables[ATTACHMENTS] = PlainTable(_ATTACHMENT_SCHEMA)
        for table in loaded:
            self.tables[table.schema.name].reserve(table.rows)
            for row in table.rows:
                self._insert(table.schema.name, row, row.get("sys_id"), "system")

    def table_insert(
        self, table: str, values: dict[str, str], actor: str, sys_id: str | None = None
    ) -> str:
        """Insert a row; its sys_id. Raises LookupError, or ValueError for one that is used."""
        return self._insert(table, values, sys_id, actor)

    def table_update(self, table: str, sys_id: str, values: dict[str, str], actor: str) -> None:
        """Change a row. Raises LookupError."""
        self._row(table, sys_id)
        self.tables[table].update(sys_id, values, actor, self._time())

    def table_delete(self, table: str, sys_id: str) -> None:
        """Delete a row, and its attachments with it. Raises LookupError."""
        self._row(table, sys_id)
        if table == ATTACHMENTS:
            self.table_detach(sys_id)
            return
        self.tables[table].delete(sys_id)
        for row in self.attachments_of(table, sys_id):
            self.table_detach(row["sys_id"])

    def table_attach(
        self,
        table: str,
        record: str,
        file_name: str,
        content_type: str,
        content: str,
        actor: str,
    ) -> str:
        """Attach a file, its content in base64, to a record of any table; its sys_id."""
        data = base64.b64decode(content, validate=True)
        values = {
            "file_name": file_name,
            "content_type": content_type,
            "table_name": table,
            "table_sys_id": record,
            "size_bytes": str(len(data)),
            "compressed": "false",
        }
        sys_id = self._insert(ATTACHMENTS, values, None, actor)
        self._contents[sys_id] = data
        return sys_id

    def table_rename_attachment(self, sys_id: str, file_name: str, actor: str) -> None:
        """Give an attachment another name. Raises LookupError."""
        self._row(ATTACHMENTS, sys_id)
        self.tables[ATTACHMENTS].update(sys_id, {"file_name": file_name}, actor, self._time())

    def table_detach(self, sys_id: str) -> None:
        """Delete an attachment. Raises LookupError."""
        self._row(ATTACHMENTS, sys_id)
        self.tables[ATTACHMENTS].delete(sys_id)
        del self._contents[sys_id]

    def content_of(self, sys_id: str) -> bytes:
        """The content of an attachment. Raises LookupError."""
        return self._contents[sys_id]

    def attachments_of(self, table: str, record: str) -> list[Row]:
        """The attachments of a record, oldest first."""
        return [
            row
            for row in self.tables[ATTACHMENTS].rows()
            if row["table_sys_id"] == record and row["table_name"] == table
        ]

    def _insert(self, table: str, values: Mapping[str, str], sys_id: str | None, actor: str) -> str:
        if table not in self.tables:
            raise LookupError(f"There is no plain table {table!r}.")
        found = self.tables[table]
        sys_id = sys_id or found.new_sys_id()
        if found.row(sys_id) is not None:
            raise ValueError(f"The sys_id {sys_id} is used in {table!r} already.")
        found.insert(values, sys_id, actor, self._time())
        return sys_id

    def _row(self, table: str, sys_id: str) -> Row:
        found = self.tables[table].row(sys_id) if table in self.tables else None
        if found is None:
            raise LookupError(f"There is no row {sys_id!r} in {table!r}.")
        return found

    def _time(self) -> str:
        return self._now().strftime(TIME_FORMAT)


def _hashed(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _shown(column: PlainColumn) -> Column:
    def read(row: Row) -> str:
        return row[column.name]

    def masked(row: Row) -> str:
        return MASK if row[column.name] else ""

    return Column(
        column.name,
        column.label,
        column.type,
        masked if column.masked else read,
        column.reference,
        None,
        column.choices,
        column.masked,
        column.max_length,
    )


def _system(name: str) -> Column:
    label = name.removeprefix("sys_").replace("_", " ").capitalize()
    return Column(name, label, SYSTEM_COLUMNS[name], lambda row: row[name])
