"""The kinds and states of domain.md sections 1 and 7, in its words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias


class PartyKind(StrEnum):
    """Which of the three tables a party is in."""

    CONSUMER = "consumer"
    CONTACT = "contact"
    USER = "user"


class InteractionType(StrEnum):
    """How the contact came about."""

    MESSAGING = "messaging"
    CHAT = "chat"
    PHONE = "phone"
    EMAIL = "email"
    WALK_IN = "walk-in"


class InteractionState(StrEnum):
    """The states of domain.md section 7."""

    NEW = "New"
    ON_HOLD = "On Hold"
    WORK_IN_PROGRESS = "Work In Progress"
    WRAP_UP = "Wrap Up"
    CLOSED_COMPLETE = "Closed Complete"
    CLOSED_ABANDONED = "Closed Abandoned"
    FAULTED = "Faulted"

    @property
    def is_active(self) -> bool:
        """New, On Hold or Work In Progress (section 7; for Wrap Up see A-13)."""
        return self in _ACTIVE

    @property
    def is_final(self) -> bool:
        """Closed or faulted: nothing follows (S-4)."""
        return self in _FINAL


_ACTIVE = frozenset(
    {InteractionState.NEW, InteractionState.ON_HOLD, InteractionState.WORK_IN_PROGRESS}
)
_FINAL = frozenset(
    {InteractionState.CLOSED_COMPLETE, InteractionState.CLOSED_ABANDONED, InteractionState.FAULTED}
)


class StateReason(StrEnum):
    """Why an interaction ended (S-5)."""

    LEFT_BEFORE_ENGAGEMENT = "Left Before Engagement"
    NO_ACTIVITY = "No Activity"
    USER_ENDED = "User Ended"
    AUTO_CLOSED = "Auto Closed"
    NO_USER_RESPONSE = "No User Response"
    TOPIC_COMPLETE = "Topic Complete"
    LEFT_FOR_SEARCH = "Left For Search"
    AGENT_ENDED = "Agent Ended"
    ERROR = "Error"


class ProfileState(StrEnum):
    """Whether a channel user profile says whom its number belongs to."""

    ACTIVE = "active"
    INACTIVE = "inactive"


class Direction(StrEnum):
    """Who sent a message to whom."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class MessageState(StrEnum):
    """What became of a message; for outbound ones in the provider's words."""

    RECEIVED = "received"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"


class WorkItemState(StrEnum):
    """How far an offer of an interaction to an agent has come."""

    QUEUED = "Queued"
    PENDING_ACCEPT = "Pending Accept"
    ACCEPTED = "Accepted"
    CANCELED = "Canceled"


class Presence(StrEnum):
    """Whether an agent is there; only Available receives work (W-1)."""

    AVAILABLE = "Available"
    AWAY = "Away"
    OFFLINE = "Offline"


Transition: TypeAlias = tuple[StrEnum | None, StrEnum]
"""From a state (None: a new record) to a state."""

LEGAL_TRANSITIONS: Mapping[str, Mapping[Transition, str]] = {
    "interaction": {
        (None, InteractionState.NEW): "S-1",
        (InteractionState.NEW, InteractionState.ON_HOLD): "S-1",
        (InteractionState.NEW, InteractionState.WORK_IN_PROGRESS): "S-1",
        (InteractionState.NEW, InteractionState.CLOSED_COMPLETE): "S-5",
        (InteractionState.NEW, InteractionState.CLOSED_ABANDONED): "S-5",
        (InteractionState.NEW, InteractionState.FAULTED): "S-5",
        (InteractionState.ON_HOLD, InteractionState.WORK_IN_PROGRESS): "S-1",
        (InteractionState.ON_HOLD, InteractionState.CLOSED_COMPLETE): "S-5",
        (InteractionState.ON_HOLD, InteractionState.CLOSED_ABANDONED): "S-5",
        (InteractionState.ON_HOLD, InteractionState.FAULTED): "S-5",
        (InteractionState.WORK_IN_PROGRESS, InteractionState.ON_HOLD): "T-3",
        (InteractionState.WORK_IN_PROGRESS, InteractionState.WRAP_UP): "S-2",
        (InteractionState.WORK_IN_PROGRESS, InteractionState.CLOSED_COMPLETE): "S-5",
        (InteractionState.WORK_IN_PROGRESS, InteractionState.CLOSED_ABANDONED): "S-5",
        (InteractionState.WORK_IN_PROGRESS, InteractionState.FAULTED): "S-5",
        (InteractionState.WRAP_UP, InteractionState.CLOSED_COMPLETE): "S-2",
    },
    "channel user profile": {
        (None, ProfileState.ACTIVE): "P-4",
        (ProfileState.ACTIVE, ProfileState.INACTIVE): "P-4",
    },
    "work item": {
        (None, WorkItemState.QUEUED): "W-2",
        (WorkItemState.QUEUED, WorkItemState.PENDING_ACCEPT): "W-1",
        (WorkItemState.QUEUED, WorkItemState.CANCELED): "S-1",
        (WorkItemState.PENDING_ACCEPT, WorkItemState.ACCEPTED): "S-1",
        (WorkItemState.PENDING_ACCEPT, WorkItemState.QUEUED): "W-4",
        (WorkItemState.PENDING_ACCEPT, WorkItemState.CANCELED): "W-4",
    },
    "message": {
        (None, MessageState.RECEIVED): "R-1",
        (None, MessageState.QUEUED): "A-1",
        (MessageState.QUEUED, MessageState.SENT): "A-11",
        (MessageState.QUEUED, MessageState.FAILED): "A-11",
        (MessageState.SENT, MessageState.DELIVERED): "A-11",
        (MessageState.SENT, MessageState.UNDELIVERED): "A-11",
    },
}
"""What may follow what, by entity, each with a rule that says so. Everything else is illegal:
above all, nothing follows a final state (S-4), and an inactive profile stays so (I-10)."""
