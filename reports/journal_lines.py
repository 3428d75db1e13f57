"""The lines of a journal file: what each kind holds, and how it is written and checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from smslab.reports import journal_fields as fields
from smslab.reports.journal_fields import BadLine
from smslab.simulator.journal import Event

FORMAT = 1
"""The version of the file format, in the run line."""

Json: TypeAlias = dict[str, Any]


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
class AttachmentLine:
    """What a step attached: a picture, text, data or links.

    ``step`` is -1 for what was attached around the steps. ``body`` is the text itself where
    ``encoding`` is ``text``, and the bytes in base64 where it is ``base64``.
    """

    scenario: str
    step: int
    media_type: str
    file_name: str | None
    encoding: str
    body: str


@dataclass(frozen=True, slots=True)
class ResultLine:
    """How a scenario ended: the failing step and its line, expected/got in words, folded detail.

    ``attempts`` is more than 1 where the scenario was tried again after it had failed; one that
    passed then is flaky. A line without it means 1.
    """

    scenario: str
    status: str
    step: int | None
    at: int | None
    message: str | None
    detail: str | None
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class EndLine:
    """The last line of a whole journal: how many scenarios it holds.

    ``withheld`` more were not run, because others had to be put right first; a line without it
    means 0.
    """

    scenarios: int
    withheld: int = 0


Line: TypeAlias = RunLine | ScenarioLine | StepLine | AttachmentLine | ResultLine | EndLine | Event


def as_json(line: Line, scenario: str | None = None) -> Json:
    """The JSON object of one line, keys in their fixed order. Events need their ``scenario``."""
    if isinstance(line, Event):
        return {"line": "event", "scenario": scenario, **line.as_json()}
    data: Json = {"line": _KIND_OF[type(line)]}
    if isinstance(line, RunLine):
        data["format"] = FORMAT
    for name in type(line).__dataclass_fields__:
        data[name] = getattr(line, name)
    for name, usual in _LEFT_OUT.items():
        if data.get(name) == usual:
            del data[name]
    return data


def from_json(data: Json) -> Line:
    """The line that :func:`as_json` wrote. Raises BadLine naming the field that is wrong."""
    kind = data.get("line")
    if kind == "event":
        return _event(data)
    if not isinstance(kind, str) or kind not in _KINDS:
        raise BadLine(f"a line of kind {kind!r}; expected one of {', '.join(_KINDS)}, event")
    line_type, known = _KINDS[kind]
    if kind == "run" and data.get("format") != FORMAT:
        raise BadLine(f"journal format {data.get('format')!r}; this version reads {FORMAT}")
    try:
        return line_type(*[check(data[name]) for name, check in known.items()])
    except (KeyError, BadLine):
        return line_type(**{name: _read(data, name, check) for name, check in known.items()})


def _read(data: Json, name: str, check: Callable[[Any], Any]) -> Any:
    if name not in data and name in _LEFT_OUT:
        return _LEFT_OUT[name]
    if name not in data:
        raise BadLine(f'no field "{name}" in a line of kind {data["line"]}')
    try:
        return check(data[name])
    except BadLine as wrong:
        raise BadLine(f'the field "{name}" is not {wrong}') from None


def _event(data: Json) -> Event:
    values = [_read(data, name, check) for name, check in _EVENT.items()]
    return Event(*values)


_KINDS: dict[str, tuple[Callable[..., Line], dict[str, Callable[[Any], Any]]]] = {
    "run": (RunLine, {"seed": fields.integer, "policy": fields.policy, "smslab": fields.text}),
    "scenario": (
        ScenarioLine,
        {
            "scenario": fields.text,
            "feature": fields.text,
            "file": fields.text,
            "at": fields.count,
            "rule": fields.or_null(fields.text),
            "name": fields.text,
            "tags": fields.texts,
            "examples": fields.or_null(fields.examples),
            "seed": fields.count,
            "description": fields.text,
        },
    ),
    "step": (
        StepLine,
        {
            "scenario": fields.text,
            "step": fields.count,
            "keyword": fields.text,
            "text": fields.text,
            "at": fields.count,
            "background": fields.truth,
            "table": fields.or_null(fields.table),
            "docstring": fields.or_null(fields.text),
            "status": fields.status,
            "message": fields.or_null(fields.text),
        },
    ),
    "attachment": (
        AttachmentLine,
        {
            "scenario": fields.text,
            "step": fields.count,
            "media_type": fields.text,
            "file_name": fields.or_null(fields.text),
            "encoding": fields.encoding,
            "body": fields.text,
        },
    ),
    "result": (
        ResultLine,
        {
            "scenario": fields.text,
            "status": fields.status,
            "step": fields.or_null(fields.count),
            "at": fields.or_null(fields.count),
            "message": fields.or_null(fields.text),
            "detail": fields.or_null(fields.text),
            "attempts": fields.count,
        },
    ),
    "end": (EndLine, {"scenarios": fields.integer, "withheld": fields.count}),
}

_LEFT_OUT = {"attempts": 1, "withheld": 0}
"""Fields that a line is written without where they hold what they nearly always do."""

OF_A_RECORD: dict[str, Callable[[Any], Any]] = {"entity": fields.text, "id": fields.text}
"""The fields of an event line that say which record changed, and how each is checked."""

WHAT_CHANGED: dict[str, Callable[[Any], Any]] = {
    "field": fields.text,
    "old": fields.simple,
    "new": fields.simple,
    "command": fields.text,
    "rule": fields.or_null(fields.text),
    "actor": fields.text,
}
"""The fields of an event line that follow them, in their order, and how each is checked."""

_EVENT: dict[str, Callable[[Any], Any]] = {
    "sequence": fields.count,
    "time": fields.time,
    "step": fields.count,
    **OF_A_RECORD,
    **WHAT_CHANGED,
}

_KIND_OF: dict[type[Line], str] = {
    RunLine: "run",
    ScenarioLine: "scenario",
    StepLine: "step",
    AttachmentLine: "attachment",
    ResultLine: "result",
    EndLine: "end",
}
