"""A setting as data: how it is declared on the policy, and how its texts are read."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any, Literal

from smslab.simulator.clock import check_duration
from smslab.simulator.durations import duration, in_words
from smslab.simulator.nearest import nearest

Kind = Literal["switch", "property", "timer"]


class UnknownSetting(ValueError):
    """No setting has this name; the message gives the nearest."""


class BadValue(ValueError):
    """The setting does not take this value; the message says which it takes."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A switch or property: its name, the rule it settles, its values and its default.

    ``values`` and ``default`` are texts as written in features and on the command line
    (``"true"`` and ``"false"`` for yes-or-no settings); ``choices`` says the values in
    words where listing them would not help.
    """

    name: str
    rule: str
    values: tuple[str, ...]
    default: str
    kind: Kind
    question: str
    choices: str


def switch(rule: str, default: Any, question: str, *others: str) -> Any:
    """A field of :class:`Policy`: a yes-or-no switch, or one that has ``others`` as values."""
    return field(
        default=default,
        metadata={"rule": rule, "question": question, "others": others, "kind": "switch"},
    )


def timer(rule: str, default: timedelta, question: str) -> Any:
    """A timer of the policy: a duration."""
    return field(
        default=default,
        metadata={"rule": rule, "question": question, "others": (), "kind": "timer"},
    )


def property_(name: str, rule: str, default: Any, question: str, *others: str) -> Any:
    """A documented property, with values as for :func:`switch`."""
    return field(
        default=default,
        metadata={
            "rule": rule,
            "question": question,
            "others": others,
            "kind": "property",
            "name": name,
        },
    )


def typed(setting: Setting, value: str) -> str | bool | timedelta:
    """The value that a text means for a setting. Raises BadValue with the nearest."""
    if setting.kind == "timer":
        return _timed(setting, value)
    if value not in setting.values:
        near = nearest(value, setting.values)
        hint = f"; did you mean {near!r}?" if near else "."
        raise BadValue(f"The setting {setting.name!r} is {setting.choices}, not {value!r}{hint}")
    return value == "true" if setting.values == _YES_NO else value


def _timed(setting: Setting, value: str) -> timedelta:
    try:
        parsed = duration(value)
        check_duration(parsed)
    except ValueError as error:
        raise BadValue(f"The setting {setting.name!r} is a duration: {error}") from None
    return parsed


def text(value: object) -> str:
    """A value as it is written in features and on the command line."""
    if isinstance(value, timedelta):
        return in_words(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


_YES_NO = ("true", "false")


def settings_of(policy: type[Any]) -> dict[str, tuple[Setting, str]]:
    """Setting and attribute of a policy class, by the name of the setting."""
    found = {}
    for entry in fields(policy):
        meta = entry.metadata
        name = meta.get("name", entry.name)
        default = text(entry.default)
        values = _YES_NO if isinstance(entry.default, bool) else (default, *meta["others"])
        choices = " or ".join(values) if len(values) < 4 else "none or a territory such as US or DE"
        if meta["kind"] == "timer":
            values, choices = (), "a duration such as 30 minutes or 2 days"
        setting = Setting(
            name, meta["rule"], values, default, meta["kind"], meta["question"], choices
        )
        found[name] = (setting, entry.name)
    return found
