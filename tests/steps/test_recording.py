"""What a run leaves behind: whole results, or, when it is killed, parts that still load."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from smslab.reports.journal_file import read
from tests.steps.test_messages import lines, outcomes

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

CONFTEST = """
    import os, pathlib, time
    from pytest_bdd import given

    @given("all is well")
    def _(): ...

    @given("it hangs")
    def _():
        pathlib.Path("hanging").touch()
        os.read(os.pipe()[0], 1)

    @given("another run clears the folder")
    def _():
        while not (parts := list(pathlib.Path("results/latest/parts").glob("*.jsonl"))):
            time.sleep(0.01)
        for part in parts:
            part.unlink()

    @given("the process dies")
    def _():
        os._exit(9)
"""

FEATURE = """
    @A-1
    Feature: f
      Scenario: a
        Given all is well
      Scenario: b
        Given all is well
      Scenario: c
        Given {last}
"""


@pytest.fixture
def results(folder: Folder) -> Folder:
    """A folder in which the third scenario is still to be written."""
    folder.write("conftest.py", CONFTEST)
    return folder


def test_a_run_leaves_journal_page_xml_and_facts_and_nothing_else(results: Folder) -> None:
    results.write("features/f.feature", FEATURE.format(last="all is well"))
    ended = results.pytest("-q")
    latest = results.path / "results/latest"
    assert sorted(file.name for file in latest.iterdir()) == [
        *("journal.jsonl", "junit.xml", "report.html", "run.json")
    ]
    assert "f > a" in (latest / "journal.jsonl").read_text()
    assert len(list(ElementTree.parse(latest / "junit.xml").iter("testcase"))) == 3
    assert "<html" in (latest / "report.html").read_text()
    for name in ("report.html", "journal.jsonl", "junit.xml"):
        assert f"results/latest/{name}" in ended.stdout


def test_a_run_replaces_the_results_before_it_and_no_other_file(results: Folder) -> None:
    results.write("features/f.feature", FEATURE.format(last="all is well"))
    results.write("results/latest/notes.txt", "mine")
    results.write("results/latest/parts/gw7.jsonl", "old")
    results.pytest("-q")
    results.write("features/f.feature", "Feature: f\n Scenario: z\n  Given all is well\n")
    results.pytest("-q")
    assert results.statuses() == {"f > z": "passed"}
    assert (results.path / "results/latest/notes.txt").read_text() == "mine"


def test_the_wall_clock_stays_out_of_the_journal(results: Folder) -> None:
    results.write("features/f.feature", FEATURE.format(last="all is well"))
    results.pytest("-q")
    journal = (results.path / "results/latest/journal.jsonl").read_text()
    assert str(time.localtime().tm_year) not in re.sub(r'"time":"2026[^"]*"', "", journal)
    assert str(results.path) not in journal


def test_a_run_killed_half_way_leaves_parts_that_load(results: Folder) -> None:
    results.write("features/f.feature", FEATURE.format(last="it hangs"))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    with subprocess.Popen(command, cwd=results.path, stdout=subprocess.DEVNULL) as running:
        _until_it_hangs(results, running)
        os.kill(running.pid, signal.SIGKILL)
    kept = results.journal()
    assert [(r.scenario.name, r.result and r.result.status) for r in kept.scenarios] == [
        ("a", "passed"),
        ("b", "passed"),
    ]
    assert "the run was stopped" in kept.damage[0]
    ended = results.smslab("report", "results/latest", "--messages", "m.ndjson")
    assert ended.returncode == 1
    assert "the run was stopped" in ended.stderr
    assert "Scenarios: 2" in ended.stdout
    junit = ElementTree.parse(results.path / "results/latest/junit.xml").getroot()
    assert (junit.attrib["tests"], junit.attrib["errors"]) == ("3", "1")
    assert [error.attrib["type"] for error in junit.iter("error")] == ["damaged"]
    assert (results.path / "results/latest/report.html").exists()
    envelopes = lines(results.path / "m.ndjson")
    assert outcomes(envelopes) == {("a", "PASSED"): 1, ("b", "PASSED"): 1}
    assert envelopes[-1]["testRunFinished"]["success"] is False


def _hear_interrupts() -> None:
    """A shell lets its background jobs ignore interrupts, and what they start as well."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_run_stopped_by_hand_keeps_what_ran(results: Folder) -> None:
    results.write("features/f.feature", FEATURE.format(last="it hangs"))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    with subprocess.Popen(
        command, cwd=results.path, stdout=subprocess.DEVNULL, preexec_fn=_hear_interrupts
    ) as running:
        try:
            _until_it_hangs(results, running)
            running.send_signal(signal.SIGINT)
            assert running.wait(30) == pytest.ExitCode.INTERRUPTED
        finally:
            running.kill()
    assert results.statuses() == {"f > a": "passed", "f > b": "passed"}


def test_a_worker_that_dies_fails_its_scenario_everywhere_and_no_other(results: Folder) -> None:
    results.write("features/f.feature", FEATURE.format(last="the process dies"))
    ended = results.smslab("run", "-n", "2")
    assert ended.returncode == 1
    assert "FAILED - 3 scenarios: 2 passed, 1 failed" in ended.stdout
    assert "features/f.feature:7  c" in ended.stdout
    assert "run it again with: smslab run features/f.feature:7" in ended.stdout
    kept = read(results.path / "results/latest").scenarios
    ends = [(record.scenario.name, record.result and record.result.status) for record in kept]
    assert ends == [("a", "passed"), ("b", "passed"), ("c", "failed")]
    junit = ElementTree.parse(results.path / "results/latest/junit.xml")
    assert [case.attrib["name"] for case in junit.iter("testcase") if len(case)] == ["c"]
    page = (results.path / "results/latest/report.html").read_text()
    assert "the process that ran this scenario died" in page


def test_two_runs_that_share_a_folder_lose_nothing_without_a_word(results: Folder) -> None:
    results.write("features/f.feature", FEATURE.format(last="another run clears the folder"))
    ended = results.smslab("run", "-n", "2")
    assert ended.returncode == 1
    assert "another run has used results/latest at the same time" in ended.stdout
    assert "FAILED - 3 scenarios: 3 passed" in ended.stdout
    page = (results.path / "results/latest/report.html").read_text()
    assert "another run has used" in page


def test_a_results_folder_that_cannot_be_written_is_said_in_words(results: Folder) -> None:
    results.write("features/f.feature", FEATURE.format(last="all is well"))
    results.write("taken", "a file")
    ended = results.smslab("run", "--results", "taken/here")
    assert ended.returncode != 0
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "taken" in ended.stdout + ended.stderr


def _until_it_hangs(folder: Folder, running: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if (folder.path / "hanging").exists():
            return
        assert running.poll() is None
        time.sleep(0.05)
    raise AssertionError("the scenario that hangs was never reached")
