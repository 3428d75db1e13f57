"""Errors of commands as JSON and back: their class, what they say, and the rule of a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smslab.simulator.carriers.errors import UnknownErrorCode
from smslab.simulator.durations import BadDuration
from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.extensions.extensions import ExtensionFailed
from smslab.simulator.numbers.territories import UnknownTerritory
from smslab.simulator.setting import BadValue, UnknownSetting
from smslab.simulator.virtual_agents.topics import BadTopic

EXPECTED = (Refused, LookupError, ValueError, TypeError)
"""What a command raises for a wish that cannot be met; anything else is a defect."""

_KNOWN: Mapping[str, type[Exception]] = {
    each.__name__: each
    for each in (
        Refused,
        ExtensionFailed,
        UnknownRecord,
        UnknownErrorCode,
        UnknownSetting,
        UnknownTerritory,
        BadDuration,
        BadTopic,
        BadValue,
        LookupError,
        KeyError,
        ValueError,
        TypeError,
    )
}


def encode_exception(error: BaseException) -> dict[str, Any]:
    """An error as JSON: ``type``, ``message``, and of a refusal ``rule`` and ``reason``."""
    name = next(kind.__name__ for kind in type(error).__mro__ if kind.__name__ in (*_KNOWN, _ANY))
    encoded: dict[str, Any] = {"type": name, "message": message_of(error)}
    if isinstance(error, Refused):
        encoded |= {"rule": error.rule, "reason": error.reason}
    return encoded


_ANY = BaseException.__name__


def message_of(error: BaseException) -> str:
    """What an error says, without the quotes that Python puts around that of a KeyError."""
    return str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)


def exception_of(data: Mapping[str, Any]) -> Exception:
    """The error that :func:`encode_exception` wrote. Raises KeyError on another object."""
    kind = _KNOWN.get(str(data["type"]), RuntimeError)
    if issubclass(kind, Refused):
        return kind(str(data["rule"]), str(data["reason"]))
    return kind(str(data["message"]))
