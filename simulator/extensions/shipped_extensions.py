"""The implementations that ship, which run where no other one applies.

AgentInitiatedMessagingUtilExtPointImpl, PhoneNumberValidationExtPointImpl and
AgentMessagingInteractionUserDocument have the names of the product; it publishes none for
the other points, so those names are ours.
"""

from __future__ import annotations

from smslab.simulator.extensions.extension_points import (
    AgentInitiatedConversationUtil,
    AgentInitiatedMessagingUserDocument,
    ChannelContext,
    ChannelSendToValidation,
    ChannelsQualifyingForAgentMessaging,
    ChannelUserContext,
    ChannelUserProfileExtPoint,
    ClaimedConversationContext,
    ConversationContext,
    ExtensionPoint,
    InteractionChannelUserProfileExtPoint,
    NoRecipient,
    Recipient,
    RecipientContext,
    TableRecordContext,
    UserDocument,
)


class AgentInitiatedMessagingUtilExtPointImpl(AgentInitiatedConversationUtil):
    """X-1 as shipped: all provider numbers; the profile's number before the record's."""

    def get_send_from(self, context: ConversationContext) -> tuple[str, ...]:
        """The provider numbers, in the order in which they were configured (C-5)."""
        return context.provider_numbers

    def get_send_to(self, context: ConversationContext) -> tuple[str, ...]:
        """The party's profile number first (C-7), then the numbers of its record (C-6)."""
        if context.party is None:
            return ()
        return tuple(dict.fromkeys(filter(None, (context.profile_number, *context.party.phones))))


class RecordOfChannelUserId(ChannelUserProfileExtPoint):
    """X-2 as shipped: the one record with the number (M-1, M-3, M-5, M-6)."""

    def get_user_document(self, context: ChannelUserContext) -> UserDocument | None:
        """The only record; of several the first, or none, as ``ambiguous_number`` says."""
        found = context.matched
        if not found or (len(found) > 1 and context.ambiguous == "guest"):
            return None
        return found[0].record


class InteractionFollowsProfile(InteractionChannelUserProfileExtPoint):
    """X-3 as shipped: the interaction becomes the claiming party's, if P-10 says so."""

    def get_user_for_interaction(self, context: ClaimedConversationContext) -> UserDocument | None:
        """The claiming party, or nobody."""
        return context.party.record if context.follows_profile else None


class PhoneNumberValidationExtPointImpl(ChannelSendToValidation):
    """X-4 as shipped: what the number rules N-1 to N-8 accept is valid."""

    def channel_send_to_validation(self, context: RecipientContext) -> Recipient | NoRecipient:
        """The number in E.164, or the reason of the rule that refuses it."""
        if context.e164 is not None:
            return Recipient(context.e164)
        return NoRecipient(str(context.reason), str(context.refused_by))


class EveryChannelQualifies(ChannelsQualifyingForAgentMessaging):
    """X-5 as shipped: the configuration of the channels alone decides (C-11, C-12)."""

    def is_channel_valid_for_agent_initiated_messaging(self, context: ChannelContext) -> bool:
        """Always."""
        return True


class AgentMessagingInteractionUserDocument(AgentInitiatedMessagingUserDocument):
    """X-6 as shipped: the interaction's own party (P-1, C-6), or the party on whose record."""

    def get_user_document(self, context: TableRecordContext) -> UserDocument | None:
        """That party, where there is one."""
        return context.party.record if context.party else None


SHIPPED: tuple[ExtensionPoint, ...] = (
    AgentInitiatedMessagingUtilExtPointImpl(),
    RecordOfChannelUserId(),
    InteractionFollowsProfile(),
    PhoneNumberValidationExtPointImpl(),
    EveryChannelQualifies(),
    AgentMessagingInteractionUserDocument(),
)
"""One for every point; they keep nothing between questions, so every instance shares them."""
