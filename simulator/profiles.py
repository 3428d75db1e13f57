"""Whose number is it: channel user profiles and their reassignment (P-1 to P-10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from smslab.simulator.core import Core
from smslab.simulator.decision_table import NumberStanding
from smslab.simulator.extensions import extension_hooks
from smslab.simulator.parties import same_party
from smslab.simulator.records import ChannelUserProfile, Interaction, Party
from smslab.simulator.states import PartyKind, ProfileState

GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose a number is, seen from a party, by its active profile (P-9).

    ``owner`` is the id of the party it belongs to, None where it is free or a guest's.
    """

    standing: NumberStanding
    profile: ChannelUserProfile | None
    owner: str | None
    owner_name: str


def reassignment_warning(number: str, owner: str, party: str) -> str:
    """What an agent is told before a number moves from its owner to a party (P-2), by name."""
    return f"{number} is currently associated with {owner}. Sending will associate it with {party}."


def active_profile(
    core: Core, number: str, channel: str, provider_number: str | None = None
) -> ChannelUserProfile | None:
    """The profile that says whose the number is, or None.

    Where ownership is per line (P-7), it is that of the line: the number with
    ``provider_number``.
    """
    found = core.store.profiles.find("active", (number, channel))
    if not core.policy.one_owner_per_number:
        found = [row for row in found if row.provider_number in (None, provider_number)]
        found.sort(key=lambda row: row.provider_number is not None)
    return found[-1] if found else None


def standing_of(
    core: Core, number: str, channel: str, party: Party, provider_number: str | None = None
) -> Standing:
    """Whether a number is free, the party's own, a guest's or another party's (P-9)."""
    profile = active_profile(core, number, channel, provider_number)
    profile = profile or profile_of(core, number, channel, party)
    if profile is None:
        return Standing(NumberStanding.FREE, None, None, "")
    if profile.party is None:
        return Standing(NumberStanding.GUEST, profile, None, GUEST)
    owner = core.store.parties[profile.party]
    same = same_party(core.store, core.policy, owner.id, party.id)
    standing = NumberStanding.OWN if same else NumberStanding.OTHER
    return Standing(standing, profile, owner.id, owner.name)


def profile_of(
    core: Core, number: str, channel: str, party: Party | None
) -> ChannelUserProfile | None:
    """The active profile that binds a number to this party (None: to a guest), on any line."""
    for row in core.store.profiles.find("active", (number, channel)):
        if same_party(core.store, core.policy, row.party, party.id if party else None):
            return row
    return None


def create_profile(
    core: Core, number: str, channel: str, party: Party | None, provider_number: str, rule: str
) -> ChannelUserProfile:
    """A new active profile of a number, bound to a party or, with None, to a guest (M-3).

    It is for every line of the number, or for that of ``provider_number`` alone (P-7).
    """
    per_line = not core.policy.one_owner_per_number
    return core.store.insert(
        ChannelUserProfile(
            id=core.store.new_id("profile"),
            state=ProfileState.ACTIVE,
            number=number,
            channel=channel,
            party=party.id if party else None,
            display_name=party.name if party else GUEST,
            provider_number=provider_number if per_line else None,
        ),
        rule,
    )


def deactivate_profile(core: Core, profile: ChannelUserProfile, rule: str) -> None:
    """End a profile for good (P-4, I-10)."""
    core.store.update(profile, rule, state=ProfileState.INACTIVE, expired_on=core.clock.now)


def claim_profile(core: Core, profile: ChannelUserProfile, party: Party, rule: str) -> None:
    """Bind a guest's profile to a party (P-6), and the guest's interactions as X-3 says (P-10).

    Raises Refused where an extension fails.
    """
    core.store.update(profile, rule, party=party.id, display_name=party.name)
    for interaction in core.store.interactions.find("number", profile.number):
        if interaction.party is not None or not interaction.state.is_active:
            continue
        if profile.provider_number in (None, interaction.provider_number):
            _follow_claim(core, profile, interaction, party)


def _follow_claim(
    core: Core, profile: ChannelUserProfile, interaction: Interaction, party: Party
) -> None:
    claimed_by, rule = extension_hooks.party_of_claimed(core, profile.channel, interaction, party)
    if claimed_by is not None:
        core.store.update(interaction, rule, **party_fields(claimed_by))


def interactions_left_behind(
    core: Core, number: str, provider_number: str, owner: str | None
) -> list[Interaction]:
    """The previous owner's active interactions on the other lines of a number (P-8)."""
    return [
        row
        for row in core.store.interactions.find("number", number)
        if row.state.is_active and row.provider_number != provider_number and row.party == owner
    ]


class PartyFields(TypedDict):
    """The fields of an interaction that say whom it is with."""

    opened_for: str | None
    consumer: str | None
    contact: str | None


def party_fields(*parties: Party) -> PartyFields:
    """The fields of an interaction with these parties, at most one of each kind."""
    by_kind = {party.kind: party.id for party in parties}
    return PartyFields(
        opened_for=by_kind.get(PartyKind.USER),
        consumer=by_kind.get(PartyKind.CONSUMER),
        contact=by_kind.get(PartyKind.CONTACT),
    )
