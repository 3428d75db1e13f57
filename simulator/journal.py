"""The journal: one event per state change, the only source of every report.

The journal of an instance is a list of :class:`Event` in the order in which the
changes happened. It holds virtual times only: no wall clock, host name or memory
address, so that two runs with one seed write the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from smslab.simulator.store import Change

Value: TypeAlias = str | int | bool | None
"""What a field of a record can hold in the journal; a reference is the id of its record."""


Told: TypeAlias = "tuple[str, str, str, Value, Value, str | None]"
"""Entity, id, field, old and new value, and rule of an event."""


class Event(NamedTuple):
    """One field of one entity changed.

    ``sequence`` counts from 1 within an instance; ``time`` is virtual time in UTC;
    ``step`` is the label that the harness set when the event was recorded (the
    position of the step in its scenario, from 0; -1 outside any step); ``entity`` is
    an entity of domain.md section 1, or ``decision``, ``setting`` or ``extension``; ``old``
    is None when the entity is new; ``command`` names what was asked of the instance, ``rule``
    the rule id that caused the change, where one did; ``actor`` is who asked.
    """

    sequence: int
    time: datetime
    step: int
    entity: str
    id: str
    field: str
    old: Value
    new: Value
    command: str
    rule: str | None
    actor: str

    def as_json(self) -> dict[str, Any]:
        """The event as a JSON object, keys in their fixed order."""
        return {
            "sequence": self.sequence,
            "time": self.time.isoformat().replace("+00:00", "Z"),
            "step": self.step,
            "entity": self.entity,
            "id": self.id,
            "field": self.field,
            "old": self.old,
            "new": self.new,
            "command": self.command,
            "rule": self.rule,
            "actor": self.actor,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Event:
        """The event that :meth:`as_json` wrote. Raises KeyError or ValueError on another object."""
        return cls(**{**{name: data[name] for name in cls._fields}, "time": _time(data["time"])})


_event = partial(tuple.__new__, Event)
"""An event of its values, all of them in their order."""


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Entry(NamedTuple):
    """What one command did to records, which never change themselves."""

    time: datetime
    step: int
    command: str
    actor: str
    changes: Sequence[Change[Any]]


class Journal:
    """The events of one instance. ``step`` is set by whoever drives the instance.

    A command is written down as one of ``entries``, and told field by field when somebody
    reads: a served instance writes far more than is ever read of it.
    """

    def __init__(self) -> None:
        self.step = -1
        self.entries: list[Entry] = []
        self._events: list[Event] = []
        self._untold: list[Callable[[], Sequence[Told]]] = []
        self._sequence = 0

    @property
    def events(self) -> list[Event]:
        """Every event so far, in the order in which the changes happened; ask anew for news."""
        if self._untold:
            latest = self.entries[-len(self._untold) :]
            for entry, tell in zip(latest, self._untold, strict=True):
                self._tell(entry, tell())
            self._untold.clear()
        return self._events

    def write(
        self,
        time: datetime,
        command: str,
        actor: str,
        changes: Sequence[Change[Any]],
        tell: Callable[[], Sequence[Told]],
    ) -> None:
        """Write down what one command did, labelled with the current step.

        ``tell`` is asked later, and once: what it tells of must not change any more.
        """
        self.entries.append(Entry(time, self.step, command, actor, changes))
        self._untold.append(tell)

    def record(
        self,
        *,
        time: datetime,
        entity: str,
        id: str,
        field: str,
        old: Value,
        new: Value,
        command: str,
        rule: str | None,
        actor: str,
    ) -> None:
        """Write down a single event."""
        told = [(entity, id, field, old, new, rule)]
        self.write(time, command, actor, (), lambda: told)

    def _tell(self, entry: Entry, told: Sequence[Told]) -> None:
        """Number the events of an entry: whole columns at once, since there are many."""
        if not told:
            return
        entities, ids, names, olds, news, rules = zip(*told, strict=True)
        first = self._sequence + 1
        self._sequence += len(told)
        values = zip(
            range(first, self._sequence + 1),
            repeat(entry.time, len(told)),
            repeat(entry.step, len(told)),
            entities,
            ids,
            names,
            olds,
            news,
            repeat(entry.command, len(told)),
            rules,
            repeat(entry.actor, len(told)),
            strict=True,
        )
        self._events.extend(map(_event, values))
