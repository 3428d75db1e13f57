"""The few ``javascript:`` values that clients write into queries, evaluated without a script.

Times are virtual and in UTC; weeks are not offered, because a week's first day is a setting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from smslab.simulator.http.table_api.columns import TIME_FORMAT
from smslab.simulator.http.table_api.query.tree import QueryRefused

SCRIPT = "javascript:"
ME = "90d1921e5f510100a9ad2572f2b477fe"
"""The documented sys_id of the dynamic filter "Me"."""

_LONGEST_AGO = 100_000
_CALL = re.compile(r"gs\.([A-Za-z]+)\(([^()]*)\);?")
_SECOND = timedelta(seconds=1)
_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
UNITS: Mapping[str, timedelta] = {"minute": _MINUTE, "hour": _HOUR, "dayofweek": _DAY, "day": _DAY}


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and when: ``user`` finds their sys_id, ``now`` is virtual time."""

    user: Callable[[], str]
    now: datetime


def midnight(time: datetime) -> datetime:
    """The beginning of the day."""
    return time.replace(hour=0, minute=0, second=0, microsecond=0)


def _end(start: datetime, length: timedelta) -> datetime:
    return start + length - _SECOND


_TIMES: Mapping[str, Callable[[datetime, int], datetime]] = {
    "daysAgo": lambda now, count: now - count * _DAY,
    "daysAgoStart": lambda now, count: midnight(now) - count * _DAY,
    "daysAgoEnd": lambda now, count: _end(midnight(now) - count * _DAY, _DAY),
    "hoursAgo": lambda now, count: now - count * _HOUR,
    "hoursAgoStart": lambda now, count: _whole_hour(now) - count * _HOUR,
    "hoursAgoEnd": lambda now, count: _end(_whole_hour(now) - count * _HOUR, _HOUR),
    "minutesAgo": lambda now, count: now - count * _MINUTE,
    "minutesAgoStart": lambda now, count: now.replace(second=0) - count * _MINUTE,
    "minutesAgoEnd": lambda now, count: _end(now.replace(second=0) - count * _MINUTE, _MINUTE),
    "beginningOfToday": lambda now, count: midnight(now),
    "endOfToday": lambda now, count: _end(midnight(now), _DAY),
    "beginningOfYesterday": lambda now, count: midnight(now) - _DAY,
    "endOfYesterday": lambda now, count: _end(midnight(now) - _DAY, _DAY),
    "nowDateTime": lambda now, count: now,
}


def _whole_hour(time: datetime) -> datetime:
    return time.replace(minute=0, second=0, microsecond=0)


def evaluated(operand: str, asker: Asker) -> str:
    """An operand, with the value of the script that it is. Raises QueryRefused for another."""
    if not operand.startswith(SCRIPT):
        return operand
    call = _CALL.fullmatch(operand.removeprefix(SCRIPT).strip())
    if call is None:
        raise _unknown(operand)
    name, arguments = call.group(1), _arguments(call.group(2))
    if name == "getUserID" and not arguments:
        return asker.user()
    if name == "dateGenerate" and len(arguments) == 2:
        return _generated(*arguments)
    if name in _TIMES and len(arguments) < 2:
        count = _count(operand, arguments)
        return _TIMES[name](asker.now, count).strftime(TIME_FORMAT)
    raise _unknown(operand)


def _arguments(text: str) -> list[str]:
    return [part.strip().strip("'\"") for part in text.split(",")] if text.strip() else []


def _count(operand: str, arguments: list[str]) -> int:
    try:
        count = int(arguments[0]) if arguments else 0
    except ValueError:
        raise _unknown(operand) from None
    if abs(count) > _LONGEST_AGO:
        raise QueryRefused(f"{operand[:60]!r} is longer ago than is allowed, {_LONGEST_AGO}.")
    return count


def _generated(date: str, time: str) -> str:
    """``gs.dateGenerate('2026-01-05', '09:00:00')``; the words start and end are a day's."""
    return f"{date} {({'start': '00:00:00', 'end': '23:59:59'}).get(time, time)}"


def _unknown(operand: str) -> QueryRefused:
    known = ", ".join(["gs.getUserID()", "gs.dateGenerate('date', 'time')"])
    return QueryRefused(
        f"The script {operand[:80]!r} is not offered here. There are: {known}, and "
        f"gs.{', gs.'.join(_TIMES)}."
    )
