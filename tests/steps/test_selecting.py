"""Selecting, ordering and trying again, in runs of the command and of pytest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

CONFTEST = """
    from pathlib import Path
    from pytest_bdd import given, parsers

    @given(parsers.parse("{name} runs"))
    def _(name):
        with Path("ran").open("a") as stream:
            stream.write(name + " ")

    @given("it fails")
    def _():
        assert False, "as it should"

    @given(parsers.parse("it passes at attempt {number:d}"))
    def _(number):
        with Path("attempts").open("a") as stream:
            stream.write("x")
        assert len(Path("attempts").read_text()) >= number, "not yet"
"""
FEATURE = """
    Feature: F
      @A-1
      Scenario: one
        Given one runs

      @A-1 @slow
      Scenario: two
        Given two runs

      Scenario: three
        Given three runs
        And it fails

      @P-2
      Scenario: four
        Given four runs
"""


@pytest.fixture
def project(folder: Folder) -> Folder:
    folder.write("conftest.py", CONFTEST)
    folder.write("features/f.feature", FEATURE)
    return folder


def ran(project: Folder) -> list[str]:
    """What ran since the last question, in its order."""
    file = project.path / "ran"
    found = file.read_text().split() if file.exists() else []
    file.unlink(missing_ok=True)
    return found


def test_tags_choose_in_one_process_and_in_two(project: Folder) -> None:
    tags = ("--tags", "@A-1 and not @slow")
    ended = project.smslab("run", "--no-reports", *tags)
    assert ended.returncode == 0, ended.stdout
    assert ran(project) == ["one"]
    assert "Selected: 1 of 4 scenarios; tags @A-1 and not @slow" in ended.stdout
    ended = project.smslab("run", "--no-reports", *tags, "-n", "2")
    assert ended.returncode == 0, ended.stdout
    assert ran(project) == ["one"]
    assert "Selected: 1 of 4 scenarios" in ended.stdout


def test_a_tag_that_nothing_has_is_no_success(project: Folder) -> None:
    for processes in ([], ["-n", "2"]):
        ended = project.smslab("run", "--no-reports", "--tags", "@A-11", *processes)
        assert ended.returncode != 0
        assert "No scenario ran" in ended.stdout
        assert "did you mean @A-1?" in ended.stdout
    assert ran(project) == []


def test_only_what_failed_last_time_then_nothing_is_left(project: Folder) -> None:
    ended = project.smslab("run", "--no-reports", "--last-failed")
    assert ended.returncode == 2
    assert "There is no last run in results/latest" in ended.stderr
    assert project.smslab("run", "--no-reports").returncode == 1
    ran(project)
    for processes in ([], ["-n", "2"]):
        ended = project.smslab("run", "--no-reports", "--last-failed", *processes)
        assert ended.returncode == 1, ended.stdout
        assert ran(project) == ["three"]
    project.write("features/f.feature", FEATURE.replace("And it fails", ""))
    assert project.smslab("run", "--no-reports", "--last-failed").returncode == 0
    ended = project.smslab("run", "--no-reports", "--last-failed")
    assert ended.returncode == 2
    assert "Nothing failed in the last run" in ended.stderr


def test_a_random_order_is_printed_and_can_be_repeated(project: Folder) -> None:
    ended = project.smslab("run", "--no-reports", "--order", "random")
    order = re.search(r"order (random:\d+)", ended.stdout)
    assert order, ended.stdout
    first = ran(project)
    assert sorted(first) == ["four", "one", "three", "two"]
    project.smslab("run", "--no-reports", "--order", order[1])
    assert ran(project) == first


def test_a_random_order_is_one_for_all_processes(project: Folder) -> None:
    ended = project.smslab("run", "--no-reports", "--order", "random", "-n", "2")
    assert "4 scenarios: 3 passed, 1 failed" in ended.stdout, ended.stdout
    assert sorted(ran(project)) == ["four", "one", "three", "two"]


def test_an_order_changes_nothing_in_the_journal(project: Folder) -> None:
    project.smslab("run", "--no-reports", "--results", "a")
    project.smslab("run", "--no-reports", "--results", "b", "--order", "random:3")
    one, other = (project.path / name / "journal.jsonl" for name in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()


def test_fail_fast_says_what_did_not_run(project: Folder) -> None:
    ended = project.smslab("run", "--no-reports", "-x")
    assert ended.returncode == 1
    assert ran(project) == ["one", "two", "three"]
    assert "Stopped early: 1 of 4 did not run" in ended.stdout


def test_a_dry_run_lists_and_runs_nothing_and_keeps_the_results(project: Folder) -> None:
    project.smslab("run", "--no-reports")
    ran(project)
    before = project.statuses()
    ended = project.smslab("run", "--no-reports", "--dry-run", "--name", "t")
    assert ended.returncode == 0, ended.stdout
    lines = ["features/f.feature:7  two", "features/f.feature:10  three"]
    assert ended.stdout.splitlines()[:2] == lines
    assert "2 scenarios would run" in ended.stdout
    assert ran(project) == []
    assert project.statuses() == before


def test_a_dry_run_names_what_could_not_run(project: Folder) -> None:
    project.write("features/g.feature", "Feature: G\n  Scenario: s\n    Given one rnus\n")
    ended = project.smslab("run", "--no-reports", "--dry-run")
    assert ended.returncode == 1
    assert "features/g.feature:3: no phrase says `one rnus`" in ended.stdout
    assert "4 scenarios would run, 1 could not" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--tags", "A-1"], "did you mean '@A-1'"),
        (["--shard", "3/2"], "such as 1/4"),
        (["--order", "rnd"], "random:SEED"),
    ],
)
def test_a_wish_that_cannot_be_understood(project: Folder, arguments: list[str], said: str) -> None:
    ended = project.smslab("run", "--no-reports", *arguments)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


FLAKY = """
    Feature: Flaky
      Scenario: in the end
        Given it passes at attempt 2
"""


@pytest.mark.parametrize("processes", [[], ["-n", "2"]])
def test_what_passes_only_when_tried_again_is_flaky_everywhere(
    project: Folder, processes: list[str]
) -> None:
    project.write("features/f.feature", FLAKY)
    assert project.smslab("run", *processes).returncode == 1
    (project.path / "attempts").unlink()
    ended = project.smslab("run", "--retry", "3", *processes)
    assert ended.returncode == 0, ended.stdout
    assert "PASSED - 1 scenario: 1 passed (1 flaky)" in ended.stdout
    assert "Flaky: features/f.feature:2  Flaky > in the end (passed at attempt 2)" in ended.stdout
    (record,) = project.journal().scenarios
    assert record.result is not None
    assert (record.result.status, record.result.attempts) == ("passed", 2)
    assert len(record.steps) == 1
    page = (project.path / "results/latest/report.html").read_text(encoding="utf-8")
    assert "Flaky, that is passed only when tried again" in page
    xml = (project.path / "results/latest/junit.xml").read_text(encoding="utf-8")
    assert '<property name="flaky" value="true" />' in xml


def test_what_fails_at_every_attempt_has_failed(project: Folder) -> None:
    ended = project.smslab("run", "--name", "three", "--retry", "2")
    assert ended.returncode == 1
    assert ran(project) == ["three"] * 3
    (record,) = project.journal().scenarios
    assert record.result is not None
    assert (record.result.status, record.result.attempts) == ("failed", 3)


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["-k", "two or four"], ["two", "four"]),
        (["-k", "slow"], ["two"]),
        (["-x"], ["one", "two", "three"]),
        (["--smslab-tags=@P-2"], ["four"]),
        (["features/f.feature::four"], ["four"]),
    ],
)
def test_the_usual_options_of_pytest(
    project: Folder, arguments: list[str], names: list[str]
) -> None:
    project.pytest(*arguments)
    assert ran(project) == names


def test_pytest_in_two_processes_and_what_failed_last(project: Folder) -> None:
    ended = project.pytest("-n", "2", "-pcacheprovider")
    assert ended.returncode == 1
    assert sorted(ran(project)) == ["four", "one", "three", "two"]
    project.pytest("--lf", "-pcacheprovider")
    assert ran(project) == ["three"]


def test_pytest_that_only_collects_keeps_the_results(project: Folder) -> None:
    project.pytest()
    before = project.statuses()
    project.pytest("--collect-only")
    assert project.statuses() == before
