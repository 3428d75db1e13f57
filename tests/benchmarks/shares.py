"""What our own features spend their time on: ``python -m tests.benchmarks.shares``.

Runs `smslab run` on the features that come with smslab, on the real simulator, and looks
at what is running every few milliseconds of processor time. The innermost function that is
known counts, so what a library does counts for whoever called it.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

import typer

from smslab.steps.cli import app
from tests.benchmarks.say import say

SECONDS_BETWEEN_LOOKS = 0.001
PARTS = {
    "smslab.simulator.journal": "journal",
    "smslab.reports.journal": "journal",
    "smslab.reports.atomic": "journal",
    "smslab.simulator": "simulator",
    "smslab.steps.language": "phrases",
    "smslab.reports": "reports",
    "smslab.steps.engine.parsing": "reading features",
    "smslab.steps.engine.official_gherkin": "reading features",
    "gherkin": "reading features",
    "smslab.steps": "engine",
    "_pytest": "pytest",
    "pluggy": "pytest",
}
"""What a module is part of, by the beginning of its name; the first that fits counts."""

IMPORTS, REST = "imports", "the rest"


def part_of(frame: FrameType | None) -> str:
    """What is running, seen from the innermost frame."""
    if any(caller.f_code.co_name == "_find_and_load" for caller in _callers(frame)):
        return IMPORTS
    for caller in _callers(frame):
        module = f"{caller.f_globals.get('__name__', '')}."
        for beginning, part in PARTS.items():
            if module.startswith((f"{beginning}.", f"{beginning}_")):
                return part
    return REST


def shares_of(run: Callable[[], object]) -> Counter[str]:
    """How often each part was running, looking at regular moments of processor time."""
    seen: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        seen[part_of(frame)] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS)
    try:
        with suppress(SystemExit):
            run()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return seen


def _callers(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


@contextmanager
def _quiet() -> Iterator[None]:
    """Send the standard output of this process nowhere."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def shares_of_a_run(paths: list[str]) -> Counter[str]:
    """The shares of `smslab run` in this process, whose output and results nobody keeps."""
    with tempfile.TemporaryDirectory() as scratch, _quiet():
        return shares_of(lambda: app(["run", *paths, "--results", str(Path(scratch) / "r")]))


def main(paths: list[str] | None = None, rounds: int = 3) -> None:
    """Run features, all that come with smslab if none is named, so many times; print shares."""
    chosen = paths or ["smslab/features"]
    fresh = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh, max_tasks_per_child=1) as processes:
        seen = sum(processes.map(shares_of_a_run, [chosen] * rounds), Counter[str]())
    say(f"Shares of the processor time of smslab run {' '.join(chosen)} ({seen.total()} looks)")
    for part, looks in seen.most_common():
        say(f"  {part:18} {looks / seen.total():6.1%}")


if __name__ == "__main__":
    typer.run(main)
