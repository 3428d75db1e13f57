"""What no scenario of a run exercised: rules, decision rows, and values of switches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from smslab.reports.journal_file import JournalFile, ScenarioRecord
from smslab.simulator.decision_table import (
    NUMBER_ROWS,
    SEND_ROWS,
    Conversation,
    ConversationParty,
    NumberStanding,
    Row,
)
from smslab.simulator.policy import SETTINGS, Setting
from smslab.simulator.requesters.inbound_table import CONVERSATION_ROWS
from smslab.simulator.rules import RULES, Rule
from smslab.steps.engine.model import Scenario

_RAN = ("passed", "failed")
_CARRIED_OUT = ("sent", "received", "undone")
_MOST_VALUES = 6


@dataclass(frozen=True, slots=True)
class RowGap:
    """A decision row that was never carried out; ``switch`` is what chooses it, if anything."""

    id: str
    when: str
    switch: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class ValueGap:
    """A setting, and the values that it never had."""

    setting: Setting
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What was never exercised. ``not_simulated`` are rules that no scenario could show."""

    rules: Sequence[Rule]
    not_simulated: Sequence[Rule]
    rows: Sequence[RowGap]
    values: Sequence[ValueGap]

    @property
    def none(self) -> bool:
        """Whether nothing is left that a scenario could exercise."""
        return not (self.rules or self.rows or self.values)


def gaps(journal: JournalFile) -> Gaps:
    """What the scenarios that passed or failed did not exercise."""
    ran = [r for r in journal.scenarios if r.result is not None and r.result.status in _RAN]
    tagged = {tag.removeprefix("@") for record in ran for tag in record.scenario.tags}
    untried = [rule for id, rule in RULES.items() if id not in tagged]
    policy = journal.run.policy if journal.run else {}
    defaults = {name: _text(value) for name, value in policy.items()}
    return Gaps(
        [rule for rule in untried if rule.implemented],
        [rule for rule in untried if not rule.implemented],
        list(_rows(ran, defaults)),
        list(_values(ran, defaults)),
    )


def example_with(setting: str, value: str, scenarios: Iterable[Scenario]) -> Scenario | None:
    """The plainest scenario that sets ``setting`` to ``value``; None if there is none."""
    step = f'the setting "{setting}" is "{value}"'
    setting_it = [each for each in scenarios if any(s.text == step for s in each.steps)]
    return min(setting_it, key=lambda each: (len(each.steps), each.key), default=None)


def _rows(ran: Iterable[ScenarioRecord], policy: Mapping[str, str]) -> Iterator[RowGap]:
    decided = [decision for record in ran for decision in _decisions(record, policy)]
    for row in SEND_ROWS:
        if not any(d.row == row.id and d.is_on(row.switch) for d in decided):
            yield RowGap(row.id, _when_sent(row), row.switch)
    for number in NUMBER_ROWS:
        if not any(
            d.profile_rule == number.id and d.standing == number.standing and d.is_on(number.switch)
            for d in decided
        ):
            yield RowGap(number.id, f"an agent sends, {_STANDING[number.standing]}", number.switch)
    for inbound in CONVERSATION_ROWS:
        if not any(d.row == inbound.id for d in decided):
            when = f"a requester texts, {_conversation(inbound.conversation)}"
            yield RowGap(inbound.id, when, None)


@dataclass(slots=True)
class _Decision:
    """A decision as the journal tells it, and the settings under which it was made."""

    settings: Mapping[str, str]
    fields: dict[str, object] = field(default_factory=dict)

    @property
    def row(self) -> object:
        return self.fields.get("row")

    @property
    def profile_rule(self) -> object:
        return self.fields.get("profile_rule")

    @property
    def standing(self) -> object:
        return self.fields.get("number_standing")

    def is_on(self, switch: tuple[str, str] | None) -> bool:
        return switch is None or self.settings.get(switch[0]) == switch[1]


def _decisions(record: ScenarioRecord, policy: Mapping[str, str]) -> list[_Decision]:
    """The decisions of a scenario that were carried out, not only previewed or refused."""
    settings = dict(policy)
    found: dict[str, _Decision] = {}
    for event in record.events:
        if event.entity == "setting":
            settings = settings | {event.id: _text(event.new)}
        elif event.entity == "decision":
            decision = found.setdefault(event.id, _Decision(settings))
            decision.fields[event.field] = event.new
    return [d for d in found.values() if d.fields.get("outcome") in _CARRIED_OUT]


def _values(ran: Sequence[ScenarioRecord], policy: Mapping[str, str]) -> Iterator[ValueGap]:
    used = {(name, value) for name, value in policy.items()} if ran else set()
    used |= {
        (event.id, _text(event.new))
        for record in ran
        for event in record.events
        if event.entity == "setting"
    }
    for name, setting in SETTINGS.items():
        if 0 < len(setting.values) <= _MOST_VALUES:
            missing = tuple(value for value in setting.values if (name, value) not in used)
        else:
            others = {value for known, value in used if known == name} - {setting.default}
            missing = () if others else (f"any other than {setting.default}",)
        if missing:
            yield ValueGap(setting, missing)


def _when_sent(row: Row) -> str:
    conversation = f"an agent sends, {_conversation(row.conversation)}"
    whose = [each for each in ConversationParty if each in row.parties and each != "none"]
    if len(whose) in (0, len(ConversationParty) - 1):
        return conversation
    return f"{conversation}; it is that of {_any_of(_WHOSE[each] for each in whose)}"


def _conversation(kinds: Iterable[Conversation]) -> str:
    """Who has the conversation that is going on, if one is."""
    kinds = frozenset(kinds)
    return _any_of(words for kind, words in _GOING_ON.items() if kind in kinds)


def _any_of(words: Iterable[str]) -> str:
    return " or ".join(words)


_GOING_ON = {
    Conversation.NONE: "no conversation is going on",
    Conversation.AGENT: "an agent has the conversation",
    Conversation.VIRTUAL_AGENT: "the virtual agent has the conversation",
    Conversation.QUEUE: "the conversation waits in the queue",
}
_WHOSE = {
    ConversationParty.NONE: "nobody",
    ConversationParty.SAME: "the same party",
    ConversationParty.DIFFERENT: "a different party",
    ConversationParty.GUEST: "a guest",
}
_STANDING = {
    NumberStanding.FREE: "nobody has the number",
    NumberStanding.OWN: "the number is the party's own",
    NumberStanding.GUEST: "the number is a guest's",
    NumberStanding.OTHER: "the number is another party's",
}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
