"""An agent sends an SMS: from what was asked to the decision, without changing anything.

:func:`assess` reads the instance and either raises Refused or returns everything that
:mod:`smslab.simulator.applying` needs. Preview, warning and send share it.
"""

from __future__ import annotations

from dataclasses import dataclass

from smslab.simulator import compose
from smslab.simulator.compose import Card, ComposeForm
from smslab.simulator.core import Core
from smslab.simulator.decision_table import (
    Conversation,
    ConversationParty,
    Decision,
    Effect,
    Situation,
)
from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.extensions import extension_hooks
from smslab.simulator.numbers.phone_numbers import PhoneNumber
from smslab.simulator.parties import same_party
from smslab.simulator.profiles import Standing, reassignment_warning, standing_of
from smslab.simulator.records import Agent, Channel, Interaction, Party
from smslab.simulator.routing import workload
from smslab.simulator.states import InteractionType

REPLY = "reply to phone interaction"
PREFILLED = "prefilled number"
PICKED = "picked number"
TYPED = "typed number"


@dataclass(frozen=True, slots=True)
class SendRequest:
    """What the agent filled in.

    ``interaction`` is the one on whose form the agent composes, or None when composing
    from the record of ``party``; with an interaction the message is for the party of that
    interaction (P-1). ``send_to`` and ``send_from`` are numbers as typed or picked, None
    for what the form filled in. ``attachments`` are file names.
    """

    agent: str
    body: str
    party: str | None = None
    interaction: str | None = None
    send_to: str | None = None
    send_from: str | None = None
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A send thought through: the line, the party, the situation and the decision."""

    request: SendRequest
    party: Party
    channel: Channel
    number: str
    provider_number: str
    existing: Interaction | None
    standing: Standing
    situation: Situation
    decision: Decision
    card: Card | None
    began: str

    @property
    def warning(self) -> str | None:
        """What the agent is told before the number moves (P-2), None where nothing is."""
        if not self.decision.warns:
            return None
        return reassignment_warning(self.number, self.standing.owner_name, self.party.name)


def assess(core: Core, request: SendRequest) -> Assessment:
    """Think a send through without changing anything.

    Raises Refused with the rule that forbids it, UnknownRecord for ids that do not exist.
    """
    agent = core.store.agents.get(request.agent)
    if agent is None:
        raise UnknownRecord(f"There is no agent {request.agent!r}.")
    interaction = core.store.interactions.get(request.interaction)
    party = party_written_to(core, request)
    form = compose.compose_form(core, agent, interaction, party)
    if form.withheld:
        raise form.withheld
    channel = compose.sms_channel(core)
    if channel is None or channel.name not in form.channels:
        raise Refused("C-12", "SMS is not among the channels offered here.")
    compose.check_attachments(channel, request.attachments)
    provider_number = _send_from(core, form, channel, request)
    number, choice = _send_to(core, form, channel, party, request)
    assessed = _decided(core, request, party, channel, number, provider_number, choice)
    if not core.policy.agent_send_ignores_capacity:
        _refuse_beyond_capacity(core, agent, assessed)
    return assessed


def _refuse_beyond_capacity(core: Core, agent: Agent, assessed: Assessment) -> None:
    """Raise Refused where the send would give the agent more work than fits (W-6)."""
    effects, existing = assessed.decision.effects, assessed.existing
    if Effect.ASSIGN_TO_AGENT not in effects:
        return
    gives_up_own = (
        existing is not None
        and existing.assigned_to == agent.id
        and Effect.CLOSE_EXISTING in effects
    )
    if workload.room(core.store, agent, assessed.channel.name, with_offers=False) <= -gives_up_own:
        raise Refused("W-6", f"{agent.name} is at capacity and cannot begin more conversations.")


def party_written_to(core: Core, request: SendRequest) -> Party:
    """Whom the message is for: the interaction's party (P-1, C-6), else the one asked for (X-6)."""
    interaction = core.store.interactions.get(request.interaction)
    if request.interaction is not None and interaction is None:
        raise UnknownRecord(f"There is no interaction {request.interaction!r}.")
    asked_for = core.store.parties.get(request.party)
    if request.party is not None and interaction is None and asked_for is None:
        raise UnknownRecord(f"There is no party {request.party!r}.")
    party = extension_hooks.party_of_record(core, interaction, asked_for)
    if party is None:
        raise Refused("C-6", "The interaction has no consumer, contact or user to write to.")
    return party


def _send_from(core: Core, form: ComposeForm, channel: Channel, request: SendRequest) -> str:
    """The provider number to send from (C-5), which may be typed where it is not offered (A-10)."""
    options = ", ".join(form.send_from_options) or "none is offered, so type one"
    if request.send_from is None:
        if form.send_from is None:
            raise Refused("C-5", f"Choose a number to send from: {options}.")
        return form.send_from
    number = core.number_for(request.send_from, None)
    known = number.e164 if isinstance(number, PhoneNumber) else request.send_from
    configured = (*form.send_from_options, *compose.provider_numbers_of(core, channel))
    if known in configured or core.policy.unknown_provider_number == "allow":
        return known
    raise Refused(
        "A-10", f"{request.send_from!r} is not a configured provider number; there are: {options}."
    )


def _send_to(
    core: Core, form: ComposeForm, channel: Channel, party: Party, request: SendRequest
) -> tuple[str, str]:
    """The number to send to in E.164, and how it was chosen (C-6 to C-8, N-1 to N-8, X-4)."""
    entry = request.send_to if request.send_to is not None else form.send_to
    if entry is None:
        raise Refused("C-6", f"{party.name} has no phone number to fill in.")
    number = extension_hooks.recipient_number(core, channel.name, party, entry)
    if request.send_to is None:
        return number, PREFILLED
    if number in form.send_to_options:
        return number, PICKED
    if not form.allows_other:
        options = ", ".join(form.send_to_options) or "none"
        raise Refused(
            "C-8", f"The channel does not allow another number than the party's: {options}."
        )
    return number, TYPED


def _decided(
    core: Core,
    request: SendRequest,
    party: Party,
    channel: Channel,
    number: str,
    provider_number: str,
    choice: str,
) -> Assessment:
    existing = conversation_on(core, number, provider_number)
    standing = standing_of(core, number, channel.name, party, provider_number)
    situation = Situation(
        conversation_with(existing), _seen_from(core, existing, party), standing.standing
    )
    interaction = core.store.interactions.get(request.interaction)
    is_reply = interaction is not None and interaction.type is InteractionType.PHONE
    return Assessment(
        request=request,
        party=party,
        channel=channel,
        number=number,
        provider_number=provider_number,
        existing=existing,
        standing=standing,
        situation=situation,
        decision=core.decide(situation),
        card=compose.card_for(core, number, provider_number),
        began=REPLY if is_reply else choice,
    )


def conversation_on(core: Core, number: str, provider_number: str) -> Interaction | None:
    """The active SMS interaction on a line (the oldest, should a race have left several).

    One in Wrap Up counts only where A-13 says so, and after any that is still going on.
    """
    line = (number, provider_number)
    found = core.store.conversations_on(line)
    if not found and core.policy.wrap_up_is_active:
        found = core.store.conversations_on(line, wrap_up=True)
    return found[0] if found else None


def conversation_with(interaction: Interaction | None) -> Conversation:
    """Who has an active interaction: agent, virtual agent, or the queue (A-5)."""
    if interaction is None:
        return Conversation.NONE
    if interaction.assigned_to is not None:
        return Conversation.AGENT
    return Conversation.VIRTUAL_AGENT if interaction.with_virtual_agent else Conversation.QUEUE


def _seen_from(core: Core, interaction: Interaction | None, party: Party) -> ConversationParty:
    """Whose the conversation is, for the party that is written to (A-4, A-7, A-12)."""
    if interaction is None:
        return ConversationParty.NONE
    if interaction.party is None:
        return ConversationParty.GUEST
    same = same_party(core.store, core.policy, interaction.party, party.id)
    return ConversationParty.SAME if same else ConversationParty.DIFFERENT
