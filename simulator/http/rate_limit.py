"""How many requests a user may make in an hour, and the documented headers that say so."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from hashlib import md5

from smslab.simulator.http.errors import ApiError

_HOUR = 3_600
_MOST = 10_000


class RateLimit:
    """Counts the requests of everybody in the present hour; ``clock`` is Unix time."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.time) -> None:
        self._limit = limit
        self._clock = clock
        self._rule = md5(f"rate limit {limit}".encode(), usedforsecurity=False).hexdigest()
        self._hour = 0
        self._counts: dict[str, int] = {}

    def count(self, who: str) -> Mapping[str, str]:
        """Count a request; the headers of its answer. Raises ApiError 429 for one too many."""
        now = self._clock()
        hour = int(now // _HOUR)
        if hour != self._hour or len(self._counts) > _MOST:
            self._hour, self._counts = hour, {}
        self._counts[who] = used = self._counts.get(who, 0) + 1
        reset = (hour + 1) * _HOUR
        headers = {
            "X-RateLimit-Limit": str(self._limit),
            "X-RateLimit-Reset": str(reset),
            "X-RateLimit-Rule": self._rule,
        }
        if used > self._limit:
            headers["Retry-After"] = str(max(1, int(reset - now)))
            raise ApiError(
                429,
                "Rate limit exceeded",
                f"{self._limit} requests in an hour are allowed.",
                headers,
            )
        return headers
