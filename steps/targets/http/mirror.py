"""What a remote instance has told of itself: its records, events, time and breaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from smslab.simulator.clock import START
from smslab.simulator.journal import Event, Journal
from smslab.simulator.records import Record
from smslab.simulator.store import Store


class MirrorStore(Store):
    """The tables as the remote instance last told them, to read.

    ``changes`` is how many changes there were on the other side.
    """

    def __init__(self) -> None:
        super().__init__()
        self._changes = 0

    @property
    def changes(self) -> int:
        """How many changes there were: while it stays, nothing changes."""
        return self._changes

    def take(self, records: Iterable[Record], changes: int) -> None:
        """Put what is new and what has changed in its place."""
        for record in records:
            table: Any = self._tables[type(record)]
            table.put(record)
        self._changes = changes


class MirrorClock:
    """The time of a remote instance; ``listeners`` hear of every move."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now
        self.listeners: list[Callable[[datetime], None]] = []

    @property
    def now(self) -> datetime:
        """Virtual time, in UTC."""
        return self._now

    def move_to(self, now: datetime) -> None:
        """The other side says that it is ``now``."""
        if now != self._now:
            self._now = now
            for listener in self.listeners:
                listener(now)


class MirrorJournal(Journal):
    """The events of a remote instance, labelled with the step that is running here."""

    def take(self, events: Iterable[Event]) -> None:
        """Add what has happened since the last time."""
        self.events.extend(event._replace(step=self.step) for event in events)
