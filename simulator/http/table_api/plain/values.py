"""What may be written into a column, and the text that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from smslab.simulator.http.table_api.columns import TIME_FORMAT, ColumnType


class BadEntry(ValueError):
    """A value that its column cannot take; the message says what it takes."""


def written(type: ColumnType, value: object) -> str:
    """The text of a value of JSON or CSV for a column. Raises BadEntry.

    ``true`` and ``1`` are the same for a yes-or-no column; times are UTC.
    """
    if value is None or value == "":
        return ""
    text = _plain(value)
    return _CHECKED[type](text) if type in _CHECKED else text


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, Mapping) and isinstance(value.get("value"), str):
        # What an answer says of a reference may be sent back as it came.
        return str(value["value"])
    raise BadEntry(f"takes a text, a number, true or false, not {str(value)[:60]!r}")


def _integer(text: str) -> str:
    digits = text.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        raise BadEntry(f"takes a whole number, not {text[:60]!r}")
    return str(int(text))


def _boolean(text: str) -> str:
    found = {"true": "true", "1": "true", "false": "false", "0": "false"}.get(text.lower())
    if found is None:
        raise BadEntry(f"takes true or false, not {text[:60]!r}")
    return found


def _time(text: str) -> str:
    try:
        time = datetime.fromisoformat(text)
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadEntry(f"takes a time such as 2026-01-05 09:00:00, not {text[:60]!r}") from None
    if time.year < 1000:
        raise BadEntry(f"takes a time of our era, not {text[:60]!r}")
    return time.strftime(TIME_FORMAT)


_CHECKED = {
    ColumnType.INTEGER: _integer,
    ColumnType.BOOLEAN: _boolean,
    ColumnType.TIME: _time,
}
