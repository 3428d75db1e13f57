"""Which target a run has: by URL, by a name in ``targets.toml``, or from a recording.

::

    [lab]
    kind = "http"
    url = "http://127.0.0.1:8080"

    [dev]
    kind = "servicenow"
    url = "https://dev12345.service-now.com"
    agent_sms = "/api/x_smslab/agent_sms"
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from smslab.steps.targets.client import HttpTransport, Transport
from smslab.steps.targets.credentials import (
    Credentials,
    check_no_credentials,
    credentials_of,
)
from smslab.steps.targets.protocol import Target, TargetFailed
from smslab.steps.targets.recording import Recorder, Replay

FILE = "targets.toml"

_SECRET_WORDS = ("password", "token", "secret", "user")


def chosen_target(
    named: str, folder: Path, record: Path | None = None, replay: Path | None = None
) -> Target:
    """The target of this URL or name; ``folder`` is where ``targets.toml`` lies.

    Raises TargetFailed for one that is not there, or cannot be.
    """
    if replay:
        return _replayed(named, record, replay)
    described = description(named, folder)
    make = _maker(described)
    check_no_credentials(str(described["url"]))
    credentials = credentials_of(named)
    transport: Transport = HttpTransport(str(described["url"]), credentials)
    if record:
        transport = Recorder(transport, record, described, credentials.hidden_in)
    return make(described, transport, credentials)


def _replayed(named: str, record: Path | None, replay: Path) -> Target:
    if named or record:
        raise TargetFailed("--replay takes the place of a target: leave --target and --record out.")
    transport = Replay(replay)
    described = {**transport.described, "name": f"{transport.described.get('name')} (recorded)"}
    return _maker(described)(described, transport, Credentials())


def description(named: str, folder: Path) -> dict[str, Any]:
    """What is known of a target. A URL is that of a served instance. Raises TargetFailed."""
    if not named:
        raise TargetFailed("--record records what a target answers: name it with --target.")
    if "://" in named:
        return {"kind": "http", "url": named, "name": named}
    known = _read(folder / FILE)
    if named not in known:
        near = difflib.get_close_matches(named, known, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]!r}?" if near else "give a URL, or describe it there."
        raise TargetFailed(f"There is no target {named!r} in {folder / FILE}; {hint}")
    described = {**known[named], "name": named}
    for name in described:
        if name in _SECRET_WORDS:
            raise TargetFailed(
                f"{FILE} says {name!r} of {named!r}: credentials come from the environment "
                "or a keyring only. Take it out."
            )
    return described


def _read(file: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TargetFailed(f"{file} cannot be read: {error}.") from None
    return {name: entry for name, entry in found.items() if isinstance(entry, dict)}


def _http(described: Mapping[str, Any], transport: Transport, credentials: Credentials) -> Target:
    from smslab.steps.targets.http.target import HttpTarget

    return HttpTarget(str(described["name"]), str(described["url"]), transport, credentials)


def _servicenow(
    described: Mapping[str, Any], transport: Transport, credentials: Credentials
) -> Target:
    from smslab.steps.targets.servicenow.target import ServiceNowTarget

    return ServiceNowTarget(dict(described), transport, credentials)


_KINDS: dict[str, Callable[[Mapping[str, Any], Transport, Credentials], Target]] = {
    "http": _http,
    "servicenow": _servicenow,
}


def _maker(
    described: Mapping[str, Any],
) -> Callable[[Mapping[str, Any], Transport, Credentials], Target]:
    kind = described.get("kind", "http")
    if kind not in _KINDS:
        raise TargetFailed(
            f"The target {described['name']!r} is of the kind {kind!r}; "
            f"there are: {', '.join(_KINDS)}."
        )
    if not isinstance(described.get("url"), str):
        raise TargetFailed(f"The target {described['name']!r} has no url in {FILE}.")
    return _KINDS[kind]
