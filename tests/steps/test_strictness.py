"""`smslab run` looks at everything first; where something is wrong, nothing else runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

CONFTEST = """
    from pathlib import Path
    from pytest_bdd import given

    @given("it runs")
    def _():
        Path("ran").write_text("")
"""
FINE = "Feature: fine\n  Scenario: s\n    Given it runs\n"
UNDEFINED = "Feature: bad\n  Scenario: s\n    Given it rnus\n  Scenario: t\n    Given it runs\n"
TAGGED = "@A-99\nFeature: tagged\n  Scenario: s\n    Given it runs\n"
SAME = "Feature: same\n  Scenario: s\n    Given it runs\n  Scenario: s\n    Given it runs\n"


@pytest.fixture
def project(folder: Folder) -> Folder:
    folder.write("conftest.py", CONFTEST)
    folder.write("features/fine.feature", FINE)
    return folder


@pytest.mark.parametrize("processes", [[], ["-n", "2"]])
def test_one_wrong_step_and_nothing_runs(project: Folder, processes: list[str]) -> None:
    project.write("features/bad.feature", UNDEFINED)
    ended = project.smslab("run", "--no-reports", *processes)
    assert ended.returncode == 1
    assert not (project.path / "ran").exists()
    assert project.statuses() == {"bad > s": "undefined"}
    assert project.journal().withheld == 2
    assert "features/bad.feature:3" in ended.stdout
    assert "it runs" in ended.stdout
    assert "@given(parse('it rnus'))" in ended.stdout
    assert "run what can run (2 scenarios) with --no-strict" in ended.stdout


def test_what_can_run_does_so_on_request(project: Folder) -> None:
    project.write("features/bad.feature", UNDEFINED)
    ended = project.smslab("run", "--no-reports", "--no-strict")
    assert ended.returncode == 1
    assert (project.path / "ran").exists()
    assert project.journal().withheld == 0
    assert project.statuses() == {"bad > s": "undefined", "bad > t": "passed", "fine > s": "passed"}


def test_a_tag_without_a_rule_stops_the_run_or_is_a_note(project: Folder) -> None:
    project.write("features/tagged.feature", TAGGED)
    ended = project.smslab("run", "--no-reports")
    assert ended.returncode == 1
    assert project.statuses() == {"tagged > s": "broken"}
    assert not (project.path / "ran").exists()
    ended = project.smslab("run", "--no-reports", "--no-strict")
    assert ended.returncode == 0
    assert project.statuses() == {"tagged > s": "passed", "fine > s": "passed"}
    assert "features/tagged.feature:1: the tag @A-99" in ended.stdout


def test_steps_that_nothing_loads_stop_the_run_and_are_in_the_reports(project: Folder) -> None:
    project.write(
        "features/steps/lost.py", "from pytest_bdd import given\n@given('x')\ndef _(): ...\n"
    )
    ended = project.smslab("run", "--no-reports")
    assert ended.returncode == 1
    assert not (project.path / "ran").exists()
    assert project.statuses() == {"features/steps/lost.py:2": "broken"}
    assert ended.stdout.count("nothing loads features/steps/lost.py") == 1


def test_scenarios_of_one_name_are_refused_or_numbered(project: Folder) -> None:
    project.write("features/same.feature", SAME)
    assert project.smslab("run", "--no-reports").returncode == 1
    assert project.statuses() == {"same > s (2)": "broken"}
    ended = project.smslab("run", "--no-reports", "--allow-same-names")
    assert ended.returncode == 0, ended.stdout
    assert project.statuses() == dict.fromkeys(("fine > s", "same > s", "same > s (2)"), "passed")
    ended = project.smslab("run", "--no-reports", "--allow-same-names", "features/same.feature:4")
    assert project.statuses() == {"same > s (2)": "passed"}


def test_identical_rows_are_numbered_too(project: Folder) -> None:
    rows = "    Examples:\n      | a  |\n      | it |\n      | it |\n"
    text = f"Feature: o\n  Scenario: s\n    Given <a> runs\n{rows}"
    project.write("features/rows.feature", text)
    assert (
        project.smslab(
            "run", "--no-reports", "--allow-same-names", "features/rows.feature"
        ).returncode
        == 0
    )
    assert project.statuses() == {"o > s > a=it": "passed", "o > s > a=it (2)": "passed"}


def test_plain_pytest_runs_what_can_run(project: Folder) -> None:
    project.write("features/bad.feature", UNDEFINED)
    assert project.pytest("-q", "--smslab-no-reports").returncode == 1
    assert (project.path / "ran").exists()
    assert project.pytest("-q", "--smslab-no-reports", "--smslab-strict").returncode == 1
    assert project.statuses() == {"bad > s": "undefined"}
