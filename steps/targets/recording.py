"""Recordings: what a target answered in a run, to run the same features on it offline.

JSON Lines: what was recorded, then what came before the first scenario (its seed is null),
then one line for each scenario with its requests and answers. Identifiers, times and test
numbers are normalised, so that a recording of the same behaviour is the same file, whenever
and wherever it is made. Headers, and so credentials, are not recorded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from smslab.reports.atomic import can_be_written, replacing
from smslab.steps.targets.client import Answer, Request, Transport, each_text
from smslab.steps.targets.normalising import comparable, normalised
from smslab.steps.targets.number_ranges import SIMULATED_NUMBERS, NumberRanges
from smslab.steps.targets.protocol import TargetFailed

FORMAT = 2
RESET = "/control/reset"
_LEASE = {"run": "recorded"}
"""What stands for the lease of a run, which is another one in every run."""

_FAILED = "failed"


class Recorder:
    """A transport that keeps what goes through it, and writes it down at the end.

    Until then a file of that name stays as it was. Raises TargetFailed for a file that
    cannot be written.
    """

    def __init__(
        self,
        inner: Transport,
        file: Path,
        described: Mapping[str, Any],
        hide: Callable[[str], str],
    ) -> None:
        self._inner = inner
        self._file = file
        self._hide = hide
        self._is_ours = described.get("kind") == "http"
        self._test_numbers = NumberRanges(described.get("test_numbers", ()))
        header = dict(described)
        if self._test_numbers:
            header["test_numbers"] = SIMULATED_NUMBERS
        self._lines = [self._line({"smslab_recording": FORMAT, "target": header})]
        self._seed: int | None = None
        self._exchanges: list[dict[str, Any]] = []
        if not can_be_written(file):
            raise TargetFailed(f"The recording cannot be written to {file}.")

    def begin(self, seed: int) -> None:
        """Another scenario; the last one is complete."""
        self._end_scenario()
        self._seed = seed
        self._inner.begin(seed)

    def send(self, request: Request) -> Answer:
        """The answer of the target, noted; or its failure, noted and raised."""
        if request.aside:
            return self._inner.send(request)
        exchange: dict[str, Any] = {"request": _asked(request)}
        self._exchanges.append(exchange)
        try:
            answer = self._inner.send(request)
        except TargetFailed as error:
            exchange[_FAILED] = str(error)
            raise
        exchange["status"] = answer.status
        exchange["answer"] = _LEASE if request.path == RESET and answer.succeeded else answer.body
        return answer

    def wait(self, seconds: float) -> None:
        """Wait for the target."""
        self._inner.wait(seconds)

    def close(self) -> None:
        """Write the file."""
        self._inner.close()
        self._end_scenario()
        try:
            with replacing(self._file) as stream:
                stream.writelines(f"{line}\n" for line in self._lines)
        except OSError as error:
            raise TargetFailed(f"The recording cannot be written: {error}.") from None

    def _end_scenario(self) -> None:
        exchanges = self._exchanges
        if not self._is_ours:
            exchanges = normalised(exchanges, self._test_numbers)
        self._lines.append(self._line({"seed": self._seed, "exchanges": exchanges}))
        self._exchanges = []

    def _line(self, content: Mapping[str, Any]) -> str:
        """The content as JSON without secrets, and without a word that only one of them has."""
        line = json.dumps(content, ensure_ascii=False)
        if self._hide(line) == line:
            return line
        return json.dumps(each_text(content, self._hide), ensure_ascii=False)


class Replay:
    """A transport that answers from a recording. Raises TargetFailed for a bad file.

    ``described`` is the target that was recorded. What is asked aside has no answer there,
    and gets one without rows.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        header, *scenarios = _read(file)
        self.described: dict[str, Any] = header["target"]
        self._scenarios = {each["seed"]: each["exchanges"] for each in scenarios}
        self._left: list[Any] = list(self._scenarios.get(None, ()))

    def begin(self, seed: int) -> None:
        """Another scenario. Raises TargetFailed for one that was not recorded."""
        if seed not in self._scenarios:
            raise TargetFailed(
                f"{self._file} has no recording of this scenario. Run with the --seed of the "
                "recording; where the scenario is new or has another name, record again."
            )
        self._left = list(self._scenarios[seed])

    def send(self, request: Request) -> Answer:
        """What was answered to the same request.

        Raises TargetFailed for another one, and where no answer came when it was recorded.
        """
        if request.aside:
            return Answer(200, {"result": []})
        asked = comparable(_asked(request))
        expected = comparable(self._left[0]["request"]) if self._left else None
        if asked != expected:
            raise TargetFailed(
                f"The scenario asks {request.method} {request.path} {_unlike(asked, expected)}: it "
                "does something else than when it was recorded. Record again."
            )
        recorded = self._left.pop(0)
        if _FAILED in recorded:
            raise TargetFailed(recorded[_FAILED])
        return Answer(recorded["status"], recorded["answer"])

    def wait(self, seconds: float) -> None:
        """All is there."""

    def close(self) -> None:
        """Nothing is left behind."""


def _asked(request: Request) -> dict[str, Any]:
    """What of a request matters, in an order of its own."""
    asked: dict[str, Any] = {"method": request.method, "path": request.path}
    if request.query:
        asked["query"] = dict(sorted(request.query.items()))
    if request.body is not None:
        asked["body"] = request.body
    if request.form is not None:
        asked["form"] = dict(sorted(request.form.items()))
    return asked


def _unlike(asked: Any, expected: Any) -> str:
    """How a request is unlike the one that was recorded, which may be None."""
    if expected is None:
        return "where the recording has nothing more"
    if any(asked[name] != expected[name] for name in ("method", "path")):
        return f"where the recording has {expected['method']} {expected['path']}"
    now, then = _leaves(asked), _leaves(expected)
    name = next(each for each in (*now, *then) if now.get(each) != then.get(each))
    values = [json.dumps(found.get(name, ""), ensure_ascii=False) for found in (now, then)]
    return f"with {name} {values[0]} where the recording has {values[1]}"


def _leaves(value: Any, name: str = "") -> dict[str, Any]:
    """The values within a JSON value, by their way there without what is first of it."""
    parts: Mapping[Any, Any] = {}
    if isinstance(value, Mapping):
        parts = value
    elif isinstance(value, list):
        parts = dict(enumerate(value))
    if not parts:
        return {name: value}
    found: dict[str, Any] = {}
    for key, each in parts.items():
        found |= _leaves(each, f"{name}.{key}" if name else str(key))
    return found


def _read(file: Path) -> Iterator[dict[str, Any]]:
    """The header, then the scenarios. Raises TargetFailed for what is none of ours."""
    try:
        header, *lines = file.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise TargetFailed(f"The recording {file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise TargetFailed(f"{file} is no recording: it is not text.") from None
    found = _object(header)
    if "smslab_recording" not in found or not isinstance(found.get("target"), dict):
        raise TargetFailed(f"{file} is no recording of smslab.")
    if found["smslab_recording"] != FORMAT:
        raise TargetFailed(f"{file} is a recording of another version of smslab: record again.")
    yield found
    if not lines or lines.pop():
        raise TargetFailed(f"{file} is cut off: record again.")
    for place, line in enumerate(lines, 2):
        scenario = _object(line)
        if not _is_scenario(scenario):
            raise TargetFailed(f"{file}:{place}: the recording is damaged there: record again.")
        yield scenario


def _object(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_scenario(found: Mapping[str, Any]) -> bool:
    exchanges = found.get("exchanges")
    return (
        isinstance(found.get("seed", ""), int | None)
        and isinstance(exchanges, list)
        and all(map(_is_exchange, exchanges))
    )


def _is_exchange(found: Any) -> bool:
    if not isinstance(found, dict) or not isinstance(found.get("request"), dict):
        return False
    answered = isinstance(found.get("status"), int) and "answer" in found
    return {"method", "path"} <= found["request"].keys() and (
        answered or isinstance(found.get(_FAILED), str)
    )
