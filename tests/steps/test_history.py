"""`smslab history`: listing, showing and removing kept runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from smslab.reports import Run
from smslab.reports.history.kept import History, Occasion
from smslab.steps.cli import app
from tests.reports.hostile import hostile_journal
from tests.reports.story import Story, run_line
from tests.reports.synthetic import journal_of

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime.now(UTC)
FILE = "results/history.sqlite"


def history(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["history", *arguments])


def run_of(number: int, *failing: str, **switches: str) -> Run:
    names = ("one", "two", "three")
    records = [Story(n, feature="F").ended("failed" if n in failing else "passed") for n in names]
    return Run(journal_of(*records, run=run_line(number, **switches)))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    """Four runs, 40, 30, 20 and 10 days old, and one of another suite."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SMSLAB_HISTORY", raising=False)
    made = History(FILE)
    runs = [
        run_of(7, "two"),
        run_of(7, queued_interaction="close_and_create"),
        run_of(7, "one", "two"),
        run_of(8, "one"),
    ]
    for number, run in enumerate(runs):
        seconds = {"F > one": 1.5 * (number + 1)}
        made.keep(run, Occasion(NOW - timedelta(days=40 - 10 * number), "features", seconds))
    made.keep(run_of(9), Occasion(NOW, "features; tags @smoke"))
    return made


@pytest.mark.usefixtures("kept")
def test_the_newest_runs_are_listed_first() -> None:
    day = f"{NOW - timedelta(days=30):%Y-%m-%d %H:%M}"
    lines = history().stdout.splitlines()
    assert lines == history("list").stdout.splitlines()
    assert len(lines) == 5
    assert lines[0] == (
        f"    5  {NOW:%Y-%m-%d %H:%M}  3 of 3 passed  (seed 9; features; tags @smoke)"
    )
    assert lines[3] == (
        f"    2  {day}  3 of 3 passed  (seed 7; queued_interaction=close_and_create; features)"
    )
    assert lines[4].endswith("2 of 3 passed, 1 did not  (seed 7; features)")
    assert history("list", "--most", "2").stdout.splitlines() == lines[:2]


@pytest.mark.usefixtures("kept")
def test_a_run_is_shown_with_those_before_it() -> None:
    assert history("show", "4").stdout.splitlines()[1:] == [
        "  Features: features",
        "  Did not pass     ▅▁█▅  now 1",
        "  Scenarios        ████  now 3",
        "  Rules exercised  ▁▁▁▁  now 0",
        "  Seconds          ▃▅▆█  now 6.0",
        "",
        "Since run 3",
        "  fixed: 1",
        "    F > two",
        "",
        "Failing now",
        "  failed since run 3, 2 runs in a row: F > one",
        "",
        "Not steady (oldest run first; · was not in the run)",
        "  ✗✓✗✓  F > two",
    ]
    assert history("show").stdout.splitlines()[1] == "  Features: features; tags @smoke"
    assert "Since" not in history("show", "1").stdout
    assert "▅▁█  now 2" in history("show", "3").stdout, "nothing that came later"


@pytest.mark.usefixtures("kept")
def test_a_run_that_is_not_there() -> None:
    ended = history("show", "77")
    assert (ended.exit_code, ended.stderr) == (
        2,
        f"There is no run 77 in {FILE}; the newest are 1, 2, 3, 4, 5.\n",
    )


def test_removing_old_runs(kept: History) -> None:
    assert history("prune").exit_code == 2
    assert (
        history("prune", "--older-than", "35").stdout == f"Removed 1 run; 4 runs left in {FILE}\n"
    )
    assert history("prune", "--keep", "2", "--older-than", "15").stdout.startswith("Removed 1 run;")
    assert list(kept.runs()["number"]) == [3, 4, 5]
    assert history("prune", "--keep", "1").stdout == f"Removed 1 run; 2 runs left in {FILE}\n"
    assert list(kept.runs()["number"]) == [4, 5], "the newest of each suite"


def test_where_nothing_is_kept_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SMSLAB_HISTORY", raising=False)
    for command in ([], ["list"], ["show"], ["show", "3"]):
        ended = history(*command)
        assert ended.exit_code == 0
        assert ended.stdout == f"No run is kept in {FILE}. smslab run keeps each run there.\n"
    assert history("prune", "--keep", "1").stdout == f"Removed 0 runs; 0 runs left in {FILE}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("kept")
def test_the_address_comes_from_options_then_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    History("other.sqlite").keep(run_of(1), Occasion(NOW, "other"))
    other = history("--history", "other.sqlite").stdout
    assert "(seed 1; other)" in other
    assert history("list", "--history", "other.sqlite").stdout == other
    assert history("--history", "other.sqlite", "list").stdout == other
    monkeypatch.setenv("SMSLAB_HISTORY", "other.sqlite")
    assert history().stdout == history("list").stdout == other
    assert len(history("list", "--history", FILE).stdout.splitlines()) == 5
    monkeypatch.setenv("SMSLAB_HISTORY", "off")
    assert history().exit_code == 2


@pytest.mark.parametrize("command", [["list"], ["show"], ["prune", "--keep", "1"]])
def test_a_history_that_cannot_be_used_is_said_without_its_password(command: list[str]) -> None:
    ended = history(*command, "--history", "postgresql+psycopg://me:se%40cret@127.0.0.1:1/d")
    assert ended.exit_code == 2
    assert "me:***@127.0.0.1:1/d cannot be used" in ended.stderr
    assert "cret" not in ended.output


def test_hostile_texts_reach_the_terminal_as_text(kept: History) -> None:
    for number in range(2):
        kept.keep(Run(hostile_journal()), Occasion(NOW + timedelta(days=number), "a\x1b[2J\u202eb"))
    for command in (["list"], ["show"]):
        ended = history(*command)
        assert ended.exit_code == 0
        assert all(sign.isprintable() for sign in ended.stdout.replace("\n", ""))
