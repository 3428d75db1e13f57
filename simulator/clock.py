"""Virtual time. The simulator never reads the wall clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""When every simulation begins unless told otherwise: a Monday morning."""


class VirtualClock:
    """A clock that moves only when told to.

    ``listeners`` are called with the new time after each move, so that whoever
    freezes the wall clock can follow.
    """

    def __init__(self, start: datetime = START) -> None:
        self.now = start
        self.listeners: list[Callable[[datetime], None]] = []

    def advance(self, duration: timedelta) -> None:
        """Move forward by ``duration``. Raises ValueError for one that is not positive."""
        if duration <= timedelta(0):
            raise ValueError(f"Time moves forward only: {duration} is not a positive duration.")
        self.now += duration
        for listener in self.listeners:
            listener(self.now)
