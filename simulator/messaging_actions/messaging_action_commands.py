"""Setting messaging actions up (T-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from smslab.simulator.administration import ADMINISTRATOR, Administration
from smslab.simulator.clock import check_duration
from smslab.simulator.core import Core
from smslab.simulator.durations import BadDuration
from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.messaging_actions.messaging_action_records import (
    ActionKind,
    MessagingAction,
    MessagingEvent,
)
from smslab.simulator.messaging_actions.messaging_actions import SETTABLE
from smslab.simulator.messaging_actions.messaging_timers import MessagingTimers
from smslab.simulator.nearest import did_you_mean


class MessagingActions(Administration):
    """The commands of an administrator on messaging actions, which come up by themselves."""

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        MessagingTimers(core)

    def add_messaging_action(
        self,
        name: str,
        event: MessagingEvent,
        action: ActionKind,
        duration: timedelta,
        **fields: Any,
    ) -> MessagingAction:
        """A messaging action; ``fields`` are its further ones (state, filter, active).

        Raises Refused for a duration that cannot pass or a state that cannot be set, and
        UnknownRecord for a provider number or agent of the filter that does not exist.
        """
        if self.store.messaging_actions.find("name", name):
            raise Refused("T-3", f"There is a messaging action {name!r} already.")
        made = MessagingAction("", name, event, action, duration, **fields)
        self._check(made)
        with self.core.command("add messaging action", ADMINISTRATOR):
            return self.store.insert(replace(made, id=self.store.new_id("messaging-action")))

    def change_messaging_action(self, name: str, **changes: Any) -> MessagingAction:
        """Change fields of a messaging action, the shipped ones included.

        What waits already keeps its time. Raises as :meth:`add_messaging_action`, and
        Refused for the duration of a shipped one, which is a setting.
        """
        action = self.messaging_action(name)
        if action.is_shipped and "duration" in changes:
            timer = "agent_response" if action.id == "T-1" else "requester_response"
            raise Refused(action.id, f"The duration of {name!r} is the setting {timer!r}.")
        self._check(replace(action, **changes))
        with self.core.command("change messaging action", ADMINISTRATOR):
            return self.store.update(action, **changes)

    def messaging_action(self, name: str) -> MessagingAction:
        """The messaging action of this name. Raises UnknownRecord with the nearest."""
        found = self.store.messaging_actions.find("name", name)
        if not found:
            names = [action.name for action in self.store.messaging_actions]
            hint = did_you_mean(name, names)
            raise UnknownRecord(f"There is no messaging action {name!r}; {hint}")
        return found[0]

    def _check(self, action: MessagingAction) -> None:
        _check_duration(action)
        _check_state(action)
        if action.assigned_to is not None:
            self.agent(action.assigned_to)
        number = action.provider_number
        if number is not None and not self.store.provider_numbers.find("number", number):
            raise UnknownRecord(f"{number} is not a number of the company.")


def _check_duration(action: MessagingAction) -> None:
    if action.duration is None and action.is_shipped:
        return
    duration = action.duration or timedelta(0)
    try:
        check_duration(duration)
    except BadDuration as error:
        raise Refused("T-3", f"The messaging action {action.name!r} cannot wait: {error}") from None
    if duration % timedelta(seconds=1):
        raise Refused("T-3", f"The messaging action {action.name!r} waits for whole seconds.")


def _check_state(action: MessagingAction) -> None:
    if (action.action is ActionKind.SET_STATE) != (action.state is not None):
        raise Refused(
            "T-3", f"The messaging action {action.name!r} has a state if, and only if, it sets one."
        )
    if action.state is not None and action.state not in SETTABLE:
        raise Refused(
            "T-3",
            f"The messaging action {action.name!r} cannot set the state {action.state}; "
            f"it can set {', '.join(SETTABLE)}.",
        )
