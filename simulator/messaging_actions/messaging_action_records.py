"""What a messaging action is, and what it leaves behind (T-1 to T-3), as immutable records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from smslab.simulator.states import InteractionState, PartyKind


class MessagingEvent(StrEnum):
    """What a messaging action waits after: a message that the other side does not answer."""

    REQUESTER_MESSAGE = "requester message without agent response"
    AGENT_MESSAGE = "agent message without requester response"


class ActionKind(StrEnum):
    """What a messaging action does (T-3)."""

    PROMPT_AGENT = "prompt agent"
    PROMPT_REQUESTER = "prompt requester"
    REASSIGN = "reassign"
    SET_STATE = "set state"


@dataclass(frozen=True, slots=True)
class MessagingAction:
    """Something done to an SMS conversation that an agent has, ``duration`` after its event.

    A duration of None is the timer of the policy for the event, ``state`` is the one that
    "set state" sets. The last three fields but one are the filter: the interaction's
    provider number, the kind of its party and the agent who has it; None is every one.
    """

    ENTITY: ClassVar[str] = "messaging action"
    id: str
    name: str
    event: MessagingEvent
    action: ActionKind
    duration: timedelta | None = None
    state: InteractionState | None = None
    provider_number: str | None = None
    party_kind: PartyKind | None = None
    assigned_to: str | None = None
    active: bool = True

    @property
    def rule(self) -> str:
        """The rule by which it acts: T-1 or T-2 for the shipped ones, else T-3."""
        return self.id if self.is_shipped else "T-3"

    @property
    def is_shipped(self) -> bool:
        """True for the two that every instance has."""
        return self.id in ("T-1", "T-2")


SHIPPED = (
    MessagingAction(
        "T-1", "No agent response", MessagingEvent.REQUESTER_MESSAGE, ActionKind.PROMPT_AGENT
    ),
    MessagingAction(
        "T-2",
        "No requester response",
        MessagingEvent.AGENT_MESSAGE,
        ActionKind.SET_STATE,
        state=InteractionState.CLOSED_ABANDONED,
    ),
)
"""The messaging actions that every instance has (T-1, T-2)."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """An agent was prompted to answer in an interaction, by a messaging action."""

    ENTITY: ClassVar[str] = "prompt"
    id: str
    interaction: str
    agent: str
    action: str
