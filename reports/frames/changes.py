"""What changed: every event, and the state transitions among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from smslab.reports.frames.columns import COUNT, TEXT, TIME, TRUTH, build
from smslab.reports.frames.names import Names, creations
from smslab.reports.journal_file import ScenarioRecord

CHANGES = {
    "scenario": TEXT,
    "sequence": COUNT,
    "time": TIME,
    "step": COUNT,
    "entity": TEXT,
    "id": TEXT,
    "of": TEXT,
    "field": TEXT,
    "old": TEXT,
    "new": TEXT,
    "creation": TRUTH,
    "command": TEXT,
    "rule": TEXT,
    "actor": TEXT,
}
"""One row per event of the journal. ``of``: whose the record was (a party's name, or ``guest``);
``old`` and ``new``: the values as a reader wants them, names for ids; ``old`` is missing where
nothing was before; ``creation``: whether the event belongs to the creation of its record;
``rule`` the rule id that caused it, where one did; ``actor`` who asked."""

TRANSITIONS = {
    "scenario": TEXT,
    "sequence": COUNT,
    "time": TIME,
    "step": COUNT,
    "entity": TEXT,
    "id": TEXT,
    "of": TEXT,
    "from": TEXT,
    "to": TEXT,
    "command": TEXT,
    "rule": TEXT,
    "actor": TEXT,
}
"""One row per change of a state: of an interaction, channel user profile, message or work item.
``from`` is missing for a new record."""


def changes(records: Iterable[ScenarioRecord]) -> pd.DataFrame:
    """Every event (columns: :data:`CHANGES`), by scenario and sequence."""
    return build(CHANGES, (row for record in records for row in _rows(record)))


def transitions(changes: pd.DataFrame) -> pd.DataFrame:
    """The state changes (columns: :data:`TRANSITIONS`) among :func:`changes`."""
    states = changes[(changes["field"] == "state") & (changes["entity"] != "decision")]
    renamed = states.rename(columns={"old": "from", "new": "to"})
    return renamed[list(TRANSITIONS)].reset_index(drop=True)


def followed(changes: pd.DataFrame) -> pd.DataFrame:
    """What a reader follows among :func:`changes` (same columns): states, who has what, breaches.

    The fields of a new record are left out, but for its state, its members and whom it is
    assigned to.
    """
    field, entity = changes["field"], changes["entity"]
    always = field.isin(["state", "assigned_to", "members"]) | entity.isin(["setting", "invariant"])
    moved = field.isin(["party", "consumer", "contact", "opened_for"]) & ~changes["creation"]
    kept = (always | moved) & (entity != "decision")
    return changes[kept].reset_index(drop=True)


def _rows(record: ScenarioRecord) -> Iterator[tuple[object, ...]]:
    names = Names(record.events)
    for event, creation in zip(record.events, creations(record.events), strict=True):
        yield (
            record.scenario.scenario,
            event.sequence,
            event.time,
            event.step,
            event.entity,
            event.id,
            names.of(event.entity, event.id, event.sequence),
            event.field,
            names.shown(event.field, event.old),
            names.shown(event.field, event.new),
            creation,
            event.command,
            event.rule,
            names.name(event.actor),
        )
