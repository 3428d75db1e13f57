"""JSON as values of the simulator, by their type hints: the inverse of ``encoding``.

Decoding takes the type that is expected and says where in the JSON something else stands.
Durations may be in words such as ``30 minutes``, too.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from smslab.simulator.durations import BadDuration, duration
from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.extensions.ready_made import of_description
from smslab.simulator.http.encoding import CLASS
from smslab.simulator.http.exceptions import exception_of
from smslab.simulator.nearest import did_you_mean

Decoder: TypeAlias = Callable[[Any, str], Any]
"""Reads a value of JSON; the second argument says where it stands. Raises Undecodable."""


class Undecodable(ValueError):
    """The JSON is not what is expected; the message says where, and what would be."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where or 'the body'}: {problem}")


# Decoding


def decode(annotation: Any, data: Any, where: str = "") -> Any:
    """The value of a type that JSON says. Raises Undecodable, which names the place."""
    return decoder(annotation)(data, where)


@cache
def decoder(annotation: Any) -> Decoder:
    """What reads values of a type. Raises TypeError for a type that does not travel."""
    origin = get_origin(annotation)
    if origin is not None:
        return _generic(origin, get_args(annotation))
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type):
        if issubclass(annotation, Enum):
            return _enum(annotation)
        if issubclass(annotation, BaseException):
            return _exception
        if issubclass(annotation, ExtensionPoint):
            return _extension
        if is_dataclass(annotation):
            return _dataclass(annotation)
    raise TypeError(f"{annotation} cannot be read from JSON.")


def object_of(content: Mapping[str, Decoder], required: Iterable[str]) -> Decoder:
    """What reads an object with these keys, of which some are required."""
    needed = tuple(required)

    def decoded(data: Any, where: str) -> dict[str, Any]:
        given = plain_object(data, where)
        for name in given:
            if name not in content:
                raise Undecodable(f"{where}.{name}".lstrip("."), _no_such(name, content))
        for name in needed:
            if name not in given:
                raise Undecodable(f"{where}.{name}".lstrip("."), "is missing")
        return {
            name: content[name](value, f"{where}.{name}".lstrip("."))
            for name, value in given.items()
        }

    return decoded


def _no_such(name: str, known: Iterable[str]) -> str:
    return f"there is no such key; {did_you_mean(name, known)}"


def _wrong(where: str, expected: str, data: Any) -> Undecodable:
    shown = repr(data)
    return Undecodable(where, f"expected {expected}, not {shown[:60]}{'...' * (len(shown) > 60)}")


def plain_object(data: Any, where: str) -> dict[str, Any]:
    """An object of JSON as it is. Raises Undecodable for anything else."""
    if not isinstance(data, dict):
        raise _wrong(where, "an object", data)
    return data


def _exactly(kind: type, called: str) -> Decoder:
    def decoded(data: Any, where: str) -> Any:
        if type(data) is not kind:
            raise _wrong(where, called, data)
        return data

    return decoded


def _number(data: Any, where: str) -> float:
    if type(data) not in (int, float):
        raise _wrong(where, "a number", data)
    return float(data)


def _time(data: Any, where: str) -> datetime:
    try:
        found = datetime.fromisoformat(data)
    except (TypeError, ValueError):
        raise _wrong(where, "a time such as 2026-01-05T09:00:00Z", data) from None
    if found.tzinfo is None:
        raise _wrong(where, "a time with its zone, such as 2026-01-05T09:00:00Z", data)
    try:
        return found.astimezone(UTC)
    except OverflowError:
        raise _wrong(where, "a time of our era", data) from None


def _duration(data: Any, where: str) -> timedelta:
    try:
        if type(data) is str:
            return duration(data)
        return timedelta(seconds=_number(data, where))
    except (BadDuration, OverflowError, ValueError):
        raise _wrong(where, "a number of seconds, or words such as '30 minutes'", data) from None


def _exception(data: Any, where: str) -> BaseException:
    try:
        return exception_of(plain_object(data, where))
    except KeyError as error:
        raise Undecodable(where, f"an error has the key {error}") from None


def _extension(data: Any, where: str) -> ExtensionPoint:
    try:
        return of_description(plain_object(data, where))
    except ValueError as error:
        raise Undecodable(where, str(error)) from None


_PLAIN: dict[Any, Decoder] = {
    str: _exactly(str, "a text"),
    bool: _exactly(bool, "true or false"),
    int: _exactly(int, "a whole number"),
    float: _number,
    types.NoneType: _exactly(types.NoneType, "null"),
    datetime: _time,
    timedelta: _duration,
}


def _enum(kind: type[Enum]) -> Decoder:
    values: dict[Any, Enum] = {each.value: each for each in kind}
    return _choice(values)


def _choice(values: Mapping[Any, Any]) -> Decoder:
    known = ", ".join(map(repr, values))

    def decoded(data: Any, where: str) -> Any:
        if type(data) not in (str, bool, int) or data not in values:
            raise _wrong(where, f"one of {known}", data)
        return values[data]

    return decoded


def _generic(origin: Any, arguments: tuple[Any, ...]) -> Decoder:
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is Literal:
        return _choice({value: value for value in arguments})
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(decoder(arguments[1]))
    if origin is tuple and arguments[-1] is not Ellipsis:
        return _fixed(tuple(decoder(each) for each in arguments))
    if isinstance(origin, type) and issubclass(origin, Iterable):
        made = origin if origin in (list, frozenset) else tuple
        return _array(decoder(arguments[0]), made)
    raise TypeError(f"{origin} cannot be read from JSON.")


def _mapping(value: Decoder) -> Decoder:
    def decoded(data: Any, where: str) -> dict[str, Any]:
        given = plain_object(data, where)
        return {name: value(each, f"{where}.{name}".lstrip(".")) for name, each in given.items()}

    return decoded


def _array(value: Decoder, made: Callable[[list[Any]], Any]) -> Decoder:
    def decoded(data: Any, where: str) -> Any:
        if type(data) is not list:
            raise _wrong(where, "an array", data)
        return made([value(each, f"{where}[{place}]") for place, each in enumerate(data)])

    return decoded


def _fixed(values: tuple[Decoder, ...]) -> Decoder:
    def decoded(data: Any, where: str) -> Any:
        if type(data) is not list or len(data) != len(values):
            raise _wrong(where, f"an array of {len(values)}", data)
        pairs = zip(values, data, strict=True)
        return tuple(value(each, f"{where}[{place}]") for place, (value, each) in enumerate(pairs))

    return decoded


def _union(options: tuple[Any, ...]) -> Decoder:
    classes = [each for each in options if isinstance(each, type) and is_dataclass(each)]
    tagged = {each.__name__: decoder(each) for each in classes}
    others = [decoder(each) for each in options if each not in classes]

    def decoded(data: Any, where: str) -> Any:
        if type(data) is dict and tagged:
            name = str(data.get(CLASS)) if len(tagged) > 1 else next(iter(tagged))
            if name in tagged:
                return tagged[name](data, where)
        problem: Undecodable | None = None
        for other in others:
            try:
                return other(data, where)
            except Undecodable as error:
                problem = problem or error
        raise problem or _wrong(where, f"one of the classes {', '.join(tagged)}", data)

    return decoded


def _dataclass(kind: type) -> Decoder:
    hints = get_type_hints(kind)
    entries = [entry for entry in fields(kind) if entry.init]
    content: dict[str, Decoder] = {entry.name: decoder(hints[entry.name]) for entry in entries}
    content[CLASS] = _choice({kind.__name__: kind.__name__})
    read = object_of(content, [entry.name for entry in entries if _is_required(entry)])

    def decoded(data: Any, where: str) -> Any:
        found = read(data, where)
        found.pop(CLASS, None)
        return kind(**found)

    return decoded


def _is_required(entry: Field[Any]) -> bool:
    return entry.default is MISSING and entry.default_factory is MISSING
