"""The runners that the engine benchmark compares, and what one run of them costs.

Ours and a peer are compared doing the same: alone, each with its quietest output, or with
the reports that a build keeps.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

_CUCUMBER = "node_modules/@cucumber/cucumber/bin/cucumber.js"
_SMSLAB = ("-c", "from smslab.steps.cli import main; main()", "run")
# What whoever develops smslab has, and its users have not.
_NOT_OURS = [f"-pno:{name}" for name in ("hypothesispytest", "schemathesis", "xdist")]
_PYTEST = ("-m", "pytest", "-q", *_NOT_OURS)


@dataclass(frozen=True, slots=True)
class Runner:
    """A command line. ``program`` is None for Python, else where cucumber-js is installed.

    ``against`` is the peer to which it is compared.
    """

    name: str
    arguments: tuple[str, ...]
    against: str | None = None
    program: Path | None = None

    def command(self, python: str) -> list[str]:
        """The words of the command."""
        if self.program is None:
            return [python, *self.arguments]
        return ["node", str(self.program / _CUCUMBER), *self.arguments]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost: seconds of processor time, and the most memory in MiB."""

    seconds: float
    memory: float


def alone(cucumber: Path | None) -> list[Runner]:
    """The runners without reports, each as quiet as it can be with a count at the end."""
    found = [
        Runner("smslab run", (*_SMSLAB, "--no-reports"), "cucumber-js"),
        Runner("pytest", (*_PYTEST, "--smslab-no-reports", "features"), "behave"),
        Runner("stock pytest-bdd", (*_PYTEST, "-pno:smslab", "stock"), "behave"),
        Runner("behave", ("-m", "behave", "--format=null", "features")),
    ]
    return [*found, *_cucumber(cucumber, "summary")]


def with_reports(cucumber: Path | None) -> list[Runner]:
    """The runners with reports: ours write page, journal and JUnit XML.

    cucumber-js writes page, messages and JUnit XML, behave writes JSON and JUnit XML.
    """
    found = [
        Runner("smslab run", _SMSLAB, "cucumber-js"),
        Runner("pytest", (*_PYTEST, "features"), "behave"),
        Runner(
            "behave",
            ("-m", "behave", "--format=json", "--outfile=all.json", "--junit", "features"),
        ),
    ]
    files = ("summary", "html:page.html", "junit:junit.xml", "message:all.ndjson")
    return [*found, *_cucumber(cucumber, *files)]


def _cucumber(folder: Path | None, *formats: str) -> list[Runner]:
    if folder is None:
        return []
    chosen = [word for each in formats for word in ("--format", each)]
    return [Runner("cucumber-js", ("--require", "steps.js", *chosen, "features"), None, folder)]


def cost(runner: Runner, python: str, folder: Path, scenarios: int) -> Cost:
    """Run a project and say what it cost. Raises RuntimeError unless all scenarios passed."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
    }
    if runner.program is not None:
        environment["NODE_PATH"] = str(runner.program / "node_modules")
    command = runner.command(python)
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    if process.returncode or f"{scenarios}" not in said.replace(",", ""):
        raise RuntimeError(f"{command} ended with {process.returncode}:\n{said[-3000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
