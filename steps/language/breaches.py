"""Broken invariants in words: the sentence, the records involved and the last commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from smslab.simulator.instance import Instance
from smslab.simulator.invariants import Breach
from smslab.simulator.journal import Event
from smslab.simulator.rules import RULES

LAST_COMMANDS = 5
"""How many commands before a breach are told."""


def told(instance: Instance, breaches: Sequence[Breach]) -> str:
    """What is broken, whom it concerns, and what was done last before the first breach."""
    lines = []
    for breach in breaches:
        lines.append(f"invariant {breach.invariant} is broken: {breach.sentence}")
        lines.append(f"  the rule: {RULES[breach.invariant].sentence}")
        lines += [f"  {id}: {record(instance, id)}" for id in breach.records]
    last = commands_until(instance.journal.events, breaches[0])[-LAST_COMMANDS:]
    lines.append(f"the last commands: {'; '.join(last)}.")
    return "\n".join(lines)


def record(instance: Instance, id: str) -> str:
    """A record as the journal tells it, the latest value of each field."""
    fields = {e.field: e.new for e in instance.journal.events if e.id == id}
    return ", ".join(
        f"{name.replace('_', ' ')} {name_of(instance, value)}"
        for name, value in fields.items()
        if value is not None and name not in ("opened_on", "at")
    )


def name_of(instance: Instance, value: object) -> str:
    """A value, or the name of the party or agent that it is the id of."""
    store = instance.store
    known = store.parties.get(str(value)) or store.agents.get(str(value))
    return known.name if known else str(value)


def commands_until(events: Iterable[Event], breach: Breach) -> list[str]:
    """The commands up to the one that broke an invariant, as "Bill: send", oldest first."""
    until = []
    for event in events:
        until.append(event)
        if event.entity == "invariant" and event.new == breach.sentence:
            break
    return [f"{actor}: {command}" for (actor, command, _, _), _ in groupby(until, key=_command_of)]


def _command_of(event: Event) -> tuple[str, str, object, int]:
    return event.actor, event.command, event.time, event.step
