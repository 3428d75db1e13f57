"""Our engine against its peers, on one project: ``python -m tests.benchmarks.engine``.

Prints medians of processor time (of a process and all that it starts) and ratios to a
peer that does the same, because times of another machine say nothing; then the memory
that a scenario takes. Needs behave (PyPI), and cucumber-js: ``--cucumber`` is a folder in
which ``npm install @cucumber/cucumber`` was run. ``--python`` is an interpreter with
smslab and behave, for numbers that no other installed package changes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from tests.benchmarks.engine_project import LARGE, SMALL, Size, write_project
from tests.benchmarks.engine_runners import Cost, Runner, alone, cost, with_reports
from tests.benchmarks.say import say

VOCABULARIES = (10, 60, 200)


def measured(
    runners: Sequence[Runner], python: str, phrases: int, size: Size, repetitions: int
) -> dict[str, Cost]:
    """The medians of every runner. They take turns, so that a slow moment falls on all."""
    costs: dict[str, list[Cost]] = {runner.name: [] for runner in runners}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_project(folder, phrases, size)
        for _ in range(repetitions):
            for runner in runners:
                costs[runner.name].append(cost(runner, python, folder, size.scenarios))
    return {
        name: Cost(median(c.seconds for c in all_), median(c.memory for c in all_))
        for name, all_ in costs.items()
    }


def say_ratios(runners: Sequence[Runner], costs: Mapping[str, Cost]) -> None:
    """A line for each runner: below 1 it takes less processor time than its peer."""
    for runner in runners:
        each, peer = costs[runner.name], costs.get(runner.against or "")
        ratio = f"{each.seconds / peer.seconds:5.2f} x {runner.against}" if peer else ""
        say(f"    {runner.name:18} {each.seconds:6.2f} s  {each.memory:4.0f} MiB  {ratio}")


def say_growth(by_size: Mapping[int, Mapping[str, Cost]]) -> None:
    """How the cost of each runner grows from the smallest vocabulary to the largest."""
    if len(by_size) < 2:
        return
    smallest, largest = min(by_size), max(by_size)
    say(f"  {largest} phrases over {smallest}")
    for name, each in by_size[largest].items():
        say(f"    {name:18} {each.seconds / by_size[smallest][name].seconds:6.2f}")


def say_memory(runners: Sequence[Runner], python: str, phrases: int) -> None:
    """The most memory for few and for many scenarios, and what one scenario more takes."""
    few = measured(runners, python, phrases, SMALL, 1)
    many = measured(runners, python, phrases, LARGE, 1)
    more = LARGE.scenarios - SMALL.scenarios
    for name, each in many.items():
        before = few[name].memory
        kilobytes = (each.memory - before) * 1024 / more
        say(f"    {name:18} {before:4.0f} MiB  {each.memory:4.0f} MiB  {kilobytes:5.1f} KiB")


def main(
    cucumber: Annotated[Path | None, typer.Option(help="Where cucumber-js is installed.")] = None,
    python: Annotated[str, typer.Option(help="The interpreter to run with.")] = sys.executable,
    repetitions: int = 5,
    phrases: Annotated[list[int] | None, typer.Option(help="Sizes of the vocabulary.")] = None,
) -> None:
    """Measure all runners, alone and with reports, on all vocabularies."""
    folder = cucumber and cucumber.absolute()
    sizes = phrases or list(VOCABULARIES)
    kinds = {"alone": alone(folder), "with reports": with_reports(folder)}
    for kind, runners in kinds.items():
        say(f"{LARGE.scenarios} scenarios, {kind} (load of the machine {os.getloadavg()[0]:.1f})")
        by_size: dict[int, Mapping[str, Cost]] = {}
        for size in sizes:
            say(f"  {size} phrases")
            by_size[size] = measured(runners, python, size, LARGE, repetitions)
            say_ratios(runners, by_size[size])
        say_growth(by_size)
    for kind, runners in kinds.items():
        scenarios = f"{SMALL.scenarios} and {LARGE.scenarios} scenarios"
        say(f"Memory for {scenarios}, and for one scenario more, {kind}")
        say_memory(runners, python, sizes[0])


if __name__ == "__main__":
    typer.run(main)
