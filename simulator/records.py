"""The tables of domain.md section 1, as immutable records.

A record never changes: an update replaces it in its table. ``ENTITY`` is the name of
the entity in the journal; references hold the id of the record they point to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, TypeAlias

from smslab.simulator.carriers.records import Destination, KeywordAnswer, OptOut
from smslab.simulator.messaging_actions.messaging_action_records import MessagingAction, Prompt
from smslab.simulator.states import (
    Direction,
    InteractionState,
    InteractionType,
    MessageState,
    PartyKind,
    Presence,
    ProfileState,
    StateReason,
    WorkItemState,
)
from smslab.simulator.virtual_agents.topics import Topic, TopicRun

SMS = "SMS"
AGENT_ROLE = "agent_workspace_user"
VIRTUAL_AGENT = "virtual agent"
"""The author of the virtual agent's messages; who answers at a provider number."""


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
    """A consumer, contact or user. Phone numbers are kept as they were entered.

    ``update_notifications`` is what a user has chosen by START and STOP (O-1).
    """

    ENTITY: ClassVar[str] = "party"
    id: str
    kind: PartyKind
    name: str
    mobile_phone: str | None = None
    home_phone: str | None = None
    business_phone: str | None = None
    location: str | None = None
    linked_user: str | None = None
    update_notifications: bool = False

    @property
    def phones(self) -> tuple[str, ...]:
        """The numbers on the record, mobile first."""
        return tuple(filter(None, (self.mobile_phone, self.home_phone, self.business_phone)))


@dataclass(frozen=True, slots=True)
class Agent:
    """A user who handles interactions.

    ``sms_capacity`` is how many SMS interactions the agent takes, ``capacity`` how many
    interactions of any type; None is no limit (W-2).
    """

    ENTITY: ClassVar[str] = "agent"
    id: str
    name: str
    roles: tuple[str, ...] = (AGENT_ROLE,)
    presence: Presence = Presence.OFFLINE
    sms_capacity: int | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel and how agents may start conversations on it (C-8, C-10 to C-12).

    ``kind`` is ``messaging`` (long-running) or ``chat``; ``attachment_types`` are the
    beginnings of the media types that may be attached. A text with one of the
    ``agent_words`` asks for an agent (W-5); ``va_idle_timeout`` holds here in place of the
    instance's (T-4).
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
    agent_words: tuple[str, ...] = ()
    va_idle_timeout: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """The carrier connection of a channel; during an outage it sends nothing (A-11)."""

    ENTITY: ClassVar[str] = "provider"
    id: str
    name: str
    channel: str
    outage: bool = False


@dataclass(frozen=True, slots=True)
class ProviderNumber:
    """A number of the company; ``answered_by`` says where a requester's conversation starts.

    ``segments_per_second`` is how fast it sends, None for no limit.
    """

    ENTITY: ClassVar[str] = "provider number"
    id: str
    number: str
    provider: str
    answered_by: str = "virtual agent"
    segments_per_second: int | None = None


@dataclass(frozen=True, slots=True)
class ChannelUserProfile:
    """Binds a requester's number on a channel to a party, or to nobody (a guest).

    ``provider_number`` is set only where ownership is per line (P-7).
    """

    ENTITY: ClassVar[str] = "channel user profile"
    id: str
    state: ProfileState
    number: str
    channel: str
    party: str | None = None
    display_name: str = ""
    expired_on: datetime | None = None
    provider_number: str | None = None

    @property
    def is_active(self) -> bool:
        """True while the profile says whom the number belongs to."""
        return self.state is ProfileState.ACTIVE


@dataclass(frozen=True, slots=True)
class Interaction:
    """The tracked piece of contact; ``system_wrap_up``: the timer ended its Wrap Up (S-2)."""

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
    system_wrap_up: bool = False

    @property
    def party(self) -> str | None:
        """Whom the interaction is with (C-6): consumer or contact, else the opened-for user."""
        return self.consumer or self.contact or self.opened_for

    @property
    def line(self) -> Line | None:
        """(requester's number, provider number) of an SMS interaction, None for other types."""
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
    segments: int | None = None


@dataclass(frozen=True, slots=True)
class WorkItem:
    """An offer of an interaction to an agent by Advanced Work Assignment.

    ``channel`` is SMS where it takes capacity for SMS (W-2), else None. ``agent`` has the offer,
    or accepted it; those in ``refused_by`` are not asked again, ``last_asked`` only after
    others (W-4). ``given_by`` transfers it to ``wanted``, who alone is asked then.
    """

    ENTITY: ClassVar[str] = "work item"
    id: str
    state: WorkItemState
    interaction: str
    agent: str | None = None
    refused_by: tuple[str, ...] = ()
    wanted: str | None = None
    channel: str | None = None
    last_asked: str | None = None
    given_by: str | None = None

    @property
    def is_open(self) -> bool:
        """True until somebody has accepted it or it was canceled."""
        return self.state in (WorkItemState.QUEUED, WorkItemState.PENDING_ACCEPT)

    @property
    def is_transfer(self) -> bool:
        """True where an agent who has the interaction gives it to another."""
        return self.wanted is not None


@dataclass(frozen=True, slots=True)
class RejectReason:
    """Why an agent rejects an offer; ``reassignable``: the agent may be asked again (W-4)."""

    ENTITY: ClassVar[str] = "reject reason"
    id: str
    name: str
    reassignable: bool


@dataclass(frozen=True, slots=True)
class Extension:
    """A registered implementation of an extension point (``point`` is its rule id)."""

    ENTITY: ClassVar[str] = "extension"
    id: str
    name: str
    point: str
    order: int


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
    | WorkItem
    | Destination
    | OptOut
    | KeywordAnswer
    | Extension
    | Topic
    | TopicRun
    | RejectReason
    | MessagingAction
    | Prompt
)
