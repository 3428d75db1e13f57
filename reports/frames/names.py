"""Who is meant: the names behind the ids of one scenario, read from its creation events."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from smslab.reports.frames.columns import as_text
from smslab.simulator.journal import Event, Value

GUEST = "guest"

PARTY_FIELDS = ("consumer", "contact", "opened_for", "party")
"""The fields of a record that say whose it is."""

REFERENCES = frozenset(
    {
        *PARTY_FIELDS,
        "assigned_to",
        "author",
        "agent",
        "previous_owner",
        "linked_user",
        "members",
        "location",
        "parent",
        "provider",
        "channel",
        "topic",
    }
)
"""The fields that hold the id of another record, or several (members)."""

_OF_AN_INTERACTION = frozenset(
    {"live group profile", "message", "prompt", "topic run", "work item"}
)
_WITH_PARTY = frozenset({"interaction", "channel user profile", "decision"})
_PARTY = frozenset(PARTY_FIELDS)
_NAMING = frozenset({"name", "number"})

_Record: TypeAlias = tuple[str, str]


def creations(events: Sequence[Event]) -> Iterator[bool]:
    """For each event, whether it belongs to the creation of its record.

    A new record is a series of events one after another, of one command, all without an
    old value.
    """
    seen: set[_Record] = set()
    before: tuple[str, str, str, int] | None = None
    for _, _, step, entity, id, _, old, _, command, _, _ in events:
        series = (entity, id, command, step)
        if old is None and series == before:
            yield True
            continue
        new = (entity, id) not in seen
        seen.add((entity, id))
        before = series if new else None
        yield new


class Names:
    """The names of one scenario: of ids, and of whose a record is at a moment."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.creations = list(creations(events))
        self._names: dict[str, str] = {}
        self._interactions: dict[_Record, str] = {}
        self._parties: dict[_Record, _History] = {}
        for event, created in zip(events, self.creations, strict=True):
            _, _, _, entity, id, field, _, new, _, _, _ = event  # quicker than by name
            if entity in _WITH_PARTY:
                if field in _PARTY or (created and (entity, id) not in self._parties):
                    history = self._parties.setdefault((entity, id), _History())
                    history.note(event, created=created)
            elif field == "interaction" and entity in _OF_AN_INTERACTION:
                self._interactions[entity, id] = str(new)
            if field in _NAMING:
                self._note_name(event)

    def _note_name(self, event: Event) -> None:
        if event.field == "name":
            if isinstance(event.new, str):
                self._names[event.id] = event.new
        elif event.entity == "provider number":
            self._names[event.id] = str(event.new)

    def name(self, id: str | None) -> str | None:
        """The name behind an id; the id itself where it has none (an interaction's number)."""
        return None if id is None else self._names.get(id, id)

    def shown(self, field: str, value: Value) -> str | None:
        """A value of a field as a reader wants it: names for ids, ``true`` and ``false``."""
        text = as_text(value)
        if text is None or field not in REFERENCES:
            return text
        if field == "members":
            return ", ".join(self._names.get(id, id) for id in text.split(", "))
        return self._names.get(text, text)

    def of(self, entity: str, id: str, sequence: int) -> str | None:
        """Whose a record is when event ``sequence`` happens: a party's name, or ``guest``.

        Other records (an agent, a provider number) are named themselves; a setting is
        nobody's (None).
        """
        record = (entity, id)
        if entity in _OF_AN_INTERACTION:
            record = ("interaction", self._interactions.get(record, ""))
        elif entity not in _WITH_PARTY:
            return self._names.get(id)
        history = self._parties.get(record)
        party = None if history is None else history.at(sequence)
        return GUEST if party is None else self._names.get(party, party)


class _History:
    """Whose one record was, from which event on. What its creation sets counts from its start."""

    __slots__ = ("fields", "parties", "sequences")

    def __init__(self) -> None:
        self.fields: dict[str, Value] = {}
        self.sequences: list[int] = []
        self.parties: list[str | None] = []

    def note(self, event: Event, *, created: bool) -> None:
        if event.field in PARTY_FIELDS:
            self.fields[event.field] = event.new
        party = next((str(self.fields[f]) for f in PARTY_FIELDS if self.fields.get(f)), None)
        if self.sequences and created:
            self.parties[-1] = party
        else:
            self.sequences.append(event.sequence)
            self.parties.append(party)

    def at(self, sequence: int) -> str | None:
        position = bisect_right(self.sequences, sequence) - 1
        return self.parties[position] if position >= 0 else None
