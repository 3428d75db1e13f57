"""What must hold in every reachable state (domain.md section 10).

:func:`check` looks only at what a command touched, so that its cost does not grow with
the instance; :func:`check_all` looks at every record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from smslab.simulator.executed import Executed
from smslab.simulator.parties import same_party
from smslab.simulator.policy import Policy
from smslab.simulator.records import (
    ChannelUserProfile,
    Interaction,
    Line,
    Message,
    Record,
    WorkItem,
)
from smslab.simulator.routing.workload import room
from smslab.simulator.states import Direction, WorkItemState
from smslab.simulator.store import Store


@dataclass(frozen=True, slots=True)
class Breach:
    """An invariant that does not hold, its records, and the command after which it was found."""

    invariant: str
    sentence: str
    records: tuple[str, ...]
    command: str


Found: TypeAlias = Iterable[tuple[str, tuple[str, ...]]]
"""Pairs of a sentence and the ids it names."""

_Look: TypeAlias = Callable[[Store, Policy, Executed], Found]
"""Looks whether a command broke an invariant."""

_LOOKS: dict[type[Record] | None, list[tuple[str, _Look]]] = {}
"""The looks, with their invariant, by the kind of record after whose changes they are taken.

None: after a decision.
"""


def _after(kind: type[Record] | None, invariant: str) -> Callable[[_Look], _Look]:
    """Take a look after each command that touched a kind of record, or decided something."""

    def registered(look: _Look) -> _Look:
        _LOOKS.setdefault(kind, []).append((invariant, look))
        return look

    return registered


def check(store: Store, policy: Policy, executed: Executed) -> list[Breach]:
    """The invariants that ``executed`` broke, by what it touched, in their order."""
    breaches = []
    touched = (*executed.touched, None) if executed.decision else executed.touched
    for kind in touched:
        for invariant, look in _LOOKS.get(kind, ()):
            for sentence, records in look(store, policy, executed):
                breaches.append(Breach(invariant, sentence, records, executed.name))
    return sorted(breaches, key=lambda breach: int(breach.invariant.removeprefix("I-")))


def check_all(store: Store) -> list[Breach]:
    """The invariants of the state (I-1, I-2, I-4, I-5) that do not hold, over every record."""
    interactions = list(store.interactions)
    found: list[tuple[str, Found]] = [
        ("I-1", _one_conversation_per_line(store, interactions)),
        ("I-2", _one_owner_per_number(store, store.profiles)),
        ("I-4", _messages_on_their_line(store, store.messages)),
        ("I-5", _agents_in_their_groups(store, interactions)),
    ]
    return [
        Breach(invariant, sentence, records, "full check")
        for invariant, breaches in found
        for sentence, records in breaches
    ]


# Of the state: after what was touched, and in check_all of everything


@_after(Interaction, "I-1")
def _conversations_touched(store: Store, policy: Policy, executed: Executed) -> Found:
    return _one_conversation_per_line(store, [each.new for each in executed.of(Interaction)])


def _one_conversation_per_line(store: Store, interactions: Iterable[Interaction]) -> Found:
    count = store.interactions.count
    crowded = {row.line for row in interactions if count("number", row.line) > 1}
    return _several_on(store, crowded) if crowded else ()


def _several_on(store: Store, lines: set[Line | None]) -> Found:
    for line in sorted(filter(None, lines)):
        active = store.conversations_on(line)
        if len(active) > 1:
            ids = tuple(row.id for row in active)
            yield f"{' and '.join(ids)} are active on one line ({line[0]}, {line[1]}).", ids


@_after(ChannelUserProfile, "I-2")
def _profiles_touched(store: Store, policy: Policy, executed: Executed) -> Found:
    return _one_owner_per_number(store, [each.new for each in executed.of(ChannelUserProfile)])


def _one_owner_per_number(store: Store, profiles: Iterable[ChannelUserProfile]) -> Found:
    count = store.profiles.count
    numbers = [(row.number, row.channel) for row in profiles]
    crowded = {key for key in numbers if count("active", key) > 1}
    return _several_owners(store, crowded) if crowded else ()


def _several_owners(store: Store, numbers: set[tuple[str, str]]) -> Found:
    for number, channel in sorted(numbers):
        ids = tuple(row.id for row in store.profiles.find("active", (number, channel)))
        yield f"{' and '.join(ids)} are active profiles of {number} on {channel}.", ids


@_after(Message, "I-4")
def _messages_touched(store: Store, policy: Policy, executed: Executed) -> Found:
    return _messages_on_their_line(store, [change.new for change in executed.of(Message)])


def _messages_on_their_line(store: Store, messages: Iterable[Message]) -> Found:
    for row in messages:
        if row.direction is Direction.INBOUND:
            continue
        interaction = store.interactions.get(row.interaction)
        line = (row.requester_number, row.provider_number)
        if interaction is None:
            yield f"{row.id} belongs to no interaction.", (row.id,)
        elif interaction.line != line:
            yield (
                f"{row.id} went out on {line} but {interaction.id} is on {interaction.line}.",
                (row.id, interaction.id),
            )


@_after(Interaction, "I-5")
def _assignments_touched(store: Store, policy: Policy, executed: Executed) -> Found:
    ids = {change.new.id: None for change in executed.of(Interaction)}
    return _agents_in_their_groups(store, [store.interactions[id] for id in ids])


def _agents_in_their_groups(store: Store, interactions: Iterable[Interaction]) -> Found:
    for row in interactions:
        if row.assigned_to is None or row.line is None or not row.state.is_active:
            continue
        group = store.live_group_of(row.id)
        if group is None or row.assigned_to not in group.members:
            yield (
                f"{row.assigned_to} has {row.id} but is not in its live group profile.",
                (row.id, row.assigned_to),
            )


# Of what a command did


@_after(Interaction, "I-3")
def _closed_stays_closed(store: Store, policy: Policy, executed: Executed) -> Found:
    for change in executed.of(Interaction):
        old, new = change.old, change.new
        if old is not None and old.state.is_final and new.state != old.state:
            yield f"{new.id} was {old.state} and became {new.state}.", (new.id,)


@_after(Message, "I-3")
def _nothing_into_what_is_closed(store: Store, policy: Policy, executed: Executed) -> Found:
    closed: dict[str, bool] = {}
    for change in executed.of(Interaction):
        if change.old is not None:
            closed.setdefault(change.old.id, change.old.state.is_final)
    for either in executed.of_any(Interaction, Message):
        new = either.new
        if isinstance(new, Interaction):
            closed[new.id] = new.state.is_final
        elif isinstance(new, Message) and either.old is None:
            into = store.interactions.get(new.interaction)
            if into and closed.get(into.id, into.state.is_final):
                yield f"{new.id} went into {into.id}, which was closed.", (new.id, into.id)


@_after(None, "I-6")
def _number_is_the_partys(store: Store, policy: Policy, executed: Executed) -> Found:
    decision = executed.decision
    if decision.get("outcome") != "sent":
        return
    number, channel = str(decision["requester_number"]), str(decision["channel"])
    owners = store.profiles.find("active", (number, channel))
    if policy.one_owner_per_number:
        owners = owners[-1:]
    party = str(decision["party"])
    if not any(same_party(store, policy, owner.party, party) for owner in owners):
        holder = owners[-1].id if owners else "no profile"
        yield (
            f"{number} was written to for {party}, but {holder} says whose it is.",
            (number, party),
        )


@_after(None, "I-7")
def _injection_keeps_assignment(store: Store, policy: Policy, executed: Executed) -> Found:
    if executed.decision.get("row") != "A-2":
        return
    for change in executed.of(Interaction):
        old, new = change.old, change.new
        if old is not None and old.assigned_to != new.assigned_to:
            yield f"{new.id} was assigned to {new.assigned_to} by row A-2.", (new.id,)


_UNCHANGING = frozenset({"refused", "declined", "warned"})


@_after(None, "I-8")
def _refusal_changes_nothing(store: Store, policy: Policy, executed: Executed) -> Found:
    if executed.changes and executed.decision.get("outcome") in _UNCHANGING:
        ids = tuple(dict.fromkeys(change.new.id for change in executed.changes))
        yield f"The send was {executed.decision['outcome']} but changed {', '.join(ids)}.", ids


@_after(WorkItem, "I-9")
def _work_within_capacity(store: Store, policy: Policy, executed: Executed) -> Found:
    """Only an acceptance is limited: what W-6 or an administrator adds is not accepted work."""
    for change in executed.of(WorkItem):
        old, item = change.old, change.new
        if item.state is not WorkItemState.ACCEPTED or item.agent is None:
            continue
        if old is not None and old.state is item.state:
            continue
        agent = store.agents[item.agent]
        if room(store, agent, item.channel, with_offers=False) < 0:
            yield f"{agent.id} accepted {item.interaction} beyond capacity.", (agent.id, item.id)


@_after(ChannelUserProfile, "I-10")
def _inactive_stays_inactive(store: Store, policy: Policy, executed: Executed) -> Found:
    for change in executed.of(ChannelUserProfile):
        old, new = change.old, change.new
        if old is not None and new.is_active and not old.is_active:
            yield f"{new.id} was inactive and became active again.", (new.id,)
