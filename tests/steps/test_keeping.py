"""A run is kept in the history when it ends, and never at the cost of its reports."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from smslab.reports.frames.columns import rows_of
from smslab.reports.history.kept import History
from smslab.reports.journal_file import write
from smslab.steps.cli import app
from tests.reports.synthetic import mixed_journal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.steps.conftest import Folder

FEATURE = """
    Feature: F
      Scenario: {name}
        Given Ana is a consumer in Berlin
      @smoke
      Scenario: {other}
        Given Ana is a consumer in {place}
"""
HISTORY = "results/history.sqlite"


@pytest.fixture
def project(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Two features that pass, with the history where it is by itself."""
    folder.write("features/f.feature", FEATURE.format(name="a", other="b", place="Berlin"))
    del folder.environment["SMSLAB_HISTORY"]
    monkeypatch.delenv("SMSLAB_HISTORY", raising=False)
    return folder


def smslab_(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def kept(path: Path) -> list[tuple[int, str, int, int]]:
    rows = History(str(path)).runs()
    columns = (rows[name] for name in ("number", "suite", "passed", "other"))
    return [(int(n), s, int(p), int(o)) for n, s, p, o in zip(*columns, strict=True)]


def pages_are_whole(folder: Folder) -> bool:
    latest = folder.path / "results/latest"
    assert "<h1" in (latest / "report.html").read_text(encoding="utf-8")
    assert (latest / "junit.xml").stat().st_size > 0
    return not folder.journal().damage


def test_runs_are_kept_and_make_trends_on_the_page(project: Folder) -> None:
    first = project.smslab("run")
    assert (first.returncode, first.stdout.splitlines()[-1]) == (0, f"History: run 1 in {HISTORY}")
    latest = project.path / "results/latest"
    assert 'id="trends"' not in (latest / "report.html").read_text(encoding="utf-8")
    project.write("features/f.feature", FEATURE.format(name="a", other="b", place="Atlantis"))
    second = project.smslab("run")
    assert (second.returncode, second.stdout.splitlines()[-1]) == (
        1,
        f"History: run 2 in {HISTORY}",
    )
    page = (latest / "report.html").read_text(encoding="utf-8")
    assert "run 1 was the last in which nothing failed." in page
    assert smslab_("report").exit_code == 2, "it wants to know of what"
    assert smslab_("report", "results/latest").exit_code == 0
    assert (latest / "report.html").read_text(encoding="utf-8") == page, "the same, made again"
    assert [number for number, *_ in kept(project.path / HISTORY)] == [1, 2]


def test_suites_are_told_apart_by_what_was_chosen(project: Folder) -> None:
    for options in (["-t", "@smoke", "--name", "b"], ["features/f.feature", "--order=random:3"]):
        assert project.smslab("run", *options).returncode == 0
    suites = ['features; tags @smoke; name "b"', "features/f.feature"]
    assert [suite for _, suite, *_ in kept(project.path / HISTORY)] == suites
    assert json.loads((project.path / "results/latest/run.json").read_text())["suite"] == suites[1]


def test_nothing_is_kept_where_the_history_is_off_or_pytest_is_not_told(project: Folder) -> None:
    for ended in (project.smslab("run", "--history", "off"), project.pytest("-q", "features")):
        assert ended.returncode == 0
        assert "History" not in ended.stdout
    assert not (project.path / HISTORY).exists()


def test_a_run_under_pytest_is_kept_where_the_environment_asks_for_it(project: Folder) -> None:
    project.environment["SMSLAB_HISTORY"] = "asked.sqlite"
    ended = project.pytest("-q", "-n", "1", "features")
    assert "History: run 1 in asked.sqlite" in ended.stdout
    assert kept(project.path / "asked.sqlite") == [(1, "features", 2, 0)]
    assert not (project.path / HISTORY).exists()


def test_a_locked_history_costs_no_report(project: Folder) -> None:
    (project.path / "results").mkdir()
    other = sqlite3.connect(project.path / HISTORY, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    ended = project.smslab("run")
    other.close()
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[-1] == (
        f"History: this run is not kept. {HISTORY} is locked by another program (database is "
        "locked). Wait until it is done. The reports are whole; keep it later with: "
        "smslab history keep results/latest"
    )
    assert "Traceback" not in ended.stdout + ended.stderr
    assert pages_are_whole(project)
    for _ in range(2):
        assert smslab_("history", "keep").stdout == f"Run 1 in {HISTORY}\n", "and only once"
    assert kept(project.path / HISTORY) == [(1, "features", 2, 0)]


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ("damaged.sqlite", "damaged.sqlite is damaged (file is not a database)."),
        ("postgresql+psycopg://me:se%40cret@127.0.0.1:1/d", "me:***@127.0.0.1:1/d cannot be used"),
    ],
)
def test_a_history_that_cannot_be_used_costs_no_report(
    project: Folder, history: str, said: str
) -> None:
    project.write("damaged.sqlite", "this is no database, but it is long enough " * 20)
    ended = project.smslab("run", f"--history={history}")
    assert ended.returncode == 0
    last = ended.stdout.splitlines()[-1]
    assert last.startswith("History: this run is not kept. ")
    assert said in last
    assert pages_are_whole(project)
    facts = (project.path / "results/latest/run.json").read_text()
    assert json.loads(facts)["trends"] is None
    assert "--history=" in facts
    assert "cret" not in ended.stdout + ended.stderr + facts
    assert "Traceback" not in ended.stdout + ended.stderr


def test_merged_shards_are_kept_as_the_run_that_they_are_parts_of(project: Folder) -> None:
    for part in ("1", "2"):
        options = ("--results", f"part-{part}", "--shard", f"{part}/2", "--no-reports")
        assert project.smslab("run", *options).returncode == 0
    assert not (project.path / HISTORY).exists(), "a part is no run"
    assert smslab_("merge", "part-1", "part-2", "--to", "all").exit_code == 0
    for _ in range(2):
        assert smslab_("history", "keep", "all").stdout == f"Run 1 in {HISTORY}\n"
    assert kept(project.path / HISTORY) == [(1, "features", 2, 0)]
    assert smslab_("history", "keep", "nowhere").exit_code == 2


@pytest.mark.parametrize(
    "facts", ["", "[1]", '{"seconds": [1], "started": 5}', '{"seconds": {"": ""}}']
)
def test_a_run_whose_facts_are_lost_or_damaged_is_kept_all_the_same(
    project: Folder, facts: str
) -> None:
    write(project.path / "results/latest/journal.jsonl", mixed_journal())
    project.write("results/latest/run.json", facts)
    assert smslab_("history", "keep").stdout == f"Run 1 in {HISTORY}\n"
    assert smslab_("report", "results/latest").exit_code == 0
    assert facts_of(project.path / HISTORY) == ("", None)


def facts_of(path: Path) -> tuple[str, float | None]:
    (row,) = rows_of(History(str(path)).runs())
    return row["suite"], row["seconds"]
