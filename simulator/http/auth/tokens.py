"""Tokens of OAuth 2.0: who they were given to, and until when. Kept in memory only."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

ACCESS_SECONDS = 1_800
"""How long an access token is good for: the platform's default."""

REFRESH_SECONDS = 8_640_000
"""How long a refresh token is good for: the platform's default, 100 days."""

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Grant:
    """A token: for whom, by which application, and until when by the server's clock."""

    token: str
    user: str
    client: str
    until: float


class Tokens:
    """The tokens of one kind; ``clock`` counts seconds."""

    def __init__(self, lifetime: float, clock: Callable[[], float]) -> None:
        self._lifetime = lifetime
        self._clock = clock
        self._by_digest: dict[bytes, Grant] = {}
        self._by_holder: dict[tuple[str, str], bytes] = {}

    def give(self, user: str, client: str) -> tuple[str, int]:
        """The token of a user and an application, and how many seconds it is still good for.

        While one is good it is given again.
        """
        held = self._by_digest.get(self._by_holder.get((user, client), b""))
        if held is None or held.until <= self._clock():
            held = self._new(user, client)
        return held.token, int(held.until - self._clock())

    def _new(self, user: str, client: str) -> Grant:
        old = self._by_holder.pop((user, client), b"")
        self._by_digest.pop(old, None)
        if len(self._by_digest) >= _MOST:
            self._forget(next(iter(self._by_digest)))
        grant = Grant(secrets.token_urlsafe(48), user, client, self._clock() + self._lifetime)
        digest = _digest(grant.token)
        self._by_digest[digest] = grant
        self._by_holder[user, client] = digest
        return grant

    def holder(self, token: str) -> Grant | None:
        """Whose a token is, None for one that is unknown or no longer good."""
        digest = _digest(token)
        grant = self._by_digest.get(digest)
        if grant is not None and grant.until <= self._clock():
            self._forget(digest)
            return None
        return grant

    def _forget(self, digest: bytes) -> None:
        grant = self._by_digest.pop(digest)
        self._by_holder.pop((grant.user, grant.client), None)


def _digest(token: str) -> bytes:
    """What tokens are looked up by, so that no comparison tells how much of one was right."""
    return sha256(token.encode()).digest()
