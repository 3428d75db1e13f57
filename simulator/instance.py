"""The simulated instance: what agents, requesters and administrators can do with it.

Every method is one command: it changes the tables and the journal, or it changes
nothing and says why. Ids are those of the records that earlier calls returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from smslab.simulator import compose, interactions, profiles, sending
from smslab.simulator.applying import Application
from smslab.simulator.carriers.commands import CarrierCommands
from smslab.simulator.clock import START
from smslab.simulator.commands import INSTANCE
from smslab.simulator.compose import ComposeForm
from smslab.simulator.core import Core
from smslab.simulator.errors import Refused
from smslab.simulator.extensions.extension_commands import Extending
from smslab.simulator.messaging_actions.messaging_action_commands import MessagingActions
from smslab.simulator.numbers.phone_numbers import NumberRefusal, PhoneNumber
from smslab.simulator.outcomes import SendOutcome, decision_fields
from smslab.simulator.policy import Policy
from smslab.simulator.profiles import Standing
from smslab.simulator.records import SMS, Interaction, Message
from smslab.simulator.requesters import requester_texts
from smslab.simulator.requesters.inbound import InboundText
from smslab.simulator.routing.routing import Routing
from smslab.simulator.sending import Assessment, SendRequest
from smslab.simulator.states import InteractionType, StateReason
from smslab.simulator.virtual_agents.conversations import Conversations


class Instance(Conversations, MessagingActions, Extending, Routing, CarrierCommands):
    """One simulated instance, empty at first (see :class:`Administration` for its set-up)."""

    def __init__(
        self, policy: Policy | None = None, seed: int = 0, start: datetime = START
    ) -> None:
        super().__init__(Core(policy or Policy(), seed, start))

    # Sending

    def preview(self, request: SendRequest) -> SendOutcome:
        """What sending would do, without doing it: the row, the warning and the card."""
        try:
            return SendOutcome("previewed", request, sending.assess(self.core, request))
        except Refused as refusal:
            return SendOutcome("refused", request, refusal=refusal)

    def send(self, request: SendRequest, confirmed: bool = False) -> SendOutcome:
        """An agent sends an SMS (section 5).

        Where the number is another party's, nothing happens before ``confirmed``: the
        outcome is ``warned`` (P-2). A refusal is an outcome, too, and changes nothing.
        """
        return self._send(request, confirmed, None)

    def send_at_once(self, requests: Sequence[SendRequest]) -> list[SendOutcome]:
        """Several agents send at the same moment, each having confirmed (A-9).

        Serialised, each send sees what the one before it did; otherwise all see what was
        there before the first.
        """
        seen: list[Assessment | None] = [None] * len(requests)
        if not self.core.policy.sends_are_serialised:
            seen = [self.preview(request).assessment for request in requests]
        return [
            self._send(request, True, assessed)
            for request, assessed in zip(requests, seen, strict=True)
        ]

    def _send(
        self, request: SendRequest, confirmed: bool, assessed: Assessment | None
    ) -> SendOutcome:
        with self.core.command("send", self.name_of_agent(request.agent)) as executed:
            before = self.core.store.mark()
            try:
                outcome = self._carry_out(assessed or sending.assess(self.core, request), confirmed)
            except Refused as refusal:
                self.core.store.undo_to(before)
                outcome = SendOutcome("refused", request, refusal=refusal)
            executed.decision = decision_fields("send", outcome)
        return outcome

    def _carry_out(self, assessed: Assessment, confirmed: bool) -> SendOutcome:
        if assessed.warning and not confirmed:
            return SendOutcome("warned", assessed.request, assessed)
        before = self.core.store.mark()
        application = Application(self.core, assessed)
        application.run()
        message = application.message
        if message and message.error_code and self.core.policy.failed_delivery_undoes_send:
            self.core.store.undo_to(before)
            return SendOutcome("undone", assessed.request, assessed, error_code=message.error_code)
        return SendOutcome(
            "sent",
            assessed.request,
            assessed,
            interaction=application.interaction,
            message=message.id if message else None,
            error_code=message.error_code if message else None,
        )

    def decline(self, request: SendRequest) -> SendOutcome:
        """The agent reads the warning and does not send (P-5)."""
        with self.core.command("decline", self.name_of_agent(request.agent)) as executed:
            before = self.core.store.mark()
            try:
                assessed = sending.assess(self.core, request)
                if not self.core.policy.decline_changes_nothing:
                    Application(self.core, assessed).run_number_only()
                outcome = SendOutcome("declined", request, assessed)
            except Refused as refusal:
                self.core.store.undo_to(before)
                outcome = SendOutcome("refused", request, refusal=refusal)
            executed.decision = decision_fields("decline", outcome)
        return outcome

    # The endpoints of sections 3 and 4, and the compose form

    def validate_phone_number(self, entry: str, party: str | None) -> PhoneNumber | NumberRefusal:
        """A number as entered, converted for a party or for an unknown person (N-1 to N-8)."""
        return self.core.number_for(entry, None if party is None else self.party(party))

    def validate_profile(
        self, number: str, party: str, provider_number: str | None = None
    ) -> Standing:
        """Whose a number in E.164 is, seen from a party (P-9).

        ``provider_number`` matters only where ownership is per line (P-7).
        """
        return profiles.standing_of(self.core, number, SMS, self.party(party), provider_number)

    def compose_form(
        self, agent: str, interaction: str | None = None, party: str | None = None
    ) -> ComposeForm:
        """The compose form on an interaction, or on the record of a party (C-1 to C-12)."""
        found = None if interaction is None else self.interaction(interaction)
        asked_for = None if party is None else self.party(party)
        return compose.form_on_record(self.core, self.agent(agent), found, asked_for)

    # Requesters

    def requester_texts(
        self,
        requester_number: str,
        provider_number: str,
        body: str,
        provider_id: str | None = None,
        attachments: tuple[str, ...] = (),
    ) -> Message | None:
        """A text arrives from a number (section 6); None where no message comes of it.

        ``attachments`` are the addresses of its media.
        That is so for a repeated provider message id, and for a keyword that goes into no
        conversation (O-2). Raises Refused when ``provider_number`` is not configured.
        """
        text = InboundText(requester_number, provider_number, body, provider_id, attachments)
        return requester_texts.arrive(self.core, text)

    # The agent's side of an interaction

    def open_interaction(
        self, type: InteractionType, parties: Sequence[str], agent: str | None = None
    ) -> Interaction:
        """Open an interaction that is not an SMS conversation, with at most one party of a kind."""
        with self.core.command("open interaction", self.actor(agent)):
            involved = profiles.party_fields(*(self.party(party) for party in parties))
            opened = interactions.open_interaction(self.core, type, involved, "S-1")
            if agent is not None:
                interactions.assign(self.core, opened, self.agent(agent).id, "S-1")
        return self.core.store.interactions[opened.id]

    def assign(self, interaction: str, agent: str) -> None:
        """An agent takes an interaction. Raises Refused when it has ended (S-4)."""
        with self.core.command("assign", self.name_of_agent(agent)):
            interactions.assign(self.core, self.interaction(interaction), agent, "S-1")

    def put_in_queue(self, interaction: str) -> None:
        """An interaction waits for assignment. Raises Refused when it has ended (S-4)."""
        with self.core.command("put in queue", INSTANCE):
            interactions.put_in_queue(self.core, self.interaction(interaction), "S-1")

    def wrap_up(self, interaction: str) -> None:
        """The conversation of an interaction ends, its record does not. Raises Refused (S-4)."""
        with self.core.command("wrap up", INSTANCE):
            interactions.wrap_up(self.core, self.interaction(interaction), "A-13")

    def close(self, interaction: str, reason: StateReason = StateReason.AGENT_ENDED) -> None:
        """End an interaction (S-5). Raises Refused when it has ended before (S-4)."""
        with self.core.command("close", INSTANCE):
            interactions.close(self.core, self.interaction(interaction), reason, "S-5")

    # Time

    def advance(self, duration: timedelta) -> None:
        """Let virtual time pass. Raises ValueError for a duration that is not positive."""
        self.core.clock.advance(duration)
