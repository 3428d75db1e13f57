"""The bodies of requests, read with a limit of time and checked: JSON objects and forms."""

from __future__ import annotations

import asyncio
import json
import math
import re
from collections.abc import Coroutine, Generator
from functools import partial
from typing import Any, Generic, NoReturn, TypeVar
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from smslab.simulator.http.errors import ApiError

PATIENCE = 30.0
"""How long a client may take to send a body, in seconds."""

_FIELDS = 1_000
T = TypeVar("T")
_MAYBE_LONE = re.compile(rb"\\u[dD][89a-fA-F]")


async def read_body(request: Request) -> bytes:
    """The whole body, which the request keeps. Raises ApiError 408 for one without an end."""
    return await _in_time(request.body())


async def _in_time(coming: Coroutine[Any, Any, bytes]) -> bytes:
    try:
        return await at_once_or(coming, PATIENCE)
    except TimeoutError:
        raise ApiError(408, "The body of the request did not come in time") from None
    except ClientDisconnect:
        raise ApiError(400, "The body of the request ended early") from None


async def _received(receive: Receive) -> bytes:
    """The whole body, read once and kept by nobody: in half the time."""
    chunks, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


async def at_once_or(coroutine: Coroutine[Any, Any, T], patience: float) -> T:
    """What a coroutine returns. Raises TimeoutError where it waits longer than ``patience``.

    One that need not wait gets no timer, which would take longer than most bodies take to read.
    """
    try:
        awaited = coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    async with asyncio.timeout(patience):
        return await _Begun(coroutine, awaited)


class _Begun(Generic[T]):
    """The rest of a coroutine of which the first step has been taken."""

    def __init__(self, coroutine: Coroutine[Any, Any, T], awaited: object) -> None:
        self._coroutine = coroutine
        self._awaited = awaited

    def __await__(self) -> Generator[Any, Any, T]:
        awaited = self._awaited
        while True:
            try:
                sent = yield awaited
            except BaseException as error:
                step = partial(self._coroutine.throw, error)
            else:
                step = partial(self._coroutine.send, sent)
            try:
                awaited = step()
            except StopIteration as done:
                result: T = done.value
                return result


async def read_json(request: Request) -> dict[str, Any]:
    """A JSON object, no body being an empty one. Raises ApiError 400 or 415.

    The media type must be JSON: a page in a browser cannot send that to another site.
    """
    body = await _in_time(_received(request.receive))
    if not body.strip():
        return {}
    kind = media_type(request)
    if kind != "application/json" and not kind.endswith("+json"):
        raise ApiError(415, "Unsupported content type", "Send a JSON object as application/json.")
    content = parse_json(body)
    if not isinstance(content, dict):
        raise ApiError(400, "The body must be a JSON object")
    return content


def media_type(request: Request) -> str:
    """The media type of the body, without its parameters."""
    for name, value in request.scope["headers"]:
        if name == b"content-type":
            kind: str = value.decode("latin-1")
            return kind.partition(";")[0].strip().lower()
    return ""


def parse_json(body: bytes) -> Any:
    """What JSON says. Raises ApiError 400 for what is none, or none that could be written again."""
    try:
        content = _DECODED(body.decode())
        if _MAYBE_LONE.search(body):
            json.dumps(content, ensure_ascii=False).encode()
    except UnicodeDecodeError:
        raise ApiError(400, "The body is not UTF-8 text") from None
    except UnicodeEncodeError:
        raise ApiError(400, "The body has half of a character", "A lone surrogate.") from None
    except RecursionError:
        raise ApiError(400, "The body is nested too deeply") from None
    except ValueError as error:
        raise ApiError(400, "The body is not JSON", str(error)[:200]) from None
    return content


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:40]} is too large a number")
    return number


_DECODED = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite).decode


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, of a repeated one the last. Raises ApiError 400 or 415."""
    return dict(await read_form_fields(request))


async def read_form_fields(request: Request) -> list[tuple[str, str]]:
    """The fields of a form in their order. Raises ApiError 400 or 415."""
    body = await _in_time(_received(request.receive))
    if body and media_type(request) != "application/x-www-form-urlencoded":
        raise ApiError(
            415, "Unsupported content type", "Send a form as application/x-www-form-urlencoded."
        )
    try:
        return parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=_FIELDS,
        )
    except ValueError as error:
        raise ApiError(400, "The body is not a form", str(error)[:200]) from None
