"""The compose form: whether Compose SMS is offered, and what it fills in (C-1 to C-12)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from mimetypes import MimeTypes

from smslab.simulator.core import Core
from smslab.simulator.errors import Refused
from smslab.simulator.phone_numbers import PhoneNumber
from smslab.simulator.records import (
    AGENT_ROLE,
    SMS,
    Agent,
    Channel,
    Interaction,
    InteractionState,
    InteractionType,
    Party,
)

_COMPLETED = frozenset({InteractionState.CLOSED_COMPLETE, InteractionState.CLOSED_ABANDONED})
_MEDIA_TYPES = MimeTypes()  # its built-in table only: the machine's own would differ


@dataclass(frozen=True, slots=True)
class Card:
    """The conversation that is going on at the chosen number (C-9)."""

    interaction: str
    message_type: str
    last_update: str
    party: str | None
    assigned_to: str | None


@dataclass(frozen=True, slots=True)
class ComposeForm:
    """What the agent sees. Numbers are E.164 where they can be converted.

    ``withheld`` is the reason why the form is not offered, with its rule, or None.
    """

    withheld: Refused | None
    channels: tuple[str, ...]
    party: str | None
    send_from: str | None
    send_from_options: tuple[str, ...]
    send_to: str | None
    send_to_options: tuple[str, ...]
    allows_other: bool

    @property
    def is_offered(self) -> bool:
        """True where the agent can compose an SMS."""
        return self.withheld is None


@dataclass(frozen=True, slots=True)
class _Occasion:
    """Who would compose, from which interaction, on which channels."""

    core: Core
    agent: Agent
    interaction: Interaction | None
    party: Party | None

    @property
    def channels(self) -> list[Channel]:
        """Active messaging channels with a provider number, lowest order first (C-1, C-12)."""
        store = self.core.store
        channels = [c for c in store.channels if c.active and c.kind == "messaging"]
        with_numbers = [c for c in channels if provider_numbers_of(self.core, c)]
        return sorted(with_numbers, key=lambda channel: (channel.order, channel.name))

    @property
    def offered(self) -> list[Channel]:
        """The channels that this party can be written to on (C-11)."""
        return [c for c in self.channels if not c.needs_active_profile or self._has_profile(c)]

    def _has_profile(self, channel: Channel) -> bool:
        return self.party is not None and bool(_profile_number(self.core, self.party, channel))


@dataclass(frozen=True, slots=True)
class OfferCondition:
    """A condition for Compose SMS to be offered: its rule, and what is said when it fails."""

    rule: str
    holds: Callable[[_Occasion], bool]
    otherwise: str


OFFER_CONDITIONS: tuple[OfferCondition, ...] = (
    OfferCondition(
        "C-4",
        lambda o: AGENT_ROLE in o.agent.roles,
        f"the agent does not have the role {AGENT_ROLE}",
    ),
    OfferCondition(
        "C-1",
        lambda o: any(
            provider_numbers_of(o.core, channel)
            for channel in o.core.store.channels
            if channel.kind == "messaging"
        ),
        "no provider is configured for a messaging channel",
    ),
    OfferCondition(
        "C-12",
        lambda o: bool(o.channels),
        "the configuration of every messaging channel is inactive",
    ),
    OfferCondition(
        "C-2",
        lambda o: o.interaction is None or o.interaction.type is not InteractionType.MESSAGING,
        "the interaction is itself of type messaging",
    ),
    OfferCondition(
        "C-3",
        lambda o: o.interaction is None or o.interaction.state not in _COMPLETED,
        "the interaction is closed",
    ),
    OfferCondition(
        "C-11",
        lambda o: bool(o.offered),
        "no channel is left: the party has no active channel user profile",
    ),
)
"""Tried in order; the first that does not hold is the reason given."""


def compose_form(
    core: Core, agent: Agent, interaction: Interaction | None, party: Party | None
) -> ComposeForm:
    """The form as the agent sees it on an interaction, or on a party's record without one."""
    occasion = _Occasion(core, agent, interaction, party)
    failed = next((c for c in OFFER_CONDITIONS if not c.holds(occasion)), None)
    withheld = (
        Refused(failed.rule, f"Compose SMS is not offered: {failed.otherwise}") if failed else None
    )
    channel = sms_channel(core)
    senders = provider_numbers_of(core, channel) if channel else ()
    recipients = _send_to_options(core, party, channel)
    return ComposeForm(
        withheld=withheld,
        channels=tuple(c.name for c in occasion.offered),
        party=party.id if party else None,
        send_from=senders[0] if len(senders) == 1 else None,
        send_from_options=senders,
        send_to=recipients[0] if recipients else None,
        send_to_options=recipients,
        allows_other=channel is not None and channel.allows_other,
    )


def sms_channel(core: Core) -> Channel | None:
    """The SMS channel, where the instance has one."""
    found = core.store.channels.find("name", SMS)
    return found[0] if found else None


def provider_numbers_of(core: Core, channel: Channel) -> tuple[str, ...]:
    """The company's numbers on a channel, in the order in which they were configured."""
    providers = {provider.id for provider in core.store.providers.find("channel", channel.name)}
    return tuple(row.number for row in core.store.provider_numbers if row.provider in providers)


def card_for(core: Core, requester_number: str, provider_number: str | None) -> Card | None:
    """The card of the conversation at a number: on this line first, else on another (C-9)."""
    store = core.store
    active = [i for i in store.interactions.find("number", requester_number) if i.state.is_active]
    active.sort(key=lambda row: row.provider_number == provider_number)
    if not active:
        return None
    row = active[-1]
    messages = store.messages.find("interaction", row.id)
    last_update = messages[-1].at if messages else row.opened_on
    return Card(
        row.id, SMS, last_update.isoformat().replace("+00:00", "Z"), row.party, row.assigned_to
    )


def check_attachments(channel: Channel, names: tuple[str, ...]) -> None:
    """Raise Refused for the first attachment of a kind that the channel does not take (C-10)."""
    for name in names:
        media_type = _MEDIA_TYPES.guess_type(name)[0] or "unknown"
        if not media_type.startswith(channel.attachment_types):
            allowed = ", ".join(f"{kind}*" for kind in channel.attachment_types)
            raise Refused(
                "C-10", f"The attachment {name!r} is of type {media_type}; allowed are {allowed}."
            )


def _send_to_options(core: Core, party: Party | None, channel: Channel | None) -> tuple[str, ...]:
    """The party's profile number first (C-7), then the numbers of its record (C-6)."""
    if party is None or channel is None:
        return ()
    numbers = [_profile_number(core, party, channel)]
    for entry in party.phones:
        number = core.number_for(entry, party)
        numbers.append(number.e164 if isinstance(number, PhoneNumber) else entry)
    return tuple(dict.fromkeys(number for number in numbers if number))


def _profile_number(core: Core, party: Party, channel: Channel) -> str | None:
    """The number of the party's most recent active profile on a channel."""
    profiles = core.store.profiles.find("party", party.id)
    numbers = [row.number for row in profiles if row.channel == channel.name]
    return numbers[-1] if numbers else None
