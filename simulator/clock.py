"""Virtual time. The simulator never reads the wall clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import inf

from smslab.simulator.durations import BadDuration
from smslab.simulator.kernel import Kernel

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""When every simulation begins unless told otherwise: a Monday morning."""

LONGEST = timedelta(days=36_525)
"""The longest duration that makes sense here: a century."""

LATEST = datetime(3000, 1, 1, tzinfo=UTC)
"""When virtual time ends: well before the last time that can be written down."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class VirtualClock:
    """A clock that moves only when told to, and runs what is due on the way.

    All of it is UTC: a duration is as long in a week in which clocks change as in any
    other. ``listeners`` are called with the new time after each move, so that whoever
    freezes the wall clock can follow; ``kernel`` takes the timers.
    """

    def __init__(self, start: datetime = START) -> None:
        self.kernel = Kernel(microseconds(start - _EPOCH), self._moved)
        self._now = start
        self.listeners: list[Callable[[datetime], None]] = []

    @property
    def now(self) -> datetime:
        """Virtual time, in UTC."""
        return self._now

    def advance(self, duration: timedelta, most: float = inf) -> timedelta:
        """Let ``duration`` pass, running what falls due in its order; how much of it passed.

        That is all of it, unless more than about ``most`` timers fall due: then time stands
        where they have run, and the rest can pass later. Raises BadDuration for a duration
        that is not positive, longer than a century, or past :data:`LATEST`.
        """
        check_duration(duration)
        if duration > LATEST - self._now:
            raise BadDuration(f"It is {self._now:%Y-%m-%d}, and virtual time ends in {LATEST:%Y}.")
        before = self._now
        self.kernel.run_until(self.kernel.now + microseconds(duration), most)
        return self._now - before

    def _moved(self) -> None:
        self._now = _EPOCH + timedelta(microseconds=self.kernel.now)
        for listener in self.listeners:
            listener(self._now)


def check_duration(duration: timedelta) -> None:
    """Raise BadDuration for a duration that is not positive, or longer than a century."""
    if not timedelta(0) < duration <= LONGEST:
        raise BadDuration(
            f"{duration} is not a duration that can pass; "
            f"it must be longer than 0 and at most {LONGEST.days} days."
        )


def microseconds(duration: timedelta) -> int:
    """A duration in whole microseconds."""
    return duration // _MICROSECOND
