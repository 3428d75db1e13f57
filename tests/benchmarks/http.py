"""Requests per second of the served instance against a bare Starlette route.

``python -m tests.benchmarks.http`` serves both in processes of their own, with the same
uvicorn, asks them in turns, over one connection and over many, and prints ratios: of requests
per second of the server's processor time, and of requests per second by the clock. The bare
route gets the very bytes of the request that it is compared with, and answers a fixed JSON
without looking at them.
"""

from __future__ import annotations

import json
import os
import re
import selectors
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count, islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import cast

import phonenumbers
import typer
from phonenumbers import PhoneNumber, PhoneNumberFormat

from smslab.simulator.http.table_api.mapped import sys_id_of
from tests.benchmarks.company_at_work import COMPANY, number
from tests.benchmarks.say import say

CONSUMERS = 2_000
TARGETS = {
    "validate_phone_number": 0.6,
    "a new number in E.164": 0.6,
    "a new number, any territory": 0.6,
    "a new number, national": 0.6,
    "validate_profile": 0.6,
    "read a record": 0.6,
    "send, new conversation": 0.4,
    "send, existing conversation": 0.4,
}
"""What each is to reach of the bare route's requests per second."""

_DECLINED = re.compile(rb'"refused"|"valid":false')
_VALIDATE = "/api/now/initiate_message"


def request(method: str, path: str, body: object = None) -> bytes:
    """The bytes of a request."""
    content = b"" if body is None else json.dumps(body).encode()
    kind = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{kind if content else ''}\r\n"
    return head.encode() + content


def consumer(position: int) -> str:
    """The sys_id of the consumer at a position, which is taken in turn."""
    return sys_id_of("consumer", f"consumer-{position % CONSUMERS + 1}")


def _party(position: int) -> dict[str, str]:
    return {"user_table": "csm_consumer", "user_document": consumer(position)}


def _validate(entry: str, position: int) -> bytes:
    wish = {"phone_number": entry, **_party(position)}
    return request("POST", f"{_VALIDATE}/validate_phone_number", wish)


def new_number(position: int) -> str:
    """A number in E.164 that no consumer has; each position has its own."""
    return number(CONSUMERS + position)


def of_territories() -> Iterator[str]:
    """Valid numbers in E.164, all different, of the territories in turn."""
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    examples = [found for each in regions if (found := phonenumbers.example_number(each))]
    known = set()
    for further in count(1):
        for example in examples:
            following = PhoneNumber()
            following.merge_from(example)
            following.national_number = (example.national_number or 0) + further
            e164 = phonenumbers.format_number(following, PhoneNumberFormat.E164)
            if e164 not in known and phonenumbers.is_valid_number(following):
                known.add(e164)
                yield e164


@cache
def _first_of_territories(many: int) -> list[str]:
    return list(islice(of_territories(), many))


def new_number_anywhere(position: int) -> str:
    """A number in E.164 that no consumer has, of the territories in turn."""
    rounded = position // 1_000 * 1_000 + 1_000
    return _first_of_territories(rounded)[position]


def _send(position: int) -> bytes:
    wish = {"agent": "agent-1", "message": "Your parcel is here.", **_party(position)}
    return request("POST", "/api/x_smslab/agent_sms/send", wish)


REQUESTS: dict[str, Callable[[int], bytes]] = {
    "validate_phone_number": lambda position: _validate(number(position % CONSUMERS), position),
    "a new number in E.164": lambda position: _validate(new_number(position), position),
    "a new number, any territory": lambda position: _validate(
        new_number_anywhere(position), position
    ),
    "a new number, national": lambda position: _validate(
        new_number(position).replace("+49", "0"), position
    ),
    "validate_profile": lambda position: request(
        "POST",
        f"{_VALIDATE}/validate_profile",
        {"channel_user_id": number(position % CONSUMERS), **_party(position)},
    ),
    "read a record": lambda position: request(
        "GET", f"/api/now/table/csm_consumer/{consumer(position)}"
    ),
    "send, new conversation": _send,
    "send, existing conversation": _send,
}
"""The request of every measured operation, by how many there were before."""


@dataclass
class Asked:
    """A server, the connection to it, and what was measured: seconds of processor and clock."""

    process: subprocess.Popen[str]
    connections: list[socket.socket]
    processor: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)

    def ask(self, requests: list[bytes]) -> None:
        """Ask all, on every connection one after the other, and note what that took.

        Raises RuntimeError on an error.
        """
        before, began = self._used(), perf_counter()
        self._drive(requests)
        self.clock.append((perf_counter() - began) / len(requests))
        self.processor.append((self._used() - before) / len(requests))

    def _drive(self, requests: list[bytes]) -> None:
        waiting = iter(requests)
        with selectors.DefaultSelector() as busy:
            for connection, first in zip(self.connections, waiting, strict=False):
                connection.sendall(first)
                busy.register(connection, selectors.EVENT_READ, bytearray())
            while busy.get_map():
                for key, _ in busy.select():
                    self._go_on(busy, key, waiting)

    def _go_on(
        self, busy: selectors.BaseSelector, key: selectors.SelectorKey, waiting: Iterator[bytes]
    ) -> None:
        """Take what came on a connection, and ask the next there once the answer is whole."""
        connection, said = cast(socket.socket, key.fileobj), key.data
        said += connection.recv(65_536)
        head, ended, body = bytes(said).partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        if not ended or (length is not None and len(body) < int(length[1])):
            return
        if not head.startswith(b"HTTP/1.1 200") or _DECLINED.search(body):
            raise RuntimeError(f"not answered well: {head + body!r}")
        said.clear()
        following = next(waiting, None)
        if following is None:
            busy.unregister(connection)
        else:
            connection.sendall(following)

    def _used(self) -> float:
        """The processor time that the server has used, in seconds: it is one thread."""
        text = Path(f"/proc/{self.process.pid}/schedstat").read_text(encoding="ascii")
        return int(text.split()[0]) / 1e9


@contextmanager
def server(kind: str, connections: int) -> Iterator[Asked]:
    """A server of a kind, ``bare`` or ``smslab``, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.http_server", kind]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    port = int(process.stdout.readline())
    with ExitStack() as opened:
        opened.callback(process.wait)
        opened.callback(process.terminate)
        made = [
            opened.enter_context(socket.create_connection(("127.0.0.1", port)))
            for _ in range(connections)
        ]
        for connection in made:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield Asked(process, made)


def measured(name: str, batch: int, batches: int, connections: int = 1) -> tuple[float, float]:
    """How the served instance compares with the bare route: ratios by processor and by clock."""
    make = REQUESTS[name]
    with server("bare", connections) as bare, server("smslab", connections) as ours:
        first = 0
        if name == "send, existing conversation":
            ours.ask([make(position) for position in range(CONSUMERS)])
            ours.processor.clear()
            ours.clock.clear()
        for _ in range(batches):
            requests = [make(position) for position in range(first, first + batch)]
            first += batch
            for each in (bare, ours):
                each.ask(requests)
        return (
            median(bare.processor) / median(ours.processor),
            median(bare.clock) / median(ours.clock),
        )


def main(batch: int = 200, batches: int = 10, connections: int = 16) -> None:
    """Measure all, and print ratios; a send to all consumers at most, for it to be the first."""
    say(f"load of the machine {os.getloadavg()[0]:.1f}; the company's number is {COMPANY}")
    say("times a bare route's requests per second: by processor time, by the clock")
    for name, target in TARGETS.items():
        one = "{:5.2f} {:5.2f}".format(*measured(name, batch, batches))
        many = "{:5.2f} {:5.2f}".format(*measured(name, batch, batches, connections))
        say(f"{name:28} alone {one}, {connections} connections {many}; to reach: {target}")


if __name__ == "__main__":
    typer.run(main)
