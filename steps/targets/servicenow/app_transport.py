"""A served simulator in this process, asked without a network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from smslab.simulator.http.app import make_app
from smslab.simulator.http.beginning import Beginning
from smslab.simulator.http.settings import Settings
from smslab.simulator.policy import Policy
from smslab.simulator.records import SMS
from smslab.steps.targets.client import Answer, Request, json_or_text

_FORM = "application/x-www-form-urlencoded"


class AppTransport:
    """Brings requests to a simulator with the company's numbers of a description.

    Every scenario has a new one, under ``policy``.
    """

    def __init__(self, described: Mapping[str, Any], policy: Policy) -> None:
        self._described = described
        self._policy = policy
        self._host = urlsplit(str(described["url"])).netloc
        self._scheme = urlsplit(str(described["url"])).scheme

    def begin(self, seed: int) -> None:
        """A new simulator, set up as the company's instance is."""
        app = make_app(Settings(Beginning(seed, self._policy), public_url=self._described["url"]))
        instance = app.state.world.instance
        instance.add_channel(SMS)
        provider = instance.add_provider("Twilio", SMS).id
        for number in self._described["company_numbers"]:
            instance.add_provider_number(number, provider)
        for number in self._described.get("queue_numbers", []):
            instance.add_provider_number(number, provider, "queue")
        self._app: Any = app

    def send(self, request: Request) -> Answer:
        """The answer of the simulator."""
        return asyncio.run(self._send(request))

    def wait(self, seconds: float) -> None:
        """Nothing comes later."""

    def close(self) -> None:
        """Nothing is left behind."""

    async def _send(self, request: Request) -> Answer:
        content, kind = _content(request)
        headers = {"host": self._host, "content-type": kind, "content-length": str(len(content))}
        headers |= request.headers
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "scheme": self._scheme,
            "path": request.path,
            "raw_path": request.path.encode(),
            "root_path": "",
            "query_string": urlencode(request.query).encode(),
            "headers": [(n.lower().encode(), v.encode()) for n, v in headers.items()],
            "client": ("127.0.0.1", 0),
            "server": ("127.0.0.1", 0),
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        body = b"".join(message.get("body", b"") for message in sent)
        return Answer(sent[0]["status"], json_or_text(body.decode()))


def _content(request: Request) -> tuple[bytes, str]:
    if request.form is not None:
        return urlencode(request.form).encode(), _FORM
    body = b"" if request.body is None else json.dumps(request.body).encode()
    return body, "application/json"
