"""Whose number is it: channel user profiles and their reassignment (P-1 to P-10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from smslab.simulator.core import Core
from smslab.simulator.decision_table import NumberStanding
from smslab.simulator.parties import same_party
from smslab.simulator.records import ChannelUserProfile, Interaction, Party, PartyKind, ProfileState

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


def active_profile(core: Core, number: str, channel: str) -> ChannelUserProfile | None:
    """The profile that says whose the number is, or None."""
    found = core.store.profiles.find("active", (number, channel))
    return found[-1] if found else None


def standing_of(core: Core, number: str, channel: str, party: Party) -> Standing:
    """Whether a number is free, the party's own, a guest's or another party's (P-9)."""
    profile = active_profile(core, number, channel)
    if profile is None:
        return Standing(NumberStanding.FREE, None, None, "")
    if profile.party is None:
        return Standing(NumberStanding.GUEST, profile, None, GUEST)
    owner = core.store.parties[profile.party]
    same = same_party(core.store, core.policy, owner.id, party.id)
    standing = NumberStanding.OWN if same else NumberStanding.OTHER
    return Standing(standing, profile, owner.id, owner.name)


def create_profile(
    core: Core, number: str, channel: str, party: Party | None, rule: str
) -> ChannelUserProfile:
    """A new active profile of a number, bound to a party or, with None, to a guest (M-3)."""
    return core.store.insert(
        ChannelUserProfile(
            id=core.store.new_id("profile"),
            state=ProfileState.ACTIVE,
            number=number,
            channel=channel,
            party=party.id if party else None,
            display_name=party.name if party else GUEST,
        ),
        rule,
    )


def deactivate_profile(core: Core, profile: ChannelUserProfile, rule: str) -> None:
    """End a profile for good (P-4, I-10)."""
    core.store.update(profile, rule, state=ProfileState.INACTIVE, expired_on=core.clock.now)


def claim_profile(core: Core, profile: ChannelUserProfile, party: Party, rule: str) -> None:
    """Bind a guest's profile to a party (P-6), and the guest's interactions with it (P-10)."""
    core.store.update(profile, rule, party=party.id, display_name=party.name)
    if not core.policy.claim_updates_interaction:
        return
    for interaction in core.store.interactions.find("number", profile.number):
        if interaction.party is None and interaction.state.is_active:
            core.store.update(interaction, "P-10", **party_fields(party))


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
