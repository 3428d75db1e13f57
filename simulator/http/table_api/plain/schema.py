"""What a plain table looks like: read from a JSON file, checked, and told in words if wrong.

A file ``incident.json`` holds one table::

    {"label": "Incident", "display": "number",
     "number": {"prefix": "INC", "digits": 7, "first": 10001},
     "columns": {
        "number": {"type": "string"},
        "short_description": {"mandatory": true},
        "state": {"type": "choice", "choices": {"1": "New", "2": "In Progress"}, "default": "1"},
        "caller_id": {"type": "reference", "reference": "sys_user"},
        "secret": {"masked": true}},
     "rows": [{"short_description": "No network"}]}

``rows`` may also be the name of a CSV or JSON file next to it. The columns of every table,
such as ``sys_id`` and ``sys_created_on``, are there by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from smslab.simulator.http.table_api.columns import ColumnType
from smslab.simulator.nearest import did_you_mean

_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
_TABLE_KEYS = ("name", "label", "display", "number", "columns", "rows")
_COLUMN_KEYS = (
    *("type", "label", "default", "reference", "choices"),
    *("masked", "mandatory", "read_only", "max_length"),
)
_NUMBER_KEYS = ("column", "prefix", "digits", "first")
SYSTEM_COLUMNS: Mapping[str, ColumnType] = {
    "sys_id": ColumnType.STRING,
    "sys_class_name": ColumnType.STRING,
    "sys_created_on": ColumnType.TIME,
    "sys_created_by": ColumnType.STRING,
    "sys_updated_on": ColumnType.TIME,
    "sys_updated_by": ColumnType.STRING,
    "sys_mod_count": ColumnType.INTEGER,
    "sys_tags": ColumnType.STRING,
}
"""The columns that every plain table has, which nobody can write."""


class BadTable(ValueError):
    """The file of a plain table is wrong; the message says where, and what would be right."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")


@dataclass(frozen=True, slots=True)
class PlainColumn:
    """A column of a plain table.

    ``mandatory`` is what a data policy would demand; values of a ``masked`` column are
    stored and never shown; a ``read_only`` one has its default or what the file says.
    """

    name: str
    label: str
    type: ColumnType = ColumnType.STRING
    default: str = ""
    reference: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    masked: bool = False
    mandatory: bool = False
    read_only: bool = False
    max_length: int = 4_000


@dataclass(frozen=True, slots=True)
class Numbering:
    """How rows are numbered: ``INC0010001`` and on."""

    column: str
    prefix: str
    digits: int = 7
    first: int = 1


@dataclass(frozen=True, slots=True)
class PlainSchema:
    """A plain table: its columns by name, and the one that stands for a row."""

    name: str
    label: str
    display: str
    columns: Mapping[str, PlainColumn]
    numbering: Numbering | None = None


def schema_of(where: str, name: str, content: Mapping[str, Any]) -> PlainSchema:
    """The table that a JSON object describes. Raises BadTable."""
    _check_keys(where, content, _TABLE_KEYS)
    name = _text(where, "name", content.get("name", name))
    if not _NAME.fullmatch(name):
        raise BadTable(where, f"{name!r} is no name of a table; use small letters, digits and _.")
    described = _object(where, "columns", content.get("columns"))
    columns = {each: _column(where, each, settings) for each, settings in described.items()}
    if not columns:
        raise BadTable(where, "the table has no columns.")
    numbering = _numbering(where, content["number"]) if "number" in content else None
    if numbering is not None:
        _known(where, numbering.column, columns)
    display = _text(where, "display", content.get("display", next(iter(columns))))
    _known(where, display, columns)
    label = _text(where, "label", content.get("label", name))
    return PlainSchema(name, label, display, columns, numbering)


def _column(where: str, name: str, settings: Any) -> PlainColumn:
    at = f"{where}, column {name!r}"
    if not _NAME.fullmatch(name) or name in SYSTEM_COLUMNS:
        raise BadTable(at, "no column may be called that; use small letters, digits and _.")
    settings = _object(at, "the column", settings)
    _check_keys(at, settings, _COLUMN_KEYS)
    choices = _object(at, "choices", settings.get("choices", {}))
    kind = _type(at, settings.get("type", "choice" if choices else "string"))
    reference = settings.get("reference")
    if (kind is ColumnType.REFERENCE) != isinstance(reference, str):
        raise BadTable(at, 'a reference has the type "reference" and names its table.')
    length = settings.get("max_length", 4_000)
    if type(length) is not int or not 0 < length <= 1_000_000:
        raise BadTable(at, "max_length is a number of characters, from 1 to 1000000.")
    return PlainColumn(
        name,
        _text(at, "label", settings.get("label", name.replace("_", " ").capitalize())),
        kind,
        _text(at, "default", settings.get("default", "")),
        reference,
        {value: _text(at, "a label", label) for value, label in choices.items()},
        _flag(at, "masked", settings),
        _flag(at, "mandatory", settings),
        _flag(at, "read_only", settings),
        length,
    )


def _type(where: str, name: object) -> ColumnType:
    known = {str(each): each for each in ColumnType if each is not ColumnType.DOCUMENT}
    found = known.get(name) if isinstance(name, str) else None
    if found is None:
        raise BadTable(where, f"there is no type {name!r}; {did_you_mean(str(name), known)}")
    return found


def _numbering(where: str, content: Any) -> Numbering:
    content = _object(where, "number", content)
    _check_keys(f"{where}, number", content, _NUMBER_KEYS)
    digits, first = content.get("digits", 7), content.get("first", 1)
    for value, highest in ((digits, 20), (first, 10**15)):
        if type(value) is not int or not 0 < value <= highest:
            raise BadTable(f"{where}, number", f"{value!r} is not a number from 1 to {highest}.")
    prefix = _text(where, "prefix", content.get("prefix", ""))
    return Numbering(_text(where, "column", content.get("column", "number")), prefix, digits, first)


def _check_keys(where: str, content: Mapping[str, Any], known: Iterable[str]) -> None:
    for key in content:
        if key not in known:
            raise BadTable(where, f"there is no setting {key!r}; {did_you_mean(key, known)}")


def _known(where: str, name: str, columns: Mapping[str, PlainColumn]) -> None:
    if name not in columns:
        raise BadTable(where, f"there is no column {name!r}; {did_you_mean(name, columns)}")


def nearest_column(name: str, schema: PlainSchema) -> str:
    """The column that a wrong name most likely means, in words."""
    return did_you_mean(name, [*schema.columns, *SYSTEM_COLUMNS])


def _object(where: str, key: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadTable(where, f"{key} must be a JSON object.")
    return value


def _text(where: str, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise BadTable(where, f"{key} must be a text, not {value!r}.")
    return value


def _flag(where: str, key: str, settings: Mapping[str, Any]) -> bool:
    value = settings.get(key, False)
    if not isinstance(value, bool):
        raise BadTable(where, f"{key} must be true or false, not {value!r}.")
    return value
