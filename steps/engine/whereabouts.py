"""Where a scenario stood when it failed: its conversations, and what had just changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smslab.simulator.journal import Event, Value
from smslab.simulator.states import InteractionState

_CONVERSATIONS = 2
_CHANGES = 4
_PARTY_FIELDS = ("consumer", "contact", "opened_for", "party")


def where_it_stood(events: Iterable[Event]) -> list[str]:
    """The latest conversations with their lines, then the last state changes; nothing before any.

    Conversations that go on are told before those that have ended.
    """
    records = _Records()
    changes = []
    for event in events:
        records.note(event)
        if event.field == "state" and event.entity != "decision":
            changes.append(event)
    told = list(records.conversations())
    if changes:
        told.append("last state changes:")
        told += [f"  {records.change(event)}" for event in changes[-_CHANGES:]]
    return told


class _Records:
    """The fields of every record, as the events so far leave them."""

    def __init__(self) -> None:
        self._fields: dict[tuple[str, str], dict[str, Value]] = {}
        self._names: dict[str, Value] = {}

    def note(self, event: Event) -> None:
        self._fields.setdefault((event.entity, event.id), {})[event.field] = event.new
        if event.field == "name":
            self._names[event.id] = event.new

    def conversations(self) -> Iterator[str]:
        found = [
            id
            for (entity, id), fields in self._fields.items()
            if entity == "interaction" and fields.get("requester_number")
        ]
        latest_first = found[::-1]
        for id in sorted(latest_first, key=self._has_ended)[:_CONVERSATIONS]:
            fields = self._fields["interaction", id]
            line = f"{fields['requester_number']} to {fields.get('provider_number')}"
            party = self._party("interaction", id) or "a guest"
            yield f"conversation on the line {line}:"
            yield f"  {id} with {party}, {fields.get('state')}{self._who_has(id)}"

    def change(self, event: Event) -> str:
        party = self._party(event.entity, event.id)
        record = f"{event.entity} {event.id}{f' of {party}' if party else ''}"
        cause = f"rule {event.rule}" if event.rule else event.command
        return f"{record}: {'-' if event.old is None else event.old} to {event.new} ({cause})"

    def _has_ended(self, id: str) -> bool:
        return InteractionState(str(self._fields["interaction", id]["state"])).is_final

    def _who_has(self, id: str) -> str:
        fields = self._fields["interaction", id]
        if agent := fields.get("assigned_to"):
            return f", assigned to {self._names.get(str(agent), agent)}"
        return ", with the virtual agent" if fields.get("with_virtual_agent") else ""

    def _party(self, entity: str, id: str) -> str | None:
        fields = self._fields[entity, id]
        party = next((fields[name] for name in _PARTY_FIELDS if fields.get(name)), None)
        return None if party is None else str(self._names.get(str(party), party))
