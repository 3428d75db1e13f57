"""What a user gets who installs the wheel: the examples, and peace with folders of their own."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

if TYPE_CHECKING:
    from tests.packaging.conftest import Installed

ROOT = Path(__file__).parents[2]
FOLDERS = ("features", "reports", "simulator", "steps")

FEATURE = """\
Feature: Deliveries

  Scenario: Cleo tells Ben about his parcel
    Given the company texts from "+49 30 901820"
    And Ben is a consumer in Berlin
    And Ben's mobile number is "0151 23456789"
    And Ben's interaction of type phone is open with agent Cleo
    When Cleo texts Ben "Your parcel is here"
    Then decision row A-1 applies
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A QA team's repository, with packages whose names are those of our folders."""
    files = {
        "conftest.py": "import reports\nimport steps\n\nassert reports.OWNER == steps.OWNER\n",
        "features/deliveries.feature": FEATURE,
        "features/__init__.py": "",
        "steps/__init__.py": "OWNER = 'the team'",
        "reports/__init__.py": "OWNER = 'the team'",
        "simulator/__init__.py": "raise RuntimeError('the team has one too')",
        "tests/__init__.py": "",
        "tests/test_theirs.py": (
            "import reports\nimport steps\n\n\n"
            "def test_theirs():\n"
            "    assert (reports.OWNER, steps.OWNER) == ('the team', 'the team')\n"
        ),
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def outcomes(folder: Path) -> dict[str, int]:
    """How many scenarios the JUnit XML of a run has, and how many of them went wrong."""
    suites = ElementTree.parse(folder / "results" / "latest" / "junit.xml").getroot()
    return {
        "scenarios": len(list(suites.iter("testcase"))),
        "wrong": len([*suites.iter("failure"), *suites.iter("error"), *suites.iter("skipped")]),
    }


def test_wheel_holds_every_file_of_the_packages_and_nothing_else(installed: Installed) -> None:
    expected = {
        f"smslab/{path.relative_to(ROOT).as_posix()}"
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not {"__pycache__", "screenshots"}.intersection(path.parts)
    }
    with zipfile.ZipFile(installed.wheel) as wheel:
        found = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert found == expected


def test_shipped_examples_run_from_an_empty_folder(installed: Installed, tmp_path: Path) -> None:
    done = installed.run("smslab", "run", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    latest = tmp_path / "results" / "latest"
    for name in ("report.html", "journal.jsonl", "junit.xml"):
        assert (latest / name).stat().st_size > 0
    shipped = list((ROOT / "features").rglob("*.feature"))
    found = outcomes(tmp_path)
    assert found["scenarios"] >= len(shipped) > 0
    assert found["wrong"] == 0


def test_features_of_a_team_run_beside_packages_of_our_names(
    installed: Installed, team: Path
) -> None:
    done = installed.run("smslab", "run", folder=team)
    assert done.returncode == 0, done.stdout + done.stderr
    assert outcomes(team) == {"scenarios": 1, "wrong": 0}


def test_features_and_tests_of_a_team_run_in_one_pytest_session(
    installed: Installed, team: Path
) -> None:
    done = installed.run("python", "-m", "pytest", "features", "tests", folder=team)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


def test_names_of_a_team_stay_theirs(installed: Installed, team: Path) -> None:
    code = (
        "import steps, reports, smslab.steps.plugin, smslab.reports, smslab.simulator\n"
        "print(steps.OWNER, reports.OWNER, steps is smslab.steps, sep=', ')"
    )
    done = installed.run("python", "-c", code, folder=team)
    assert (done.stdout, done.returncode) == ("the team, the team, False\n", 0), done.stderr
