"""Feature files under pytest: collected, run, selected and reported like tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.steps.hostile_run import TROUBLED_STEPS

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

CONFTEST = (
    """
    import asyncio, datetime, time
    import pytest
    from pytest_bdd import given, when, then, parsers, step
    from smslab.steps.language.parser import parse

    @given("all is well")
    def _(): ...

    @given("two words fit")
    @given(parsers.re("two w.* fit"))
    def _(): ...

    @when("nobody awaits this", target_fixture="awaited")
    async def _():
        await asyncio.sleep(0)
        return True

    @then("it was awaited")
    def _(awaited):
        assert awaited is True

    @then("it fails")
    def _():
        raise AssertionError("expected Ana, got Ben")

    @then("it breaks")
    def _():
        {}["x"]


    @when(parse("{duration} pass(es) unseen"), target_fixture="before")
    def _(instance, duration):
        before = datetime.datetime.now(datetime.UTC)
        assert before == instance.core.clock.now
        instance.advance(duration)
        return before

    @then(parse("the wall clock has moved by {duration}"))
    def _(before, duration):
        assert datetime.datetime.now(datetime.UTC) - before == duration
        assert time.time() == datetime.datetime.now(datetime.UTC).timestamp()
"""
    + TROUBLED_STEPS
)

HOSTILE = {
    "sound.feature": """
        @A-1
        Feature: Sound
          @fast
          Scenario: passes
            Given all is well
          Scenario: is awaited
            When nobody awaits this
            Then it was awaited
          Scenario Outline: rows
            Given <what> is well
            Examples:
              | what |
              | all  |
    """,
    "unsound.feature": """
        Feature: Unsound
          Scenario: undefined
            Given all is wel
            Then it fails
          Scenario: ambiguous
            Given two words fit
          Scenario: fails
            Given all is well
            Then it fails
          Scenario: breaks
            Then it breaks
          Scenario: skipped
            Then it is skipped
          Scenario: pending
            Then it is not written
          Scenario: at the end
            Given a fixture breaks at the end
          Scenario: at the start
            Given a fixture breaks at the start
          Scenario: twice
            Given all is well
          Scenario: twice
            Given all is well
          Scenario Outline: rows
            Given <what> is well
            Examples:
              | what |
              | all  |
              | all  |
    """,
    "broken.feature": "Feature: Broken\n  Scenario: s\n    Given x\n    Gven y\n",
    "empty.feature": "",
    "last.feature": """
        Feature: Last
          Scenario: passes
            Given all is well
    """,
}

EXPECTED = {
    "Last > passes": "passed",
    "Sound > is awaited": "passed",
    "Sound > passes": "passed",
    "Sound > rows > what=all": "passed",
    "Unsound > ambiguous": "ambiguous",
    "Unsound > at the end": "failed",
    "Unsound > at the start": "failed",
    "Unsound > breaks": "failed",
    "Unsound > fails": "failed",
    "Unsound > pending": "pending",
    "Unsound > rows > what=all": "passed",
    "Unsound > rows > what=all (2)": "broken",
    "Unsound > skipped": "skipped",
    "Unsound > twice": "passed",
    "Unsound > twice (2)": "broken",
    "Unsound > undefined": "undefined",
    "features/broken.feature": "broken",
    "features/empty.feature": "broken",
}


@pytest.fixture
def hostile(folder: Folder) -> Folder:
    """A folder with features of every kind of trouble, and sound ones around them."""
    folder.write("conftest.py", CONFTEST)
    for name, text in HOSTILE.items():
        folder.write(f"features/{name}", text)
    return folder


def test_every_trouble_is_reported_and_no_other_scenario_is_lost(hostile: Folder) -> None:
    ended = hostile.pytest("-q", "--smslab-no-reports")
    assert ended.returncode == 1
    assert hostile.statuses() == EXPECTED
    assert "INTERNALERROR" not in ended.stdout
    assert "18 scenarios: 6 passed, 4 failed, 1 undefined, 1 ambiguous, 1 pending" in ended.stdout


def test_journals_are_the_same_bytes_serial_in_two_processes_and_reversed(hostile: Folder) -> None:
    files = sorted(f"features/{name}" for name in HOSTILE)
    hostile.pytest("-q", "--smslab-no-reports", "--smslab-results=serial", *files)
    hostile.pytest("-q", "--smslab-no-reports", "--smslab-results=parallel", "-n", "2", *files)
    hostile.pytest("-q", "--smslab-no-reports", "--smslab-results=reversed", *reversed(files))
    journals = [
        (hostile.path / name / "journal.jsonl").read_bytes()
        for name in ("serial", "parallel", "reversed")
    ]
    assert journals[0] == journals[1] == journals[2]
    assert hostile.statuses("serial") == EXPECTED
    assert not (hostile.path / "parallel" / "parts").exists()


def test_a_failing_step_is_told_in_words_with_seed_and_command(hostile: Folder) -> None:
    ended = hostile.pytest(
        "-q", "--smslab-no-reports", "--smslab-seed=7", "features/unsound.feature::fails"
    )
    assert "features/unsound.feature:9  fails" in ended.stdout
    assert "  Then it fails" in ended.stdout
    assert "expected Ana, got Ben" in ended.stdout
    assert "smslab run features/unsound.feature:7 --seed 7" in ended.stdout
    assert "Traceback" not in ended.stdout
    assert "conftest.py" not in ended.stdout


def test_an_unexpected_error_shows_where_in_the_users_code(hostile: Folder) -> None:
    ended = hostile.pytest("-q", "--smslab-no-reports", "features/unsound.feature::breaks")
    assert "KeyError: 'x' (conftest.py:" in ended.stdout
    assert "runner.py" not in ended.stdout


def test_the_usual_options_select_and_stop(hostile: Folder) -> None:
    hostile.pytest("-q", "--smslab-no-reports", "-k", "fast")
    assert list(hostile.statuses()) == ["Sound > passes"]
    hostile.pytest("-q", "--smslab-no-reports", "-x", "features/unsound.feature")
    assert list(hostile.statuses()) == ["Unsound > undefined"]


def test_collection_can_be_switched_off(hostile: Folder) -> None:
    hostile.write("pytest.ini", "[pytest]\nsmslab_collect = false\n")
    ended = hostile.pytest("-q", "--smslab-no-reports", "features")
    assert ended.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
    assert not (hostile.path / "results").exists()


def test_the_wall_clock_moves_with_virtual_time_and_durations_stay_real(folder: Folder) -> None:
    folder.write("conftest.py", CONFTEST)
    folder.write(
        "time.feature",
        """
        Feature: Time
          Scenario: one
            When 2 days pass unseen
            Then the wall clock has moved by 2 days
          Scenario: two
            When 1 hour passes unseen
            Then the wall clock has moved by 1 hour
        """,
    )
    folder.write(
        "test_after.py",
        """
        import datetime, time

        def test_the_freeze_has_ended():
            assert type(datetime.datetime.now()).__module__ == "datetime"
            assert time.time() > 1_750_000_000
        """,
    )
    ended = folder.pytest("-q", "--smslab-no-reports")
    assert ended.returncode == 0, ended.stdout
    facts = json.loads((folder.path / "results/latest/run.json").read_text())
    assert all(0 < seconds < 60 for seconds in facts["seconds"].values())
    assert not facts["started"].startswith("2026-01-05T09:00:00")


def test_pandas_is_not_imported_when_the_plugin_is_loaded(folder: Folder) -> None:
    folder.write("test_it.py", "import sys\ndef test_it(): assert 'pandas' not in sys.modules\n")
    ended = folder.pytest("-q", "--smslab-no-reports")
    assert ended.returncode == 0, ended.stdout
