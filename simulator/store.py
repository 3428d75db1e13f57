"""The tables of an instance with their indexes, and the log of what changed.

Every change goes through :meth:`Store.insert` and :meth:`Store.update`. The log since
a mark is what the journal is written from, what the invariants look at, and what
:meth:`Store.undo_to` takes back.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any, Generic, NamedTuple, get_args

from smslab.simulator.carriers.records import Destination, KeywordAnswer, OptOut
from smslab.simulator.messaging_actions.messaging_action_records import MessagingAction, Prompt
from smslab.simulator.records import (
    Agent,
    Channel,
    ChannelUserProfile,
    Extension,
    Interaction,
    Line,
    LiveGroupProfile,
    Location,
    Message,
    Party,
    Provider,
    ProviderNumber,
    Record,
    RejectReason,
    WorkItem,
)
from smslab.simulator.states import InteractionState, WorkItemState
from smslab.simulator.table import R, Table, View
from smslab.simulator.virtual_agents.topics import Topic, TopicRun


class Change(NamedTuple, Generic[R]):
    """A record was put in place of ``old`` (None: it is new), because of ``rule``."""

    old: R | None
    new: R
    rule: str | None


def _open_at(row: Interaction) -> tuple[Hashable, ...]:
    """Keys of what may still count as the conversation at a number (A-13): number and line."""
    number = row.requester_number
    if number is None or row.state.is_final:
        return ()
    return (number,) if row.provider_number is None else (number, (number, row.provider_number))


def _open_with(row: Interaction) -> tuple[Hashable, ...]:
    """Keys of an agent's open work: the agent, and the agent on the channel."""
    if row.assigned_to is None or row.state.is_final:
        return ()
    return (row.assigned_to, (row.assigned_to, row.channel))


def _offered_to(row: WorkItem) -> tuple[Hashable, ...]:
    """Keys of offers that wait for their agent: the agent, and the agent on the channel."""
    if row.state is not WorkItemState.PENDING_ACCEPT or row.agent is None:
        return ()
    return (row.agent, (row.agent, row.channel))


def _active_profile(row: ChannelUserProfile) -> tuple[Hashable, ...]:
    return ((row.number, row.channel),) if row.is_active else ()


def _profile_of_party(row: ChannelUserProfile) -> tuple[Hashable, ...]:
    return (row.party,) if row.is_active and row.party else ()


class Store:
    """All tables of an instance.

    ``numbers_of`` gives the E.164 numbers of a party; the instance sets it, because
    they depend on locations and policy.
    """

    def __init__(self) -> None:
        self.numbers_of: Callable[[Party], Iterable[str]] = lambda party: ()
        self.locations: Table[Location] = Table("location", name=lambda row: (row.name,))
        self.parties: Table[Party] = Table(
            "party",
            name=lambda row: (row.name,),
            number=lambda row: tuple(self.numbers_of(row)),
        )
        self.agents: Table[Agent] = Table("agent", name=lambda row: (row.name,))
        self.channels: Table[Channel] = Table("channel", name=lambda row: (row.name,))
        self.providers: Table[Provider] = Table("provider", channel=lambda row: (row.channel,))
        self.provider_numbers: Table[ProviderNumber] = Table(
            "provider-number", number=lambda row: (row.number,)
        )
        self.profiles: Table[ChannelUserProfile] = Table(
            "profile", active=_active_profile, party=_profile_of_party
        )
        self.interactions: Table[Interaction] = Table(
            "IMS",
            number=_open_at,
            agent=_open_with,
        )
        self.live_groups: Table[LiveGroupProfile] = Table("group")
        self.messages: Table[Message] = Table(
            "message",
            interaction=lambda row: (row.interaction,),
            provider_id=lambda row: (row.provider_id,) if row.provider_id else (),
        )
        self.work_items: Table[WorkItem] = Table(
            "work-item",
            interaction=lambda row: (row.interaction,),
            open=lambda row: (row.interaction,) if row.is_open else (),
            offered_to=_offered_to,
        )
        self.reject_reasons: Table[RejectReason] = Table(
            "reject-reason", name=lambda row: (row.name,)
        )
        self.topics: Table[Topic] = Table("topic")
        self.topic_runs: Table[TopicRun] = Table("topic-run")
        self.extensions: Table[Extension] = Table("extension")
        self.destinations: Table[Destination] = Table(
            "destination", number=lambda row: (row.number,)
        )
        self.opt_outs: Table[OptOut] = Table(
            "opt-out", line=lambda row: ((row.requester_number, row.provider_number),)
        )
        self.keyword_answers: Table[KeywordAnswer] = Table(
            "keyword-answer", line=lambda row: ((row.requester_number, row.provider_number),)
        )
        self.messaging_actions: Table[MessagingAction] = Table(
            "messaging-action", name=lambda row: (row.name,), event=lambda row: (row.event,)
        )
        self.prompts: Table[Prompt] = Table(
            "prompt", interaction=lambda row: (row.interaction,), agent=lambda row: (row.agent,)
        )
        self._tables: dict[type[Any], Table[Any]] = {
            Destination: self.destinations,
            OptOut: self.opt_outs,
            KeywordAnswer: self.keyword_answers,
            Location: self.locations,
            Party: self.parties,
            Agent: self.agents,
            Channel: self.channels,
            Provider: self.providers,
            ProviderNumber: self.provider_numbers,
            ChannelUserProfile: self.profiles,
            Interaction: self.interactions,
            LiveGroupProfile: self.live_groups,
            Message: self.messages,
            WorkItem: self.work_items,
            MessagingAction: self.messaging_actions,
            Prompt: self.prompts,
            Extension: self.extensions,
            Topic: self.topics,
            TopicRun: self.topic_runs,
            RejectReason: self.reject_reasons,
        }
        self._numbers_on = View(self._work_out_numbers, self.providers, self.provider_numbers)
        self._messaging_channels = View(
            self._work_out_channels, self.channels, self.providers, self.provider_numbers
        )
        self._issued: dict[str, int] = {}
        self.log: list[Change[Any]] = []
        self._taken = 0

    def new_id(self, prefix: str) -> str:
        """The next id of a table: ``IMS0000001`` for interactions, ``consumer-1`` and the like."""
        number = self._issued[prefix] = self._issued.get(prefix, 0) + 1
        return f"IMS{number:07d}" if prefix == "IMS" else f"{prefix}-{number}"

    def insert(self, record: R, rule: str | None = None) -> R:
        """Add a new record and log it."""
        self._tables[type(record)].put(record)
        self.log.append(Change(None, record, rule))
        return record

    def update(self, record: R, rule: str | None = None, **changes: object) -> R:
        """Change the row with the id of ``record``, as it is now; the changed row.

        Without an actual change nothing is logged.
        """
        table: Table[R] = self._tables[type(record)]
        old = table[record.id]
        new = _changed(old, changes)
        if new is not old:
            table.put(new)
            self.log.append(Change(old, new, rule))
        return new

    def mark(self) -> tuple[int, dict[str, int]]:
        """A point in the log to go back to."""
        return len(self.log), dict(self._issued)

    def undo_to(self, mark: tuple[int, dict[str, int]]) -> None:
        """Take back every change since ``mark``, ids included."""
        length, issued = mark
        while len(self.log) > length:
            change = self.log.pop()
            table = self._tables[type(change.new)]
            if change.old is None:
                table.remove(change.new.id)
            else:
                table.put(change.old)
        self._issued = issued

    def take_log(self) -> tuple[Change[Record], ...]:
        """The changes since the log was taken last, which from now on are not undone."""
        taken = tuple(self.log)
        self.log.clear()
        self._taken += len(taken)
        return taken

    @property
    def changes(self) -> int:
        """How many changes there were that are not undone: while it stays, nothing changes."""
        return self._taken + len(self.log)

    def snapshot(self) -> dict[str, dict[str, Record]]:
        """Every row of every table by entity and id: equal snapshots are equal states."""
        return {kind.ENTITY: dict(table.by_id) for kind, table in self._tables.items()}

    def conversations_on(self, line: Line, wrap_up: bool = False) -> list[Interaction]:
        """The active interactions on a line, oldest first; Wrap Up counts where asked (A-13)."""
        return [
            row
            for row in self.interactions.find("number", line)
            if row.state.is_active or (wrap_up and row.state is InteractionState.WRAP_UP)
        ]

    def numbers_on(self, channel: str) -> tuple[str, ...]:
        """The provider numbers of a channel, in the order in which they were configured."""
        return self._numbers_on.get().get(channel, ())

    def messaging_channels(self) -> tuple[Channel, ...]:
        """The channels of type messaging with a provider number, lowest order first."""
        return self._messaging_channels.get()

    def _work_out_channels(self) -> tuple[Channel, ...]:
        found = [row for row in self.channels if row.kind == "messaging"]
        with_numbers = [row for row in found if self.numbers_on(row.name)]
        return tuple(sorted(with_numbers, key=lambda row: (row.order, row.name)))

    def _work_out_numbers(self) -> dict[str, tuple[str, ...]]:
        numbers: dict[str, list[str]] = {}
        for row in self.provider_numbers:
            provider = self.providers.get(row.provider)
            if provider is not None:
                numbers.setdefault(provider.channel, []).append(row.number)
        return {channel: tuple(found) for channel, found in numbers.items()}

    def live_group_of(self, interaction: str) -> LiveGroupProfile | None:
        """The live group profile of an interaction, where it has one."""
        return self.live_groups.get(group_id(interaction))


def _reading(kind: type[Any]) -> tuple[dict[str, int], Callable[[Any], tuple[Any, ...]]]:
    """The places of the fields of a record, and what reads all of them."""
    names = [entry.name for entry in fields(kind)]
    return {name: place for place, name in enumerate(names)}, attrgetter(*names)


_READING = {kind: _reading(kind) for kind in get_args(Record)}


def _changed(old: R, changes: dict[str, object]) -> R:
    """A record with other values, or the very same where it has those already.

    As ``dataclasses.replace``, in a third of its time: a busy instance does little else.
    """
    for name, value in changes.items():
        if getattr(old, name) != value:
            kind: type[Any] = type(old)
            places, values_of = _READING[kind]
            values = list(values_of(old))
            for changed, other in changes.items():
                values[places[changed]] = other
            new: R = kind(*values)
            return new
    return old


def group_id(interaction: str) -> str:
    """The id of an interaction's live group profile."""
    return f"group-{interaction}"
