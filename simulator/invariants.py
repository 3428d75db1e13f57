"""What must hold in every reachable state (domain.md section 10).

:func:`check` looks only at what a command touched, so that its cost does not grow with
the instance; :func:`check_all` looks at every record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from smslab.simulator.journal import Value
from smslab.simulator.parties import same_party
from smslab.simulator.policy import Policy
from smslab.simulator.records import ChannelUserProfile, Interaction, Line, Message, WorkItem
from smslab.simulator.routing.workload import room
from smslab.simulator.states import Direction, WorkItemState
from smslab.simulator.store import Change, Store


@dataclass(slots=True)
class Executed:
    """A command that ran: its name, who asked, what it decided and what it changed.

    ``decision`` holds the fields of the journal's ``decision`` entity, empty for a
    command that decides nothing. The journal does not tell of changes that are not to be
    ``journalled``.
    """

    name: str
    actor: str
    decision: dict[str, Value] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    journalled: bool = True


@dataclass(frozen=True, slots=True)
class Breach:
    """An invariant that does not hold, its records, and the command after which it was found."""

    invariant: str
    sentence: str
    records: tuple[str, ...]
    command: str


class _Decided:
    """Stands, among the kinds of records that a command touched, for its decision."""


Found: TypeAlias = Iterator[tuple[str, tuple[str, ...]]]
"""Pairs of a sentence and the ids it names."""


def check(store: Store, policy: Policy, executed: Executed) -> list[Breach]:
    """The invariants that ``executed`` broke, by what it touched."""
    touched: dict[type, list[Any]] = {_Decided: [executed]} if executed.decision else {}
    for change in executed.changes:
        touched.setdefault(type(change.new), []).append(change.new)
    found = [
        (invariant, look(store, policy, executed, touched))
        for invariant, concerns, look in _AFTER_COMMAND
        if not concerns.isdisjoint(touched)
    ]
    return _breaches(found, executed.name)


def check_all(store: Store) -> list[Breach]:
    """The invariants of the state (I-1, I-2, I-4, I-5) that do not hold, over every record."""
    interactions = list(store.interactions)
    found: list[tuple[str, Found]] = [
        ("I-1", _one_conversation_per_line(store, {row.line for row in interactions})),
        ("I-2", _one_owner_per_number(store, {(r.number, r.channel) for r in store.profiles})),
        ("I-4", _messages_on_their_line(store, store.messages)),
        ("I-5", _agents_in_their_groups(store, interactions)),
    ]
    return _breaches(found, "full check")


def _breaches(found: list[tuple[str, Found]], command: str) -> list[Breach]:
    return [
        Breach(invariant, sentence, records, command)
        for invariant, breaches in found
        for sentence, records in breaches
    ]


def _latest(store: Store, touched: Iterable[Interaction]) -> list[Interaction]:
    return [store.interactions[id] for id in {record.id: None for record in touched}]


def _one_conversation_per_line(store: Store, lines: set[Line | None]) -> Found:
    for line in sorted(filter(None, lines)):
        active = store.conversations_on(line)
        if len(active) > 1:
            ids = tuple(row.id for row in active)
            yield f"{' and '.join(ids)} are active on one line ({line[0]}, {line[1]}).", ids


def _one_owner_per_number(store: Store, numbers: set[tuple[str, str]]) -> Found:
    for number, channel in sorted(numbers):
        ids = tuple(row.id for row in store.profiles.find("active", (number, channel)))
        if len(ids) > 1:
            yield f"{' and '.join(ids)} are active profiles of {number} on {channel}.", ids


def _closed_stays_closed(store: Store, executed: Executed) -> Found:
    changes = [each for each in executed.changes if isinstance(each.new, (Interaction, Message))]
    closed: dict[str, bool] = {}
    for change in changes:
        if isinstance(change.old, Interaction):
            closed.setdefault(change.old.id, change.old.state.is_final)
    for change in changes:
        old, new = change.old, change.new
        if isinstance(new, Interaction):
            if isinstance(old, Interaction) and old.state.is_final and new.state != old.state:
                yield f"{new.id} was {old.state} and became {new.state}.", (new.id,)
            closed[new.id] = new.state.is_final
        elif isinstance(new, Message) and old is None:
            into = store.interactions.get(new.interaction)
            if into and closed.get(into.id, into.state.is_final):
                yield f"{new.id} went into {into.id}, which was closed.", (new.id, into.id)


def _messages_on_their_line(store: Store, records: Iterable[object]) -> Found:
    for row in records:
        if not isinstance(row, Message) or row.direction is Direction.INBOUND:
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


def _agents_in_their_groups(store: Store, interactions: Iterable[Interaction]) -> Found:
    for row in interactions:
        if row.line is None or not row.state.is_active or row.assigned_to is None:
            continue
        group = store.live_group_of(row.id)
        if group is None or row.assigned_to not in group.members:
            yield (
                f"{row.assigned_to} has {row.id} but is not in its live group profile.",
                (row.id, row.assigned_to),
            )


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


def _injection_keeps_assignment(executed: Executed) -> Found:
    if executed.decision.get("row") != "A-2":
        return
    for change in executed.changes:
        old, new = change.old, change.new
        if (
            isinstance(old, Interaction)
            and isinstance(new, Interaction)
            and old.assigned_to != new.assigned_to
        ):
            yield f"{new.id} was assigned to {new.assigned_to} by row A-2.", (new.id,)


def _refusal_changes_nothing(executed: Executed) -> Found:
    unchanging: Callable[[object], bool] = {"refused", "declined", "warned"}.__contains__
    if unchanging(executed.decision.get("outcome")) and executed.changes:
        ids = tuple(dict.fromkeys(change.new.id for change in executed.changes))
        yield f"The send was {executed.decision['outcome']} but changed {', '.join(ids)}.", ids


def _work_within_capacity(store: Store, executed: Executed) -> Found:
    """Only an acceptance is limited: what W-6 or an administrator adds is not accepted work."""
    for change in executed.changes:
        old, item = change.old, change.new
        if not isinstance(item, WorkItem) or item.state is not WorkItemState.ACCEPTED:
            continue
        if (isinstance(old, WorkItem) and old.state is item.state) or item.agent is None:
            continue
        agent = store.agents[item.agent]
        if room(store, agent, item.channel, with_offers=False) < 0:
            yield f"{agent.id} accepted {item.interaction} beyond capacity.", (agent.id, item.id)


def _inactive_stays_inactive(executed: Executed) -> Found:
    for change in executed.changes:
        old, new = change.old, change.new
        if (
            isinstance(old, ChannelUserProfile)
            and isinstance(new, ChannelUserProfile)
            and new.is_active
            and not old.is_active
        ):
            yield f"{new.id} was inactive and became active again.", (new.id,)


_Touched: TypeAlias = Mapping[type, list[Any]]
"""The new records of a command by their type."""

_AFTER_COMMAND: tuple[
    tuple[str, frozenset[type], Callable[[Store, Policy, Executed, _Touched], Found]], ...
] = (
    (
        "I-1",
        frozenset({Interaction}),
        lambda store, policy, executed, touched: _one_conversation_per_line(
            store, {row.line for row in _latest(store, touched[Interaction])}
        ),
    ),
    (
        "I-2",
        frozenset({ChannelUserProfile}),
        lambda store, policy, executed, touched: _one_owner_per_number(
            store, {(row.number, row.channel) for row in touched[ChannelUserProfile]}
        ),
    ),
    (
        "I-3",
        frozenset({Interaction, Message}),
        lambda store, policy, executed, touched: _closed_stays_closed(store, executed),
    ),
    (
        "I-4",
        frozenset({Message}),
        lambda store, policy, executed, touched: _messages_on_their_line(store, touched[Message]),
    ),
    (
        "I-5",
        frozenset({Interaction}),
        lambda store, policy, executed, touched: _agents_in_their_groups(
            store, _latest(store, touched[Interaction])
        ),
    ),
    (
        "I-6",
        frozenset({_Decided}),
        lambda store, policy, executed, touched: _number_is_the_partys(store, policy, executed),
    ),
    (
        "I-7",
        frozenset({_Decided}),
        lambda store, policy, executed, touched: _injection_keeps_assignment(executed),
    ),
    (
        "I-8",
        frozenset({_Decided}),
        lambda store, policy, executed, touched: _refusal_changes_nothing(executed),
    ),
    (
        "I-9",
        frozenset({WorkItem}),
        lambda store, policy, executed, touched: _work_within_capacity(store, executed),
    ),
    (
        "I-10",
        frozenset({ChannelUserProfile}),
        lambda store, policy, executed, touched: _inactive_stays_inactive(executed),
    ),
)
"""The invariants to check after a command that touched records of one of these types."""
