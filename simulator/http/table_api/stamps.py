"""When records were made and changed, and by whom: read from the journal.

Records have no such fields. What an instance shipped with, and what was imported without a
word in the journal, has no stamp.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smslab.simulator.journal import Journal


@dataclass(slots=True)
class Stamp:
    """First and last change of a record.

    ``changes`` counts those after the first; ``command`` is that of the last, because all
    that one command does to a record is one change.
    """

    created_on: datetime
    created_by: str
    updated_on: datetime
    updated_by: str
    command: str
    changes: int = 0


class Stamps:
    """The stamps of all records of one journal, kept up with it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._read = 0
        self._stamps: dict[tuple[str, str], Stamp] = {}

    def of(self, entity: str, id: str) -> Stamp | None:
        """The stamp of a record, None where the journal does not tell of it."""
        self._catch_up()
        return self._stamps.get((entity, id))

    def _catch_up(self) -> None:
        events = self._journal.events
        for event in events[self._read :] if self._read < len(events) else ():
            key = (event.entity, event.id)
            stamp = self._stamps.get(key)
            if stamp is None:
                self._stamps[key] = Stamp(
                    event.time, event.actor, event.time, event.actor, event.command
                )
            elif (stamp.updated_on, stamp.updated_by, stamp.command) != (
                event.time,
                event.actor,
                event.command,
            ):
                stamp.updated_on, stamp.updated_by = event.time, event.actor
                stamp.command = event.command
                stamp.changes += 1
        self._read = len(events)
