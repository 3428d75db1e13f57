"""When messaging actions come up: a message arms their timers, an answer cancels them."""

from __future__ import annotations

from functools import partial

from smslab.simulator.core import Core
from smslab.simulator.deadlines import Deadlines
from smslab.simulator.executed import Executed
from smslab.simulator.messaging_actions.messaging_action_records import (
    SHIPPED,
    ActionKind,
    MessagingAction,
)
from smslab.simulator.messaging_actions.messaging_actions import (
    ANSWERED_BY,
    carry_out,
    duration_of,
    event_of,
    fits,
    is_with_an_agent,
)
from smslab.simulator.records import Interaction, Message

_PROMPTS = (ActionKind.PROMPT_AGENT, ActionKind.PROMPT_REQUESTER)


class MessagingTimers:
    """The timers of the messaging actions of an instance, and the actions that it ships with.

    Each action has a deadline for each interaction that waits for it. One that runs keeps
    its time, whatever becomes of the action's duration.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._deadlines: dict[str, Deadlines] = {}
        for action in SHIPPED:
            core.store.messaging_actions.put(action)
        core.reactors.append(self._react)

    def _react(self, executed: Executed) -> None:
        for message in executed.of(Message):
            if message.old is None:
                self._said(message.new)
        for change in executed.of(Interaction):
            if not change.new.state.is_active:
                for deadlines in self._deadlines.values():
                    deadlines.clear(change.new.id)

    def _said(self, message: Message) -> None:
        """Arm what waits after this message, and cancel what waited for it."""
        event = event_of(self._core.store, message)
        interaction = self._core.store.interactions[message.interaction]
        if event is None or not interaction.state.is_active:
            return
        for action in self._core.store.messaging_actions.find("event", ANSWERED_BY[event]):
            self._deadlines_of(action).clear(interaction.id)
        for action in self._core.store.messaging_actions.find("event", event):
            self._deadlines_of(action).clear(interaction.id)
            if not self._judges_at_message or fits(self._core.store, action, interaction):
                self._arm(action, interaction.id)

    def _arm(self, action: MessagingAction, interaction: str) -> None:
        self._deadlines_of(action).set(interaction, duration_of(self._core.policy, action))

    def _deadlines_of(self, action: MessagingAction) -> Deadlines:
        if action.id not in self._deadlines:
            self._deadlines[action.id] = Deadlines(
                self._core.clock.kernel, partial(self._comes_up, action.id)
            )
        return self._deadlines[action.id]

    def _comes_up(self, action_id: str, interaction_id: str) -> None:
        action = self._core.store.messaging_actions[action_id]
        interaction = self._core.store.interactions[interaction_id]
        if not is_with_an_agent(interaction):
            return
        if self._judges_at_message or fits(self._core.store, action, interaction):
            carry_out(self._core, action, interaction)
            if action.action in _PROMPTS and self._core.policy.prompts_repeat:
                self._arm(action, interaction_id)

    @property
    def _judges_at_message(self) -> bool:
        return self._core.policy.messaging_action_filter == "at_message"
