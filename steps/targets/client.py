"""Talking HTTP to a target: one connection, plain errors, and nothing secret in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

from smslab.steps.targets.credentials import Credentials
from smslab.steps.targets.protocol import TargetFailed

_SECONDS = 60.0
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: ``body`` is JSON, ``form`` a form; at most one of them is given."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: ``body`` is what the JSON says, or the text where there is no JSON."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def succeeded(self) -> bool:
        """Whether the status is one of success."""
        return 200 <= self.status < 300


class Transport(Protocol):
    """What brings requests to a target, or plays its part."""

    def send(self, request: Request) -> Answer:
        """The answer. Raises TargetFailed where there is none."""

    def begin(self, seed: int) -> None:
        """The scenario of this seed begins."""

    def close(self) -> None:
        """No request follows."""


class HttpTransport:
    """A connection to the target at ``url`` (scheme, host, port), kept open."""

    def __init__(self, url: str, credentials: Credentials) -> None:
        import httpx  # slow, and only runs over HTTP need it

        self._url = checked_url(url, credentials)
        self._credentials = credentials
        self._errors: tuple[type[Exception], ...] = (httpx.HTTPError, httpx.InvalidURL)
        self._client = httpx.Client(
            base_url=self._url,
            timeout=_SECONDS,
            follow_redirects=False,
            trust_env=not is_loopback(self._url),
            headers=_authorization(credentials) | {"Accept": "application/json"},
            auth=_basic(credentials),
            limits=httpx.Limits(max_connections=1, keepalive_expiry=None),
        )

    def begin(self, seed: int) -> None:
        """Nothing: requests say themselves what they belong to."""

    def send(self, request: Request) -> Answer:
        """The answer. Raises TargetFailed for a target that is not there or lets nobody in."""
        try:
            got = self._client.request(
                request.method,
                request.path,
                params=dict(request.query) or None,
                json=request.body,
                data=dict(request.form) if request.form is not None else None,
                headers=dict(request.headers),
            )
        except self._errors as error:
            raise TargetFailed(self._unreachable(error)) from None
        if got.status_code in (401, 403):
            raise TargetFailed(self._not_let_in(got.status_code, request))
        return Answer(got.status_code, _read(got.text), dict(got.headers))

    def close(self) -> None:
        """Let the connection go."""
        self._client.close()

    def _unreachable(self, error: Exception) -> str:
        said = self._credentials.hidden_in(str(error) or type(error).__name__)
        hint = "Is it running, and is the URL right?"
        if "CERTIFICATE_VERIFY_FAILED" in said:
            hint = "Point SSL_CERT_FILE to the certificate of the target, if you trust it."
        return f"The target {self._url} does not answer: {said}. {hint}"

    def _not_let_in(self, status: int, request: Request) -> str:
        given = self._credentials
        if request.form is not None:
            what = "look at the auth token of the provider, SMSLAB_TARGET_SIGNING_TOKEN."
        elif not (given.user or given.token):
            what = "set SMSLAB_TARGET_USER and SMSLAB_TARGET_PASSWORD, or SMSLAB_TARGET_TOKEN."
        else:
            what = "look at the user, the password and the roles."
        return f"The target answers {request.method} {request.path} with {status}: {what}"


def expect_success(answer: Answer, request: Request, credentials: Credentials) -> Any:
    """The body of an answer. Raises TargetFailed for one that is not of success."""
    if answer.succeeded:
        return answer.body
    said = credentials.hidden_in(error_in(answer.body))[:_SHOWN]
    raise TargetFailed(
        f"The target answers {request.method} {request.path} with {answer.status}: {said}"
    )


def error_in(body: Any) -> str:
    """What a documented error body says, or else the body itself."""
    error = body.get("error") if isinstance(body, Mapping) else None
    if isinstance(error, Mapping):
        parts = (str(error.get(name) or "") for name in ("message", "detail"))
        return " - ".join(part for part in parts if part)
    return str(body)


def checked_url(url: str, credentials: Credentials) -> str:
    """The URL without what follows the port. Raises TargetFailed for one that is none.

    Credentials are sent over http:// to this machine only.
    """
    parts = urlsplit(url)
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise TargetFailed(f"{url!r} has no port that can be.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise TargetFailed(
            f"{url!r} is no URL of a target; write https://host or http://host:port."
        )
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise TargetFailed(f"The URL of a target ends after the host and port, unlike {url!r}.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    found = f"{parts.scheme}://{host}{port}"
    if parts.scheme == "http" and (credentials.secrets) and not is_loopback(found):
        raise TargetFailed(f"Credentials would travel to {found} for all to read: use https://.")
    return found


def is_loopback(url: str) -> bool:
    """Whether a URL leads to this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _authorization(credentials: Credentials) -> dict[str, str]:
    token = credentials.token
    return {"Authorization": f"Bearer {token.reveal()}"} if token else {}


def _basic(credentials: Credentials) -> tuple[str, str] | None:
    if credentials.token or credentials.user is None or credentials.password is None:
        return None
    return credentials.user, credentials.password.reveal()


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
