"""W-5, S-5, T-4, T-5, and the topics of R-3, each broken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from smslab.simulator import interactions
from smslab.simulator.executed import Executed
from smslab.simulator.records import Message
from smslab.simulator.states import StateReason
from smslab.simulator.virtual_agents import endings, idle_job, topic_script, topics, virtual_agent
from smslab.simulator.virtual_agents.conversations import Conversations
from smslab.simulator.virtual_agents.endings import ENDING_ROWS
from smslab.simulator.virtual_agents.idle_job import IdleJob
from smslab.simulator.virtual_agents.topic_script import Response, Scripts
from smslab.simulator.virtual_agents.topics import TopicRun
from tests.rules_matter.breaking import Break, replaced

RESPOND = topic_script.respond
REACT = IdleJob._react


def _nobody_asks_for_an_agent(patch: pytest.MonkeyPatch) -> None:
    def deaf(scripts: Scripts, *args: object) -> Response:
        return RESPOND(replace(scripts, agent_words=()), *args)  # type: ignore[arg-type]

    patch.setattr(virtual_agent, "respond", deaf)


def _parts_of_words_count(patch: pytest.MonkeyPatch) -> None:
    def contains(text: str, words: Iterable[str]) -> bool:
        return any(word in text.casefold() for word in words)

    patch.setattr(topic_script, "mentions", contains)


def _each_text_begins_the_topic(patch: pytest.MonkeyPatch) -> None:
    def anew(scripts: Scripts, run: TopicRun | None, *args: str) -> Response:
        return RESPOND(scripts, None, *args)

    patch.setattr(virtual_agent, "respond", anew)


def _misses_are_never_forgotten(patch: pytest.MonkeyPatch) -> None:
    def remembering(scripts: Scripts, run: TopicRun | None, *args: str) -> Response:
        response = RESPOND(scripts, run, *args)
        if run is None or response.run is None:
            return response
        return replace(
            response, run=replace(response.run, misses=max(run.misses, response.run.misses))
        )

    patch.setattr(virtual_agent, "respond", remembering)


def _another_reason(position: int) -> Break:
    row = ENDING_ROWS[position]
    wrong = next(reason for reason in StateReason if reason is not row.reason)
    rows = replaced(ENDING_ROWS, position, replace(row, reason=wrong))
    return lambda patch: patch.setattr(endings, "ENDING_ROWS", rows)


def _engaged(always: bool) -> Break:
    return lambda patch: patch.setattr(endings, "has_engaged", lambda *args: always)


def _texts_do_not_count(patch: pytest.MonkeyPatch) -> None:
    def react(self: IdleJob, executed: Executed) -> None:
        kept = tuple(c for c in executed.changes if not isinstance(c.new, Message))
        REACT(self, Executed(executed.name, executed.actor, changes=kept))

    patch.setattr(IdleJob, "_react", react)


def _every_message_counts(patch: pytest.MonkeyPatch) -> None:
    def react(self: IdleJob, executed: Executed) -> None:
        REACT(self, executed)
        for change in executed.changes:
            if isinstance(change.new, Message):
                self._wait(change.new.interaction)

    patch.setattr(IdleJob, "_react", react)


def _the_queue_is_closed_too(patch: pytest.MonkeyPatch) -> None:
    def holder(record: object) -> str | None:
        return "anybody" if getattr(getattr(record, "state", None), "is_active", False) else None

    patch.setattr(idle_job, "_holder", holder)
    patch.setattr(IdleJob, "_closes_agents_conversations", True)


def _only_the_instance_has_a_timeout(patch: pytest.MonkeyPatch) -> None:
    def timeout(self: IdleJob, channel: str) -> object:
        return self._core.policy.va_idle_timeout

    patch.setattr(IdleJob, "_timeout", timeout)


def _anybody_ends_it(patch: pytest.MonkeyPatch) -> None:
    def ends(self: Conversations, interaction: str, agent: str) -> None:
        with self.core.command("agent ends", agent):
            interactions.close(
                self.core, self.interaction(interaction), StateReason.AGENT_ENDED, "S-5"
            )

    patch.setattr(Conversations, "agent_ends", ends)


BREAKS: dict[str, list[Break]] = {
    "R-3": [
        lambda patch: patch.setattr(virtual_agent.VirtualAgent, "_respond", lambda *args: None),
        _each_text_begins_the_topic,
    ],
    "W-5": [
        lambda patch: patch.setattr(topic_script, "AN_AGENT", "somebody"),
        _nobody_asks_for_an_agent,
        _parts_of_words_count,
        _misses_are_never_forgotten,
        lambda patch: patch.setattr(topic_script, "UNCLEAR_REPLIES", 2),
        lambda patch: patch.setattr(topic_script, "UNCLEAR_REPLIES", 4),
        lambda patch: patch.setattr(virtual_agent, "is_talking_to_it", lambda i: True),
    ],
    "S-5": [
        *(_another_reason(position) for position in range(len(ENDING_ROWS))),
        _engaged(True),
        _engaged(False),
        lambda patch: patch.setattr(interactions, "_ABANDONED", frozenset(StateReason)),
        lambda patch: patch.setattr(interactions, "_ABANDONED", frozenset()),
        lambda patch: patch.setattr(
            topics.TopicStep, "reason", property(lambda step: StateReason.TOPIC_COMPLETE)
        ),
        _anybody_ends_it,
    ],
    "T-4": [
        lambda patch: patch.setattr(IdleJob, "_schedule", lambda self: None),
        lambda patch: patch.setattr(idle_job, "HOUR", idle_job.HOUR // 60),
        lambda patch: patch.setattr(idle_job, "HOUR", idle_job.HOUR * 2),
        _texts_do_not_count,
        _the_queue_is_closed_too,
        _only_the_instance_has_a_timeout,
        _engaged(True),
        _engaged(False),
    ],
    "T-5": [
        lambda patch: patch.setattr(IdleJob, "_closes_agents_conversations", True),
        lambda patch: patch.setattr(IdleJob, "_closes_agents_conversations", False),
        _texts_do_not_count,
        _every_message_counts,
    ],
}
