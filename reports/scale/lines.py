"""Events of a journal in JSON Lines, batch by batch; what cannot be read is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from smslab.reports.journal_events import EventLines
from smslab.reports.journal_fields import BadLine
from smslab.reports.journal_lines import ScenarioLine, from_json
from smslab.reports.journal_reading import decoded
from smslab.reports.scale.batches import BATCH, batch
from smslab.simulator.journal import Event


@dataclass(slots=True)
class Lines:
    """The event lines of a file from byte ``begin`` up to ``end`` (None: to the end of the file).

    A line belongs to the range in which it begins. ``damaged``: how many lines cannot be read,
    once all batches were taken.
    """

    path: Path
    begin: int = 0
    end: int | None = None
    damaged: int = 0

    def batches(self, size: int = BATCH) -> Iterator[pd.DataFrame]:
        """The events in frames of ``size`` rows (columns: :data:`.batches.EVENTS`)."""
        keys: list[str] = []
        events: list[Event] = []
        for key, event in self._events():
            keys.append(key)
            events.append(event)
            if len(events) == size:
                yield batch(keys, events)
                keys, events = [], []
        yield batch(keys, events)

    def _events(self) -> Iterator[tuple[str, Event]]:
        known = EventLines()
        key = ""
        for raw in self._raw():
            event = known.read(raw)
            if event is not None:
                yield key, event
                continue
            try:
                data = decoded(raw)
                line = from_json(data)
            except BadLine:
                self.damaged += 1
                continue
            if isinstance(line, ScenarioLine | Event):
                key = str(data["scenario"])
                known.begin(key)
            if isinstance(line, Event):
                yield key, line

    def _raw(self) -> Iterator[bytes]:
        with self.path.open("rb") as stream:
            if self.begin:
                stream.seek(self.begin - 1)
                stream.readline()  # the end of a line that the range before has read
            place = stream.tell()
            for raw in stream:
                if self.end is not None and place >= self.end:
                    return
                place += len(raw)
                yield raw
