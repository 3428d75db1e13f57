"""Talking HTTP to a target: one connection, plain errors, and nothing secret in them."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit
from urllib.request import getproxies

from smslab.steps.engine import stopwatch
from smslab.steps.targets.credentials import Credentials
from smslab.steps.targets.protocol import TargetFailed, TargetGone

SECONDS = 60.0
"""How long an answer may take."""

LARGEST = 64 << 20
"""How long an answer may be, in bytes."""

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
    aside: bool = False
    """Whether it is no part of what a scenario does, and so of no recording."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: ``body`` is what the JSON says, or the text where there is no JSON."""

    status: int
    body: Any

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

    def wait(self, seconds: float) -> None:
        """Give a target time that it may need."""

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
            timeout=SECONDS,
            follow_redirects=False,
            trust_env=not is_loopback(self._url),
            verify=_trusted(httpx.create_ssl_context),
            headers=_authorization(credentials) | {"Accept": "application/json"},
            auth=_basic(credentials),
            limits=httpx.Limits(max_connections=1, keepalive_expiry=None),
        )

    def begin(self, seed: int) -> None:
        """Nothing: requests say themselves what they belong to."""

    def send(self, request: Request) -> Answer:
        """The answer.

        Raises TargetGone where there is none, and TargetFailed where the target lets nobody
        in, or sends everybody elsewhere.
        """
        status, text, elsewhere = self._asked(request)
        answer = Answer(status, json_or_text(text))
        if elsewhere:
            raise TargetFailed(
                f"{self._answers(request, answer)} It leads to {elsewhere[:_SHOWN]}: give the "
                "address of the instance itself, and look whether it is up."
            )
        if status in (401, 403):
            raise TargetFailed(f"{self._answers(request, answer)} {self._not_let_in(request)}")
        if not answer.succeeded:
            return Answer(status, each_text(answer.body, self._credentials.hidden_in))
        return answer

    def wait(self, seconds: float) -> None:
        """Wait in real time."""
        time.sleep(seconds)

    def close(self) -> None:
        """Let the connection go."""
        self._client.close()

    def _asked(self, request: Request) -> tuple[int, str, str]:
        """Status, text and, for a redirection, where it leads. Raises TargetGone."""
        latest = stopwatch.seconds() + SECONDS
        try:
            with self._client.stream(
                request.method,
                request.path,
                params=dict(request.query) or None,
                json=request.body,
                data=dict(request.form) if request.form is not None else None,
                headers=dict(request.headers),
            ) as got:
                content = bytearray()
                for part in got.iter_bytes():
                    content += part
                    if len(content) > LARGEST or stopwatch.seconds() > latest:
                        raise TargetGone(self._unending(len(content)))
                text = content.decode(got.encoding or "utf-8", errors="replace")
                elsewhere = got.headers.get("location", "") if got.is_redirect else ""
                return got.status_code, text, elsewhere
        except self._errors as error:
            raise TargetGone(self._unreachable(error)) from None

    def _unending(self, size: int) -> str:
        return (
            f"The target {self._url} does not end its answer: {size:,} bytes after "
            f"{SECONDS:.0f} seconds or less. Is the URL right?"
        )

    def _unreachable(self, error: Exception) -> str:
        said = self._credentials.hidden_in(str(error) or type(error).__name__).rstrip(".")
        hint = "Is it running, and is the URL right?"
        scheme = urlsplit(self._url).scheme
        if "CERTIFICATE_VERIFY_FAILED" in said:
            hint = "Point SSL_CERT_FILE to the certificate of the target, if you trust it."
        elif "Server disconnected" in said and scheme == "http":
            hint += " It may want https://."
        elif "WRONG_VERSION_NUMBER" in said:
            hint += " It may want http://."
        elif not is_loopback(self._url) and scheme in getproxies():
            hint += f" {scheme.upper()}_PROXY is set: does the proxy let you through?"
        return f"The target {self._url} does not answer: {said}. {hint}"

    def _answers(self, request: Request, answer: Answer) -> str:
        said = self._credentials.hidden_in(error_in(answer.body))
        return (
            f"The target answers {request.method} {self._url}{request.path} with "
            f"{answer.status}{': ' if said else ''}{said.rstrip('.')}."
        )

    def _not_let_in(self, request: Request) -> str:
        given = self._credentials
        if request.form is not None:
            return "Look at the auth token of the provider, SMSLAB_TARGET_SIGNING_TOKEN."
        if not (given.user or given.token):
            return "Set SMSLAB_TARGET_USER and SMSLAB_TARGET_PASSWORD, or SMSLAB_TARGET_TOKEN."
        return "Look at the user, the password and the roles."


def expect_success(answer: Answer, request: Request) -> Any:
    """The body of an answer. Raises TargetFailed for one that is not of success."""
    if answer.succeeded:
        return answer.body
    said = error_in(answer.body)
    raise TargetFailed(
        f"The target answers {request.method} {request.path} with {answer.status}: {said}"
    )


def result_in(answer: Answer, request: Request) -> Mapping[str, Any]:
    """The object that an answer of success has as its ``result``. Raises TargetFailed."""
    body = expect_success(answer, request)
    found = body.get("result") if isinstance(body, Mapping) else None
    if not isinstance(found, Mapping):
        raise TargetFailed(
            f"The target answers {request.method} {request.path} without a result: {error_in(body)}"
        )
    return found


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [each_text(each, change) for each in value]
    if isinstance(value, dict):
        return {change(name): each_text(each, change) for name, each in value.items()}
    return value


def error_in(body: Any) -> str:
    """What a documented error body says, or else the beginning of the body itself."""
    error = body.get("error") if isinstance(body, Mapping) else None
    if isinstance(error, Mapping):
        parts = (str(error.get(name) or "") for name in ("message", "detail"))
        said = " - ".join(part for part in parts if part)
    else:
        said = " ".join(str(body).split())
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}..."


def checked_url(url: str, credentials: Credentials) -> str:
    """The URL without what follows the port. Raises TargetFailed for one that is none.

    Credentials are sent over http:// to this machine only.
    """
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise TargetFailed(f"{url!r} has no host and port that can be.") from None
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


def _trusted(make: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """Whose certificates are trusted: also those of SSL_CERT_FILE. Raises TargetFailed."""
    try:
        return make()
    except OSError as error:
        raise TargetFailed(
            f"SSL_CERT_FILE or SSL_CERT_DIR cannot be used: {error.strerror or error}."
        ) from None


def _authorization(credentials: Credentials) -> dict[str, str]:
    token = credentials.token
    return {"Authorization": f"Bearer {token.reveal()}"} if token else {}


def _basic(credentials: Credentials) -> tuple[str, str] | None:
    if credentials.token or credentials.user is None or credentials.password is None:
        return None
    return credentials.user, credentials.password.reveal()


def json_or_text(text: str) -> Any:
    """What a body says: the value of the JSON that it is, or else the text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
