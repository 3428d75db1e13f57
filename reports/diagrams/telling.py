"""The story of a scenario while it is told: rows so far, who takes part, and who has what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from smslab.reports.diagrams.sequence_rows import Kind, Lifeline, Row, RowKind, Tone
from smslab.simulator.journal import Event

PROVIDER = "provider"
VIRTUAL_AGENT = "virtual agent"
GUEST = "guest"


@dataclass(slots=True)
class Talk:
    """An interaction as far as it has been told.

    ``type`` is empty for a text conversation. ``holder`` has it (the key of an agent or of the
    virtual agent); ``row`` is its last state.
    """

    party: str | None = None
    type: str = ""
    holder: str | None = None
    row: Row | None = None


@dataclass(slots=True)
class Noted:
    """A record that one row tells, put into words once all of its fields are known."""

    row: Row
    fields: dict[str, Any] = field(default_factory=dict)
    holder: str | None = None


@dataclass(slots=True)
class Telling:
    """What the tellers share.

    ``abouts``: what stands under a name; ``owners``: the key of a number's last owner;
    ``items``: the fields of work items; ``groups``: the interaction of a live group profile;
    ``inbound``: the text that waits for its decision; ``released``: the row that says that a
    number is nobody's any more, and whose it was.
    """

    rows: list[Row] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    abouts: dict[str, str] = field(default_factory=dict)
    talks: dict[str, Talk] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    noted: dict[tuple[str, str], Noted] = field(default_factory=dict)
    inbound: Noted | None = None
    released: dict[str, tuple[Row, str]] = field(default_factory=dict)
    _kinds: dict[str, Kind] = field(default_factory=dict)
    _command: tuple[str, int, str] | None = None
    _command_began: int = 0

    # Rows

    def add(
        self,
        event: Event,
        kind: RowKind,
        stops: tuple[str, ...] = (),
        text: str = "",
        tone: Tone = "",
    ) -> Row:
        """A new row."""
        command = (event.command, event.step, event.actor)
        if command != self._command:
            self._command, self._command_began = command, len(self.rows)
        row = Row(kind, event.time, event.step, stops, text, tone)
        self.rows.append(row)
        return row

    def add_before_command(self, event: Event, kind: RowKind) -> Row:
        """A new row before everything that the command of this event has changed."""
        row = Row(kind, event.time, event.step)
        command = (event.command, event.step, event.actor)
        if command != self._command:
            self._command, self._command_began = command, len(self.rows)
        self.rows.insert(self._command_began, row)
        return row

    def end_command(self) -> None:
        """What comes next belongs to another command, even one of the same name."""
        self._command = None

    def is_last(self, row: Row | None) -> bool:
        """Whether nothing was told since this row."""
        return bool(self.rows) and self.rows[-1] is row

    def is_of_command(self, row: Row | None) -> bool:
        """Whether the command that is being told has added this row."""
        return row is not None and row in self.rows[self._command_began :]

    def note(self, event: Event, kind: RowKind) -> Noted:
        """The record of this event, with a row of its own from its first event on."""
        key = (event.entity, event.id)
        noted = self.noted.get(key)
        if noted is None:
            noted = self.noted[key] = Noted(self.add(event, kind))
        return noted

    # Who takes part

    def name(self, key: str) -> str:
        """What a reader calls somebody."""
        return self.names.get(key, key)

    def lifeline(self, key: str) -> Lifeline:
        """Who is behind a stop."""
        kind = self._kinds.get(key, "agent")
        about = self.abouts.get(key, _ABOUTS.get(kind, ""))
        return Lifeline(key, kind, self.name(key), about)

    def agent(self, id: str) -> str:
        """The key of an agent, or of the virtual agent."""
        self._kinds[id] = "agent"
        if id == VIRTUAL_AGENT:
            self._kinds[id], self.names[id] = "virtual agent", "Virtual agent"
        return id

    def requester(self, party: str | None, number: str) -> str:
        """The key of a party, or of the guest at a number."""
        key = party
        if key is None or key == GUEST:
            key = f"{GUEST} {number}"
            self.names[key] = GUEST
        self._kinds[key] = "requester"
        if number:
            self.abouts.setdefault(key, number)
        return key

    def at_number(self, number: str) -> str:
        """The key of whoever is at a number."""
        return self.owners.get(number) or self.requester(None, number)

    def provider(self) -> str:
        """The key of the provider."""
        self._kinds[PROVIDER], self.names[PROVIDER] = "provider", "Provider"
        return PROVIDER

    def talk(self, id: str) -> Talk:
        """The interaction with this id."""
        talk = self.talks.get(id)
        if talk is None:
            talk = self.talks[id] = Talk()
            self._kinds[id] = "interaction"
        return talk


_ABOUTS: dict[Kind, str] = {"provider": "carrier", "virtual agent": "bot", "agent": "agent"}

Teller: TypeAlias = Callable[[Telling, Event], None]
"""Tells an event: adds a row, or adds to one."""

Ending: TypeAlias = Callable[[Telling, Noted], None]
"""Puts the row of a record into words."""


def by(rule: str | None) -> str:
    """The rule that caused something, after what it caused."""
    return "" if rule is None else f" · {rule}"


def whose(name: str) -> str:
    """``Ana's``, ``a guest's``."""
    return "a guest's" if name == GUEST else f"{name}'s"
