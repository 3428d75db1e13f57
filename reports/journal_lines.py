"""The lines of a journal file: what each kind holds, and how it is written and checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from smslab.simulator.journal import Event

FORMAT = 1
"""The version of the file format, in the run line."""

STATUSES = ("passed", "failed", "undefined", "ambiguous", "pending", "skipped", "broken")
"""What can become of a scenario or a step; ``broken`` is a file or scenario that cannot be run."""

Json: TypeAlias = dict[str, Any]


class BadLine(ValueError):
    """A line that is not what its kind asks for; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """The run: its seed, its policy (switch or property name to value), the version of smslab."""

    seed: int
    policy: dict[str, str | bool | int]
    smslab: str


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """A scenario as the feature file has it.

    ``scenario`` is its key; ``file`` is posix, as given to the run; ``at`` is its line;
    ``tags`` keep their ``@``; ``examples`` are column to value for a row of an outline;
    ``seed`` is the scenario's own.
    """

    scenario: str
    feature: str
    file: str
    at: int
    rule: str | None
    name: str
    tags: tuple[str, ...]
    examples: dict[str, str] | None
    seed: int
    description: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step and what became of it. ``step`` is its position in the scenario, from 0."""

    scenario: str
    step: int
    keyword: str
    text: str
    at: int
    background: bool
    table: tuple[tuple[str, ...], ...] | None
    docstring: str | None
    status: str
    message: str | None


@dataclass(frozen=True, slots=True)
class ResultLine:
    """How a scenario ended: the failing step and its line, expected/got in words, folded detail."""

    scenario: str
    status: str
    step: int | None
    at: int | None
    message: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class EndLine:
    """The last line of a whole journal: how many scenarios it holds."""

    scenarios: int


Line: TypeAlias = RunLine | ScenarioLine | StepLine | ResultLine | EndLine | Event


def as_json(line: Line, scenario: str | None = None) -> Json:
    """The JSON object of one line, keys in their fixed order. Events need their ``scenario``."""
    if isinstance(line, Event):
        return {"line": "event", "scenario": scenario, **line.as_json()}
    data: Json = {"line": _KIND_OF[type(line)]}
    if isinstance(line, RunLine):
        data["format"] = FORMAT
    data.update((name, getattr(line, name)) for name in type(line).__dataclass_fields__)
    return data


def from_json(data: Json) -> Line:
    """The line that :func:`as_json` wrote. Raises BadLine naming the field that is wrong."""
    kind = data.get("line")
    if kind == "event":
        return _event(data)
    if not isinstance(kind, str) or kind not in _KINDS:
        raise BadLine(f"a line of kind {kind!r}; expected one of {', '.join(_KINDS)}, event")
    line_type, fields = _KINDS[kind]
    if kind == "run" and data.get("format") != FORMAT:
        raise BadLine(f"journal format {data.get('format')!r}; this version reads {FORMAT}")
    return line_type(**{name: _read(data, name, check) for name, check in fields.items()})


def _read(data: Json, name: str, check: Callable[[Any], Any]) -> Any:
    if name not in data:
        raise BadLine(f'no field "{name}" in a line of kind {data["line"]}')
    try:
        return check(data[name])
    except BadLine as wrong:
        raise BadLine(f'the field "{name}" is not {wrong}') from None


def _event(data: Json) -> Event:
    values = [_read(data, name, check) for name, check in _EVENT.items()]
    return Event(*values)


def _integer(value: Any) -> int:
    if type(value) is not int:
        raise BadLine("a whole number")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise BadLine("text")
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise BadLine("true or false")
    return value


def _status(value: Any) -> str:
    if value not in STATUSES:
        raise BadLine(f"one of {', '.join(STATUSES)}")
    return str(value)


def _simple(value: Any) -> str | int | bool | None:
    if value is None or isinstance(value, str | int | bool):
        return value
    raise BadLine("text, a whole number, true, false or null")


@lru_cache(maxsize=4096)
def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC)


def _time(value: Any) -> datetime:
    try:
        if type(value) is str and value.endswith(("Z", "+00:00")):
            return _instant(value)
    except (ValueError, OverflowError):
        pass
    raise BadLine('a time in UTC such as "2026-01-05T09:00:00Z"')


def _texts(value: Any) -> tuple[str, ...]:
    if type(value) is not list or not all(type(item) is str for item in value):
        raise BadLine("a list of texts")
    return tuple(value)


def _table(value: Any) -> tuple[tuple[str, ...], ...]:
    if type(value) is not list:
        raise BadLine("a list of rows")
    return tuple(_texts(row) for row in value)


def _examples(value: Any) -> dict[str, str]:
    if type(value) is not dict or not all(type(item) is str for item in value.values()):
        raise BadLine("an object of texts")
    return value


def _policy(value: Any) -> dict[str, str | bool | int]:
    if type(value) is not dict or not all(
        type(item) in (str, bool, int) for item in value.values()
    ):
        raise BadLine("an object of names and values")
    return value


def _or_null(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else check(value)


_KINDS: dict[str, tuple[Callable[..., Line], dict[str, Callable[[Any], Any]]]] = {
    "run": (RunLine, {"seed": _integer, "policy": _policy, "smslab": _text}),
    "scenario": (
        ScenarioLine,
        {
            "scenario": _text,
            "feature": _text,
            "file": _text,
            "at": _integer,
            "rule": _or_null(_text),
            "name": _text,
            "tags": _texts,
            "examples": _or_null(_examples),
            "seed": _integer,
            "description": _text,
        },
    ),
    "step": (
        StepLine,
        {
            "scenario": _text,
            "step": _integer,
            "keyword": _text,
            "text": _text,
            "at": _integer,
            "background": _truth,
            "table": _or_null(_table),
            "docstring": _or_null(_text),
            "status": _status,
            "message": _or_null(_text),
        },
    ),
    "result": (
        ResultLine,
        {
            "scenario": _text,
            "status": _status,
            "step": _or_null(_integer),
            "at": _or_null(_integer),
            "message": _or_null(_text),
            "detail": _or_null(_text),
        },
    ),
    "end": (EndLine, {"scenarios": _integer}),
}

_EVENT: dict[str, Callable[[Any], Any]] = {
    "sequence": _integer,
    "time": _time,
    "step": _integer,
    "entity": _text,
    "id": _text,
    "field": _text,
    "old": _simple,
    "new": _simple,
    "command": _text,
    "rule": _or_null(_text),
    "actor": _text,
}

_KIND_OF: dict[type[Line], str] = {
    RunLine: "run",
    ScenarioLine: "scenario",
    StepLine: "step",
    ResultLine: "result",
    EndLine: "end",
}
