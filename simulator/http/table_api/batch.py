"""Several requests in one: ``/api/now/v1/batch``.

Each item is answered by the application itself, with the credentials of the batch: what is
forbidden alone is forbidden here.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Scope

from smslab.simulator.http.bodies import read_json
from smslab.simulator.http.errors import NO_RESOURCE, ApiError, answer, failure
from smslab.simulator.http.table_api.answers import told_in_json
from smslab.simulator.http.table_api.served import TableSettings

IN_BATCH = "smslab.batch"
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_OF_THE_BATCH = (b"host", b"authorization", b"cookie", b"x-smslab-run", b"x-forwarded-for")
_NOT_TAKEN = frozenset(
    {*_OF_THE_BATCH, b"content-length", b"transfer-encoding", b"connection", b"origin"}
)
_UNCLEAR = "The batch cannot be understood"
_TURNS = 8
"""How many turns of the event loop it takes to accept, read and answer one request."""

_SIZE_HEADER = "x-batchrequest-max-output-size"


@dataclass(frozen=True, slots=True)
class _Item:
    """One request of a batch."""

    id: str
    method: str
    url: str
    headers: list[tuple[bytes, bytes]]
    body: bytes
    without_headers: bool


@dataclass(slots=True)
class _Answer:
    """What the application answered to one request."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)


class BatchApi:
    """The batch; its items are executed one after the other, in their order."""

    def __init__(self, settings: TableSettings) -> None:
        self._settings = settings

    @told_in_json
    async def execute(self, request: Request) -> Response:
        """Execute every item; those beyond a limit of size or time are ``unserviced``."""
        if IN_BATCH in request.scope:
            raise ApiError(400, NO_RESOURCE, "A batch cannot have a batch in it.")
        content = await read_json(request)
        items = self._items(content)
        largest = self._largest_answer(request)
        serviced: list[dict[str, Any]] = []
        until = monotonic() + self._settings.batch_seconds
        for item in items:
            if len(item.body) > self._settings.largest_item or monotonic() > until:
                break
            answered = await _answered(request, item)
            await _give_way()
            if len(answered.body) > largest:
                break
            serviced.append(_serviced(item, answered))
        unserviced = [item.id for item in items[len(serviced) :]]
        return answer(
            {
                "batch_request_id": _text(content.get("batch_request_id", "")),
                "serviced_requests": serviced,
                "unserviced_requests": unserviced,
            }
        )

    def _items(self, content: Mapping[str, Any]) -> list[_Item]:
        given = content.get("rest_requests")
        if not isinstance(given, list):
            raise _bad("rest_requests is an array of requests")
        if len(given) > self._settings.batch_items:
            raise _bad(f"a batch has at most {self._settings.batch_items} requests")
        items = [_item(each, f"rest_requests[{place}]") for place, each in enumerate(given)]
        if len({item.id for item in items}) < len(items):
            raise ApiError(409, _UNCLEAR, "Every request has an id of its own.")
        return items

    def _largest_answer(self, request: Request) -> int:
        text = request.headers.get(_SIZE_HEADER, "")
        if not text:
            return self._settings.largest_answer
        if not (text.isascii() and text.isdigit() and len(text) < 13):
            raise _bad(f"{_SIZE_HEADER} is a number of bytes")
        return min(int(text), self._settings.largest_answer)


async def _give_way() -> None:
    """Let others be answered between two items: from their connection to their answer."""
    for _ in range(_TURNS):
        await asyncio.sleep(0)


def _bad(problem: str) -> ApiError:
    return ApiError(400, _UNCLEAR, f"{problem}.")


def _item(content: Any, where: str) -> _Item:
    if not isinstance(content, dict):
        raise _bad(f"{where} is an object")
    method = content.get("method")
    if not isinstance(method, str) or (method := method.upper()) not in _METHODS:
        raise _bad(f"{where}.method is one of {', '.join(_METHODS)}")
    url = content.get("url")
    if not isinstance(url, str) or not url:
        raise _bad(f"{where}.url is the address of a resource, such as /api/now/table/incident")
    if "id" not in content:
        raise _bad(f"{where}.id is missing")
    headers = content.get("headers")
    if not isinstance(headers, list | None):
        raise _bad(f"{where}.headers is an array of objects with name and value")
    return _Item(
        _text(content["id"]),
        method,
        url,
        [_header(each, where) for each in headers or ()],
        _decoded(content.get("body"), where),
        content.get("exclude_response_headers") is True,
    )


def _decoded(body: Any, where: str) -> bytes:
    try:
        if isinstance(body, str | None):
            return base64.b64decode("".join((body or "").split()), validate=True)
    except (binascii.Error, ValueError):
        pass
    raise _bad(f"{where}.body is not base64")


def _header(content: Any, where: str) -> tuple[bytes, bytes]:
    given = content if isinstance(content, dict) else {}
    name, value = given.get("name"), given.get("value", "")
    if not isinstance(name, str) or not isinstance(value, str) or not _is_header(name, value):
        raise _bad(f"{where}.headers has one that is no header, {str(name)[:40]!r}")
    return name.lower().encode(), value.strip().encode()


def _is_header(name: str, value: str) -> bool:
    return bool(_TOKEN.fullmatch(name)) and value.isprintable() and value.isascii()


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise _bad(f"{str(value)[:40]!r} is neither a text nor a number")


async def _answered(request: Request, item: _Item) -> _Answer:
    """What the application answers to an item."""
    answered = _Answer()
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": item.body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.status = message["status"]
            answered.headers = list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            answered.body += message.get("body", b"")

    scope = _scope(request, item)
    if scope is None:
        response = failure(400, NO_RESOURCE, item.url[:200])
        return _Answer(response.status_code, response.raw_headers, bytearray(response.body))
    await request.scope["app"](scope, receive, send)
    return answered


def _scope(request: Request, item: _Item) -> Scope | None:
    """The request that an item stands for, None where its address is not one of this server."""
    try:
        parts = urlsplit(item.url)
        raw_path, query = parts.path.encode("ascii"), parts.query.encode("ascii")
    except ValueError:
        return None
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or not path.startswith("/") or ".." in path.split("/"):
        return None
    outer = request.scope
    headers = [each for each in item.headers if each[0] not in _NOT_TAKEN]
    headers += [each for each in outer["headers"] if each[0] in _OF_THE_BATCH]
    headers.append((b"content-length", str(len(item.body)).encode()))
    kept = ("asgi", "http_version", "scheme", "server", "client", "root_path", "extensions")
    return {
        **{key: outer[key] for key in kept if key in outer},
        "type": "http",
        "method": item.method,
        "path": path,
        "raw_path": raw_path,
        "query_string": query,
        "headers": headers,
        IN_BATCH: True,
    }


def _serviced(item: _Item, answered: _Answer) -> dict[str, Any]:
    headers = [
        {"name": name.decode("latin-1"), "value": value.decode("latin-1")}
        for name, value in answered.headers
    ]
    return {
        "id": item.id,
        "body": base64.b64encode(answered.body).decode(),
        "status_code": answered.status,
        "status_text": HTTPStatus(answered.status).phrase,
        "headers": [] if item.without_headers else headers,
        "execution_time": 0,
    }
