"""The extension points X-1 to X-6: what an implementation is asked, and what it answers.

An implementation is a class that derives from one of the classes below and overrides the
method that decides; ``shipped_extensions`` has those that ship. Several may be registered
for one point: the applicable one with the lowest ``order`` is asked. An implementation that
leaves the ``is_valid...`` method alone always applies. ::

    class NoPremiumNumbers(ChannelSendToValidation):
        order = 50

        def channel_send_to_validation(self, context):
            if context.entry.startswith("0900"):
                return NoRecipient("Premium numbers are not written to.")
            return Recipient(context.e164) if context.e164 else NoRecipient("Not a number.")

Methods get a context, which is immutable and holds all there is to see; numbers in it are
E.164, except those that cannot be converted. An answer must be of exactly the type that the
method names, tuples and lists being alike. The names of X-4 to X-6 are the documented ones
in Python's spelling; X-1's are those of the platform's public scripts; X-2 and X-3 publish
no method, so those names are ours, as is every context and answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple


@dataclass(frozen=True, slots=True)
class UserDocument:
    """Which record somebody is: ``table`` is consumer, contact or user, ``document`` its id."""

    table: str
    document: str


class PartyDetails(NamedTuple):
    """A consumer, contact or user as an extension sees them.

    ``territory`` is that of the location (N-3), None without one; ``linked_user`` is the id
    of the user record of the same person (A-12).
    """

    record: UserDocument
    name: str
    mobile_phone: str | None = None
    home_phone: str | None = None
    business_phone: str | None = None
    territory: str | None = None
    linked_user: str | None = None

    @property
    def phones(self) -> tuple[str, ...]:
        """The numbers on the record, mobile first."""
        return tuple(filter(None, (self.mobile_phone, self.home_phone, self.business_phone)))


class ConversationContext(NamedTuple):
    """X-1 is asked about a channel and the party that is written to, None where nobody is.

    ``provider_numbers`` are those configured on the channel, ``profile_number`` is that of
    the party's active channel user profile (C-7).
    """

    channel: str
    party: PartyDetails | None
    provider_numbers: tuple[str, ...]
    profile_number: str | None


class ChannelUserContext(NamedTuple):
    """X-2 is asked about a number (``channel_user_id``) that has no active profile.

    ``records`` are the parties on whose record the number stands, oldest first; ``matched``
    are those of them that count, one for linked records (M-6, A-12). ``ambiguous`` is what
    the switch ``ambiguous_number`` says about several (M-5).
    """

    channel: str
    channel_user_id: str
    records: tuple[PartyDetails, ...]
    matched: tuple[PartyDetails, ...]
    ambiguous: str


class ClaimedConversationContext(NamedTuple):
    """X-3 is asked about a guest's active interaction whose number ``party`` has claimed.

    ``follows_profile`` is what the switch ``claim_updates_interaction`` says (P-10).
    """

    channel: str
    channel_user_id: str
    interaction: str
    assigned_to: str | None
    party: PartyDetails
    follows_profile: bool


class RecipientContext(NamedTuple):
    """X-4 is asked about a recipient as filled in, picked or typed (``entry``).

    ``e164`` and ``territory`` are what the number rules make of it; where they refuse it,
    both are None, and ``refused_by`` and ``reason`` say why.
    """

    channel: str
    party: PartyDetails
    entry: str
    e164: str | None
    territory: str | None
    refused_by: str | None
    reason: str | None


class ChannelContext(NamedTuple):
    """X-5 is asked about a channel and the party it would be offered for, None for nobody.

    ``profile_number`` is that of the party's active profile on the channel.
    """

    channel: str
    party: PartyDetails | None
    profile_number: str | None


class TableRecordContext(NamedTuple):
    """X-6 is asked about the record from which the message is composed.

    ``table`` is ``interaction``, or the table of the party's own record; ``document`` is its
    id, ``interaction_type`` such as ``phone``. ``consumer``, ``contact`` and ``opened_for``
    are the parties of the interaction; ``party`` is whom the rules take (P-1, C-6).
    """

    table: str
    document: str
    interaction_type: str | None
    consumer: PartyDetails | None
    contact: PartyDetails | None
    opened_for: PartyDetails | None
    party: PartyDetails | None


class Recipient(NamedTuple):
    """X-4 accepts the recipient; ``e164`` is the number to write to."""

    e164: str


class NoRecipient(NamedTuple):
    """X-4 refuses the recipient; ``reason`` is one sentence, ``rule`` the rule that says so."""

    reason: str
    rule: str = "X-4"


class ExtensionPoint(ABC):
    """An implementation of an extension point.

    ``name`` is what refusals and the journal call it (by default the name of the class),
    ``order`` its place among the implementations of its point, lowest first.
    """

    rule: ClassVar[str]
    """The id of the extension point."""
    name: str = ""
    order: int = 100


class AgentInitiatedConversationUtil(ExtensionPoint):
    """X-1, ``global.AgentInitiatedConversationUtil``: the options of Send from and Send to.

    The form fills in the only option of Send from (C-5) and the first one of Send to (C-6).
    """

    rule = "X-1"

    def is_valid(self, context: ConversationContext) -> bool:
        """Whether the implementation is for this channel and party."""
        return True

    @abstractmethod
    def get_send_from(self, context: ConversationContext) -> Sequence[str]:
        """The numbers to send from, each a provider number of the channel; none is allowed."""

    @abstractmethod
    def get_send_to(self, context: ConversationContext) -> Sequence[str]:
        """The numbers to send to; none is allowed."""


class ChannelUserProfileExtPoint(ExtensionPoint):
    """X-2, ``global.ChannelUserProfileExtPoint``: which record a channel user id belongs to.

    It is asked when a requester texts from a number without an active profile; a profile
    that is there says whose the number is (M-2, M-4).
    """

    rule = "X-2"

    def is_valid(self, context: ChannelUserContext) -> bool:
        """Whether the implementation is for this number."""
        return True

    @abstractmethod
    def get_user_document(self, context: ChannelUserContext) -> UserDocument | None:
        """Whose the number is from now on; None for a guest (M-3, M-5)."""


class InteractionChannelUserProfileExtPoint(ExtensionPoint):
    """X-3, ``global.InteractionChannelUserProfileExtPoint``: interaction and profile in step.

    It is asked for every active interaction of a guest whose profile a party claims.
    """

    rule = "X-3"

    def is_valid(self, context: ClaimedConversationContext) -> bool:
        """Whether the implementation is for this interaction."""
        return True

    @abstractmethod
    def get_user_for_interaction(self, context: ClaimedConversationContext) -> UserDocument | None:
        """Whom the interaction is with from now on; None to leave it the guest's."""


class ChannelSendToValidation(ExtensionPoint):
    """X-4, ``global.ChannelSendToValidation``: whether a recipient id is valid."""

    rule = "X-4"

    def is_valid(self, context: RecipientContext) -> bool:
        """Whether the implementation is for this channel and recipient."""
        return True

    @abstractmethod
    def channel_send_to_validation(self, context: RecipientContext) -> Recipient | NoRecipient:
        """The number to write to, or why there is none."""


class ChannelsQualifyingForAgentMessaging(ExtensionPoint):
    """X-5, ``sn_agent_initiated.ChannelsQualifyingForAgentMessaging``: is a channel offered?

    It is asked about the channels that C-11 and C-12 leave, and can take away, not add.
    """

    rule = "X-5"

    def is_valid_for_channel(self, context: ChannelContext) -> bool:
        """Whether the implementation is for this channel."""
        return True

    @abstractmethod
    def is_channel_valid_for_agent_initiated_messaging(self, context: ChannelContext) -> bool:
        """Whether the channel is offered for the party."""


class AgentInitiatedMessagingUserDocument(ExtensionPoint):
    """X-6, ``sn_agent_initiated.AgentInitiatedMessagingUserDocument``: whose record it is for."""

    rule = "X-6"

    def is_valid_for_table_record(self, context: TableRecordContext) -> bool:
        """Whether the implementation is for messages composed on this record."""
        return True

    @abstractmethod
    def get_user_document(self, context: TableRecordContext) -> UserDocument | None:
        """Whom the message is for; None where there is nobody to write to."""


POINTS: tuple[type[ExtensionPoint], ...] = (
    AgentInitiatedConversationUtil,
    ChannelUserProfileExtPoint,
    InteractionChannelUserProfileExtPoint,
    ChannelSendToValidation,
    ChannelsQualifyingForAgentMessaging,
    AgentInitiatedMessagingUserDocument,
)
"""The classes to derive from, by rule id."""
