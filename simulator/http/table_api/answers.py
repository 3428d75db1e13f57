"""Answers and errors of the Table API."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from smslab.simulator.errors import Refused
from smslab.simulator.http.errors import ApiError, answer, failure
from smslab.simulator.http.table_api.query.tree import QueryRefused, TooSlow
from smslab.simulator.http.table_api.xml_forms import as_xml

Endpoint: TypeAlias = Callable[[Any, Request], Awaitable[Response]]
_JSON = "application/json"
_OF_THE_BODY = ("content-length", "content-type")
_NOT_ACCEPTED = "Query is not accepted"
_TOO_LONG = "Transaction cancelled: maximum execution time exceeded"
_JSON_FORMS = ("*/*", "application/json", "application/*")
_XML_FORMS = ("application/xml", "text/xml")


def told(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose errors are the documented ones, in the form that the client takes.

    What a rule forbids is 403, as of a business rule; a query beyond the limits is 400.
    """
    plainly = told_in_json(endpoint)

    @wraps(endpoint)
    async def told(self: Any, request: Request) -> Response:
        if not wants_xml(request):
            return await plainly(self, request)
        try:
            answered = await plainly(self, request)
        except ApiError as error:
            answered = failure(error.status, error.message, error.detail, error.headers)
        return _in_xml(answered)

    return told


def told_in_json(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose errors are the documented ones, in JSON whatever the client takes."""

    @wraps(endpoint)
    async def told(self: Any, request: Request) -> Response:
        try:
            return await endpoint(self, request)
        except (QueryRefused, Refused) as error:
            raise _as_documented(error) from None

    return told


def _as_documented(error: QueryRefused | Refused) -> ApiError:
    if isinstance(error, QueryRefused):
        return ApiError(400, _TOO_LONG if isinstance(error, TooSlow) else _NOT_ACCEPTED, str(error))
    detail = f"Operation was aborted by Business Rule '{error.rule}': {error.reason}"
    return ApiError(403, "Operation Failed", detail)


def wants_xml(request: Request) -> bool:
    """Whether the client takes XML rather than JSON. Raises ApiError 406 if it takes neither."""
    accepted = request.headers.get("accept", "").lower()
    if not accepted or any(form in accepted for form in _JSON_FORMS):
        return False
    if any(form in accepted for form in _XML_FORMS):
        return True
    raise ApiError(
        406,
        "Not acceptable",
        f"Answers are application/json or application/xml, not {accepted[:60]!r}.",
    )


def _in_xml(answered: Response) -> Response:
    if answered.media_type != _JSON or not answered.body:
        return answered
    headers = {name: value for name, value in answered.headers.items() if name not in _OF_THE_BODY}
    content = as_xml(json.loads(bytes(answered.body)))
    return Response(content, answered.status_code, headers, "application/xml")


def result(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer with a result."""
    return answer({"result": content}, status, headers)


def empty(status: int = 204, headers: Mapping[str, str] | None = None) -> Response:
    """An answer without a body."""
    return Response(b"", status, dict(headers or {}))


def no_record() -> ApiError:
    """The platform's answer for a record that is not there."""
    return ApiError(
        404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval"
    )


def user_of(request: Request) -> str:
    """The user name of who asks; the administrator where nobody has to say who they are."""
    name: str = request.scope.get("smslab.user") or "admin"
    return name
