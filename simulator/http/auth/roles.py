"""Which role a request needs, by where it goes and whether it changes something."""

from __future__ import annotations

from dataclasses import dataclass

from smslab.simulator.http.auth.accounts import User
from smslab.simulator.http.errors import ApiError

CONTROL_ROLE = "smslab_control"
ADMIN = "admin"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Area:
    """The paths below ``prefix``: the roles of which one is needed, to change something or at all.

    Without roles every user will do.
    """

    prefix: str
    roles: frozenset[str] = frozenset()
    to_read: frozenset[str] = frozenset()

    def needed(self, method: str) -> frozenset[str]:
        """The roles of which one is needed."""
        return self.to_read if method in _READING else self.roles


_AGENTS = frozenset({"agent_workspace_user", ADMIN})
AREAS = (
    Area("/control/", frozenset({CONTROL_ROLE}), frozenset({CONTROL_ROLE})),
    Area("/api/now/initiate_message/", _AGENTS, _AGENTS),
    Area("/api/x_smslab/", _AGENTS, _AGENTS),
    Area("/api/now/v1/batch"),
    Area("/api/now/", frozenset({"itil", ADMIN})),
)
"""The first that fits. Of a batch, every request in it is looked at by itself."""

OPEN = (
    "/health",
    "/ready",
    "/openapi.json",
    "/oauth_token.do",
    "/api/sn_va_sms_twilio/message",
    "/2010-04-01/",
)
"""Where nobody signs in, or by other means: the carrier's signature and account."""


def needs_user(path: str) -> bool:
    """Whether a path is for users only."""
    return not any(path == each or (each.endswith("/") and path.startswith(each)) for each in OPEN)


def check_role(user: User, method: str, path: str) -> None:
    """Raise ApiError 403 for a user who lacks the role for a request."""
    for area in AREAS:
        if path.startswith(area.prefix):
            needed = area.needed(method)
            if needed and not needed & user.roles:
                raise ApiError(
                    403,
                    "User Not Authorized",
                    f"One of these roles is needed: {', '.join(sorted(needed))}.",
                )
            return
