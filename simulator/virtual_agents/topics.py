"""Virtual agent topics: small scripts, as immutable data, and what makes one valid.

A topic is a list of steps that the virtual agent takes one after the other. It waits for
the requester where a step asks or offers; a topic that runs out of steps is complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from smslab.simulator.nearest import did_you_mean
from smslab.simulator.states import StateReason

AN_AGENT = "an agent"
"""The option that hands the conversation over (W-5)."""


class BadTopic(ValueError):
    """A topic that cannot be; the message says why and names the nearest valid choice."""


class Action(StrEnum):
    """What the virtual agent does in one step of a topic."""

    SAYS = "says"
    ASKS = "asks"
    OFFERS = "offers"
    GOES_TO = "goes to"
    HANDS_OVER = "hands over"
    ENDS = "ends"
    FAILS = "fails"

    @property
    def waits(self) -> bool:
        """Whether the topic goes on only with the requester's next text."""
        return self in _WAITING

    @property
    def leaves(self) -> bool:
        """Whether the virtual agent has nothing more to do in the conversation."""
        return self in _LEAVING


_WAITING = frozenset({Action.ASKS, Action.OFFERS})
_LEAVING = frozenset({Action.HANDS_OVER, Action.ENDS, Action.FAILS})
_WORDY = frozenset({Action.SAYS, Action.ASKS, Action.OFFERS, Action.GOES_TO})


@dataclass(frozen=True, slots=True)
class TopicStep:
    """One step. ``text`` is what is said or asked, the options, a topic, a reason or an error."""

    action: Action
    text: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """What the requester may choose: names of topics, or an agent."""
        return tuple(part.strip() for part in self.text.split(","))

    @property
    def reason(self) -> StateReason:
        """Why the conversation ends with this step: Topic Complete unless it says more (S-5)."""
        return StateReason(self.text) if self.text else StateReason.TOPIC_COMPLETE

    def __str__(self) -> str:
        return f"{self.action} {self.text}".rstrip()


@dataclass(frozen=True, slots=True)
class Topic:
    """A script. A conversation that a text with one of the ``keywords`` begins, begins here."""

    ENTITY: ClassVar[str] = "topic"
    id: str
    name: str
    steps: tuple[TopicStep, ...]
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicRun:
    """How far the virtual agent is in an interaction; its id is made from the interaction's.

    It waits in ``topic`` (an id) at the step ``position``, and has not understood the last
    ``misses`` replies. ``fault`` says what went wrong where the topic failed.
    """

    ENTITY: ClassVar[str] = "topic run"
    id: str
    interaction: str
    topic: str
    position: int = 0
    misses: int = 0
    fault: str | None = None


def topic_step(does: str, text: str = "") -> TopicStep:
    """A step from its words. Raises BadTopic for an action or a reason that there is not."""
    if does not in set(Action):
        raise BadTopic(f"the virtual agent never {does!r}; {did_you_mean(does, Action)}")
    action = Action(does)
    if action in _WORDY and not text:
        raise BadTopic(f"a step that {does} needs a text.")
    if action is Action.HANDS_OVER and text:
        raise BadTopic(f"a step that hands over has no text, but this one has {text!r}.")
    if action is Action.ENDS and text and text not in set(StateReason):
        raise BadTopic(
            f"no conversation ends because of {text!r}; {did_you_mean(text, StateReason)}"
        )
    step = TopicStep(action, text)
    if action is Action.OFFERS and not all(step.options):
        raise BadTopic(f"the options {text!r} leave one empty; part them with single commas.")
    return step


def check_topic(topic: Topic, known: Mapping[str, Topic]) -> None:
    """Raise BadTopic for a topic that cannot be added to those that are ``known`` by id.

    It needs a name of its own, keywords of its own and a step; and it must not lead, by way
    of other topics or not, to itself without ever waiting for the requester.
    """
    if not topic.name.strip() or not topic.steps:
        raise BadTopic("a topic has a name and at least one step.")
    if called(topic.name, AN_AGENT):
        raise BadTopic(f"a topic cannot be called {AN_AGENT!r}: that option hands over.")
    if topic_named(known, topic.name):
        raise BadTopic(f"there is a topic {topic.name!r} already; a topic is described once.")
    for keyword in topic.keywords:
        holder = next((one for one in known.values() if keyword in one.keywords), None)
        if holder:
            raise BadTopic(f"the keyword {keyword!r} begins the topic {holder.name!r} already.")
    endless = _loop_from(topic, known)
    if endless:
        raise BadTopic(
            f"the topic {topic.name!r} never ends and never waits for the requester: "
            f"{', then '.join(endless)}; let one of them ask, offer, hand over or end."
        )


def check_words(words: Iterable[str]) -> tuple[str, ...]:
    """Words to look for in a text, in lower case. Raises BadTopic for an empty one."""
    checked = tuple(word.strip().casefold() for word in words)
    if not all(checked):
        raise BadTopic("a word to look for in a text is not empty; part them with single commas.")
    return checked


def topic_named(topics: Mapping[str, Topic], name: str) -> Topic | None:
    """The topic of this name among those by id, or None."""
    return next((one for one in topics.values() if called(one.name, name)), None)


def _loop_from(topic: Topic, known: Mapping[str, Topic]) -> list[str]:
    """The names of the topics that lead to each other for ever without waiting, or nothing."""
    passed: list[str] = []
    here: Topic | None = topic
    while here is not None:
        passed.append(here.name)
        leads_to = _passed_on_to(here)
        if leads_to is None:
            return []
        seen = next((i for i, name in enumerate(passed) if called(name, leads_to)), None)
        if seen is not None:
            return [*passed[seen:], passed[seen]]
        here = topic_named(known, leads_to)
    return []


def _passed_on_to(topic: Topic) -> str | None:
    """The topic that follows this one without a reply between, or None."""
    for step in topic.steps:
        if step.action is Action.GOES_TO:
            return step.text
        if step.action.waits or step.action.leaves:
            return None
    return None


def called(one: str, other: str) -> bool:
    """Whether two names are one, whatever their case and the spaces around them."""
    return one.strip().casefold() == other.strip().casefold()
