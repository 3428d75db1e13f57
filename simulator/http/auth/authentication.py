"""Who asks: Basic authentication, or the token that `/oauth_token.do` gave."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from smslab.simulator.http.auth.accounts import Accounts, User
from smslab.simulator.http.auth.basic import credentials_of, is_same
from smslab.simulator.http.auth.tokens import ACCESS_SECONDS, REFRESH_SECONDS, Tokens
from smslab.simulator.http.bodies import read_form
from smslab.simulator.http.errors import ApiError, answer

TOKEN_PATH = "/oauth_token.do"
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="Service-now"'}


class Authentication:
    """Knows the users of a server, and gives them tokens; ``clock`` counts seconds."""

    def __init__(self, accounts: Accounts, clock: Callable[[], float] = time.monotonic) -> None:
        self._accounts = accounts
        self._access = Tokens(ACCESS_SECONDS, clock)
        self._refresh = Tokens(REFRESH_SECONDS, clock)

    def user_of(self, authorization: str | None) -> User:
        """Who asks, by the header of this name. Raises ApiError 401."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() == "bearer":
            grant = self._access.holder(token.strip())
            found = self._accounts.users.get(grant.user) if grant else None
        else:
            found = self._signed_in(*credentials_of(authorization))
        if found is None:
            raise ApiError(
                401,
                "User Not Authenticated",
                "Required to provide Auth information",
                _CHALLENGE,
            )
        return found

    def _signed_in(self, name: str, password: str) -> User | None:
        user = self._accounts.users.get(name)
        return user if is_same(password, user.password if user else None) else None

    def routes(self) -> list[Route]:
        """The route of the tokens."""
        return [Route(TOKEN_PATH, self.token, methods=["POST"])]

    async def token(self, request: Request) -> Response:
        """Give a token for a password or for a refresh token."""
        form = await read_form(request)
        client, secret = _client(form, request.headers.get("authorization", ""))
        if not is_same(secret, self._accounts.clients.get(client)):
            return _denied("invalid_client")
        kind = form.get("grant_type")
        if kind == "password":
            user = self._signed_in(form.get("username", ""), form.get("password", ""))
            return self._given(user.name, client) if user else _denied("access_denied")
        if kind == "refresh_token":
            grant = self._refresh.holder(form.get("refresh_token", ""))
            if grant is None or grant.client != client:
                return _denied("access_denied")
            return self._given(grant.user, client)
        return _denied("unsupported_grant_type", 400)

    def _given(self, user: str, client: str) -> Response:
        token, seconds = self._access.give(user, client)
        refresh, _ = self._refresh.give(user, client)
        content = {
            "access_token": token,
            "refresh_token": refresh,
            "scope": "useraccount",
            "token_type": "Bearer",
            "expires_in": seconds,
        }
        return answer(content, headers={"Cache-Control": "no-store"})


def _denied(why: str, status: int = 401) -> Response:
    """The shape of OAuth's errors, which is not that of the platform's other ones."""
    return answer({"error": why, "error_description": "access_denied"}, status)


def _client(form: Mapping[str, str], authorization: str) -> tuple[str, str]:
    """The application that asks and its secret, from the form or, as PySNC has it, the header."""
    if "client_secret" not in form:
        return credentials_of(authorization)
    return form.get("client_id", ""), form["client_secret"]
