"""Reading journal files that may be cut off or damaged: keep what is whole, name what is not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from smslab.reports.journal_events import EventLines, StepLines
from smslab.reports.journal_fields import BadLine
from smslab.reports.journal_lines import (
    AttachmentLine,
    EndLine,
    Json,
    Line,
    ResultLine,
    RunLine,
    ScenarioLine,
    StepLine,
    from_json,
)
from smslab.simulator.journal import Event
from smslab.simulator.nearest import nearest

JOURNAL_NAME = "journal.jsonl"
_MOST_PARAGRAPHS = 20


class JournalNotFound(FileNotFoundError):
    """There is no journal at a path; the message names the nearest one that exists."""


@dataclass(frozen=True, slots=True)
class ScenarioRecord:
    """One scenario with its steps, events, result and what its steps attached.

    ``result`` is None if it was cut off.
    """

    scenario: ScenarioLine
    steps: list[StepLine]
    events: list[Event]
    result: ResultLine | None
    attachments: list[AttachmentLine] = field(default_factory=list)


@dataclass(slots=True)
class Parsed:
    """What one file holds; ``end`` and ``withheld`` are what its closing line counts."""

    name: str
    run: RunLine | None = None
    scenarios: list[ScenarioRecord] = field(default_factory=list)
    end: int | None = None
    withheld: int = 0
    damage: list[str] = field(default_factory=list)


def find(path: Path) -> tuple[list[Path], bool]:
    """The journal files that ``path`` means, and whether they are joined (False: worker parts).

    Raises JournalNotFound with the nearest existing choice.
    """
    if path.is_file():
        return [path], True
    if path.is_dir():
        if (path / JOURNAL_NAME).is_file():
            return [path / JOURNAL_NAME], True
        parts = sorted((path / "parts").glob("*.jsonl"))
        if parts:
            return parts, False
        problem = f"The folder {path} holds no {JOURNAL_NAME} and no parts of one."
    else:
        problem = f"There is no file or folder {path}."
    raise JournalNotFound(f"{problem} {_nearest(path)}")


def _nearest(path: Path) -> str:
    folder = path if path.is_dir() else path.parent
    while not folder.is_dir():
        folder = folder.parent
    journals = [str(f.parent) for f in sorted(folder.glob(f"*/{JOURNAL_NAME}"))]
    journals += [str(file) for file in sorted(folder.glob("*.jsonl"))]
    if (folder / JOURNAL_NAME).is_file():
        journals.append(str(folder))
    close = nearest(str(path), journals, 0.0)
    if close:
        return f"The nearest journal is {close}."
    return "Run the features first (smslab run); it writes results/latest."


def parse(path: Path) -> Parsed:
    """Read one file. Never raises for what is in it; OSError if it cannot be opened."""
    reader = _Reader(Parsed(path.name))
    with path.open("rb") as stream:
        reader.take_all(stream)
    return reader.finish()


class _Reader:
    """Collects lines into scenarios; lines of a scenario stand together in a file."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._open: _Open | None = None
        self._lost: str | None = None
        self._complaints = 0
        self._events = EventLines()
        self._steps = StepLines()

    def take_all(self, lines: Iterable[bytes]) -> None:
        read = self._events.read
        for number, raw in enumerate(lines, start=1):
            event = read(raw)
            if event is not None and self._open is not None:
                self._open.events.append(event)
            else:
                self._take(number, raw)

    def _take(self, number: int, raw: bytes) -> None:
        step = self._steps.read(raw)
        if step is not None and self._open is not None:
            self._open.steps.append(step)
            return
        self._take_carefully(number, raw)

    def _take_carefully(self, number: int, raw: bytes) -> None:
        try:
            data = decoded(raw)
            line = from_json(data)
        except BadLine as wrong:
            self._complain(number, str(wrong))
            return
        match line:
            case RunLine():
                self._take_run(number, line)
            case EndLine():
                self._close()
                self._parsed.end, self._parsed.withheld = line.scenarios, line.withheld
            case ScenarioLine():
                self._close()
                self._lost = None
                self._open = _Open(line)
                self._events.begin(line.scenario)
                self._steps.begin(line.scenario)
            case _:
                if isinstance(line, StepLine):
                    self._steps.learn(raw, line)
                self._take_inner(number, line, str(data.get("scenario")))

    def finish(self) -> Parsed:
        self._close()
        hidden = self._complaints - _MOST_PARAGRAPHS
        if hidden > 0:
            self._parsed.damage.append(
                f"{self._parsed.name}: {hidden} more damaged line{'' if hidden == 1 else 's'}."
            )
        return self._parsed

    def _take_run(self, number: int, line: RunLine) -> None:
        if self._parsed.run is None:
            self._parsed.run = line
        elif self._parsed.run != line:
            self._complain(number, "a second, different run line; expected one run per file")

    def _take_inner(self, number: int, line: Line, key: str) -> None:
        if self._open is None or self._open.scenario.scenario != key or self._open.result:
            if self._lost != key:
                self._lost = key
                self._complain(
                    number,
                    f"lines of the scenario “{_short(key)}” whose scenario line is missing; "
                    "expected it before them",
                )
            return
        match line:
            case StepLine():
                self._open.steps.append(line)
            case Event():
                self._open.events.append(line)
            case AttachmentLine():
                self._open.attachments.append(line)
            case ResultLine():
                self._open.result = line
                self._read_no_more()

    def _close(self) -> None:
        if self._open is None:
            return
        self._read_no_more()
        self._parsed.scenarios.append(self._open.record())
        if self._open.result is None:
            self._parsed.damage.append(
                f"{self._parsed.name}: the scenario “{_short(self._open.scenario.scenario)}” "
                f"({self._open.scenario.file}:{self._open.scenario.at}) has no result; expected a "
                "result line after its steps. It was cut off: what is known of it is shown, and it "
                "counts as neither passed nor failed. Run it again."
            )
        self._open = None

    def _read_no_more(self) -> None:
        self._events.end()
        self._steps.end()

    def _complain(self, number: int, problem: str) -> None:
        self._complaints += 1
        if self._complaints > _MOST_PARAGRAPHS:
            return
        whole = sum(record.result is not None for record in self._parsed.scenarios)
        whole += self._open is not None and self._open.result is not None
        self._parsed.damage.append(
            f"{self._parsed.name}:{number}: {problem}. The line is left out; {whole} complete "
            f"scenario{'' if whole == 1 else 's'} before it {'is' if whole == 1 else 'are'} kept."
        )


@dataclass(slots=True)
class _Open:
    """The scenario whose lines are being read."""

    scenario: ScenarioLine
    steps: list[StepLine] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    result: ResultLine | None = None
    attachments: list[AttachmentLine] = field(default_factory=list)

    def record(self) -> ScenarioRecord:
        return ScenarioRecord(self.scenario, self.steps, self.events, self.result, self.attachments)


def decoded(raw: bytes) -> Json:
    """The JSON object of a line. Raises BadLine for a line that holds none."""
    if not raw.endswith(b"\n"):
        raise BadLine("the line ends in the middle; expected one whole JSON object and a line end")
    try:
        text = raw.decode("utf-8")
        if "\\" in text and "\\ud" in text.lower():
            text = _without_surrogates(text)
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BadLine("the line is not JSON; expected one whole JSON object") from None
    if not isinstance(data, dict):
        raise BadLine("the line holds no JSON object; expected one")
    return data


def _without_surrogates(text: str) -> str:
    """Escaped lone surrogates cannot be written to any report; they become ``?``."""
    again = json.dumps(json.loads(text), ensure_ascii=False)
    return again.encode("utf-8", "replace").decode("utf-8")


def _short(key: str, most: int = 200) -> str:
    return key if len(key) <= most else key[: most - 1] + "…"
