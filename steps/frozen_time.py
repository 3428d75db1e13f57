"""The wall clock, stopped and moved along with virtual time.

Code of users, such as an extension point or a custom step, that calls
``datetime.now()`` or ``time.time()`` sees the virtual time of its scenario. What
measures real durations is kept out: pytest, its plugins for many processes, the
progress bar, and waiting for threads and processes. So are the modules of smslab, which
ask the virtual clock, and whose type hints say ``datetime`` and mean it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from smslab.simulator.clock import START
from smslab.steps.engine.stage import Clock

_REAL_BY_CALLER = (
    "concurrent.",
    "execnet",
    "multiprocessing",
    "queue",
    "rich.",
    "subprocess",
    "threading",
    "xdist",
)
_REAL_BY_NAME = (*_REAL_BY_CALLER, "_pytest", "pluggy", "pytest", "smslab.")


class _Movable(Protocol):
    def move_to(self, target_datetime: datetime) -> None: ...


class _Freezer(Protocol):
    def start(self) -> _Movable: ...

    def stop(self) -> None: ...


class FrozenTime:
    """The freeze of a session. It lasts from scenario to scenario, because starting it is slow."""

    def __init__(self) -> None:
        self._freezer: _Freezer | None = None
        self._now: _Movable | None = None
        self._shown: datetime | None = None

    def start(self) -> None:
        """Stop the wall clock, if it is not stopped yet."""
        if self._now is not None:
            return
        import freezegun.api  # slow, and what only checks or collects features needs no freeze

        if self._freezer is None:
            self._freezer = freezegun.freeze_time(
                START.replace(tzinfo=None), ignore=list(_REAL_BY_NAME), real_asyncio=True
            )
        self._now, self._shown = self._freezer.start(), START
        # freezegun also gives real time to whoever is called, up to five frames deep, by
        # a module that it ignores. Steps are that near to pytest, and must not get it.
        freezegun.api.ignore_lists[-1] = _REAL_BY_CALLER

    def rewind(self) -> None:
        """Show the time at which every instance begins."""
        self._move(START)

    def follow(self, clock: Clock) -> None:
        """Show the time of ``clock`` from now on."""
        self._move(clock.now)
        clock.listeners.append(self._move)

    def stop(self) -> None:
        """Let the wall clock go on, if it is stopped."""
        if self._freezer is not None and self._now is not None:
            self._freezer.stop()
            self._now = None

    def _move(self, now: datetime) -> None:
        if self._now is not None and now != self._shown:
            self._now.move_to(now.replace(tzinfo=None))
            self._shown = now
