"""The carrier's API in the shape of Twilio's Messages resource."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from smslab.simulator.carriers import errors
from smslab.simulator.http.auth.accounts import CarrierAccount
from smslab.simulator.http.auth.basic import credentials_of, is_same
from smslab.simulator.http.bodies import read_form_fields
from smslab.simulator.http.carrier import magic_numbers
from smslab.simulator.http.carrier.callbacks import Callbacks
from smslab.simulator.http.carrier.ledger import Ledger
from smslab.simulator.http.carrier.listing import page_of
from smslab.simulator.http.carrier.problems import Problem
from smslab.simulator.http.carrier.resources import VERSION, every, find, of_api
from smslab.simulator.http.errors import ApiError, answer
from smslab.simulator.http.world import World
from smslab.simulator.numbers.phone_numbers import NumberRefusal, NumberRules, normalise

_ANY_COUNTRY = NumberRules(strict=True, allow_national_entry=False)
_MOST_MEDIA = 10
_NOT_SIMULATED = ("MessagingServiceSid", "ContentSid", "SendAt", "ScheduleType")
"""What would change who sends, what, or when; to send all the same would mislead."""


class CarrierApi:
    """The resource on a world, for one account."""

    def __init__(self, world: World, account: CarrierAccount, callbacks: Callbacks) -> None:
        self._world = world
        self._account = account
        self._callbacks = callbacks
        messages = f"/{VERSION}/Accounts/{{account}}/Messages"
        self._resources = [
            Route(f"{messages}.json", self.messages, methods=["GET", "POST"]),
            Route(f"{messages}/{{sid}}.json", self.message, methods=["GET"]),
        ]

    def routes(self) -> list[BaseRoute]:
        """The routes below the account, and the one of all that is not there."""
        return [*self._resources, Mount(f"/{VERSION}", self.nothing)]

    async def messages(self, request: Request) -> Response:
        """Send a message, or list all."""
        try:
            self._check_account(request)
            if request.method == "POST":
                return await self._send(request)
            messages = every(self._world.instance.store, self._ledger)
            return answer(page_of(messages, self._account.sid, request.query_params))
        except Problem as problem:
            return problem.answer()
        except ApiError as error:
            return Problem("20001", error.message).answer()

    async def message(self, request: Request) -> Response:
        """One message by its SID."""
        try:
            self._check_account(request)
            found = find(self._world.instance.store, self._ledger, request.path_params["sid"])
            if found is None:
                raise Problem("20404")
        except Problem as problem:
            return problem.answer()
        return answer(found.as_json(self._account.sid))

    async def nothing(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A resource or a method of Twilio's that is not offered here."""
        request = Request(scope)
        path = scope["path"]
        methods = [r.methods or () for r in self._resources if r.path_regex.match(path)]
        problem = Problem("20004") if methods else Problem("20404")
        try:
            self._check_credentials(request)
        except Problem as wrong:
            problem = wrong
        answered = problem.answer()
        if problem.code == "20004":
            answered.headers["Allow"] = ", ".join(sorted(methods[0]))
        await answered(scope, receive, send)

    @property
    def _ledger(self) -> Ledger:
        ledger: Ledger = self._world.parts["carrier"]
        return ledger

    def _check_account(self, request: Request) -> None:
        self._check_credentials(request)
        if request.path_params["account"] != self._account.sid:
            raise Problem("20404")

    def _check_credentials(self, request: Request) -> None:
        sid, token = credentials_of(request.headers.get("authorization"))
        if sid != self._account.sid or not is_same(token, self._account.token):
            raise Problem("20003")

    # Sending

    async def _send(self, request: Request) -> Response:
        pairs = await read_form_fields(request)
        fields = dict(pairs)
        for name in _NOT_SIMULATED:
            if fields.get(name):
                raise Problem("20001", f"{name} is not simulated; send without it.")
        media = tuple(value for name, value in pairs if name == "MediaUrl")
        to, sender = self._numbers(fields)
        body, callback = fields.get("Body", ""), fields.get("StatusCallback") or None
        if not body and not media:
            raise Problem("21602")
        if len(media) > _MOST_MEDIA:
            raise Problem("21623", f"There may be {_MOST_MEDIA}.")
        if callback is not None:
            self._callbacks.check(callback)
        self._check_taken(to, sender, body)
        sid = self._world.run(
            "carrier_send", to=to, sender=sender, body=body, media=media, callback=callback
        )
        taken = self._ledger.messages[sid].as_taken()
        return answer(of_api(taken).as_json(self._account.sid), 201)

    def _numbers(self, fields: Mapping[str, str]) -> tuple[str, str]:
        """The numbers to send to and from. Raises Problem."""
        to, sender = fields.get("To", ""), fields.get("From", "")
        for code, number in (("21604", to), ("21603", sender)):
            if not number:
                raise Problem(code)
        for known, number in ((magic_numbers.FROM, sender), (magic_numbers.TO, to)):
            if number in known:
                raise Problem(known[number])
        receiver = to if to == magic_numbers.VALID else _in_e164(to)
        if receiver == self._own(sender):
            raise Problem("21266")
        return receiver, sender

    def _own(self, sender: str) -> str:
        """A number that the account may send from. Raises Problem."""
        numbers = self._world.instance.store.provider_numbers
        if sender != magic_numbers.VALID and not numbers.find("number", sender):
            own = ", ".join(each.number for each in numbers) or "none"
            raise Problem("21606", f"The numbers are: {own}.")
        return sender

    def _check_taken(self, to: str, sender: str, body: str) -> None:
        """Raise Problem for a message that the carrier refuses to take.

        A code that does not begin with 2 is no error of the API: the message is taken, and
        fails.
        """
        code = self._world.instance.core.carrier.refusal(to, sender, body)
        if code is not None and code.startswith("2"):
            raise Problem(code)


def _in_e164(to: str) -> str:
    """A number to send to, without its spaces. Raises Problem."""
    found = normalise(to, None, _ANY_COUNTRY)
    if isinstance(found, NumberRefusal):
        raise Problem(errors.INVALID_NUMBER, found.reason)
    return found.e164
