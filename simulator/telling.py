"""What the journal tells of a command: the fields that its changes set, then its decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, get_args

from smslab.simulator.durations import in_words
from smslab.simulator.journal import Told, Value
from smslab.simulator.records import Party, Record
from smslab.simulator.store import Change


def _journalled(kind: type[Record]) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    """The names of the fields that the journal tells of, and what reads all of them."""
    names = tuple(entry.name for entry in fields(kind) if entry.name not in ("id", "kind"))
    return names, attrgetter(*names)


_JOURNALLED_FIELDS = {kind: _journalled(kind) for kind in get_args(Record)}


def entity_of(record: Record) -> str:
    """The name of a record's entity in the journal."""
    return record.kind.value if isinstance(record, Party) else record.ENTITY


def told_of(
    changes: Sequence[Change[Record]], decision_id: str, decision: Mapping[str, Value]
) -> list[Told]:
    """What a command did, field by field: every change, then the decision."""
    told: list[Told] = []
    for change in changes:
        _tell(change, told)
    told += [
        ("decision", decision_id, name, None, value, None)
        for name, value in decision.items()
        if value is not None
    ]
    return told


def _tell(change: Change[Record], told: list[Told]) -> None:
    """What a change sets; of a new record only what says something."""
    row, old, rule = change.new, change.old, change.rule
    entity, id = entity_of(row), row.id
    names, values_of = _JOURNALLED_FIELDS[type(row)]
    if old is None:
        for name, value in zip(names, values_of(row), strict=True):
            if value is None or value is False:
                continue
            new = value if type(value) is str else _plain(value)
            if new is not None:
                told.append((entity, id, name, None, new, rule))
        return
    for name, before, value in zip(names, values_of(old), values_of(row), strict=True):
        if value is not before and (was := _plain(before)) != (new := _plain(value)):
            told.append((entity, id, name, was, new, rule))


def _plain(value: object) -> Value:
    if type(value) is str or value is None:
        return value
    if isinstance(value, str):  # a state: most of what is no text itself
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or None
    if isinstance(value, timedelta):
        return in_words(value)
    return value if isinstance(value, int) else str(value)
