"""What every request passes before it is looked at: host, origin, size, user, rate, lease."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smslab.simulator.http.auth.authentication import Authentication
from smslab.simulator.http.auth.roles import check_role, needs_user
from smslab.simulator.http.errors import ApiError, failure_of
from smslab.simulator.http.rate_limit import RateLimit
from smslab.simulator.http.settings import Settings
from smslab.simulator.http.world import StaleRun, World

USER = "smslab.user"
"""The key of the scope that says who asks, by name; absent where nobody has to sign in."""

LEASE = "x-smslab-run"
"""The header that names the run which the instance has to belong to."""


class Guard:
    """A middleware that answers what must not be looked at."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        world: World,
        authentication: Authentication | None,
    ) -> None:
        self._app = app
        self._settings = settings
        self._world = world
        self._authentication = authentication
        limit = settings.requests_per_hour
        self._rate_limit = RateLimit(limit) if limit is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        try:
            self._check(headers)
            self._sign_in(scope, headers)
            if self._rate_limit is not None and scope["path"].startswith("/api/"):
                send = _with_headers(send, self._rate_limit.count(_who(scope)))
            self._world.check_lease(headers.get(LEASE))
        except (ApiError, StaleRun) as error:
            await failure_of(error)(scope, receive, send)
            return
        if "transfer-encoding" in headers:
            receive = self._counted(receive)
        await self._app(scope, receive, send)

    def _check(self, headers: Mapping[str, str]) -> None:
        _check_host(headers, self._settings.hosts)
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers and "content-length" in headers:
            raise ApiError(400, "Content-Length and Transfer-Encoding contradict each other")
        if not length.isdecimal():
            raise ApiError(400, "Content-Length is no number")
        if int(length[:20]) > self._settings.largest_body:
            raise self._too_large()

    def _sign_in(self, scope: Scope, headers: Mapping[str, str]) -> None:
        """Say in the scope who asks. Raises ApiError 401 or 403."""
        if self._authentication is None or not needs_user(scope["path"]):
            return
        user = self._authentication.user_of(headers.get("authorization"))
        check_role(user, scope["method"], scope["path"])
        scope[USER] = user.name

    def _too_large(self) -> ApiError:
        return ApiError(
            413, "The body is too large", f"It may have {self._settings.largest_body} bytes."
        )

    def _counted(self, receive: Receive) -> Receive:
        """Receiving, until more came than a body may have."""
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._settings.largest_body:
                raise self._too_large()
            return message

        return counted


def _who(scope: Scope) -> str:
    """Whose requests are counted together: the user's, else those of an address."""
    client = scope.get("client")
    return str(scope.get(USER) or (client[0] if client else ""))


def _with_headers(send: Send, further: Mapping[str, str]) -> Send:
    """Sending, with further headers of the answer."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(further)
        await send(message)

    return sent


def _check_host(headers: Mapping[str, str], hosts: frozenset[str]) -> None:
    """Raise ApiError for a name that is not the server's, or a page of another site.

    A server without passwords must not be reached by way of a browser that has opened
    somebody else's page.
    """
    if not hosts:
        return
    name = _name(headers.get("host", ""))
    if name not in hosts:
        raise ApiError(400, "The server is not called that", f"Host is {name[:80]!r}.")
    origin = headers.get("origin")
    if origin is not None and _name(origin.partition("://")[2]) not in hosts:
        raise ApiError(403, "Pages of other sites may not do that", f"Origin is {origin[:80]!r}.")


def _name(host: str) -> str:
    """A host without its port."""
    name, _, port = host.rpartition(":")
    return (name if name and port.isdecimal() else host).lower()
