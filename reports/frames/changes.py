"""What changed: every event, the state transitions among them, and what a reader follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import pandas as pd

from smslab.reports.frames.columns import COUNT, TEXT, TIME, TRUTH, from_columns
from smslab.reports.frames.names import PARTY_FIELDS, REFERENCES, Names
from smslab.reports.frames.told import Told
from smslab.simulator.journal import Event, Value

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

_Choice: TypeAlias = Callable[[Event, bool], bool]
_ALWAYS_FOLLOWED = frozenset({"state", "assigned_to", "members"})
_FOLLOWED_ENTITIES = frozenset({"setting", "invariant"})


def changes(scenarios: Iterable[Told]) -> pd.DataFrame:
    """Every event (columns: :data:`CHANGES`), by scenario and sequence."""
    return _frame(scenarios, None)


def transitions(followed: pd.DataFrame) -> pd.DataFrame:
    """The state changes (columns: :data:`TRANSITIONS`) among what :func:`followed` gives."""
    states = followed[followed["field"] == "state"]
    renamed = states.rename(columns={"old": "from", "new": "to"})
    return renamed[list(TRANSITIONS)].reset_index(drop=True)


def followed(scenarios: Iterable[Told]) -> pd.DataFrame:
    """What a reader follows among :func:`changes` (same columns): states, who has what, breaches.

    The fields of a new record are left out, but for its state, its members and whom it is
    assigned to.
    """
    return _frame(scenarios, _is_followed)


def _is_followed(event: Event, creation: bool) -> bool:
    if event.field in _ALWAYS_FOLLOWED or event.entity in _FOLLOWED_ENTITIES:
        return event.entity != "decision"
    return event.field in PARTY_FIELDS and not creation and event.entity != "decision"


def _frame(scenarios: Iterable[Told], choice: _Choice | None) -> pd.DataFrame:
    """The events that ``choice`` wants of event and whether it is part of a creation, or all."""
    columns: list[list[Any]] = [[] for _ in CHANGES]
    for each in scenarios:
        events, creations = each.record.events, each.names.creations
        if choice is not None:
            chosen = [
                (event, creation)
                for event, creation in zip(events, creations, strict=True)
                if choice(event, creation)
            ]
            events, creations = [event for event, _ in chosen], [made for _, made in chosen]
        if events:
            for column, values in zip(columns, _columns(each, events, creations), strict=True):
                column.extend(values)
    return from_columns(CHANGES, columns)


def _columns(each: Told, events: list[Event], creations: list[bool]) -> tuple[Iterable[Any], ...]:
    names = each.names
    sequence, time, step, entity, id, field, old, new, command, rule, actor = zip(
        *events, strict=True
    )
    return (
        [each.key] * len(events),
        sequence,
        time,
        step,
        entity,
        id,
        map(names.of, entity, id, sequence),
        field,
        _shown(names, field, old),
        _shown(names, field, new),
        creations,
        command,
        rule,
        map(names.name, actor),
    )


def _shown(names: Names, fields: Iterable[str], values: Iterable[Value]) -> list[str | None]:
    return [
        value
        if value is None or (type(value) is str and field not in REFERENCES)
        else names.shown(field, value)
        for field, value in zip(fields, values, strict=True)
    ]
