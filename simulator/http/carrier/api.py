"""The carrier's API in the shape of Twilio's Messages resource."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from smslab.simulator.carriers import errors
from smslab.simulator.http.auth.accounts import CarrierAccount
from smslab.simulator.http.bodies import read_form_fields
from smslab.simulator.http.carrier import magic_numbers
from smslab.simulator.http.carrier.callbacks import Callbacks
from smslab.simulator.http.carrier.filters import FILTERS, wanted_by
from smslab.simulator.http.carrier.ledger import Ledger
from smslab.simulator.http.carrier.problems import Problem
from smslab.simulator.http.carrier.resources import VERSION, every, find, of_api
from smslab.simulator.http.errors import ApiError, answer
from smslab.simulator.http.world import World
from smslab.simulator.numbers.phone_numbers import NumberRefusal, NumberRules, normalise

_ANY_COUNTRY = NumberRules(strict=True, allow_national_entry=False)
_PAGE_SIZE = 50
_LARGEST_PAGE = 1_000
_MOST_MEDIA = 10
_SIMULATED = re.compile(rf"/{VERSION}/Accounts/[^/]+/Messages(/[^/]+)?\.json")
_NOT_SIMULATED = ("MessagingServiceSid", "ContentSid", "SendAt", "ScheduleType")
"""What would change who sends, what, or when; to send all the same would mislead."""


class CarrierApi:
    """The resource on a world, for one account."""

    def __init__(self, world: World, account: CarrierAccount, callbacks: Callbacks) -> None:
        self._world = world
        self._account = account
        self._callbacks = callbacks

    def routes(self) -> list[BaseRoute]:
        """The routes below the account, and one for whatever else the API of Twilio has."""
        messages = f"/{VERSION}/Accounts/{{account}}/Messages"
        return [
            Route(f"{messages}.json", self.messages, methods=["GET", "POST"]),
            Route(f"{messages}/{{sid}}.json", self.message, methods=["GET"]),
            Mount(f"/{VERSION}", _not_simulated),
        ]

    async def messages(self, request: Request) -> Response:
        """Send a message, or list all."""
        try:
            self._check_account(request)
            return await (self._send(request) if request.method == "POST" else self._list(request))
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

    @property
    def _ledger(self) -> Ledger:
        ledger: Ledger = self._world.parts["carrier"]
        return ledger

    def _check_account(self, request: Request) -> None:
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        right = f"{self._account.sid}:{self._account.token}".encode()
        try:
            given = base64.b64decode(credentials, validate=True)
        except (binascii.Error, ValueError):
            given = b""
        if scheme.lower() != "basic" or not hmac.compare_digest(given, right):
            raise Problem("20003")
        if request.path_params["account"] != self._account.sid:
            raise Problem("20404")

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

    # Listing

    async def _list(self, request: Request) -> Response:
        query = request.query_params
        size, page = _number(query.get("PageSize"), _PAGE_SIZE), _number(query.get("Page"), 0)
        size = min(max(size, 1), _LARGEST_PAGE)
        wanted = {name: query[name] for name in FILTERS if name in query}
        fits = wanted_by(wanted)
        found = filter(fits, every(self._world.instance.store, self._ledger))
        shown = list(islice(found, page * size, (page + 1) * size + 1))
        return answer(self._page([e.as_json(self._account.sid) for e in shown], size, page, wanted))

    def _page(
        self, shown: list[dict[str, Any]], size: int, page: int, wanted: Mapping[str, str]
    ) -> dict[str, Any]:
        """A page of the list; one more than fits says that there is another."""

        def uri(number: int) -> str:
            query = urlencode({**wanted, "PageSize": size, "Page": number})
            return f"/{VERSION}/Accounts/{self._account.sid}/Messages.json?{query}"

        messages = shown[:size]
        return {
            "messages": messages,
            "page": page,
            "page_size": size,
            "start": page * size,
            "end": page * size + max(len(messages) - 1, 0),
            "uri": uri(page),
            "first_page_uri": uri(0),
            "next_page_uri": uri(page + 1) if len(shown) > size else None,
            "previous_page_uri": uri(page - 1) if page else None,
        }


async def _not_simulated(scope: Scope, receive: Receive, send: Send) -> None:
    """Say so in the shape of Twilio's errors."""
    code = "20004" if _SIMULATED.fullmatch(scope["path"]) else "20404"
    await Problem(code).answer()(scope, receive, send)


def _in_e164(to: str) -> str:
    """A number to send to, without its spaces. Raises Problem."""
    found = normalise(to, None, _ANY_COUNTRY)
    if isinstance(found, NumberRefusal):
        raise Problem(errors.INVALID_NUMBER, found.reason)
    return found.e164


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Problem("20001", "Page and PageSize are whole numbers.")
    return int(text)
