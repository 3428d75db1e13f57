"""The command `smslab`: what it runs, what it says, and its exit status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import smslab.features
from smslab.steps.cli import app

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

FEATURE = """
    Feature: People
      Background:
        Given Ana and Ben are consumers in Berlin

      @N-2
      Scenario: a number
        Given Ana's mobile number is "0151 23456789"

      Scenario Outline: numbers
        Given Ana's mobile number is "<number>"
        Examples:
          | number        |
          | 0151 23456789 |
          | 0151 23456780 |
"""

PASSED_ALL = {
    "People > a number": "passed",
    "People > numbers > number=0151 23456780": "passed",
    "People > numbers > number=0151 23456789": "passed",
}


@pytest.fixture
def people(folder: Folder) -> Folder:
    """A folder with one feature of three scenarios."""
    folder.write("features/people.feature", FEATURE)
    return folder


def test_all_passed_is_status_0_and_a_short_verdict(people: Folder) -> None:
    ended = people.smslab("run")
    assert ended.returncode == 0, ended.stdout
    assert people.statuses() == PASSED_ALL
    assert "PASSED - 3 scenarios: 3 passed" in ended.stdout
    assert "Rules exercised: 1 of " in ended.stdout
    assert "Page: results/latest/report.html" in ended.stdout
    assert len(ended.stdout.splitlines()) < 10


def test_the_command_of_a_failure_runs_just_that_scenario_the_same_way(people: Folder) -> None:
    people.write(
        "features/other.feature",
        """
        Feature: Other
          Scenario: nobody knows Zoe
            Given Zoe's mobile number is "0151 23456789"
        """,
    )
    options = ("--seed", "9", "--switch", "closed_by_send=closed_abandoned")
    ended = people.smslab("run", *options)
    assert ended.returncode == 1
    command = (
        "smslab run features/other.feature:2 --seed 9 --switch closed_by_send=closed_abandoned"
    )
    assert command in ended.stdout
    again = people.smslab(*command.split()[1:])
    assert people.statuses() == {"Other > nobody knows Zoe": "failed"}
    failure = "features/other.feature:3  nobody knows Zoe"
    assert failure in ended.stdout
    assert failure in again.stdout
    run = people.journal().run
    assert run is not None
    assert (run.seed, run.policy["closed_by_send"]) == (9, "closed_abandoned")


def test_what_ships_is_run_under_the_name_that_reports_give_it(folder: Folder) -> None:
    shipped = Path(smslab.features.__path__[0])
    name = min(file.relative_to(shipped).as_posix() for file in shipped.rglob("*.feature"))
    ended = folder.smslab("run", f"smslab/features/{name}")
    assert ended.returncode == 0, ended.stdout
    files = {record.scenario.file for record in folder.journal().scenarios}
    assert files == {f"smslab/features/{name}"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "features/peopel.feature"], "did you mean features/people.feature?"),
        (["run", "--switch", "closed_by_sent=x"], "did you mean 'closed_by_send'"),
        (["run", "--switch", "closed_by_send=x"], "closed_complete or closed_abandoned"),
        (["report", "nowhere"], "There is no file or folder nowhere"),
    ],
)
def test_what_is_not_there_is_said_with_the_nearest_choice(
    people: Folder, arguments: list[str], said: str
) -> None:
    ended = people.smslab(*arguments)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (people.path / "results").exists()


def test_nothing_ran_is_no_success(folder: Folder) -> None:
    (folder.path / "features").mkdir()
    ended = folder.smslab("run")
    assert ended.returncode != 0
    assert "No scenario ran" in ended.stdout


def test_only_skipped_is_no_success(folder: Folder) -> None:
    skipping = (
        "import pytest\nfrom pytest_bdd import given\n@given('a')\ndef _(): pytest.skip('x')\n"
    )
    folder.write("conftest.py", skipping)
    folder.write("features/a.feature", "Feature: f\n Scenario: s\n  Given a\n")
    ended = folder.smslab("run")
    assert ended.returncode == 1
    assert "1 scenario: 1 skipped" in ended.stdout


def test_the_users_own_tests_and_settings_of_pytest_do_not_matter(people: Folder) -> None:
    people.write("pytest.ini", "[pytest]\naddopts = --no-such-option\nsmslab_collect = false\n")
    people.write("features/__init__.py", "")
    people.write("features/test_of_theirs.py", "raise RuntimeError('must not be imported')\n")
    people.write("steps/__init__.py", "raise RuntimeError('must not be imported')\n")
    people.environment["PYTEST_ADDOPTS"] = "--nor-this-one"
    ended = people.smslab("run")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert people.statuses() == PASSED_ALL


def test_two_processes_give_the_same_journal(people: Folder) -> None:
    people.smslab("run", "--results", "one")
    ended = people.smslab("run", "--results", "two", "-n", "2")
    assert ended.returncode == 0, ended.stdout
    assert "3 scenarios: 3 passed" in ended.stdout
    one, two = (people.path / name / "journal.jsonl" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_a_report_is_made_again_from_a_journal_whole_or_damaged(people: Folder) -> None:
    people.smslab("run")
    page = people.path / "results/latest/report.html"
    page.unlink()
    whole = people.smslab("report", "results/latest")
    assert whole.returncode == 0, whole.stderr
    assert page.exists()
    journal = people.path / "results/latest/journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-300])
    damaged = people.smslab("report", "results/latest/journal.jsonl")
    assert damaged.returncode == 1
    assert "journal.jsonl:" in damaged.stderr
    assert "kept" in damaged.stderr
    assert "Traceback" not in damaged.stderr


def test_the_version() -> None:
    ended = CliRunner().invoke(app, ["--version"])
    assert ended.exit_code == 0
    assert ended.output.startswith("smslab ")
