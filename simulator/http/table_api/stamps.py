"""When records were made and changed, and by whom: read from the journal.

Records have no such fields. What an instance shipped with, and what was imported without a
word in the journal, has no stamp.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smslab.simulator.journal import Entry, Journal
from smslab.simulator.telling import entity_of


@dataclass(slots=True)
class Stamp:
    """First and last change of a record; ``changes`` counts those after the first."""

    created_on: datetime
    created_by: str
    updated_on: datetime
    updated_by: str
    changes: int = 0


class Stamps:
    """The stamps of all records of one journal, kept up with it."""

    def __init__(self, journal: Journal) -> None:
        self._entries = journal.entries
        self._read = 0
        self._stamps: dict[tuple[str, str], Stamp] = {}

    def of(self, entity: str, id: str) -> Stamp | None:
        """The stamp of a record, None where the journal does not tell of it."""
        if self._read < len(self._entries):
            for entry in self._entries[self._read :]:
                self._follow(entry)
            self._read = len(self._entries)
        return self._stamps.get((entity, id))

    def _follow(self, entry: Entry) -> None:
        """Stamp what a command touched, once for all that it did to a record."""
        touched = {(entity_of(change.new), change.new.id) for change in entry.changes}
        for key in touched:
            stamp = self._stamps.get(key)
            if stamp is None:
                self._stamps[key] = Stamp(entry.time, entry.actor, entry.time, entry.actor)
            else:
                stamp.updated_on, stamp.updated_by = entry.time, entry.actor
                stamp.changes += 1
