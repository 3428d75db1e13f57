"""The scenarios of a run as the frames need them, gone through once for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from smslab.reports.frames.names import Names
from smslab.reports.journal_file import ScenarioRecord
from smslab.reports.titles import status_of
from smslab.simulator.journal import Event

_ENTITY = itemgetter(Event._fields.index("entity"))


@dataclass(frozen=True, slots=True)
class Told:
    """One scenario: its record, how it ended, the names in it, and its events by entity."""

    record: ScenarioRecord
    status: str
    names: Names
    by_entity: dict[str, list[Event]]

    @property
    def key(self) -> str:
        """The key of the scenario."""
        return self.record.scenario.scenario

    def events(self, entity: str) -> list[Event]:
        """The events of all records of one entity, in their order."""
        return self.by_entity.get(entity, [])


def told(records: Iterable[ScenarioRecord]) -> list[Told]:
    """Every scenario, in the order of the records."""
    return [_told(record) for record in records]


def _told(record: ScenarioRecord) -> Told:
    by_entity: dict[str, list[Event]] = {}
    for entity, events in groupby(record.events, _ENTITY):
        by_entity.setdefault(entity, []).extend(events)
    return Told(record, status_of(record), Names(record.events), by_entity)
