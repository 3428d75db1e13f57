"""A served instance without a network, and a client that asks it as httpx would."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from starlette.applications import Starlette

from smslab.simulator.http.app import make_app
from smslab.simulator.http.settings import Settings
from smslab.simulator.http.table_api.mapped import sys_id_of
from smslab.simulator.http.world import World

URL = "http://127.0.0.1"
ANA = sys_id_of("consumer", "consumer-1")
BEN = sys_id_of("consumer", "consumer-2")
ANAS = "+4915123456789"
BENS = "+4915123456780"
COMPANY = "+4930901820"


class Served:
    """An application under way. An error that it does not answer itself is raised here."""

    def __init__(self, runner: asyncio.Runner, client: httpx.AsyncClient, app: Starlette) -> None:
        self._runner = runner
        self._client = client
        self._app = app

    @property
    def world(self) -> World:
        """The world that is served."""
        found: World = self._app.state.world
        return found

    def settle(self) -> None:
        """Wait until all status callbacks have arrived."""
        self._runner.run(self._app.state.callbacks.settled())

    def ask(self, method: str, path: str | httpx.URL, **options: Any) -> httpx.Response:
        """Send one request."""
        return self._runner.run(self._client.request(method, path, **options))

    def at_once(self, *wishes: tuple[str, str, Any]) -> list[httpx.Response]:
        """Send several requests at the same moment: method, path and JSON of each."""

        async def asked() -> list[httpx.Response]:
            return await asyncio.gather(
                *(self._client.request(method, path, json=json) for method, path, json in wishes)
            )

        return self._runner.run(asked())

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.ask("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.ask("POST", path, **options)

    def told(self, path: str, /, **body: Any) -> Any:
        """What a post of JSON is answered, which must be well."""
        answered = self.post(path, json=body)
        assert answered.status_code == 200, answered.text
        return answered.json()

    def command(self, name: str, /, **arguments: Any) -> Any:
        """What the control area answers to a command."""
        return self.told(f"/control/commands/{name}", arguments=arguments)

    def lines(self) -> list[str]:
        """The lines of the journal."""
        return self.get("/control/journal").text.splitlines()


@contextmanager
def served(settings: Settings | None = None, **headers: str) -> Iterator[Served]:
    """An instance as the settings have it: with the demo company and control unless told."""
    app = make_app(settings or Settings(control=True, demo=True))
    with asyncio.Runner() as runner:
        lifespan = app.router.lifespan_context(app)
        runner.run(lifespan.__aenter__())
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url=URL, headers=headers
        )
        try:
            yield Served(runner, client, app)
        finally:
            runner.run(client.aclose())
            runner.run(lifespan.__aexit__(None, None, None))


def problem(answered: httpx.Response, status: int) -> dict[str, Any]:
    """The error in the documented body of an answer with this status."""
    assert answered.status_code == status, answered.text
    content = answered.json()
    assert content["status"] == "failure"
    assert set(content) == {"error", "status"}
    assert set(content["error"]) == {"message", "detail"}
    found: dict[str, Any] = content["error"]
    return found
