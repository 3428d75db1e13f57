"""What a field of a journal line may hold; anything else is a BadLine that says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

STATUSES = ("passed", "failed", "undefined", "ambiguous", "pending", "skipped", "broken")
"""What can become of a scenario or a step; ``broken`` is a file or scenario that cannot be run."""


class BadLine(ValueError):
    """A line that is not what its kind asks for; the message says what was expected."""


def integer(value: Any) -> int:
    """A whole number. Raises BadLine for anything else."""
    if type(value) is not int:
        raise BadLine("a whole number")
    return value


def count(value: Any) -> int:
    """A whole number that the frames can hold: of 64 bits. Raises BadLine for anything else."""
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise BadLine("a whole number of at most 64 bits")
    return value


def text(value: Any) -> str:
    """Text. Raises BadLine for anything else."""
    if type(value) is not str:
        raise BadLine("text")
    return value


def truth(value: Any) -> bool:
    """True or false. Raises BadLine for anything else."""
    if type(value) is not bool:
        raise BadLine("true or false")
    return value


def status(value: Any) -> str:
    """One of the statuses. Raises BadLine for anything else."""
    if value not in STATUSES:
        raise BadLine(f"one of {', '.join(STATUSES)}")
    return str(value)


def encoding(value: Any) -> str:
    """How a body is written. Raises BadLine for anything else."""
    if value not in ("text", "base64"):
        raise BadLine("text or base64")
    return str(value)


def simple(value: Any) -> str | int | bool | None:
    """A value of an event. Raises BadLine for anything else."""
    if value is None or isinstance(value, str | int | bool):
        return value
    raise BadLine("text, a whole number, true, false or null")


@lru_cache(maxsize=4096)
def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC)


def time(value: Any) -> datetime:
    """A time in UTC. Raises BadLine for anything else."""
    try:
        if type(value) is str and value.endswith(("Z", "+00:00")):
            return _instant(value)
    except (ValueError, OverflowError):
        pass
    raise BadLine('a time in UTC such as "2026-01-05T09:00:00Z"')


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts. Raises BadLine for anything else."""
    if type(value) is not list or not all(type(item) is str for item in value):
        raise BadLine("a list of texts")
    return tuple(value)


def table(value: Any) -> tuple[tuple[str, ...], ...]:
    """A list of rows. Raises BadLine for anything else."""
    if type(value) is not list:
        raise BadLine("a list of rows")
    return tuple(texts(row) for row in value)


def examples(value: Any) -> dict[str, str]:
    """Column to value. Raises BadLine for anything else."""
    if type(value) is not dict or not all(type(item) is str for item in value.values()):
        raise BadLine("an object of texts")
    return value


def policy(value: Any) -> dict[str, str | bool | int]:
    """Name to value. Raises BadLine for anything else."""
    if type(value) is not dict or not all(
        type(item) in (str, bool, int) for item in value.values()
    ):
        raise BadLine("an object of names and values")
    return value


def or_null(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A check that admits null, too."""
    return lambda value: None if value is None else check(value)
