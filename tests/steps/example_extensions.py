"""An extension of every point, as a company may write them: an example, run by the tests.

Use it with ``smslab run --extension tests/steps/example_extensions.py``.
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
    InteractionChannelUserProfileExtPoint,
    NoRecipient,
    Recipient,
    RecipientContext,
    TableRecordContext,
    UserDocument,
)


class LastLineOnly(AgentInitiatedConversationUtil):
    """X-1: agents send from the number that was configured last; contacts only at work."""

    name = "Last line only"

    def get_send_from(self, context: ConversationContext) -> tuple[str, ...]:
        """The last provider number."""
        return context.provider_numbers[-1:]

    def get_send_to(self, context: ConversationContext) -> list[str]:
        """The business number of a contact, every number of others."""
        if context.party is None:
            return []
        if context.party.record.table == "contact":
            return [context.party.business_phone] if context.party.business_phone else []
        return list(context.party.phones)


class FirstOfSeveral(ChannelUserProfileExtPoint):
    """X-2: of several records with a number the first one is meant; others as usual."""

    name = "First of several"

    def is_valid(self, context: ChannelUserContext) -> bool:
        """Where there are several."""
        return len(context.matched) > 1

    def get_user_document(self, context: ChannelUserContext) -> UserDocument | None:
        """The first record."""
        return context.matched[0].record


class GuestsStayGuests(InteractionChannelUserProfileExtPoint):
    """X-3: a guest's conversation stays the guest's when the number is claimed."""

    name = "Guests stay guests"

    def get_user_for_interaction(self, context: ClaimedConversationContext) -> UserDocument | None:
        """Nobody."""
        return None


class DomesticOnly(ChannelSendToValidation):
    """X-4: parties are written to in the territory of their own location only."""

    name = "Domestic only"
    order = 20

    def channel_send_to_validation(self, context: RecipientContext) -> Recipient | NoRecipient:
        """The number, unless it is abroad."""
        if context.e164 is None:
            return NoRecipient(f"{context.entry} is no number.")
        if context.territory != context.party.territory:
            return NoRecipient(f"{context.e164} is abroad for {context.party.name}.")
        return Recipient(context.e164)


class NotForUsers(ChannelsQualifyingForAgentMessaging):
    """X-5: internal users are not texted."""

    name = "Not for users"

    def is_valid_for_channel(self, context: ChannelContext) -> bool:
        """On SMS; other channels are open to them."""
        return context.channel == "SMS"

    def is_channel_valid_for_agent_initiated_messaging(self, context: ChannelContext) -> bool:
        """Whether there is a party, and no user."""
        return context.party is not None and context.party.record.table != "user"


class ContactBeforeConsumer(AgentInitiatedMessagingUserDocument):
    """X-6: of a consumer and a contact on one interaction, the contact is written to."""

    name = "Contact before consumer"

    def is_valid_for_table_record(self, context: TableRecordContext) -> bool:
        """On interactions with a contact."""
        return context.contact is not None

    def get_user_document(self, context: TableRecordContext) -> UserDocument | None:
        """The contact."""
        return context.contact.record if context.contact else None
