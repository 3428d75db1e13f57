"""What a journal holds that must not leave the company, and what may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from smslab.reports.journal_file import STATUSES, JournalFile, ScenarioRecord
from smslab.simulator import states
from smslab.simulator.decision_table import (
    SEND_ROWS,
    Conversation,
    ConversationParty,
    NumberStanding,
)
from smslab.simulator.journal import Event
from smslab.simulator.policy import SETTINGS
from smslab.simulator.rules import RULES

PEOPLE = {"consumer": "Person", "contact": "Person", "user": "Person", "agent": "Agent"}
"""The entities whose name is that of a human being, and what stands in for it."""

NUMBER_FIELDS = frozenset(
    {"number", "requester_number", "provider_number"}
    | {"mobile_phone", "home_phone", "business_phone"}
)
"""The fields that hold a phone number, or what somebody took for one."""

TEXT_FIELDS = frozenset({"body", "attachments"})
"""The fields that hold what somebody wrote or sent."""

SAID = frozenset({("topic", "steps"), ("topic", "keywords"), ("channel", "agent_words")})
"""Entity and field of what the virtual agent says, and of the words that it understands."""

OPEN_FIELDS = frozenset({"display_name", "reason", "broken", "fault"})
"""The fields that hold sentences, or names of people; what others hold may be told."""

_STATES = (
    *(states.InteractionState, states.StateReason, states.ProfileState, states.MessageState),
    *(states.WorkItemState, states.Presence, states.InteractionType, states.PartyKind),
    *(states.Direction, Conversation, ConversationParty, NumberStanding),
)
WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Originals:
    """The originals of a run, each kind in the order in which they were met.

    ``names`` say which stand-in they get (Person or Agent). ``public`` is all that may be told:
    words of the system, and the names of topics, places and the like. ``words`` (in small
    letters) are those that steps and rules consist of. ``system`` are the words of the
    system itself: states, settings, ids of rules.
    """

    names: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, None] = field(default_factory=dict)
    texts: dict[str, None] = field(default_factory=dict)
    public: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    system: frozenset[str] = frozenset()


def originals(journals: Iterable[JournalFile]) -> Originals:
    """Everything that is to be masked in these journals, and what is not."""
    found = Originals(system=frozenset(_catalogue()))
    records = [record for journal in journals for record in journal.scenarios]
    for record in records:
        for event in record.events:
            _note(found, event)
    found.public |= found.system
    found.public -= found.names.keys() | found.numbers.keys() | found.texts.keys()
    sentences = [rule.sentence for rule in RULES.values()]
    sentences += [str(effect) for row in SEND_ROWS for effect in row.effects]
    found.words = _words([*sentences, *_ran(records)]) | _words(found.public)
    found.words -= _words(found.names)
    return found


def _note(found: Originals, event: Event) -> None:
    values = [each for each in (event.old, event.new) if isinstance(each, str) and each]
    if event.field == "name" and event.entity in PEOPLE:
        found.names.update((name, PEOPLE[event.entity]) for name in values)
    elif event.field == "display_name":
        for name in values:
            if name != "guest":
                found.names.setdefault(name, "Person")
    elif event.field in NUMBER_FIELDS:
        found.numbers.update(dict.fromkeys(values))
    elif event.field in TEXT_FIELDS or (event.entity, event.field) in SAID:
        found.texts.update(dict.fromkeys(values))
    elif event.field not in OPEN_FIELDS:
        found.public.update(values)
        found.public.add(event.id)


def _catalogue() -> Iterator[str]:
    yield from (*STATUSES, *RULES, "guest", "virtual agent", "administrator", "instance")
    for kind in _STATES:
        yield from map(str, kind)
    for name, setting in SETTINGS.items():
        yield name
        yield setting.default
        yield from setting.values


def _ran(records: Iterable[ScenarioRecord]) -> Iterator[str]:
    """The texts of all steps that ran, without what is quoted in them."""
    for record in records:
        for step in record.steps:
            if step.status == "passed":
                yield re.sub(r'"[^"]*"', "", step.text)


def _words(texts: Iterable[str]) -> set[str]:
    return {word.lower() for text in dict.fromkeys(texts) for word in WORD.findall(text)}
