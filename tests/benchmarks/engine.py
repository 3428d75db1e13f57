"""Our engine against its peers, on one project: ``python -m tests.benchmarks.engine``.

Prints ratios of processor time (of a process and all that it starts), because times of
another machine say nothing. Needs behave (PyPI), and cucumber-js: ``--cucumber`` is a folder
in which ``npm install @cucumber/cucumber`` was run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from tests.benchmarks.engine_project import SCENARIOS, write_project

VOCABULARIES = (10, 60, 200)
PYTHON = sys.executable
# What a user does not install, but whoever develops smslab does.
_ONLY = ("-p", "no:hypothesispytest", "-p", "no:xdist")
_SMSLAB = ("-c", "from smslab.steps.cli import main; main()")
_NODE_MODULE = "node_modules/@cucumber/cucumber/bin/cucumber.js"
_PYTEST = ("-m", "pytest", "-q", *_ONLY)


PEERS = {
    "smslab run": "cucumber-js",
    "smslab run, no reports": "cucumber-js",
    "pytest": "behave",
    "pytest, no reports": "behave",
    "stock pytest-bdd": "behave",
    "cucumber-js, reports": "cucumber-js",
}
"""Which runner another is compared with: a ratio below 1 is less processor time."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost: seconds of processor time, and the most memory in MiB."""

    seconds: float
    memory: float


Command = Callable[[Path], list[str]]


def commands(cucumber: Path | None) -> dict[str, Command]:
    """The command lines by name, each run in the folder of the project."""
    found: dict[str, Command] = {
        "smslab run": lambda _: [PYTHON, *_SMSLAB, "run"],
        "smslab run, no reports": lambda _: [PYTHON, *_SMSLAB, "run", "--no-reports"],
        "pytest": lambda _: [PYTHON, *_PYTEST, "features"],
        "pytest, no reports": lambda _: [PYTHON, *_PYTEST, "--smslab-no-reports", "features"],
        "stock pytest-bdd": lambda _: [PYTHON, *_PYTEST, "-p", "no:smslab", "stock"],
        "behave": lambda _: [PYTHON, "-m", "behave", "--format=progress", "features"],
    }
    if cucumber is not None:
        node = ["node", str(cucumber / _NODE_MODULE)]
        found["cucumber-js"] = lambda _: [*node, "--require", "steps.js", "features"]
        reports = ["-f", "html:page.html", "-f", "junit:junit.xml", "-f", "message:all.ndjson"]
        found["cucumber-js, reports"] = lambda folder: [*found["cucumber-js"](folder), *reports]
    return found


def cost(command: list[str], folder: Path, modules: Path | None) -> Cost:
    """Run a command and say what it cost. Raises RuntimeError where it does not run all."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    if modules is not None:
        environment["NODE_PATH"] = str(modules / "node_modules")
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    if process.returncode or f"{SCENARIOS}" not in said.replace(",", ""):
        raise RuntimeError(f"{command} ended with {process.returncode}:\n{said[-3000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measured(
    names: Iterable[str], cucumber: Path | None, phrases: int, repetitions: int
) -> dict[str, Cost]:
    """The medians of every runner. They take turns, so that a slow moment falls on all."""
    chosen = {name: command for name, command in commands(cucumber).items() if name in names}
    costs: dict[str, list[Cost]] = {name: [] for name in chosen}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_project(folder, phrases)
        for _ in range(repetitions):
            for name, command in chosen.items():
                costs[name].append(cost(command(folder), folder, cucumber))
    return {
        name: Cost(median(c.seconds for c in all_), median(c.memory for c in all_))
        for name, all_ in costs.items()
    }


def main(
    cucumber: Annotated[Path | None, typer.Option(help="Where cucumber-js is installed.")] = None,
    repetitions: int = 5,
    phrases: Annotated[list[int] | None, typer.Option(help="Sizes of the vocabulary.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Measure just these runners.")] = None,
) -> None:
    """Measure all runners on all vocabularies, and print ratios."""
    names = only or list(commands(cucumber))
    for size in phrases or VOCABULARIES:
        load = os.getloadavg()[0]
        say(f"{SCENARIOS} scenarios, {size} phrases (load of the machine {load:.1f})")
        costs = measured(names, cucumber, size, repetitions)
        for name, each in costs.items():
            against = costs.get(PEERS.get(name, ""))
            ratio = f"{each.seconds / against.seconds:.2f} x {PEERS[name]}" if against else ""
            rate = f"{SCENARIOS / each.seconds:5.0f} per second"
            say(f"  {name:24} {rate}  {each.memory:5.0f} MiB  {ratio}")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    typer.run(main)
