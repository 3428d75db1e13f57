"""The official client of Twilio, which asks the served instance."""

from __future__ import annotations

from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from smslab.simulator.http.auth.accounts import DEVELOPMENT_SID, DEVELOPMENT_TOKEN
from tests.simulator.http.asking import Served

TEST_NUMBER = "+15005550006"


class Here(HttpClient):  # type: ignore[misc]
    """Brings the requests of the official client to the served instance."""

    def __init__(self, served: Served) -> None:
        super().__init__(None, False, None)
        self._served = served

    def request(
        self, method: str, url: str, params: Any = None, data: Any = None, **options: Any
    ) -> Response:
        found = self._served.ask(
            method,
            url.removeprefix("https://api.twilio.com"),
            params=params,
            data=data,
            auth=options["auth"],
            headers={k: v for k, v in options["headers"].items() if k != "Content-Type"}
            | ({"Content-Type": "application/x-www-form-urlencoded"} if data else {}),
        )
        return Response(found.status_code, found.text, found.headers)


def client(served: Served, token: str = DEVELOPMENT_TOKEN, sid: str = DEVELOPMENT_SID) -> Client:
    """The official client of an account."""
    return Client(sid, token, http_client=Here(served))


def refusal(served: Served, to: str, sender: str, **further: Any) -> int:
    """The error code with which a message is refused."""
    before = served.world.parts["carrier"].messages.copy()
    with pytest.raises(TwilioRestException) as raised:
        client(served).messages.create(to=to, from_=sender, **({"body": "Hi"} | further))
    assert raised.value.status == 400
    assert served.world.parts["carrier"].messages == before
    return int(raised.value.code)
