"""The journal on disk: JSON Lines that every report is made from.

A journal file holds one run. Its first line describes the run; then come the
scenarios in the order of their keys, each with one ``scenario`` line, its ``event``
and ``step`` lines in the order in which they happened (a step is written when it has
ended, so its events stand before it, and then what it attached, in ``attachment``
lines), and one ``result`` line; the last line says how many scenarios there are, and
how many more were withheld, if any::

    {"line":"run","format":1,"seed":1,"policy":{...},"smslab":"0.1.0"}
    {"line":"scenario","scenario":KEY,"feature":...,"file":...,"at":12,...}
    {"line":"event","scenario":KEY,"sequence":1,"time":...,"step":0,...}
    {"line":"step","scenario":KEY,"step":0,"keyword":"Given","text":...,...}
    {"line":"result","scenario":KEY,"status":"passed","step":null,...}
    {"line":"end","scenarios":1}

While a run goes on, every worker appends whole scenarios to a part of its own
(no end line); :func:`merge` joins the parts. A run that was killed leaves its parts,
which :func:`read` takes as they are.

Text is written as utf-8; a lone surrogate, which utf-8 cannot hold, becomes ``?``.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from smslab.reports.atomic import replacing
from smslab.reports.journal_fields import STATUSES
from smslab.reports.journal_lines import (
    AttachmentLine,
    EndLine,
    Line,
    ResultLine,
    RunLine,
    ScenarioLine,
    StepLine,
    as_json,
)
from smslab.reports.journal_reading import JournalNotFound, Parsed, ScenarioRecord, find, parse

__all__ = [
    "STATUSES",
    "AttachmentLine",
    "JournalFile",
    "JournalNotFound",
    "ResultLine",
    "RunLine",
    "ScenarioLine",
    "ScenarioRecord",
    "StepLine",
    "append_run",
    "append_scenario",
    "end_text",
    "merge",
    "read",
    "run_text",
    "scenario_text",
    "write",
]


@dataclass(frozen=True, slots=True)
class JournalFile:
    """A run and its scenarios, sorted by key.

    ``run`` is None where the run line is lost. ``damage`` holds one paragraph for
    everything that could not be read; it is empty for a whole journal. ``withheld`` counts
    the scenarios that were not run, because those in the journal had to be put right first.
    """

    run: RunLine | None
    scenarios: list[ScenarioRecord]
    damage: list[str] = field(default_factory=list)
    withheld: int = 0


def append_run(stream: TextIO, run: RunLine) -> None:
    """Write the run line, which opens a journal or a part, and flush."""
    stream.write(_whole(run_text(run)))
    stream.flush()


def append_scenario(stream: TextIO, record: ScenarioRecord) -> None:
    """Write all lines of one scenario at the end of ``stream``, in one piece, and flush."""
    stream.write(_whole(scenario_text(record)))
    stream.flush()


def run_text(run: RunLine) -> str:
    """The run line as it is written, but for lone surrogates."""
    return _dump([run], None)


def scenario_text(record: ScenarioRecord) -> str:
    """All lines of one scenario as they are written, but for lone surrogates."""
    return _dump(_lines(record), record.scenario.scenario)


def end_text(scenarios: int, withheld: int) -> str:
    """The closing line of a journal that holds so many scenarios, of a run that withheld others."""
    return _dump([EndLine(scenarios, withheld)], None)


def write(path: Path, journal: JournalFile) -> None:
    """Write the whole journal to ``path``, atomically. ``damage`` is not written."""
    with replacing(path) as stream:
        if journal.run is not None:
            append_run(stream, journal.run)
        for record in _sorted(journal.scenarios):
            append_scenario(stream, record)
        stream.write(end_text(len(journal.scenarios), journal.withheld))


def merge(run: RunLine, parts: Iterable[Path], withheld: int = 0) -> JournalFile:
    """The journal of ``run`` from the parts of its workers; what is damaged in them is named.

    Raises OSError where a part cannot be opened.
    """
    parsed = [parse(path) for path in sorted(parts)]
    damage = [paragraph for part in parsed for paragraph in part.damage]
    damage += _foreign(run, parsed)
    records = _sorted(record for part in parsed for record in part.scenarios)
    return JournalFile(run, records, damage, withheld)


def read(path: Path) -> JournalFile:
    """The journal at ``path``: a file, or a results folder's journal.jsonl, else its parts.

    Damage never raises: every complete scenario is kept, a scenario that was cut off is
    kept as far as it goes with ``result`` None, and ``damage`` says what is lost. Raises
    JournalNotFound where there is nothing to read, with the nearest choice.
    """
    files, joined = find(path)
    parsed = [parse(file) for file in files]
    damage = [paragraph for part in parsed for paragraph in part.damage]
    run = next((part.run for part in parsed if part.run is not None), None)
    if run is not None:
        damage += _foreign(run, parsed)
    damage += _incomplete(path, parsed, run, joined)
    records = _sorted(record for part in parsed for record in part.scenarios)
    return JournalFile(run, records, damage, sum(part.withheld for part in parsed))


def _sorted(records: Iterable[ScenarioRecord]) -> list[ScenarioRecord]:
    return sorted(records, key=lambda r: (r.scenario.scenario, r.scenario.file, r.scenario.at))


def _foreign(run: RunLine, parsed: Iterable[Parsed]) -> list[str]:
    return [
        f"{part.name}: this file belongs to another run (seed {part.run.seed}, smslab "
        f"{part.run.smslab}) than the rest (seed {run.seed}, smslab {run.smslab}), or its switches "
        "differ. Its scenarios are kept, but do not compare them; empty the folder and run again."
        for part in parsed
        if part.run is not None and part.run != run
    ]


def _incomplete(path: Path, parsed: list[Parsed], run: RunLine | None, joined: bool) -> list[str]:
    known = sum(record.result is not None for part in parsed for record in part.scenarios)
    kept = f"{known} complete scenario{'' if known == 1 else 's'} can be read and are kept"
    damage = []
    if run is None:
        damage.append(
            f"{path.name}: the line that describes the run (seed, switches, version) is missing; "
            "expected it as the first line. The seed and the switches of this run are not known."
        )
    if not joined:
        damage.append(
            f"{path.name}: there is no journal.jsonl, only the parts of {len(parsed)} "
            f"worker{'' if len(parsed) == 1 else 's'}: the run was stopped early. {kept}; "
            "which scenarios never ran is not known. Run the features again."
        )
        return damage
    for part in parsed:
        if part.end is None:
            damage.append(
                f"{part.name}: the closing line is missing; expected "
                '{"line":"end","scenarios":...} as the last line. The run was stopped or the file '
                f"was cut. {kept}; whether more followed is not known. Run the features again."
            )
        elif part.end != len(part.scenarios):
            damage.append(
                f"{part.name}: the closing line counts {part.end} scenarios, the file holds "
                f"{len(part.scenarios)}. Lines were lost or added after the run. {kept}."
            )
    return damage


def _lines(record: ScenarioRecord) -> Iterator[Line]:
    yield record.scenario
    events = iter(record.events)
    event = next(events, None)
    attached = deque(sorted(record.attachments, key=lambda each: each.step))
    for step in record.steps:
        while event is not None and event.step <= step.step:
            yield event
            event = next(events, None)
        while attached and attached[0].step <= step.step:
            yield attached.popleft()
        yield step
    if event is not None:
        yield event
        yield from events
    yield from attached
    if record.result is not None:
        yield record.result


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _dump(lines: Iterable[Line], scenario: str | None) -> str:
    return "".join([f"{_encode(as_json(line, scenario))}\n" for line in lines])


def _whole(text: str) -> str:
    """Text that utf-8 can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
