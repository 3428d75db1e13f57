"""The commands of an instance as data: what the state file, the control area and clients share.

:data:`COMMANDS` has every public method of :class:`~smslab.simulator.instance.Instance`; a
new one is there by itself.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from smslab.simulator.http.codec import Decoder, Undecodable, decode, decoder, object_of
from smslab.simulator.http.encoding import encode
from smslab.simulator.instance import Instance
from smslab.simulator.records import Record

__all__ = ["COMMANDS", "Command", "Undecodable", "commands_of", "decode", "encode"]

_RECORDS = frozenset(get_args(Record))


@dataclass(frozen=True)
class Command:
    """A method that may be called by name, with its arguments as JSON."""

    name: str
    function: Callable[..., Any]

    def bound(self, *arguments: Any, **named: Any) -> dict[str, Any]:
        """Arguments as in Python, by name. Raises TypeError where the method does not take them."""
        found = dict(self._signature.bind(None, *arguments, **named).arguments)
        del found[next(iter(self._signature.parameters))]
        further = found.pop(self._further, {}) if self._further else {}
        return {**found, **further}

    def encode(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Arguments by name as JSON."""
        return {name: encode(value) for name, value in arguments.items()}

    def decode(self, data: Any) -> dict[str, Any]:
        """The arguments that JSON says. Raises Undecodable, which names the place."""
        found: dict[str, Any] = self._arguments(data, "arguments")
        return found

    def decode_result(self, data: Any) -> Any:
        """The result that JSON says. Raises Undecodable."""
        return decode(self._hints["return"], data, "result")

    @cached_property
    def parameters(self) -> dict[str, str]:
        """Every argument and its type, in Python's words."""
        annotations = self.function.__annotations__
        return {name: str(annotations[name]) for name in list(self._signature.parameters)[1:]}

    @cached_property
    def _signature(self) -> inspect.Signature:
        return inspect.signature(self.function)

    @cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.function)

    @cached_property
    def _further(self) -> str | None:
        """The name of the parameter that takes further named arguments, if there is one."""
        parameters = self._signature.parameters.values()
        return next((each.name for each in parameters if each.kind is each.VAR_KEYWORD), None)

    @cached_property
    def _arguments(self) -> Decoder:
        parameters = list(self._signature.parameters.values())[1:]
        named = [each for each in parameters if each.name != self._further]
        content = {each.name: self._decoder(self._hints[each.name]) for each in named}
        if self._further:
            content = {**self._fields, **content}
        return object_of(content, [each.name for each in named if each.default is each.empty])

    def _decoder(self, annotation: Any) -> Decoder:
        if annotation == _ROWS:
            row = object_of(self._fields, ["name"])
            return lambda data, where: _rows(data, where, row)
        return decoder(annotation)

    @cached_property
    def _record(self) -> type | None:
        """The record that the method makes or changes: its fields are further arguments."""
        result = self._hints["return"]
        candidates = (result, *get_args(result))
        return next((each for each in candidates if each in _RECORDS), None)

    @cached_property
    def _fields(self) -> dict[str, Decoder]:
        if self._record is None:
            raise TypeError(f"{self.name} takes further arguments, but of no record.")
        hints = get_type_hints(self._record)
        taken = {"id", *self._signature.parameters}
        names = [entry.name for entry in fields(self._record) if entry.name not in taken]
        return {name: decoder(hints[name]) for name in names}


_ROWS = Iterable[Mapping[str, Any]]
"""The type of a parameter that takes the fields of many records."""


def _rows(data: Any, where: str, row: Decoder) -> list[Any]:
    if type(data) is not list:
        raise Undecodable(where, "expected an array of objects")
    return [row(each, f"{where}[{place}]") for place, each in enumerate(data)]


def commands_of(kind: type, prefix: str = "") -> dict[str, Command]:
    """The public methods of a class, whose names begin with the prefix, as commands by name."""
    methods = inspect.getmembers(kind, inspect.isfunction)
    return {
        name: Command(name, function)
        for name, function in methods
        if name.startswith(prefix) and not name.startswith("_")
    }


COMMANDS: Mapping[str, Command] = MappingProxyType(commands_of(Instance))
"""Every public command of an instance by name, the reading ones included."""
