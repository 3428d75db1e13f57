"""A served instance with its control area, and folders to run features in."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from smslab.simulator.http.app import make_app
from smslab.simulator.http.settings import Settings
from tests.steps.conftest import Folder, folder

__all__ = ["folder"]

FEATURES = Path(__file__).parents[3] / "features"

Serve = Callable[..., str]
"""Serves an instance with settings until the test ends; its URL."""


@contextmanager
def served(
    around: Callable[[Any], Any] = lambda app: app,
    certificate: tuple[Path, Path] | None = None,
    **settings: Any,
) -> Iterator[str]:
    """An instance on a free port of this machine, in a thread, with ``around`` it; its URL.

    With the files of a certificate and its key it is served over TLS.
    """
    scheme = "https" if certificate else "http"
    ssl_certfile, ssl_keyfile = map(str, certificate) if certificate else (None, None)
    # asyncio sends small answers at once only where the socket says that it is TCP
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        app = around(make_app(Settings(**{"control": True, **settings})))
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="critical",
                access_log=False,
                ssl_certfile=ssl_certfile,
                ssl_keyfile=ssl_keyfile,
            )
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield f"{scheme}://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves instances until the test ends."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(served(**settings))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """One instance with its control area, for all tests of a module."""
    with served() as found:
        yield found


def feature(name: str) -> str:
    """The path of a feature that comes with smslab."""
    return str(FEATURES / f"{name}.feature")


def journal_of(folder: Folder, results: str) -> bytes:
    """The journal that a run left, as it is on the disk."""
    return (folder.path / results / "journal.jsonl").read_bytes()


def set_up_company(url: str) -> None:
    """A channel, a provider and numbers, as a company's own instance has them."""
    ask = httpx.Client(base_url=url)

    def command(name: str, /, **arguments: object) -> Any:
        answer = ask.post(f"/control/commands/{name}", json={"arguments": arguments}).json()
        assert answer["error"] is None
        return answer["result"]

    with ask:
        command("add_channel", name="SMS")
        provider = command("add_provider", name="Twilio", channel="SMS")["id"]
        for answered_by, numbers in COMPANY.items():
            for number in numbers:
                command(
                    "add_provider_number",
                    entry=number,
                    provider=provider,
                    answered_by=answered_by,
                )


COMPANY = {
    "virtual agent": ["+13125550101", "+13125550102", "+13125550103"],
    "queue": ["+13125550111", "+13125550112"],
}


def write_targets(folder: Folder, url: str, more: str = "validation = true") -> None:
    """The description of the target ``dev``."""
    lines = [
        "[dev]",
        'kind = "servicenow"',
        f'url = "{url}"',
        'test_numbers = ["+12025550100", "+12025550200 to +12025559999"]',
        f"company_numbers = {COMPANY['virtual agent']}",
        f"queue_numbers = {COMPANY['queue']}",
        more,
    ]
    folder.write("targets.toml", "\n".join(lines))
