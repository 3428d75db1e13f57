"""Which target a run has: by URL, by a name in ``targets.toml``, or from a recording.

::

    [lab]
    kind = "http"
    url = "http://127.0.0.1:8080"

    [dev]
    kind = "servicenow"
    url = "https://dev12345.service-now.com"
    company_numbers = ["+4930901820"]
    test_numbers = ["+4915123456789", "+4915123456700 to +4915123456788"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from smslab.simulator.nearest import did_you_mean, nearest
from smslab.steps.targets.client import HttpTransport, Transport
from smslab.steps.targets.credentials import (
    Credentials,
    check_no_credentials,
    credentials_of,
)
from smslab.steps.targets.protocol import Target, TargetFailed
from smslab.steps.targets.recording import Recorder, Replay

FILE = "targets.toml"

_SECRET_WORDS = ("password", "token", "secret", "user", "credential")

_KEYS: Mapping[str, Mapping[str, tuple[type, str]]] = MappingProxyType(
    {
        "http": MappingProxyType({"url": (str, "a text")}),
        "servicenow": MappingProxyType(
            {
                "url": (str, "a text"),
                "company_numbers": (list, "a list of numbers"),
                "queue_numbers": (list, "a list of numbers"),
                "test_numbers": (list, "a list of numbers and ranges"),
                "agents": (dict, "a table of user names, by the names of agents in features"),
                "agent_sms": (str, "a path such as /api/x_smslab/agent_sms"),
                "validation": (bool, "true or false"),
            }
        ),
    }
)
"""What can be said of a target, by its kind: the type, and what that is in words."""


def chosen_target(
    named: str, folder: Path, record: Path | None = None, replay: Path | None = None
) -> Target:
    """The target of this URL or name; ``folder`` is where ``targets.toml`` lies.

    Raises TargetFailed for one that is not there, or cannot be.
    """
    if replay:
        return _replayed(named, record, replay)
    described = description(named, folder)
    credentials = credentials_of(named)
    transport: Transport = HttpTransport(described["url"], credentials)
    if record:
        transport = Recorder(transport, record, described, credentials.hidden_in)
    return _made(described, transport, credentials)


def _replayed(named: str, record: Path | None, replay: Path) -> Target:
    if named or record:
        raise TargetFailed("--replay takes the place of a target: leave --target and --record out.")
    transport = Replay(replay)
    described = transport.described
    name = f"{described.get('name', replay.name)} (recorded)"
    _check(described, str(replay))
    return _made({**described, "name": name}, transport, Credentials(), is_replay=True)


def description(named: str, folder: Path) -> dict[str, Any]:
    """What is known of a target. A URL is that of a served instance. Raises TargetFailed."""
    if not named:
        raise TargetFailed("--record records what a target answers: name it with --target.")
    file = folder / FILE
    known = {} if "://" in named else _read(file)
    if named not in known:
        check_no_credentials(named)
    if "://" in named:
        return {"kind": "http", "url": named, "name": named}
    if named not in known:
        raise TargetFailed(f"There is no target {named!r} in {file}; {_near(named, known)}")
    if not isinstance(known[named], dict):
        raise TargetFailed(f"{file} has no table [{named}]: put what describes the target there.")
    described = {"kind": "http", **known[named], "name": named}
    _check(described, str(file))
    check_no_credentials(described["url"])
    return described


def _near(named: str, known: Mapping[str, Any]) -> str:
    if nearest(named, known):
        return did_you_mean(named, known)
    if ":" in named:
        return f"a URL begins with its scheme: http://{named}"
    return "give a URL, or describe it there."


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TargetFailed(f"{file} cannot be read: {error}.") from None


def _check(described: Mapping[str, Any], place: str) -> None:
    """Raise TargetFailed for what nobody can mean, or must not say, of a target."""
    name, kind = described.get("name"), str(described.get("kind"))
    if kind not in _KEYS:
        raise TargetFailed(
            f"The target {name!r} in {place} is of the kind {kind!r}; "
            f"there are: {', '.join(_KEYS)}."
        )
    keys = _KEYS[kind]
    for key in described.keys() - {"name", "kind"} - keys.keys():
        if any(word in key.lower() for word in _SECRET_WORDS):
            raise TargetFailed(
                f"{place} says {key!r} of {name!r}: credentials come from the environment "
                "or a keyring only. Take it out."
            )
        hint = did_you_mean(key, keys)
        raise TargetFailed(f"{place} says {key!r} of {name!r}, which nothing reads; {hint}")
    for key in described.keys() & keys.keys():
        type, words = keys[key]
        if not isinstance(described[key], type):
            raise TargetFailed(f"{place}: {key} of {name!r} is {words}.")
    if "url" not in described:
        raise TargetFailed(f"The target {name!r} has no url in {place}.")


def _made(
    described: dict[str, Any],
    transport: Transport,
    credentials: Credentials,
    *,
    is_replay: bool = False,
) -> Target:
    if described["kind"] == "servicenow":
        from smslab.steps.targets.servicenow.target import ServiceNowTarget

        return ServiceNowTarget(described, transport, credentials, begins_anew=is_replay)
    from smslab.steps.targets.http.target import HttpTarget

    return HttpTarget(described["name"], described["url"], transport, credentials)
