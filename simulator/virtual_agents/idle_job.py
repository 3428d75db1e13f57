"""The hourly job that closes conversations without a requester's text (T-4, T-5).

Conversations wait in the order in which their requesters texted last, so that the job
looks only at those it closes, and a changed timeout holds for those that wait already.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from datetime import timedelta
from typing import TypeAlias

from smslab.simulator.clock import microseconds
from smslab.simulator.commands import INSTANCE
from smslab.simulator.core import Core
from smslab.simulator.executed import Executed
from smslab.simulator.records import VIRTUAL_AGENT, Interaction, Message
from smslab.simulator.states import Direction
from smslab.simulator.virtual_agents.endings import Ending, end_conversation

HOUR = microseconds(timedelta(hours=1))

_Place: TypeAlias = tuple[str, str]
"""The channel of a conversation, and the rule by which the job closes it."""


class IdleJob:
    """Runs on the full hour of virtual time while a conversation waits that it may close.

    Time counts from the requester's latest text, or from when the conversation began or
    came to an agent, whichever was last.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._waiting: dict[_Place, OrderedDict[str, int]] = {}
        self._place_of: dict[str, _Place] = {}
        self._is_due = False
        core.reactors.append(self._react)

    def _react(self, executed: Executed) -> None:
        for message in executed.of(Message):
            if message.old is None and message.new.direction is Direction.INBOUND:
                self._wait(message.new.interaction)
        for change in executed.of(Interaction):
            if change.new.line and _holder(change.old) != _holder(change.new):
                self._wait(change.new.id)
        self._schedule()

    def _wait(self, id: str) -> None:
        """Let the time of a conversation begin anew, or forget it where it has ended."""
        before = self._place_of.pop(id, None)
        if before is not None:
            del self._waiting[before][id]
        interaction = self._core.store.interactions[id]
        if _holder(interaction) is not None:
            rule = "T-4" if interaction.with_virtual_agent else "T-5"
            place = self._place_of[id] = (str(interaction.channel), rule)
            self._waiting.setdefault(place, OrderedDict())[id] = self._core.clock.kernel.now

    def _schedule(self) -> None:
        if not self._is_due and any(self._watched()):
            self._is_due = True
            now = self._core.clock.kernel.now
            self._core.clock.kernel.at(now + HOUR - now % HOUR, self._run)

    def _watched(self) -> Iterator[tuple[_Place, OrderedDict[str, int]]]:
        """The places that the job looks at, where anything waits in them."""
        for place, waiting in self._waiting.items():
            if waiting and (place[1] == "T-4" or self._closes_agents_conversations):
                yield place, waiting

    @property
    def _closes_agents_conversations(self) -> bool:
        return self._core.policy.idle_job_closes_agent_conversations

    def _run(self, key: object) -> None:
        self._is_due = False
        idle = list(self._idle())
        if idle:
            with self._core.command("idle job", INSTANCE):
                for id, rule in idle:
                    end_conversation(
                        self._core, self._core.store.interactions[id], Ending.IDLE, rule
                    )
        self._schedule()

    def _idle(self) -> Iterator[tuple[str, str]]:
        for (channel, rule), waiting in self._watched():
            latest = self._core.clock.kernel.now - microseconds(self._timeout(channel))
            for id, since in waiting.items():
                if since > latest:
                    break
                yield id, rule

    def _timeout(self, channel: str) -> timedelta:
        found = self._core.store.channels.find("name", channel)
        own = found[0].va_idle_timeout if found else None
        return own or self._core.policy.va_idle_timeout


def _holder(interaction: Interaction | None) -> str | None:
    """The agent who has a conversation, or the virtual agent; None where it waits or has ended."""
    if interaction is None or not interaction.state.is_active:
        return None
    return VIRTUAL_AGENT if interaction.with_virtual_agent else interaction.assigned_to
