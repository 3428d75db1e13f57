"""The tables of domain.md section 1, as immutable records.

A record never changes: an update replaces it in its table. ``ENTITY`` is the name of
the entity in the journal; references hold the id of the record they point to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias

SMS = "SMS"
AGENT_ROLE = "agent_workspace_user"


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


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the tree of ``cmn_location``; ``territory`` is a region code such as ``DE``."""

    ENTITY: ClassVar[str] = "location"
    id: str
    name: str
    parent: str | None = None
    territory: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A consumer, contact or user. Phone numbers are kept as they were entered."""

    ENTITY: ClassVar[str] = "party"
    id: str
    kind: PartyKind
    name: str
    mobile_phone: str | None = None
    home_phone: str | None = None
    business_phone: str | None = None
    location: str | None = None
    linked_user: str | None = None

    @property
    def phones(self) -> tuple[str, ...]:
        """The numbers on the record, mobile first."""
        return tuple(n for n in (self.mobile_phone, self.home_phone, self.business_phone) if n)


@dataclass(frozen=True, slots=True)
class Agent:
    """A user who handles interactions."""

    ENTITY: ClassVar[str] = "agent"
    id: str
    name: str
    roles: tuple[str, ...] = (AGENT_ROLE,)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel and how agents may start conversations on it (C-8, C-10 to C-12).

    ``kind`` is ``messaging`` (long-running) or ``chat``; ``attachment_types`` are the
    beginnings of the media types that may be attached.
    """

    ENTITY: ClassVar[str] = "channel"
    id: str
    name: str
    kind: str = "messaging"
    order: int = 100
    active: bool = True
    allows_other: bool = True
    needs_active_profile: bool = False
    attachment_types: tuple[str, ...] = ("image/",)


@dataclass(frozen=True, slots=True)
class Provider:
    """The carrier connection of a channel."""

    ENTITY: ClassVar[str] = "provider"
    id: str
    name: str
    channel: str


@dataclass(frozen=True, slots=True)
class ProviderNumber:
    """A number of the company; ``answered_by`` says where a requester's conversation starts."""

    ENTITY: ClassVar[str] = "provider number"
    id: str
    number: str
    provider: str
    answered_by: str = "virtual agent"


@dataclass(frozen=True, slots=True)
class ChannelUserProfile:
    """Binds a requester's number on a channel to a party, or to nobody (a guest)."""

    ENTITY: ClassVar[str] = "channel user profile"
    id: str
    state: ProfileState
    number: str
    channel: str
    party: str | None = None
    display_name: str = ""
    expired_on: datetime | None = None

    @property
    def is_active(self) -> bool:
        """True while the profile says whom the number belongs to."""
        return self.state is ProfileState.ACTIVE


@dataclass(frozen=True, slots=True)
class Interaction:
    """The tracked piece of contact. On SMS its line is (requester_number, provider_number)."""

    ENTITY: ClassVar[str] = "interaction"
    id: str
    state: InteractionState
    type: InteractionType
    opened_on: datetime
    state_reason: StateReason | None = None
    channel: str | None = None
    opened_for: str | None = None
    consumer: str | None = None
    contact: str | None = None
    assigned_to: str | None = None
    with_virtual_agent: bool = False
    requester_number: str | None = None
    provider_number: str | None = None

    @property
    def party(self) -> str | None:
        """Whom the interaction is with (C-6): consumer or contact, else the opened-for user."""
        return self.consumer or self.contact or self.opened_for

    @property
    def line(self) -> Line | None:
        """The line of an SMS interaction, None for other types."""
        if self.requester_number is None or self.provider_number is None:
            return None
        return (self.requester_number, self.provider_number)


@dataclass(frozen=True, slots=True)
class LiveGroupProfile:
    """The people in a conversation; its id is made from the interaction's."""

    ENTITY: ClassVar[str] = "live group profile"
    id: str
    interaction: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message on a line, in exactly one interaction."""

    ENTITY: ClassVar[str] = "message"
    id: str
    state: MessageState
    interaction: str
    direction: Direction
    author: str
    body: str
    at: datetime
    requester_number: str
    provider_number: str
    attachments: tuple[str, ...] = ()
    provider_id: str | None = None
    error_code: str | None = None


Line: TypeAlias = tuple[str, str]
"""(requester's number, provider number), both E.164."""

Record: TypeAlias = (
    Location
    | Party
    | Agent
    | Channel
    | Provider
    | ProviderNumber
    | ChannelUserProfile
    | Interaction
    | LiveGroupProfile
    | Message
)
