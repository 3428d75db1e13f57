"""Messaging actions to test with, and what the journal says of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from smslab.simulator.messaging_actions.messaging_action_records import (
    ActionKind,
    MessagingAction,
    MessagingEvent,
)
from smslab.simulator.records import Interaction
from smslab.simulator.states import InteractionState
from tests.simulator.company import Company

AGENT = MessagingEvent.AGENT_MESSAGE
REQUESTER = MessagingEvent.REQUESTER_MESSAGE
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def begun(world: Company) -> Interaction:
    """A conversation that Bill begins with Ana."""
    sent = world.send()
    assert sent.interaction is not None
    return world.store.interactions[sent.interaction]


def added(world: Company, action: ActionKind, event: MessagingEvent = AGENT) -> MessagingAction:
    """A messaging action after an hour."""
    state = InteractionState.CLOSED_COMPLETE if action is ActionKind.SET_STATE else None
    return world.instance.add_messaging_action(str(action), event, action, HOUR, state=state)


def runs(world: Company) -> list[tuple[datetime, str, str | None, str]]:
    """When a messaging action changed something, its command, rule and actor."""
    events = [e for e in world.instance.journal.events if e.command.startswith("messaging action ")]
    return list(dict.fromkeys((e.time, e.command, e.rule, e.actor) for e in events))
