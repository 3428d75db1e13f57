"""Values of the simulator as JSON.

Dataclasses become objects whose key ``class`` is the name of the class (no field can have
that name, because Python keeps the word for itself); states and other enumerations their
text; times ISO 8601 in UTC; durations seconds; tuples, lists and sets arrays.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any

from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.extensions.ready_made import described
from smslab.simulator.http.exceptions import encode_exception

CLASS = "class"
"""The key that names the class of an object."""


def encode(value: Any) -> Any:
    """A value as JSON. Raises TypeError for one of a type that does not travel."""
    kind: type = type(value)
    return _encoder(kind)(value)


def _itself(value: Any) -> Any:
    return value


def _encode_time(value: datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")


def _encode_all(values: Iterable[Any]) -> list[Any]:
    return [encode(value) for value in values]


def _encode_mapping(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: encode(value) for name, value in values.items()}


_ENCODERS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (Enum, lambda value: value.value),
    (str, str),
    (bool, _itself),
    (int, _itself),
    (float, _itself),
    (types.NoneType, _itself),
    (datetime, _encode_time),
    (timedelta, timedelta.total_seconds),
    (frozenset, lambda values: sorted(_encode_all(values))),
    (Mapping, _encode_mapping),
    (BaseException, encode_exception),
    (ExtensionPoint, described),
    (Iterable, _encode_all),
)
"""By type, the first that fits."""


@cache
def _encoder(kind: type) -> Callable[[Any], Any]:
    if is_dataclass(kind) and not issubclass(kind, ExtensionPoint):
        return _dataclass_encoder(kind)
    for each, encoder in _ENCODERS:
        if issubclass(kind, each):
            return encoder
    raise TypeError(f"{kind.__name__} cannot be written as JSON.")


def _dataclass_encoder(kind: type) -> Callable[[Any], Any]:
    names = tuple(entry.name for entry in fields(kind))

    def encoded(value: Any) -> dict[str, Any]:
        content: dict[str, Any] = {CLASS: kind.__name__}
        for name in names:
            entry = getattr(value, name)
            content[name] = entry if type(entry) is str or entry is None else encode(entry)
        return content

    return encoded
