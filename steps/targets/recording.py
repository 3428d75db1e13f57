"""Recordings: what a target answered in a run, to run the same features on it offline.

JSON Lines: what was recorded, then one line for each scenario with its requests and answers.
Identifiers and times are normalised, so that a recording of the same behaviour is the same
file, whenever and wherever it is made. Headers, and so credentials, are not recorded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from smslab.simulator.clock import START
from smslab.steps.targets.client import Answer, Request, Transport
from smslab.steps.targets.protocol import TargetFailed

FORMAT = 1
RESET = "/control/reset"
_LEASE = {"run": "recorded"}
"""What stands for the lease of a run, which is another one in every run."""

_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_SID = re.compile(r"\bSM[0-9a-f]{32}\b")
"""What the carrier calls a message: made here, and so not normalised when it is replayed."""
_NUMBER = re.compile(r"\bIMS\d{7}\b")
_TIME = re.compile(r"\d{4}-\d\d-\d\d([T ])\d\d:\d\d:\d\d(?:\.\d+)?(Z|\+00:00)?")


class Recorder:
    """A transport that writes down what goes through it. Raises TargetFailed for a bad file."""

    def __init__(
        self,
        inner: Transport,
        file: Path,
        described: Mapping[str, Any],
        hide: Callable[[str], str],
    ) -> None:
        self._inner = inner
        self._hide = hide
        self._is_ours = described.get("kind") == "http"
        self._seed: int | None = None
        self._exchanges: list[dict[str, Any]] = []
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._stream: TextIO = file.open("w", encoding="utf-8")
        except OSError as error:
            raise TargetFailed(f"The recording cannot be written: {error}.") from None
        self._write({"smslab_recording": FORMAT, "target": dict(described)})

    def begin(self, seed: int) -> None:
        """Another scenario; the last one is written."""
        self._write_scenario()
        self._seed = seed
        self._inner.begin(seed)

    def send(self, request: Request) -> Answer:
        """The answer of the target, noted."""
        answer = self._inner.send(request)
        self._exchanges.append(
            {
                "request": _asked(request),
                "status": answer.status,
                "answer": _LEASE if request.path == RESET else answer.body,
            }
        )
        return answer

    def close(self) -> None:
        """Write the last scenario."""
        self._write_scenario()
        self._stream.close()
        self._inner.close()

    def _write_scenario(self) -> None:
        if self._seed is not None:
            exchanges = self._exchanges if self._is_ours else normalised(self._exchanges)
            self._write({"seed": self._seed, "exchanges": exchanges})
        self._exchanges = []
        self._seed = None

    def _write(self, line: Mapping[str, Any]) -> None:
        try:
            self._stream.write(self._hide(json.dumps(line, ensure_ascii=False)) + "\n")
            self._stream.flush()
        except OSError as error:
            raise TargetFailed(f"The recording cannot be written: {error}.") from None


class Replay:
    """A transport that answers from a recording. Raises TargetFailed for a bad file.

    ``described`` is the target that was recorded.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        header, *lines = _read(file)
        if header.get("smslab_recording") != FORMAT or not isinstance(header.get("target"), dict):
            raise TargetFailed(f"{file} is no recording of this version of smslab.")
        self.described: dict[str, Any] = header["target"]
        self._scenarios: dict[int, list[Any]] = {line["seed"]: line["exchanges"] for line in lines}
        self._left: list[Any] = []

    def begin(self, seed: int) -> None:
        """Another scenario. Raises TargetFailed for one that was not recorded."""
        if seed not in self._scenarios:
            raise TargetFailed(
                f"{self._file} has no recording of this scenario. Run with the --seed of the "
                "recording; where the scenario is new or has another name, record again."
            )
        self._left = list(self._scenarios[seed])

    def send(self, request: Request) -> Answer:
        """What was answered to the same request. Raises TargetFailed for another one."""
        asked = _asked(request)
        expected = self._left[0]["request"] if self._left else None
        if expected is None or _comparable(asked) != _comparable(expected):
            was = f"{expected['method']} {expected['path']}" if expected else "nothing more"
            raise TargetFailed(
                f"The scenario asks {request.method} {request.path} where the recording has "
                f"{was}: it does something else than when it was recorded. Record again."
            )
        recorded = self._left.pop(0)
        return Answer(recorded["status"], recorded["answer"])

    def close(self) -> None:
        """Nothing is left behind."""


def normalised(exchanges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Requests and answers with ids numbered as they come, and times from the usual beginning.

    Those of our own instances need it not: they are the same in every run.
    """
    text = json.dumps(exchanges, ensure_ascii=False)
    ids: dict[str, str] = {}

    def numbered(found: re.Match[str]) -> str:
        id = found[0]
        return ids.setdefault(id, f"{len(ids) + 1:0{len(id)}x}")

    text = _ID.sub(numbered, text)
    shown: list[dict[str, Any]] = json.loads(_from_the_beginning(text))
    return shown


def _from_the_beginning(text: str) -> str:
    numbers: dict[str, str] = {}
    text = _NUMBER.sub(lambda f: numbers.setdefault(f[0], f"IMS{len(numbers) + 1:07d}"), text)
    times = [_time_of(found) for found in _TIME.finditer(text)]
    if times and (shift := START - min(times)):
        text = _TIME.sub(lambda found: _shifted(found, shift), text)
    return text


def _time_of(found: re.Match[str]) -> datetime:
    return datetime.fromisoformat(found[0].replace("Z", "+00:00")).replace(tzinfo=UTC)


def _shifted(found: re.Match[str], shift: timedelta) -> str:
    text = (_time_of(found) + shift).replace(tzinfo=None).isoformat(found[1])
    return f"{text}{found[2] or ''}"


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


def _comparable(asked: Mapping[str, Any]) -> str:
    text = json.dumps(asked, sort_keys=True)
    return _SID.sub("<message id>", _TIME.sub("<time>", text))


def _read(file: Path) -> list[dict[str, Any]]:
    """The lines. Raises TargetFailed for a file that is not there or is none of ours."""
    try:
        lines: Iterable[str] = file.read_text(encoding="utf-8").splitlines()
        found = [json.loads(line) for line in lines]
    except (OSError, UnicodeDecodeError) as error:
        raise TargetFailed(f"The recording cannot be read: {error}.") from None
    except ValueError:
        raise TargetFailed(f"{file} is no recording: it is not JSON Lines.") from None
    if not found or not all(isinstance(line, dict) for line in found):
        raise TargetFailed(f"{file} is no recording.")
    return found
