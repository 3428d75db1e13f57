"""The page against its peers, on the same 2,000 scenarios: ``python -m tests.benchmarks.page``.

Prints ratios of size, of the time until a reader can read (in Chromium), and of the processor
time that it takes to make. Needs Chromium, pytest-html (PyPI), and ``--peers``: a folder in which
``npm install allure @cucumber/html-formatter @cucumber/messages`` was run. A peer that is
not there is left out, and said so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from tests.benchmarks.page_project import SCENARIOS, write_allure_results, write_features
from tests.benchmarks.say import say

_OURS = """
import sys, time, pandas
started = time.process_time()
from pathlib import Path
from smslab.reports import load, write_page
write_page(load(sys.argv[1]), Path(sys.argv[2]))
print(time.process_time() - started)
"""
_FORMATTER = Path(__file__).parents[1] / "html_formatter" / "render.mjs"
_READY = {
    "smslab": "html[data-ready]",
    "pytest-html": ".results-table-row >> nth=9",
    "cucumber": "h3 button >> nth=9",
    "allure": "[data-testid=tree-section] >> nth=9",
}
"""What is there when a reader can read: of the others, the tenth entry of their list."""

_PATIENCE = 20_000
"""Milliseconds after which a page will not show anything any more."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its file, and the processor time in seconds that it took."""

    file: Path
    seconds: float


def spent(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> float:
    """Seconds of processor time of a command and all that it starts."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise RuntimeError(f"{command} ended with {process.returncode}: {output.read()!r}")
    return usage.ru_utime + usage.ru_stime


def ours(folder: Path) -> Report:
    """Our page; the seconds are those beyond loading pandas."""
    page = folder / "smslab.html"
    done = subprocess.run(
        [sys.executable, "-c", _OURS, str(folder / "results" / "latest"), str(page)],
        capture_output=True,
        text=True,
        check=True,
    )
    return Report(page, float(done.stdout))


def cucumber(folder: Path, peers: Path) -> Report:
    """Cucumber's HTML formatter, from our Cucumber Messages."""
    script = peers / "render.mjs"  # so that it finds the modules
    shutil.copyfile(_FORMATTER, script)
    page = folder / "cucumber.html"
    command = f"node {script} < messages.ndjson > {page}"
    return Report(page, spent(["sh", "-c", command], folder))


def allure(folder: Path, peers: Path) -> Report:
    """Allure 3 as a single file, from results written as its adaptors write them."""
    results, output = folder / "allure-results", folder / "allure-report"
    if not results.exists():
        write_allure_results(folder / "results" / "latest", results)
    shutil.rmtree(output, ignore_errors=True)
    command = [str(peers / "node_modules/.bin/allure"), "awesome", "--single-file"]
    seconds = spent([*command, "--output", str(output), str(results)], folder)
    return Report(next(output.rglob("index.html")), seconds)


def pytest_html(folder: Path, _: Path) -> Report:
    """pytest-html, self-contained; the run itself, the least of three, is taken off."""
    page = folder / "pytest.html"
    run = [sys.executable, "-m", "pytest", "-q", "--smslab-no-reports", "features"]
    html = [*run, f"--html={page}", "--self-contained-html"]
    pairs = [(spent([*run, "-p", "no:html"], folder), spent(html, folder)) for _ in range(3)]
    without, seconds = (min(each) for each in zip(*pairs, strict=True))
    return Report(page, seconds - without)


def ready(page: Path, name: str, repetitions: int) -> tuple[float, int]:
    """Seconds from opening the file until its scenarios are there, in a new window each time.

    And how often that never happened: a page whose script is ahead of its own data stays empty.
    """
    from playwright.sync_api import TimeoutError as NeverReady
    from playwright.sync_api import sync_playwright

    times = []
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for _ in range(repetitions):
            window = browser.new_context().new_page()
            window.goto(page.as_uri(), wait_until="commit")
            with suppress(NeverReady):
                window.wait_for_selector(_READY[name], state="attached", timeout=_PATIENCE)
                times.append(float(window.evaluate("performance.now()")) / 1000)
            window.context.close()
        browser.close()
    return median(times or [float("inf")]), repetitions - len(times)


def main(
    peers: Annotated[Path | None, typer.Option(help="Where allure and cucumber are.")] = None,
    repetitions: int = 5,
) -> None:
    """Make every report of one run, and print what each costs."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_features(folder)
        spent([sys.executable, "-c", "from smslab.steps.cli import main; main()", *_RUN], folder)
        makers: dict[str, Callable[[], Report]] = {"smslab": lambda: ours(folder)}
        if find_spec("pytest_html") is not None:
            makers["pytest-html"] = lambda: pytest_html(folder, folder)
        if peers is not None:
            makers["cucumber"] = lambda: cucumber(folder, peers.absolute())
            makers["allure"] = lambda: allure(folder, peers.absolute())
        say(f"{SCENARIOS} scenarios (load of the machine {os.getloadavg()[0]:.1f})")
        for name in _READY.keys() - makers.keys():
            say(f"  left out, because it is not installed: {name}")
        _compare(makers, repetitions)


_RUN = ("run", "--no-reports", "--messages", "messages.ndjson")


def _compare(makers: dict[str, Callable[[], Report]], repetitions: int) -> None:
    made: dict[str, list[Report]] = {name: [] for name in makers}
    for _ in range(max(1, repetitions // 2)):
        for name, make in makers.items():
            made[name].append(make())
    waits = {name: ready(reports[0].file, name, repetitions) for name, reports in made.items()}
    base = None
    for name, reports in made.items():
        size = reports[0].file.stat().st_size / 1e6
        seconds = median(report.seconds for report in reports)
        wait, empty = waits[name]
        line = f"  {name:12} {size:6.2f} MB  ready {wait:5.2f} s  CPU {seconds:5.2f} s"
        if base is None:
            base = (size, wait, seconds)
        else:
            ratios = (size / base[0], wait / base[1], seconds / base[2])
            line += "  (x ours: {:.1f}, {:.1f}, {:.1f})".format(*ratios)
        say(f"{line}  stayed empty {empty} times" if empty else line)


if __name__ == "__main__":
    typer.run(main)
