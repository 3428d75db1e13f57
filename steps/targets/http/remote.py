"""An instance on the other side of a connection, with the commands and tables of one here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from smslab.simulator.http.exceptions import exception_of
from smslab.simulator.http.wire import COMMANDS, Command, Undecodable
from smslab.simulator.invariants import Breach
from smslab.simulator.numbers.phone_numbers import NumberRefusal, PhoneNumber
from smslab.simulator.policy import Policy
from smslab.simulator.profiles import Standing
from smslab.simulator.records import Message
from smslab.simulator.requesters.inbound import InboundText
from smslab.simulator.states import Direction
from smslab.steps.targets.carrier import Carrier
from smslab.steps.targets.client import Request, result_in
from smslab.steps.targets.http.control import Body, Control, news_of
from smslab.steps.targets.http.mirror import MirrorClock, MirrorJournal, MirrorStore
from smslab.steps.targets.protocol import TargetFailed
from smslab.steps.targets.refusals import refusal_in
from smslab.steps.targets.validation import (
    NUMBER_PATH,
    PROFILE_PATH,
    number_question,
    phone_number_in,
    profile_question,
    standing_in,
)


class RemoteInstance:
    """What phrases use of :class:`~smslab.simulator.instance.Instance`, on a served one.

    Every public command is there by its name; what it changed is in ``store``, ``journal``,
    ``clock`` and ``breaches`` when it returns, or raises what it would raise here.
    """

    def __init__(
        self, control: Control, carrier: Carrier, seed: int, policy: Policy | None
    ) -> None:
        self._control = control
        self._carrier = carrier
        self.seed = seed
        self.policy = policy
        self.store = MirrorStore()
        self.journal = MirrorJournal()
        self.clock = MirrorClock()
        self.breaches: list[Breach] = []
        control.reset(seed, policy)
        self.look()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in COMMANDS:
            raise AttributeError(f"a served instance has no command {name!r}")
        return partial(self._command, COMMANDS[name])

    def look(self) -> None:
        """Learn what has happened since the last time."""
        query = {
            "since": str(self.store.changes),
            "events_since": str(len(self.journal.events)),
            "breaches_since": str(len(self.breaches)),
        }
        answer = self._control.ask(Request("GET", "/control/state", query=query))
        self._take(self._control.body_of(answer, "/control/state"))

    # What is asked where a real client would ask it

    def requester_texts(
        self,
        requester_number: str,
        provider_number: str,
        body: str,
        provider_id: str | None = None,
        attachments: tuple[str, ...] = (),
    ) -> Message | None:
        """A text arrives as the carrier brings it: at the webhook, signed."""
        known = len(self.store.messages)
        text = InboundText(requester_number, provider_number, body, provider_id, attachments)
        answered = self._control.ask(self._carrier.request(text))
        self.look()
        if refusal := refusal_in(answered):
            raise refusal
        self._carrier.check(answered)
        new = list(self.store.messages)[known:]
        return next((row for row in new if row.direction is Direction.INBOUND), None)

    def validate_phone_number(self, entry: str, party: str | None) -> PhoneNumber | NumberRefusal:
        """A number as entered, converted by the endpoint."""
        return phone_number_in(
            self._validated(NUMBER_PATH, number_question(self.store, entry, party))
        )

    def validate_profile(
        self, number: str, party: str, provider_number: str | None = None
    ) -> Standing:
        """Whose a number is, says the endpoint."""
        question = profile_question(self.store, number, party, provider_number)
        return standing_in(self._validated(PROFILE_PATH, question), self.store)

    def _validated(self, path: str, question: Body) -> Body:
        asked = Request("POST", path, body=question)
        answered = self._control.ask(asked)
        return result_in(answered, asked)

    def _command(self, command: Command, *arguments: Any, **named: Any) -> Any:
        path = f"/control/commands/{command.name}"
        body = {"arguments": command.encode(command.bound(*arguments, **named))}
        answered = self._control.ask(Request("POST", path, body=body))
        told = self._control.body_of(answered, path)
        self._take(told)
        if told.get("error") is not None:
            raise exception_of(told["error"])
        try:
            return command.decode_result(told.get("result"))
        except Undecodable as error:
            raise TargetFailed(f"The target answers {path} in a way of its own: {error}") from None

    def _take(self, told: Body) -> None:
        news = news_of(told)
        self.store.take(news.records, news.change)
        self.journal.take(news.events)
        self.breaches.extend(news.breaches)
        self.clock.move_to(news.now)
