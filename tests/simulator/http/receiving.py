"""A receiver of status callbacks on this machine, which can be told to behave badly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, TypeAlias
from urllib.parse import parse_qsl


@dataclass
class Callback:
    """One status callback: what was asked, the form and its signature."""

    path: str
    form: dict[str, str]
    signature: str


@dataclass
class Receiver:
    """Takes status callbacks at its address, which is ``base`` with a path and a query."""

    base: str
    came: list[Callback] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where everything is well."""
        return f"{self.base}/status?of=parcel"

    def told(self) -> list[str]:
        """The states that were told, in their order."""
        return [callback.form["MessageStatus"] for callback in self.came]


Answering: TypeAlias = Callable[[BaseHTTPRequestHandler, threading.Event], object]
"""Answers a request, while the receiver has not ended."""


def _well(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    handler.send_response(204)
    handler.end_headers()


def _with_an_error(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    handler.send_error(500)


def _elsewhere(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    handler.send_response(307)
    handler.send_header("Location", "/status")
    handler.end_headers()


def _never(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    ended.wait(60)


def _drop_by_drop(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not ended.wait(0.05):
        handler.wfile.write(b"X: y\r\n")


def _without_end(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not ended.is_set():
        handler.wfile.write(b"x" * 65_536)


def _with_nonsense(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    handler.wfile.write(b"what is this?\r\n\r\n")


ANSWERS: Mapping[str, Answering] = MappingProxyType(
    {
        "error": _with_an_error,
        "elsewhere": _elsewhere,
        "never": _never,
        "drops": _drop_by_drop,
        "endless": _without_end,
        "nonsense": _with_nonsense,
    }
)
"""How the receiver answers at a path; at any other all is well."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a free port."""
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(parse_qsl(body))
            found.came.append(Callback(self.path, form, self.headers["X-Twilio-Signature"]))
            with suppress(OSError):
                ANSWERS.get(self.path.lstrip("/"), _well)(self, ended)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the screen."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = False
        found = Receiver(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield found
        finally:
            ended.set()
            server.shutdown()
            thread.join()
