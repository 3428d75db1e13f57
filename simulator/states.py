"""The kinds and states of domain.md sections 1 and 7, in its words."""

from __future__ import annotations

from enum import StrEnum


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
