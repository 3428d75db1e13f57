"""Where the instance asks its extensions (X-1 to X-6): what it tells them, what it accepts.

Every function here asks one extension point; nothing is changed. Each raises
:class:`~smslab.simulator.extensions.extensions.ExtensionFailed` for an extension that fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from smslab.simulator.core import Core
from smslab.simulator.errors import Refused
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
    PartyDetails,
    Recipient,
    RecipientContext,
    TableRecordContext,
    UserDocument,
)
from smslab.simulator.extensions.extensions import Nonsense, shown, yes_or_no
from smslab.simulator.numbers.locations import territory_of
from smslab.simulator.numbers.phone_numbers import NumberRefusal, PhoneNumber
from smslab.simulator.records import Interaction, Party
from smslab.simulator.rules import RULES


def send_options(
    core: Core,
    channel: str,
    party: Party | None,
    provider_numbers: tuple[str, ...],
    profile_number: str | None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """X-1: the options of Send from and Send to; E.164, or entries of the party's record."""
    known = _details(core, party)
    context = ConversationContext(channel, known, provider_numbers, profile_number)

    def sender(number: str) -> str:
        if number not in provider_numbers and core.policy.unknown_provider_number == "refuse":
            raise Nonsense(f"{shown(number)} to send from, no provider number of {channel}.")
        return number

    of_party = (profile_number, *known.phones) if known else (profile_number,)

    def recipient(entry: str) -> str:
        if entry in of_party:
            return entry
        number = core.number_for(entry, party)
        if isinstance(number, PhoneNumber):
            return number.e164
        raise Nonsense(f"{shown(entry)} to send to, which is no phone number.")

    def both(answer: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
        senders, recipients = cast(tuple[object, object], answer)
        return (
            tuple(dict.fromkeys(map(sender, _texts(senders)))),
            tuple(dict.fromkeys(map(recipient, _texts(recipients)))),
        )

    return core.extensions.ask(
        AgentInitiatedConversationUtil,
        lambda point: point.is_valid(context),
        lambda point: (point.get_send_from(context), point.get_send_to(context)),
        both,
    ).value


def record_of_number(
    core: Core, channel: str, number: str, records: Sequence[Party], matched: Sequence[Party]
) -> Party | None:
    """X-2: whose a number without an active profile is; None for a guest."""
    context = ChannelUserContext(
        channel,
        number,
        _all_details(core, records),
        _all_details(core, matched),
        core.policy.ambiguous_number,
    )
    return core.extensions.ask(
        ChannelUserProfileExtPoint,
        lambda point: point.is_valid(context),
        lambda point: point.get_user_document(context),
        lambda answer: _party(core, answer),
    ).value


def party_of_claimed(
    core: Core, channel: str, interaction: Interaction, party: Party
) -> tuple[Party | None, str]:
    """X-3: whom a guest's interaction is with once ``party`` has claimed its number.

    None leaves it the guest's. With it the rule that decided: X-3, or P-10 for the shipped
    implementation.
    """
    context = ClaimedConversationContext(
        channel,
        str(interaction.requester_number),
        interaction.id,
        interaction.assigned_to,
        _known(core, party),
        core.policy.claim_updates_interaction,
    )
    answer = core.extensions.ask(
        InteractionChannelUserProfileExtPoint,
        lambda point: point.is_valid(context),
        lambda point: point.get_user_for_interaction(context),
        lambda answer: _party(core, answer),
    )
    return answer.value, "P-10" if answer.shipped else "X-3"


def recipient_number(core: Core, channel: str, party: Party, entry: str) -> str:
    """X-4: the number to write to in E.164. Raises Refused where the entry is no recipient."""
    number = core.number_for(entry, party)
    known = _known(core, party)
    if isinstance(number, PhoneNumber):
        context = RecipientContext(channel, known, entry, number.e164, number.territory, None, None)
    else:
        context = RecipientContext(channel, known, entry, None, None, number.rule, number.reason)
    answer = core.extensions.ask(
        ChannelSendToValidation,
        lambda point: point.is_valid(context),
        lambda point: point.channel_send_to_validation(context),
        lambda answer: _recipient(core, answer),
    ).value
    if isinstance(answer, NoRecipient):
        raise Refused(answer.rule, answer.reason)
    return answer.e164


def qualifies(core: Core, channel: str, party: Party | None, profile_number: str | None) -> bool:
    """X-5: whether a channel is offered for a party."""
    context = ChannelContext(channel, _details(core, party), profile_number)
    return core.extensions.ask(
        ChannelsQualifyingForAgentMessaging,
        lambda point: point.is_valid_for_channel(context),
        lambda point: point.is_channel_valid_for_agent_initiated_messaging(context),
        yes_or_no,
    ).value


def party_of_record(
    core: Core, interaction: Interaction | None, party: Party | None
) -> Party | None:
    """X-6: whom a message composed on an interaction, or else on a party's record, is for."""
    if interaction is not None:
        parties = core.store.parties
        context = TableRecordContext(
            "interaction",
            interaction.id,
            str(interaction.type),
            _details(core, parties.get(interaction.consumer)),
            _details(core, parties.get(interaction.contact)),
            _details(core, parties.get(interaction.opened_for)),
            _details(core, parties.get(interaction.party)),
        )
    elif party is not None:
        context = TableRecordContext(
            party.kind.value, party.id, None, None, None, None, _details(core, party)
        )
    else:
        return None
    return core.extensions.ask(
        AgentInitiatedMessagingUserDocument,
        lambda point: point.is_valid_for_table_record(context),
        lambda point: point.get_user_document(context),
        lambda answer: _party(core, answer),
    ).value


def _details(core: Core, party: Party | None) -> PartyDetails | None:
    return None if party is None else _known(core, party)


def _all_details(core: Core, parties: Iterable[Party]) -> tuple[PartyDetails, ...]:
    return tuple(_known(core, party) for party in parties)


def _known(core: Core, party: Party) -> PartyDetails:
    """What is told of a party, worked out once for its record, the locations and the policy."""
    known_as = core.known_as.get()
    kept = known_as.get(party.id)
    if kept is not None and kept[0] is party:
        return kept[1]
    details = _work_out(core, party)
    known_as[party.id] = (party, details)
    return details


def _work_out(core: Core, party: Party) -> PartyDetails:
    def e164(entry: str | None) -> str | None:
        number = core.number_for(entry, party) if entry else None
        return entry if number is None or isinstance(number, NumberRefusal) else number.e164

    return PartyDetails(
        UserDocument(party.kind.value, party.id),
        party.name,
        e164(party.mobile_phone),
        e164(party.home_phone),
        e164(party.business_phone),
        territory_of(party.location, core.store.locations.by_id),
        party.linked_user,
    )


def _texts(answer: object) -> Iterable[str]:
    if type(answer) not in (tuple, list):
        raise Nonsense(f"{shown(answer)}, not a tuple or list of numbers.")
    for text in answer:  # type: ignore[attr-defined]
        if type(text) is not str:
            raise Nonsense(f"{shown(text)} among the numbers, not a text.")
        yield text


def _party(core: Core, answer: object) -> Party | None:
    if answer is None:
        return None
    if type(answer) is not UserDocument:
        raise Nonsense(f"{shown(answer)}, not a UserDocument or None.")
    table, document = answer.table, answer.document
    found = core.store.parties.get(document) if type(document) is str else None
    if found is None or type(table) is not str or found.kind != table:
        raise Nonsense(f"the {shown(table)} {shown(document)}, which does not exist.")
    return found


def _rule(id: object) -> str | None:
    return id if type(id) is str and id in RULES else None


def _recipient(core: Core, answer: object) -> Recipient | NoRecipient:
    if type(answer) is NoRecipient:
        if type(answer.reason) is not str or _rule(answer.rule) is None:
            raise Nonsense(f"{shown(answer.reason)} by rule {shown(answer.rule)} as a reason.")
        return answer
    if type(answer) is not Recipient:
        raise Nonsense(f"{shown(answer)}, not a Recipient or NoRecipient.")
    number = core.number_for(answer.e164, None) if type(answer.e164) is str else None
    if not isinstance(number, PhoneNumber) or number.e164 != answer.e164:
        raise Nonsense(f"{shown(answer.e164)}, which is no phone number in E.164.")
    return answer
