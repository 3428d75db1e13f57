"""A real instance with the commands that phrases use, as far as it can be asked for them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from smslab.simulator.commands import INSTANCE
from smslab.simulator.http.references import TABLE_OF
from smslab.simulator.http.table_api.mapping import choice_value
from smslab.simulator.interactions import closed_state
from smslab.simulator.numbers.phone_numbers import NumberRefusal, PhoneNumber
from smslab.simulator.outcomes import SendOutcome, decision_fields
from smslab.simulator.profiles import Standing
from smslab.simulator.records import Interaction, Message, Party
from smslab.simulator.requesters.inbound import InboundText
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import (
    Direction,
    InteractionState,
    InteractionType,
    PartyKind,
    StateReason,
)
from smslab.steps.needs import Need
from smslab.steps.targets.client import Request, result_in
from smslab.steps.targets.lacks import Lacks
from smslab.steps.targets.refusals import refusal_in
from smslab.steps.targets.servicenow.columns import COLUMNS, INTERACTIONS
from smslab.steps.targets.servicenow.sending import assessment_of, outcome_of, told_by, wish_of
from smslab.steps.targets.servicenow.set_up import SetUp
from smslab.steps.targets.validation import (
    NUMBER_PATH,
    PROFILE_PATH,
    phone_number_in,
    standing_in,
)

_LATER = (0.25, 0.5, 1.0, 2.0, 4.0)
"""How many seconds are waited before each further look for a text."""

_COLUMN_OF_PARTY = {
    PartyKind.CONSUMER: "consumer",
    PartyKind.CONTACT: "contact",
    PartyKind.USER: "opened_for",
}


class ServiceNowInstance(SetUp):
    """What phrases use of :class:`~smslab.simulator.instance.Instance`, on a real one.

    Commands that it does not have raise Lacks.
    """

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._texts = 0
        self._brought: set[str] = set()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        raise Lacks(Need.INTERNALS, f"the command {name.replace('_', ' ')!r}")

    def open_interaction(
        self, type: InteractionType, parties: Sequence[str], agent: str | None = None
    ) -> Interaction:
        """Open an interaction that is no SMS conversation. Raises Refused."""
        values = {"type": choice_value(type)}
        for party in map(self.party, parties):
            values[_COLUMN_OF_PARTY[party.kind]] = self._mirror.sys_id(party.id)
        if agent is not None:
            values["assigned_to"] = self._mirror.sys_id(agent)
        row = self._tables.insert(INTERACTIONS, values, COLUMNS[INTERACTIONS])
        with self.core.command("open interaction", self.actor(agent)):
            self._mirror.opened(row)
            self._mirror.look()
        id = self._mirror.id_of(row["sys_id"])
        return self.core.store.interactions[str(id)]

    def close(self, interaction: str, reason: StateReason = StateReason.AGENT_ENDED) -> None:
        """End an interaction. Raises Refused."""
        state = {"state": choice_value(closed_state(reason)), "state_reason": choice_value(reason)}
        self._change_interaction("close", interaction, state)

    def wrap_up(self, interaction: str) -> None:
        """The conversation of an interaction ends, its record does not. Raises Refused."""
        state = {"state": choice_value(InteractionState.WRAP_UP)}
        self._change_interaction("wrap up", interaction, state)

    def _change_interaction(self, command: str, interaction: str, values: dict[str, str]) -> None:
        self._tables.update(INTERACTIONS, self._mirror.sys_id(interaction), values)
        with self._looked(command, INSTANCE):
            pass

    def requester_texts(
        self,
        requester_number: str,
        provider_number: str,
        body: str,
        provider_id: str | None = None,
        attachments: tuple[str, ...] = (),
    ) -> Message | None:
        """A text arrives at the webhook, as the carrier brings it. Raises Refused."""
        known = len(self.core.store.messages)
        number, to = self._numbers.real(requester_number), self._numbers.company(provider_number)
        self._texts += 1
        sid = f"SM{_digest(f'{number} {provider_id or self._texts}')}"
        text = InboundText(number, to, body, sid, attachments)
        answered = self._transport.send(self._carrier.request(text))
        with self.core.command("requester texts", requester_number):
            self._look_for_text(known, is_awaited=answered.succeeded and sid not in self._brought)
        self._brought.add(sid)
        if refusal := refusal_in(answered):
            raise refusal
        self._carrier.check(answered)
        self._mirror.check_lines()
        return self._text_since(known)

    def _look_for_text(self, known: int, *, is_awaited: bool) -> None:
        """Look at the instance until the text is there, which it may work on for a while."""
        self._mirror.look()
        for seconds in _LATER:
            if not is_awaited or self._text_since(known):
                return
            self._transport.wait(seconds)
            self._mirror.look()

    def _text_since(self, known: int) -> Message | None:
        """The text that has come since there were so many messages."""
        new = list(self.core.store.messages)[known:]
        return next((row for row in new if row.direction is Direction.INBOUND), None)

    def preview(self, request: SendRequest) -> SendOutcome:
        """What sending would do, says the resource."""
        return self._ask("preview", request)

    def send(self, request: SendRequest, confirmed: bool = False) -> SendOutcome:
        """An agent sends an SMS through the resource."""
        return self._ask("send", request, confirmed=confirmed)

    def decline(self, request: SendRequest) -> SendOutcome:
        """The agent reads the warning and does not send."""
        return self._ask("decline", request)

    def send_at_once(self, requests: Sequence[SendRequest]) -> list[SendOutcome]:
        """Raises Lacks: over one connection nothing happens at the same moment."""
        raise Lacks(Need.SEND, "sends at the same moment")

    def _ask(self, what: str, request: SendRequest, **more: bool) -> SendOutcome:
        party = self.core.store.parties.get(request.party)
        lines = {"send_to": self._send_to(request, party), "send_from": self._send_from(request)}
        wish = wish_of(request, self._mirror) | {n: each for n, each in lines.items() if each}
        if party is not None and request.interaction is None:
            wish["user_table"] = TABLE_OF[party.kind]
        asked = Request("POST", f"{self._described['agent_sms']}/{what}", body={**wish, **more})
        answer = self._transport.send(asked)
        told = told_by(result_in(answer, asked))
        assessed = assessment_of(self.core, request, told, self._numbers)
        if what == "preview":
            return outcome_of(request, told, assessed, self._mirror, self._numbers)
        with self._looked(what, self.name_of_agent(request.agent)) as decision:
            self._mirror.look()
            outcome = outcome_of(request, told, assessed, self._mirror, self._numbers)
            decision.update(decision_fields(what, outcome))
        return outcome

    def _send_to(self, request: SendRequest, party: Party | None) -> str | None:
        """The number to send to, for the instance; what is no number here goes as it is."""
        if request.send_to is None:
            return None
        found = self.core.store.interactions.get(request.interaction)
        seen_as = party or (self.core.store.parties.get(found.party) if found else None)
        number = self.core.number_for(request.send_to, seen_as)
        if isinstance(number, NumberRefusal):
            return request.send_to
        return self._numbers.real(number.e164)

    def _send_from(self, request: SendRequest) -> str | None:
        """The number to send from: the only one that the scenario has, as the form fills it in."""
        if request.send_from is None:
            own = [row.number for row in self.core.store.provider_numbers]
            return self._numbers.company(own[0]) if len(own) == 1 else None
        number = self.core.number_for(request.send_from, None)
        if isinstance(number, NumberRefusal):
            return request.send_from
        return self._numbers.company(number.e164)

    def validate_phone_number(self, entry: str, party: str | None) -> PhoneNumber | NumberRefusal:
        """A number as entered, converted by the endpoint where the target has it, else here."""
        record = None if party is None else self.party(party)
        if not self._validates:
            return self.core.number_for(entry, record)
        question = {"phone_number": entry} | (self._reference(record) if record else {})
        return phone_number_in(self._asked(NUMBER_PATH, question))

    def validate_profile(
        self, number: str, party: str, provider_number: str | None = None
    ) -> Standing:
        """Whose a number is, says the endpoint. Raises Lacks where the target has none."""
        if not self._validates:
            raise Lacks(Need.VALIDATION, "an endpoint that says whose a number is")
        question = {
            "channel_user_id": self._numbers.real(number),
            "inbound_id": self._numbers.company(provider_number) if provider_number else None,
            **self._reference(self.party(party)),
        }
        return standing_in(self._asked(PROFILE_PATH, question), self.core.store, self._mirror.id_of)


def _digest(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
