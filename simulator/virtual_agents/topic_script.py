"""What the virtual agent does about a text: a pure function from its scripts to effects.

:func:`respond` reads the topics, how far the conversation is in them and the text; what it
returns is carried out by :mod:`smslab.simulator.virtual_agents.virtual_agent`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from smslab.simulator.nearest import did_you_mean
from smslab.simulator.states import StateReason
from smslab.simulator.virtual_agents.topics import (
    AN_AGENT,
    Action,
    Topic,
    TopicRun,
    TopicStep,
    called,
    topic_named,
)

LONGEST_RUN = 100
"""The most steps that one text may lead to."""

UNCLEAR_REPLIES = 3
"""How many replies in a row may fit no option before the virtual agent gives up."""


@dataclass(frozen=True, slots=True)
class Say:
    """The virtual agent sends a text."""

    body: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """The conversation goes to the queue (W-5)."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """The virtual agent does not understand the requester, again and again."""


@dataclass(frozen=True, slots=True)
class End:
    """The conversation ends for a reason (S-5)."""

    reason: StateReason


@dataclass(frozen=True, slots=True)
class Fail:
    """A run-time error ends the conversation; ``why`` says which."""

    why: str


Effect: TypeAlias = Say | HandOver | GiveUp | End | Fail


@dataclass(frozen=True, slots=True)
class Scripts:
    """All that the virtual agent knows: its topics by id, the first one first.

    A text with one of ``agent_words`` in it asks for an agent (W-5).
    """

    topics: Mapping[str, Topic]
    agent_words: tuple[str, ...] = ()

    def begun_by(self, text: str) -> Topic | None:
        """The topic that a conversation beginning with this text starts with."""
        by_keyword = (one for one in self.topics.values() if mentions(text, one.keywords))
        return next(by_keyword, None) or next(iter(self.topics.values()), None)


@dataclass(frozen=True, slots=True)
class Response:
    """The effects of one text, in their order, and where the conversation then stands."""

    run: TopicRun | None
    effects: Sequence[Effect] = ()


def respond(scripts: Scripts, run: TopicRun | None, interaction: str, text: str) -> Response:
    """What follows from a text in a conversation with the virtual agent.

    ``run`` is None where the text begins the conversation.
    """
    if mentions(text, scripts.agent_words):
        return Response(run, [HandOver()])
    if run is not None:
        return _goes_on(scripts, run, text)
    topic = scripts.begun_by(text)
    if topic is None:
        return Response(None)
    begun = TopicRun(run_id(interaction), interaction, topic.id)
    return _follow(scripts, begun, topic, 0)


def run_id(interaction: str) -> str:
    """The id of the progress of an interaction."""
    return f"topic-run-{interaction}"


def mentions(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words, or groups of words, is in the text, whatever the case."""
    return any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for word in words)


def offer(step: TopicStep) -> str:
    """The text in which a step offers its options, each with the number that also chooses it."""
    return ", ".join(f"{number}. {name}" for number, name in enumerate(step.options, 1))


def chosen(step: TopicStep, reply: str) -> str | None:
    """The option that a reply chooses, by its name or its number, or None."""
    said = reply.strip().rstrip(".!")
    for number, option in enumerate(step.options, 1):
        if said == str(number) or called(said, option):
            return option
    return None


def _goes_on(scripts: Scripts, run: TopicRun, text: str) -> Response:
    topic = scripts.topics[run.topic]
    waiting_at = topic.steps[run.position]
    if waiting_at.action is not Action.OFFERS:
        return _follow(scripts, run, topic, run.position + 1)
    option = chosen(waiting_at, text)
    if option is None:
        return _not_understood(run, waiting_at)
    if called(option, AN_AGENT):
        return Response(run, [HandOver()])
    entered = topic_named(scripts.topics, option)
    if entered is None:
        return _failed(run, [], _no_topic(scripts, topic, option))
    return _follow(scripts, run, entered, 0)


def _not_understood(run: TopicRun, step: TopicStep) -> Response:
    missed = replace(run, misses=run.misses + 1)
    if missed.misses == UNCLEAR_REPLIES:
        return Response(missed, [GiveUp()])
    return Response(missed, [Say(offer(step))])


def _follow(scripts: Scripts, run: TopicRun, topic: Topic, position: int) -> Response:
    """Take one step after the other until one waits for the requester or leaves them."""
    effects: list[Effect] = []
    passed = [topic.name]
    for _ in range(LONGEST_RUN):
        if position == len(topic.steps):
            effects.append(End(StateReason.TOPIC_COMPLETE))
            return Response(replace(run, topic=topic.id, position=position - 1), effects)
        step = topic.steps[position]
        if step.action is Action.GOES_TO:
            entered = topic_named(scripts.topics, step.text)
            if entered is None:
                return _failed(run, effects, _no_topic(scripts, topic, step.text))
            topic, position = entered, 0
            passed.append(topic.name)
            continue
        if step.action is Action.FAILS:
            return _failed(run, effects, step.text or f"The topic {topic.name!r} failed.")
        effects.append(_EFFECTS[step.action](step))
        if step.action.waits or step.action.leaves:
            return Response(replace(run, topic=topic.id, position=position, misses=0), effects)
        position += 1
    return _failed(
        run,
        [],
        f"{LONGEST_RUN} steps followed from one text and the virtual agent did not wait for a "
        f"reply; it went through: {', '.join(passed)}.",
    )


def _no_topic(scripts: Scripts, left: Topic, name: str) -> str:
    choices = [one.name for one in scripts.topics.values()]
    hint = did_you_mean(name, choices)
    return f"The topic {left.name!r} goes to {name!r}, which is no topic; {hint}"


def _failed(run: TopicRun, effects: list[Effect], why: str) -> Response:
    return Response(replace(run, fault=why), [*effects, Fail(why)])


_EFFECTS: Mapping[Action, Callable[[TopicStep], Effect]] = {
    Action.SAYS: lambda step: Say(step.text),
    Action.ASKS: lambda step: Say(step.text),
    Action.OFFERS: lambda step: Say(offer(step)),
    Action.HANDS_OVER: lambda step: HandOver(),
    Action.ENDS: lambda step: End(step.reason),
}
