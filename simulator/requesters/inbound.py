"""A requester texts a provider number (R-1 to R-3), and is matched to a party (M-1 to M-6)."""

from __future__ import annotations

from dataclasses import dataclass

from smslab.simulator import interactions, profiles
from smslab.simulator.core import Core
from smslab.simulator.errors import Refused
from smslab.simulator.executed import Executed
from smslab.simulator.extensions import extension_hooks
from smslab.simulator.parties import same_party
from smslab.simulator.records import SMS, Interaction, Line, Message, Party
from smslab.simulator.requesters.inbound_table import (
    MatchRow,
    Opened,
    ProfileMatch,
    RecordMatch,
    conversation_row,
    match_row,
)
from smslab.simulator.sending import conversation_on, conversation_with
from smslab.simulator.states import Direction, MessageState, PartyKind


@dataclass(frozen=True, slots=True)
class InboundText:
    """A text as the carrier delivers it; both numbers in E.164, ``provider_id`` its message id."""

    requester_number: str
    provider_number: str
    body: str
    provider_id: str | None = None
    attachments: tuple[str, ...] = ()

    @property
    def line(self) -> Line:
        """The line on which the text arrives."""
        return (self.requester_number, self.provider_number)


def receive(core: Core, text: InboundText, executed: Executed) -> Message | None:
    """Put a text into its conversation; None for a repeated message id.

    Raises Refused when the provider number is not configured.
    """
    if not core.store.provider_numbers.find("number", text.provider_number):
        raise Refused("R-1", f"{text.provider_number} is not a number of the company.")
    known = core.store.messages.find("provider_id", text.provider_id)
    if known and core.policy.deduplicate_inbound:
        return None
    line = (text.requester_number, text.provider_number)
    existing = conversation_on(core, *line)
    row = conversation_row(conversation_with(existing))
    interaction = existing
    match: MatchRow | None = None
    if row.opens or interaction is None:
        interaction, match = _open(core, line, row.id)
    executed.decision = {
        "command": executed.name,
        "row": row.id,
        "profile_rule": match.id if match else None,
        "outcome": "received",
        "party": interaction.party,
        "requester_number": text.requester_number,
        "provider_number": text.provider_number,
        "conversation": conversation_with(existing).value,
        "interaction": interaction.id,
    }
    return _inject(core, text, interaction, row.id)


def _open(core: Core, line: Line, rule: str) -> tuple[Interaction, MatchRow]:
    party, match = _matched(core, line)
    interaction = interactions.open_sms_interaction(
        core, profiles.party_fields(*([party] if party else [])), line, rule
    )
    answered_by = core.store.provider_numbers.find("number", line[1])[0].answered_by
    if answered_by == "virtual agent":
        return core.store.update(interaction, rule, with_virtual_agent=True), match
    interactions.put_in_queue(core, interaction, rule)
    return core.store.interactions[interaction.id], match


def _matched(core: Core, line: Line) -> tuple[Party | None, MatchRow]:
    """Whom the number is matched to, with a profile made where there was none."""
    profile = profiles.active_profile(core, line[0], SMS, line[1])
    records = core.store.parties.find("number", line[0])
    found = _that_count(core, records)
    if profile is None:
        party = extension_hooks.record_of_number(core, SMS, line[0], records, found)
        row = match_row(_count(found) if party is None else RecordMatch.ONE, ProfileMatch.NONE)
    else:
        party = core.store.parties.get(profile.party)
        row = match_row(_count(found), _standing(core, found, profile.party))
    if row.opened is Opened.GUEST:
        party = None
    if row.opened is not Opened.PROFILE and profiles.profile_of(core, line[0], SMS, party) is None:
        profiles.create_profile(core, line[0], SMS, party, line[1], row.id)
    return party, row


def _standing(core: Core, found: list[Party], owner: str | None) -> ProfileMatch:
    """Whether the owner that a profile names is among the parties of the records, if any."""
    agrees = not found or any(same_party(core.store, core.policy, p.id, owner) for p in found)
    return ProfileMatch.AGREES if agrees else ProfileMatch.DISAGREES


def _that_count(core: Core, records: list[Party]) -> list[Party]:
    """Of the parties on whose record a number stands, those that count (M-6), one if linked."""
    distinct: list[Party] = []
    for party in records:
        if party.kind is PartyKind.CONSUMER and not core.policy.match_consumers:
            continue
        if not any(same_party(core.store, core.policy, party.id, one.id) for one in distinct):
            distinct.append(party)
    return distinct


def _count(found: list[Party]) -> RecordMatch:
    if not found:
        return RecordMatch.NONE
    return RecordMatch.ONE if len(found) == 1 else RecordMatch.SEVERAL


def _inject(core: Core, text: InboundText, interaction: Interaction, rule: str) -> Message:
    author = interaction.party or profiles.GUEST
    interactions.join_live_group(core, interaction.id, author, rule)
    return core.store.insert(
        Message(
            id=core.store.new_id("message"),
            state=MessageState.RECEIVED,
            interaction=interaction.id,
            direction=Direction.INBOUND,
            author=author,
            body=text.body,
            at=core.clock.now,
            requester_number=text.requester_number,
            provider_number=text.provider_number,
            attachments=text.attachments,
            provider_id=text.provider_id,
        ),
        rule,
    )
