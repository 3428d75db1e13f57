"""Deadlines by key, at most one for each, over the kernel's lanes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from smslab.simulator.clock import microseconds
from smslab.simulator.kernel import Kernel, Lane


class Deadlines:
    """Calls ``callback(key)`` when the time set for a key has passed.

    There is one lane for each delay in use, so that a setting may change while deadlines
    run: those that were set before keep their time.
    """

    def __init__(self, kernel: Kernel, callback: Callable[[str], None]) -> None:
        self._kernel = kernel
        self._callback = callback
        self._lanes: dict[int, Lane] = {}
        self._lane_of: dict[str, Lane] = {}

    def set(self, key: str, delay: timedelta) -> None:
        """Let ``key`` be due after ``delay``, in place of when it was due."""
        self.clear(key)
        duration = microseconds(delay)
        if duration not in self._lanes:
            self._lanes[duration] = self._kernel.lane(duration, self._due)
        lane = self._lane_of[key] = self._lanes[duration]
        lane.arm(key)

    def clear(self, key: str) -> None:
        """Forget the deadline of a key, set or not."""
        lane = self._lane_of.pop(key, None)
        if lane is not None:
            lane.cancel(key)

    def _due(self, key: str) -> None:
        del self._lane_of[key]
        self._callback(key)
