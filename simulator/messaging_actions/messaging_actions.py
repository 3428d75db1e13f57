"""What messaging actions wait for, which interactions they are for, and what they do (T-3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from smslab.simulator import interactions
from smslab.simulator.commands import INSTANCE
from smslab.simulator.core import Core
from smslab.simulator.messages import send_message
from smslab.simulator.messaging_actions.messaging_action_records import (
    ActionKind,
    MessagingAction,
    MessagingEvent,
    Prompt,
)
from smslab.simulator.policy import Policy
from smslab.simulator.records import Interaction, Message
from smslab.simulator.states import Direction, InteractionState, StateReason
from smslab.simulator.store import Store

PROMPT_TEXT = "Are you still there?"
"""What the requester is asked by "prompt requester"."""

SETTABLE = (
    InteractionState.CLOSED_COMPLETE,
    InteractionState.CLOSED_ABANDONED,
    InteractionState.WRAP_UP,
)
"""The states that "set state" can set: those that end a conversation."""

ANSWERED_BY: Mapping[MessagingEvent, MessagingEvent] = {
    MessagingEvent.REQUESTER_MESSAGE: MessagingEvent.AGENT_MESSAGE,
    MessagingEvent.AGENT_MESSAGE: MessagingEvent.REQUESTER_MESSAGE,
}
"""The event of the message that is the response to the message of an event."""


def event_of(store: Store, message: Message) -> MessagingEvent | None:
    """The event that a message may be; None for those of the virtual agent and the instance."""
    if message.direction is Direction.INBOUND:
        return MessagingEvent.REQUESTER_MESSAGE
    return MessagingEvent.AGENT_MESSAGE if store.agents.get(message.author) else None


def duration_of(policy: Policy, action: MessagingAction) -> timedelta:
    """How long a messaging action waits."""
    if action.duration is not None:
        return action.duration
    if action.event is MessagingEvent.REQUESTER_MESSAGE:
        return policy.agent_response
    return policy.requester_response


def is_with_an_agent(interaction: Interaction) -> bool:
    """Whether an agent has the conversation, so that messaging actions are for it at all."""
    return interaction.state.is_active and interaction.assigned_to is not None


def fits(store: Store, action: MessagingAction, interaction: Interaction) -> bool:
    """Whether a messaging action is active and its filter lets the interaction through."""
    party = store.parties.get(interaction.party)
    return (
        action.active
        and is_with_an_agent(interaction)
        and action.provider_number in (None, interaction.provider_number)
        and action.party_kind in (None, party and party.kind)
        and action.assigned_to in (None, interaction.assigned_to)
    )


def carry_out(core: Core, action: MessagingAction, interaction: Interaction) -> None:
    """Do what a messaging action does to an interaction that an agent has, as one command."""
    with core.command(f"messaging action {action.name}", INSTANCE):
        _EFFECTS[action.action](core, action, interaction)


def _prompt_agent(core: Core, action: MessagingAction, interaction: Interaction) -> None:
    core.store.insert(
        Prompt(
            core.store.new_id("prompt"), interaction.id, str(interaction.assigned_to), action.id
        ),
        action.rule,
    )


def _prompt_requester(core: Core, action: MessagingAction, interaction: Interaction) -> None:
    send_message(core, interaction, author=INSTANCE, body=PROMPT_TEXT, rule=action.rule)


def _reassign(core: Core, action: MessagingAction, interaction: Interaction) -> None:
    interactions.put_in_queue(core, interaction, action.rule)


def _set_state(core: Core, action: MessagingAction, interaction: Interaction) -> None:
    if action.state is InteractionState.WRAP_UP:
        interactions.wrap_up(core, interaction, action.rule)
    else:
        interactions.close(core, interaction, reason_for(core.policy, action), action.rule)


def reason_for(policy: Policy, action: MessagingAction) -> StateReason:
    """The state reason of an interaction that a messaging action closes (S-5)."""
    if action.state is InteractionState.CLOSED_ABANDONED:
        return _ABANDONED[policy.abandoned_by_messaging_action]
    if action.event is MessagingEvent.AGENT_MESSAGE:
        return StateReason.NO_USER_RESPONSE
    return StateReason.AUTO_CLOSED


_ABANDONED = {
    "no_activity": StateReason.NO_ACTIVITY,
    "left_before_engagement": StateReason.LEFT_BEFORE_ENGAGEMENT,
}

_EFFECTS: dict[ActionKind, Callable[[Core, MessagingAction, Interaction], None]] = {
    ActionKind.PROMPT_AGENT: _prompt_agent,
    ActionKind.PROMPT_REQUESTER: _prompt_requester,
    ActionKind.REASSIGN: _reassign,
    ActionKind.SET_STATE: _set_state,
}
