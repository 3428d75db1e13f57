"""Scenarios as test cases: which steps they have, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from gherkin.stream.id_generator import IdGenerator

from smslab.reports.journal_file import AttachmentLine, ScenarioRecord
from smslab.steps.messages.matching import Matches
from smslab.steps.messages.sources import Envelope

_STATUS = {
    "passed": "PASSED",
    "failed": "FAILED",
    "broken": "FAILED",
    "undefined": "UNDEFINED",
    "ambiguous": "AMBIGUOUS",
    "pending": "PENDING",
    "skipped": "SKIPPED",
}
_CUT_OFF = "The scenario was cut off: the journal holds no result of it."
_AROUND = -1


@dataclass(slots=True)
class _Step:
    """A test step: its position (-1 around the steps), what became of it and what to say."""

    position: int
    id: str
    status: str
    message: str | None


@dataclass(slots=True)
class TestCase:
    """One scenario with its pickle, and what its steps matched."""

    __test__ = False

    record: ScenarioRecord
    pickle: Any
    matches: Matches
    ids: IdGenerator
    id: str = ""
    _steps: list[_Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id = self.ids.get_next_id()
        self._steps = [
            _Step(position, self.ids.get_next_id(), self._status(position), self._said(position))
            for position in self._positions()
        ]

    @property
    def needs_hook(self) -> bool:
        """Whether something is to be told that belongs to none of the steps."""
        result = self.record.result
        told = result is None or (result.status != "passed" and result.step is None)
        return told or any(each.step == _AROUND for each in self.record.attachments)

    def envelope(self, run: str, hook: str, definitions: dict[tuple[Any, ...], str]) -> Envelope:
        """The test case."""
        steps = [self._test_step(step, hook, definitions) for step in self._steps]
        case = {"id": self.id, "pickleId": self.pickle["id"], "testSteps": steps}
        return {"testCase": {**case, "testRunStartedId": run}}

    def story(self, began: datetime, seconds: float) -> Iterator[Envelope]:
        """What happened: it began at ``began`` and took ``seconds``."""
        started = self.ids.get_next_id()
        result = self.record.result
        attempt = 0 if result is None else result.attempts - 1
        case = {"id": started, "testCaseId": self.id, "attempt": attempt}
        yield {"testCaseStarted": {**case, "timestamp": timestamp(began)}}
        ended = began + timedelta(seconds=seconds)
        for step in self._steps:
            of_step = {"testCaseStartedId": started, "testStepId": step.id}
            took = timedelta(seconds=self._seconds(step.position))
            yield from self._story_of(step, of_step, began, took)
            began += took
        last = {"testCaseStartedId": started, "willBeRetried": False}
        yield {"testCaseFinished": {**last, "timestamp": timestamp(max(began, ended))}}

    def _story_of(
        self, step: _Step, of_step: dict[str, str], began: datetime, took: timedelta
    ) -> Iterator[Envelope]:
        yield {"testStepStarted": {**of_step, "timestamp": timestamp(began)}}
        for line in self.record.attachments:
            if line.step == step.position:
                yield _attachment(line, of_step, began)
        outcome: dict[str, Any] = {"status": step.status, "duration": _duration(took)}
        if step.message:
            outcome["message"] = step.message
        finished = {**of_step, "testStepResult": outcome, "timestamp": timestamp(began + took)}
        yield {"testStepFinished": finished}

    def _seconds(self, position: int) -> float:
        """How long a step took; what is around the steps, or not known, took no time."""
        if position == _AROUND or not self.matches:
            return 0.0
        return float(self.matches[position]["seconds"])

    def suggestions(self) -> Iterator[Envelope]:
        """Python to begin with, for steps that nothing defines."""
        for step, match in zip(self.pickle["steps"], self.matches, strict=False):
            if match["snippet"]:
                snippets = [{"language": "python", "code": match["snippet"]}]
                about = {"id": self.ids.get_next_id(), "pickleStepId": step["id"]}
                yield {"suggestion": {**about, "snippets": snippets}}

    def _positions(self) -> list[int]:
        positions = list(range(len(self.pickle["steps"])))
        if not self.needs_hook:
            return positions
        began = any(step.status != "skipped" for step in self.record.steps)
        return [*positions, _AROUND] if began else [_AROUND, *positions]

    def _status(self, position: int) -> str:
        result = self.record.result
        if position != _AROUND:
            return _STATUS[self.record.steps[position].status]
        if result is None:
            return "UNKNOWN"
        return _STATUS[result.status] if result.step is None else "PASSED"

    def _said(self, position: int) -> str | None:
        result = self.record.result
        if result is None:
            return _CUT_OFF if position == _AROUND else self.record.steps[position].message
        if position == (_AROUND if result.step is None else result.step):
            return "\n\n".join(filter(None, (result.message, result.detail))) or None
        return None if position == _AROUND else self.record.steps[position].message

    def _test_step(
        self, step: _Step, hook: str, definitions: dict[tuple[Any, ...], str]
    ) -> dict[str, Any]:
        if step.position == _AROUND:
            return {"id": step.id, "hookId": hook}
        found = self.matches[step.position]["definitions"] if self.matches else []
        found = [] if step.status == "UNDEFINED" else found
        return {
            "id": step.id,
            "pickleStepId": self.pickle["steps"][step.position]["id"],
            "stepDefinitionIds": [definitions[identity(each)] for each in found],
            "stepMatchArgumentsLists": [
                {"stepMatchArguments": [_argument(*each) for each in definition["arguments"]]}
                for definition in found
            ],
        }


def identity(definition: dict[str, Any]) -> tuple[Any, ...]:
    """What tells a definition from every other."""
    return definition["file"], definition["line"], definition["phrase"]


def timestamp(moment: datetime) -> dict[str, int]:
    """A moment as messages have it."""
    return {"seconds": int(moment.timestamp()), "nanos": moment.microsecond * 1000}


def _duration(took: timedelta) -> dict[str, int]:
    return {"seconds": took.seconds + took.days * 86_400, "nanos": took.microseconds * 1000}


def _argument(start: int, value: str, type_name: str) -> dict[str, Any]:
    group = {"start": start, "value": value, "children": []}
    return {"group": group, "parameterTypeName": type_name}


def _attachment(line: AttachmentLine, of_step: dict[str, str], at: datetime) -> Envelope:
    attachment = {
        **of_step,
        "body": line.body,
        "contentEncoding": "IDENTITY" if line.encoding == "text" else "BASE64",
        "mediaType": line.media_type,
        "timestamp": timestamp(at),
    }
    if line.file_name is not None:
        attachment["fileName"] = line.file_name
    return {"attachment": attachment}
