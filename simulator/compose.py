"""The compose form: whether Compose SMS is offered, and what it fills in (C-1 to C-12)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from mimetypes import MimeTypes

from smslab.simulator.core import Core
from smslab.simulator.errors import Refused
from smslab.simulator.extensions import extension_hooks
from smslab.simulator.extensions.extensions import ExtensionFailed
from smslab.simulator.records import AGENT_ROLE, SMS, Agent, Channel, Interaction, Party
from smslab.simulator.states import InteractionState, InteractionType

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


class _Occasion:
    """Who would compose, from which interaction, on which channels."""

    def __init__(
        self, core: Core, agent: Agent, interaction: Interaction | None, party: Party | None
    ) -> None:
        self.core = core
        self.agent = agent
        self.interaction = interaction
        self.party = party
        self._offered: list[Channel] | None = None
        self._qualifying: tuple[str, ...] | None = None

    @property
    def configured(self) -> tuple[Channel, ...]:
        """Messaging channels with a provider number (C-1), lowest order first (C-12)."""
        return self.core.store.messaging_channels()

    @property
    def offered(self) -> list[Channel]:
        """The active ones (C-12) that this party can be written to on (C-11)."""
        if self._offered is None:
            self._offered = [
                channel
                for channel in self.configured
                if channel.active
                and (not channel.needs_active_profile or self.profile_number(channel) is not None)
            ]
        return self._offered

    @property
    def qualifying(self) -> tuple[str, ...]:
        """Of these, by name, the channels that the extensions leave (X-5), asked once."""
        if self._qualifying is None:
            self._qualifying = tuple(
                channel.name
                for channel in self.offered
                if extension_hooks.qualifies(
                    self.core, channel.name, self.party, self.profile_number(channel)
                )
            )
        return self._qualifying

    def profile_number(self, channel: Channel) -> str | None:
        """The number of the party's most recent active profile on a channel."""
        if self.party is None:
            return None
        profiles = self.core.store.profiles.find("party", self.party.id)
        numbers = [row.number for row in profiles if row.channel == channel.name]
        return numbers[-1] if numbers else None


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
        lambda o: bool(o.configured),
        "no provider is configured for a messaging channel",
    ),
    OfferCondition(
        "C-12",
        lambda o: any(channel.active for channel in o.configured),
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
    OfferCondition(
        "X-5",
        lambda o: bool(o.qualifying),
        "no channel is left: an extension offers none of them for this party",
    ),
)
"""Tried in order; the first that does not hold is the reason given."""


def compose_form(
    core: Core, agent: Agent, interaction: Interaction | None, party: Party | None
) -> ComposeForm:
    """The form as the agent sees it on an interaction, or on a party's record without one."""
    occasion = _Occasion(core, agent, interaction, party)
    try:
        for condition in OFFER_CONDITIONS:
            if not condition.holds(occasion):
                reason = f"Compose SMS is not offered: {condition.otherwise}"
                return _withheld_form(party, Refused(condition.rule, reason))
        return _offered_form(occasion)
    except ExtensionFailed as failure:
        return _withheld_form(party, failure)


def form_on_record(
    core: Core, agent: Agent, interaction: Interaction | None, party: Party | None
) -> ComposeForm:
    """The form on an interaction, or else on the record of ``party``, for whom X-6 says."""
    try:
        party = extension_hooks.party_of_record(core, interaction, party)
    except ExtensionFailed as failure:
        return _withheld_form(party, failure)
    return compose_form(core, agent, interaction, party)


def _withheld_form(party: Party | None, reason: Refused) -> ComposeForm:
    """The form where it is not offered: nothing is filled in."""
    return ComposeForm(reason, (), party.id if party else None, None, (), None, (), False)


def _offered_form(occasion: _Occasion) -> ComposeForm:
    core, party = occasion.core, occasion.party
    channel = sms_channel(core)
    senders, recipients = _options(occasion, channel) if channel else ((), ())
    return ComposeForm(
        withheld=None,
        channels=occasion.qualifying,
        party=party.id if party else None,
        send_from=senders[0] if len(senders) == 1 else None,
        send_from_options=senders,
        send_to=recipients[0] if recipients else None,
        send_to_options=recipients,
        allows_other=channel is not None and channel.allows_other,
    )


def sms_channel(core: Core) -> Channel | None:
    """The SMS channel, where the instance has one."""
    return core.store.channels.first("name", SMS)


def provider_numbers_of(core: Core, channel: Channel) -> tuple[str, ...]:
    """The company's numbers on a channel, in the order in which they were configured."""
    return core.store.numbers_on(channel.name)


def card_for(core: Core, requester_number: str, provider_number: str | None) -> Card | None:
    """The card of the conversation at a number: on this line first, else on another (C-9)."""
    store = core.store
    active = [i for i in store.interactions.find("number", requester_number) if i.state.is_active]
    active.sort(key=lambda row: row.provider_number == provider_number)
    if not active:
        return None
    row = active[-1]
    message = store.messages.latest("interaction", row.id)
    last_update = message.at if message else row.opened_on
    return Card(
        row.id, SMS, last_update.isoformat().replace("+00:00", "Z"), row.party, row.assigned_to
    )


def check_attachments(channel: Channel, names: tuple[str, ...]) -> None:
    """Raise Refused for the first attachment of a kind that the channel does not take (C-10)."""
    for name in names:
        media_type = _MEDIA_TYPES.guess_type(name, strict=False)[0] or "unknown"
        if not media_type.startswith(channel.attachment_types):
            allowed = ", ".join(f"{kind}*" for kind in channel.attachment_types) or "none"
            raise Refused(
                "C-10", f"The attachment {name!r} is of type {media_type}; allowed are {allowed}."
            )


def _options(occasion: _Occasion, channel: Channel) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The options of Send from and Send to (C-5 to C-7), as the extension point X-1 has them."""
    return extension_hooks.send_options(
        occasion.core,
        channel.name,
        occasion.party,
        provider_numbers_of(occasion.core, channel),
        occasion.profile_number(channel),
    )
