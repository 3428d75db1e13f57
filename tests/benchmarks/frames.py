"""Journals as frames, small and large: ``python -m tests.benchmarks.frames``.

Prints, for each way to read a journal, events per second of CPU time and the peak memory of the
process that did nothing else. ``--events`` is the size of the large journal in Parquet,
``--lines`` that of the one in JSON Lines. The exit status is 1 where one takes more than 4 GiB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import pandas as pd
import typer

from smslab.reports import load
from smslab.reports.journal_file import JournalFile, ResultLine, ScenarioLine, ScenarioRecord, write
from smslab.reports.run import FRAMES
from smslab.reports.scale import load_events, summarise
from smslab.reports.scale.batches import batch
from smslab.reports.scale.parquet import write_events
from smslab.simulator.journal import Event
from tests.benchmarks.company_at_work import Company
from tests.benchmarks.say import say
from tests.reports.story import run_line

LIMIT = 4 * 1024**3


def work(conversations: int) -> list[Event]:
    """The events of a company that has so many conversations."""
    company = Company(100)
    company.have_conversations(conversations)
    return company.instance.journal.events


def large(events: list[Event], number: int) -> Iterator[pd.DataFrame]:
    """The same work again and again, an hour later each time, on records of its own."""
    frame = batch(["A day of traffic"] * len(events), events)
    for again in range(-(-number // len(frame))):
        rows = min(len(frame), number - again * len(frame))
        moved = frame.iloc[:rows]
        yield moved.assign(
            id=moved["id"] + f"-{again}",
            time=moved["time"] + pd.Timedelta(hours=again),
            sequence=moved["sequence"] + again * len(frame),
        )


def scenarios(events: list[Event], number: int, size: int = 70) -> JournalFile:
    """The same events in JSON Lines, in scenarios of the usual size, on records of their own."""
    records = []
    for begin in range(0, number, size):
        key = f"Traffic > Part {begin:09}"
        line = ScenarioLine(key, "Traffic", "t.feature", begin, None, key, (), None, 1, "")
        part = [
            events[place % len(events)]._replace(id=f"r-{place // 7}", sequence=place - begin + 1)
            for place in range(begin, min(begin + size, number))
        ]
        result = ResultLine(key, "passed", None, None, None, None)
        records.append(ScenarioRecord(line, [], part, result))
    return JournalFile(run_line(), records)


def load_with_frames(path: Path) -> int:
    """Load a journal and build every frame; how many events there are."""
    run = load(path)
    for name in FRAMES:
        getattr(run, name)
    return len(run.changes)


def events_of(path: Path) -> int:
    """Load all events into one frame; how many there are."""
    return len(load_events(path))


def summary_of(path: Path) -> int:
    """Summarise the events; how many there are."""
    return summarise(path).events


def measured(function: Callable[[Path], int], path: Path) -> tuple[int, float, int]:
    """What ``function`` gives in a process of its own, its CPU seconds and peak bytes."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_measured, function, path).result()


def _measured(function: Callable[[Path], int], path: Path) -> tuple[int, float, int]:
    began = process_time()
    found = function(path)
    return found, process_time() - began, _peak()


def _peak() -> int:
    """The most memory that this process ever had, in bytes; not that of the one it came from."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def main(events: int = 10_000_000, lines: int = 1_000_000) -> None:
    """Measure and print."""
    worked = work(2_000)
    within = True
    with TemporaryDirectory() as folder:
        parquet, journal = Path(folder, "events.parquet"), Path(folder, "journal.jsonl")
        write_events(parquet, large(worked, events))
        write(journal, scenarios(worked, lines))
        for title, function, path, number in (
            ("Parquet, summarised", summary_of, parquet, events),
            ("Parquet, all events in one frame", events_of, parquet, events),
            ("JSON Lines, summarised", summary_of, journal, lines),
            ("JSON Lines, all events in one frame", events_of, journal, lines),
            ("JSON Lines, a run with all its frames", load_with_frames, journal, lines // 10),
        ):
            if path is journal and number != lines:
                write(journal, scenarios(worked, number))
            _, seconds, peak = measured(function, path)
            within &= peak <= LIMIT
            say(
                f"{title:40}{number:>12,} events{number / seconds:>12,.0f} per second"
                f"{peak / 1024**2:>8,.0f} MiB"
            )
    raise typer.Exit(0 if within else 1)


if __name__ == "__main__":
    typer.run(main)
