"""What a list of messages is narrowed by: the numbers, and when a message was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from smslab.simulator.http.carrier.problems import Problem
from smslab.simulator.http.carrier.resources import Shown

_DAY = len("2026-01-05")
FILTERS = ("To", "From", "DateSent", "DateSent<", "DateSent>")
"""The parameters; the last two bound the time, and what they name belongs to it."""


def wanted_by(parameters: Mapping[str, str]) -> Callable[[Shown], bool]:
    """Whether a message fits all parameters.

    Times are in GMT: a day, such as 2026-01-05, or 2026-01-05T09:00:00Z. ``DateSent`` always
    names a day. Raises Problem for what is no time.
    """
    tests = [_TESTS[name](text) for name, text in parameters.items()]
    return lambda shown: all(test(shown) for test in tests)


def _is_to(text: str) -> Callable[[Shown], bool]:
    return lambda shown: shown.to == text


def _is_from(text: str) -> Callable[[Shown], bool]:
    return lambda shown: shown.sender == text


def _is_on(text: str) -> Callable[[Shown], bool]:
    day = _time(text)[:_DAY]
    return lambda shown: _sent(shown)[:_DAY] == day


def _is_until(text: str) -> Callable[[Shown], bool]:
    last = _time(text)
    return lambda shown: "" < _sent(shown)[: len(last)] <= last


def _is_since(text: str) -> Callable[[Shown], bool]:
    first = _time(text)
    return lambda shown: _sent(shown) >= first


_TESTS: Mapping[str, Callable[[str], Callable[[Shown], bool]]] = dict(
    zip(FILTERS, (_is_to, _is_from, _is_on, _is_until, _is_since), strict=True)
)


def _sent(shown: Shown) -> str:
    """When a message was sent, to the second; empty where it was not."""
    return _written(shown.sent) if shown.sent else ""


def _written(time: datetime) -> str:
    """A time in GMT, to the second; as texts, earlier ones are smaller."""
    return time.replace(tzinfo=None).isoformat(timespec="seconds")


def _time(text: str) -> str:
    """A day or a time in GMT, as it is written."""
    try:
        if len(text) == _DAY:
            return date.fromisoformat(text).isoformat()
        time = datetime.fromisoformat(text)
        return _written(time.astimezone(UTC) if time.tzinfo else time)
    except (ValueError, OverflowError):
        message = f"{text[:40]!r} is no time such as 2026-01-05T09:00:00Z."
        raise Problem("20001", message) from None
