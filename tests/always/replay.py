"""What the journal says the tables hold, for comparison with what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from typing import TypeAlias

from smslab.simulator.durations import in_words
from smslab.simulator.instance import Instance
from smslab.simulator.journal import Event, Value
from smslab.simulator.records import Record
from smslab.simulator.telling import entity_of

Key: TypeAlias = tuple[str, str]
"""An entity and an id."""

_NO_RECORDS = frozenset({"decision", "invariant", "setting"})


class Replay:
    """Follows the journal of an instance, and looks at each row that changes.

    A row that changes without an event is found, because it is another object; and so is
    an event without a change.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._followed = len(instance.journal.events)
        self._rows = _rows_of(instance)
        self._said = {key: _fields_of(row) for key, row in self._rows.items()}
        self._settings: dict[str, Value] = dict(instance.policy.as_dict())

    def difference(self) -> list[str]:
        """Where journal and tables disagree by now, in words; nothing where they agree."""
        events = self._instance.journal.events[self._followed :]
        self._followed += len(events)
        told = [event for event in events if event.entity not in _NO_RECORDS]
        wrong = [wrong for event in told for wrong in self._follow(event)]
        before, self._rows = self._rows, _rows_of(self._instance)
        changed = {key for key, row in self._rows.items() if before.get(key) is not row}
        gone = before.keys() - self._rows.keys()
        for key in sorted(changed | gone | {(event.entity, event.id) for event in told}):
            said, holds = self._said.get(key, {}), _fields_of(self._rows.get(key))
            if said != holds:
                wrong.append(f"{' '.join(key)}: the journal says {said}, the table holds {holds}")
        self._settings.update((e.id, e.new) for e in events if e.entity == "setting")
        if self._settings != self._instance.policy.as_dict():
            wrong.append("The settings are not what the journal says.")
        return wrong

    def _follow(self, event: Event) -> Iterator[str]:
        said = self._said.setdefault((event.entity, event.id), {})
        if said.get(event.field, event.old or None) != (event.old or None):
            yield f"{event.id} {event.field} was {said[event.field]!r}, not {event.old!r}"
        if event.new in (None, False):
            said.pop(event.field, None)
        else:
            said[event.field] = event.new


def _rows_of(instance: Instance) -> dict[Key, Record]:
    return {
        (entity_of(row), id): row
        for rows in instance.store.snapshot().values()
        for id, row in rows.items()
    }


def _fields_of(row: Record | None) -> dict[str, Value]:
    """The fields as the journal writes them, without those that are empty or no."""
    if row is None:
        return {}
    written = {
        entry.name: _as_written(getattr(row, entry.name))
        for entry in fields(row)
        if entry.name not in ("id", "kind")
    }
    return {name: value for name, value in written.items() if value not in (None, False)}


def _as_written(value: object) -> Value:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, timedelta):
        return in_words(value)
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value) or None
    return value if value is None or isinstance(value, bool | int) else str(value)
