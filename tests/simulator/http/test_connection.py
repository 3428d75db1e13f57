"""What comes on a connection that is no HTTP, too much of it, or too slow."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn.server import ServerState

from smslab.simulator.http import connection
from smslab.simulator.http.app import make_app
from smslab.simulator.http.bodies import read_body
from smslab.simulator.http.connection import Connection
from smslab.simulator.http.serving import configured

HEALTH = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"


@asynccontextmanager
async def connected(
    app: Starlette,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to a server of an application."""
    config, state = configured(app), ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(config, state, {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        server.close()


def answer(*sent: bytes, app: Starlette | None = None) -> bytes:
    """All that a server answers until it closes the connection."""

    async def asked() -> bytes:
        async with connected(app or make_app()) as (reader, writer):
            for piece in sent:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.01)
            return await asyncio.wait_for(reader.read(), 20)

    return asyncio.run(asked())


def problem(answered: bytes) -> tuple[int, dict[str, Any]]:
    """The status and the error of an answer, which must be in the documented form."""
    head, _, body = answered.partition(b"\r\n\r\n")
    assert b"content-type: application/json" in head
    assert b"connection: close" in head
    content = json.loads(body)
    assert content["status"] == "failure"
    error: dict[str, Any] = content["error"]
    return int(head.split()[1]), error


@pytest.mark.parametrize(
    ("sent", "status", "detail"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01", 400, "illegal request line"),
        (b"GET /\r\n\r\n", 400, "illegal request line"),
        ("GET /\u00e4 HTTP/1.1\r\nHost: x\r\n\r\n".encode(), 400, "illegal request line"),
        (b"GET /health HTTP/1.1\r\n\r\n", 400, "Missing mandatory Host: header"),
        (HEALTH[:-2] + b"Host: other\r\n\r\n", 400, "Found multiple Host: headers"),
        (HEALTH[:-2] + b"Content-Length: -1\r\n\r\n", 400, "bad Content-Length"),
        (HEALTH[:-2] + b"Transfer-Encoding: gzip\r\n\r\n", 501, "Only Transfer-Encoding: chunked"),
        (CHUNKED + b"ZZ\r\n", 400, "illegal chunk header"),
        (b"GET /?" + b"a" * 2_000_000 + b" HTTP/1.1\r\n\r\n", 431, "too long"),
        (HEALTH[:-2] + b"X: " + b"a" * 2_000_000 + b"\r\n\r\n", 431, "too long"),
    ],
)
def test_what_is_no_request_is_answered_in_the_documented_form(
    sent: bytes, status: int, detail: str
) -> None:
    found, error = problem(answer(sent))
    assert found == status
    assert detail in error["detail"]
    assert "bytearray" not in error["detail"]


def test_requests_before_it_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "GOODBYE", 0.05)
    answered = answer(HEALTH + HEALTH + b"nonsense\r\n\r\n")
    assert answered.count(b'{"status":"ok"}') == 2
    assert problem(answered.rpartition(b"HTTP/1.1 400")[1] + answered.rpartition(b"/1.1 400")[2])


@pytest.mark.parametrize("before", [(), (HEALTH,)])
def test_the_head_of_a_request_is_not_waited_for_without_end(
    monkeypatch: pytest.MonkeyPatch, before: tuple[bytes, ...]
) -> None:
    monkeypatch.setattr(connection, "HEAD_PATIENCE", 0.1)
    drops = [HEALTH[place : place + 1] for place in range(30)]
    answered = answer(*before, *drops[:5])
    assert answered.count(b"200 OK") == len(before)
    status, error = problem(answered[answered.index(b"HTTP/1.1 408") :])
    assert (status, error["message"]) == (408, "The head of the request did not come in time")


def test_drops_do_not_keep_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_PATIENCE", 0.1)
    monkeypatch.setattr(connection, "GOODBYE", 0.05)

    async def asked() -> int:
        async with connected(make_app()) as (reader, writer):
            whole, sent = asyncio.create_task(reader.read()), 0
            while not whole.done() and sent < 1_000:
                writer.write(b"X")
                sent += 1
                await asyncio.sleep(0.01)
            return sent

    assert asyncio.run(asked()) < 1_000


def test_nobody_has_to_be_told_who_said_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_PATIENCE", 0.05)
    assert answer() == b""


def test_an_answer_may_take_longer_than_a_head(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_PATIENCE", 0.05)

    async def slow(request: Request) -> Response:
        await asyncio.sleep(0.2)
        return Response("done")

    answered = answer(
        HEALTH[:-2] + b"Connection: close\r\n\r\n", app=Starlette(routes=[Route("/health", slow)])
    )
    assert answered.endswith(b"done")


def test_a_client_that_stays_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has its answer and does not close: as over TLS, where no half of it can be closed."""
    monkeypatch.setattr(connection, "GOODBYE", 0.05)
    monkeypatch.setattr(connection, "HEAD_PATIENCE", 60.0)

    async def lost() -> bool:
        async with connected(make_app()) as (_, writer):
            writer.write(CHUNKED + b"ZZ\r\n")
            await asyncio.sleep(0.3)
            for _ in range(3):
                writer.write(b"x")
                await asyncio.sleep(0.01)
            return writer.transport.is_closing()

    assert asyncio.run(lost())


@pytest.mark.parametrize("method", [b"HEAD", b"OPTIONS", b"CONNECT"])
def test_any_method_may_be_refused(method: bytes) -> None:
    answered = answer(CHUNKED.replace(b"POST", method) + b"ZZ\r\n")
    assert answered.startswith(b"HTTP/1.1 400 Bad Request")


def test_who_answers_what_was_refused_meanwhile_is_not_heard(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "GOODBYE", 0.05)

    async def echo(request: Request) -> Response:
        return Response(await read_body(request))

    with caplog.at_level(logging.ERROR):
        status, _ = problem(
            answer(
                CHUNKED,
                b"2\r\nab\r\n",
                b"ZZ\r\n",
                app=Starlette(routes=[Route("/", echo, methods=["POST"])]),
            )
        )
    assert status == 400
    assert not caplog.records
