"""Plain tables from a folder: one JSON file for each, its rows in it or in a file next to it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smslab.simulator.http.table_api.mapping import RESERVED
from smslab.simulator.http.table_api.plain.schema import (
    SYSTEM_COLUMNS,
    BadTable,
    PlainSchema,
    nearest_column,
    schema_of,
)
from smslab.simulator.http.table_api.plain.values import BadEntry, written

_SYS_ID = re.compile(r"[0-9a-f]{32}")
_GIVEN = ("sys_id", "sys_created_by", "sys_tags")


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """A schema with the rows that the table begins with: texts by column."""

    schema: PlainSchema
    rows: tuple[Mapping[str, str], ...] = ()


def load_tables(folder: Path) -> tuple[LoadedTable, ...]:
    """Every plain table of a folder. Raises BadTable, also for a name that is reserved."""
    if not folder.is_dir():
        raise BadTable(str(folder), "is not a folder with the JSON files of plain tables.")
    rows_of_others = set()
    described: list[tuple[Path, Mapping[str, Any]]] = []
    for path in sorted(folder.glob("*.json")):
        content = _json(path)
        if isinstance(content, dict):
            described.append((path, content))
            rows_of_others.add(content.get("rows") if isinstance(content.get("rows"), str) else "")
        else:
            rows_of_others.discard(path.name)
    names = set(RESERVED)
    tables = []
    for path, content in described:
        if path.name in rows_of_others:
            continue
        schema = schema_of(path.name, path.stem, content)
        if schema.name in names:
            raise BadTable(path.name, f"there is a table {schema.name!r} already.")
        names.add(schema.name)
        tables.append(LoadedTable(schema, tuple(_rows(path, schema, content.get("rows", [])))))
    return tuple(tables)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadTable(path.name, f"cannot be read as JSON: {error}") from None


def _rows(path: Path, schema: PlainSchema, rows: Any) -> list[Mapping[str, str]]:
    where = path.name
    if isinstance(rows, str):
        if Path(rows).name != rows:
            raise BadTable(where, f"rows is the name of a file next to this one, not {rows!r}.")
        where, rows = rows, _other_file(path.with_name(rows))
    if not isinstance(rows, list):
        raise BadTable(where, "rows must be a JSON array of objects, or the name of a file.")
    seen: set[str] = set()
    read = []
    for number, row in enumerate(rows, 1):
        read.append(_row(f"{where}, row {number}", schema, row))
        sys_id = read[-1].get("sys_id")
        if sys_id in seen:
            raise BadTable(f"{where}, row {number}", f"sys_id {sys_id} is used twice.")
        seen |= {sys_id} if sys_id else set()
    return read


def _other_file(path: Path) -> Any:
    if path.suffix == ".json":
        return _json(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise BadTable(path.name, f"cannot be read as CSV: {error}") from None


def _row(where: str, schema: PlainSchema, row: Any) -> Mapping[str, str]:
    if not isinstance(row, dict):
        raise BadTable(where, "is not an object of values by column.")
    texts = {}
    for name, value in row.items():
        column = schema.columns.get(name) if isinstance(name, str) else None
        if column is None and name not in _GIVEN:
            hint = nearest_column(str(name), schema)
            raise BadTable(where, f"there is no column {name!r}; {hint}")
        type = column.type if column else SYSTEM_COLUMNS[name]
        try:
            texts[name] = written(type, value)
        except BadEntry as error:
            raise BadTable(where, f"column {name!r} {error}.") from None
    if "sys_id" in texts and not _SYS_ID.fullmatch(texts["sys_id"]):
        raise BadTable(where, "a sys_id has 32 digits and letters from a to f.")
    return texts
