"""Errors as the platform answers them, and answers as JSON.

The body is the documented one: ``{"error": {"message": ..., "detail": ...}, "status":
"failure"}``. A refusal of the instance has its reason as message and its rule as detail.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.http.codec import Undecodable
from smslab.simulator.http.exceptions import message_of
from smslab.simulator.http.state_file import NotWritten
from smslab.simulator.http.world import StaleRun

_LONGEST = 400
_ENCODED = json.JSONEncoder(separators=(",", ":")).encode
NO_RESOURCE = "Requested URI does not represent any resource"


class ApiError(Exception):
    """A request that is answered with an error: status, message, detail and headers."""

    def __init__(
        self,
        status: int,
        message: str,
        detail: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.detail = detail
        self.headers = headers


def answer(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer in JSON; only ASCII, so that every text can be written."""
    return Response(_ENCODED(content).encode(), status, headers, "application/json")


def failure(
    status: int,
    message: str,
    detail: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The documented body of an error."""
    error = {"message": _short(message), "detail": None if detail is None else _short(detail)}
    content = {"error": error, "status": "failure"}
    return answer(content, status, headers)


def _short(text: str) -> str:
    """A text that may quote what somebody sent, cut where it goes on for too long."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def failure_of(error: Exception) -> Response:
    """The answer to a request that raised an error; of a defect it says nothing but that."""
    if isinstance(error, ApiError):
        return failure(error.status, error.message, error.detail, error.headers)
    if isinstance(error, Refused):
        return failure(400, error.reason, f"rule {error.rule}")
    if isinstance(error, UnknownRecord):
        return failure(404, "No Record found", message_of(error))
    if isinstance(error, Undecodable):
        return failure(400, "The request cannot be understood", str(error))
    if isinstance(error, StaleRun):
        return failure(409, str(error), "Reset the instance to begin a run of your own.")
    if isinstance(error, NotWritten):
        return failure(503, "The state file cannot be written", str(error))
    return failure(500, "The server has a defect", type(error).__name__)


async def on_error(request: Request, error: Exception) -> Response:
    """The handler of every error that the framework does not make itself."""
    return failure_of(error)


async def on_http_error(request: Request, error: Exception) -> Response:
    """The handler of the framework's own errors: no such path, no such method."""
    if not isinstance(error, HTTPException):
        return failure_of(error)
    path = request.scope["path"]
    message = {
        404: f"{NO_RESOURCE}: {path}",
        405: f"Method {request.method} is not supported for {path}",
    }.get(error.status_code, str(error.detail))
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_methods(request)) or headers.get("Allow", "")
    return failure(error.status_code, message, None, headers)


def _methods(request: Request) -> list[str]:
    """What may be done at the address of a request, by all routes that it has."""
    routes = [route for route in request.app.routes if isinstance(route, Route)]
    path = request.scope["path"]
    address = next((route.path for route in routes if route.path_regex.match(path)), None)
    of_address = [route.methods or () for route in routes if route.path == address]
    return sorted({method for methods in of_address for method in methods})


HANDLERS = {
    HTTPException: on_http_error,
    **dict.fromkeys(
        (ApiError, Refused, UnknownRecord, Undecodable, StaleRun, NotWritten), on_error
    ),
    Exception: on_error,
}
"""What an application does with errors."""
