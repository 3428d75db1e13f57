"""Runs are kept, read back and removed, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, insert, inspect, select, update

from smslab.reports import Run, journal_file
from smslab.reports.frames.columns import rows_of
from smslab.reports.history.kept import (
    KEPT_OUTCOMES,
    KEPT_RUNS,
    History,
    HistoryUnusable,
    Occasion,
)
from smslab.reports.history.schema import METADATA, OUTCOMES, RUNS, SCENARIOS, STEPS, VERSION
from smslab.reports.journal_file import JournalFile, ScenarioRecord
from tests.reports.hostile import hostile_journal
from tests.reports.story import Story, run_line
from tests.reports.synthetic import claimed_guest, first_contact, journal_of, mixed_journal

START = datetime(2026, 3, 1, 8, 30, 15, 250, tzinfo=UTC)


def on_day(day: int, suite: str = "features", **seconds: float) -> Occasion:
    return Occasion(START + timedelta(days=day), suite, seconds or None)


def run_of(*records: ScenarioRecord) -> Run:
    return Run(journal_of(*records))


def counted(address: str, *tables: object) -> list[int]:
    url = address if "://" in address else f"sqlite:///{address}"
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [
            connection.scalar(select(func.count()).select_from(table))  # type: ignore[arg-type]
            for table in tables
        ]
    engine.dispose()
    return [number or 0 for number in found]


def test_a_run_comes_back_as_it_was_kept(address: str) -> None:
    run = Run(mixed_journal())
    history = History(address)
    assert history.keep(run, on_day(0, "features; tags @A-4")) == 1
    (row,) = rows_of(history.runs())
    statuses = run.scenarios["status"]
    assert row == {
        "number": 1,
        "started": START,
        "seconds": None,
        "suite": "features; tags @A-4",
        "seed": "7",
        "smslab": "0.1.0",
        "switches": "guest_profile=replace",
        "scenarios": len(run.scenarios),
        "passed": (statuses == "passed").sum(),
        "failed": (statuses == "failed").sum(),
        "skipped": (statuses == "skipped").sum(),
        "other": (~statuses.isin(["passed", "failed", "skipped"])).sum(),
        "flaky": 0,
        "events": len(run.changes),
        "rules": run.rules["exercised"].sum(),
        "rows": run.decisions.loc[run.decisions["outcome"] == "sent", "row"].nunique(),
        "damaged": False,
    }
    outcomes = history.outcomes([1])
    expected = dict(zip(run.scenarios["scenario"], statuses, strict=True))
    assert dict(zip(outcomes["scenario"], outcomes["status"], strict=True)) == expected
    titles = dict(zip(run.scenarios["scenario"], run.scenarios["title"], strict=True))
    assert dict(zip(outcomes["scenario"], outcomes["title"], strict=True)) == titles


def test_seconds_switches_attempts_and_damage_are_kept(address: str) -> None:
    again = first_contact().passed()
    assert again.result is not None
    again = replace(again, result=replace(again.result, attempts=3))
    journal = journal_of(again, run=run_line(queued_interaction="close_and_create"))
    key = again.scenario.scenario
    damaged = JournalFile(journal.run, journal.scenarios, ["a line is lost"])
    history = History(address)
    history.keep(Run(damaged), Occasion(START, "", {key: 1.25}))
    (row,) = rows_of(history.runs())
    assert row["switches"] == "queued_interaction=close_and_create"
    assert (row["seconds"], row["flaky"], row["damaged"]) == (1.25, 1, True)
    (outcome,) = rows_of(history.outcomes([1]))
    assert (outcome["attempts"], outcome["seconds"]) == (3, 1.25)


def test_hostile_texts_are_kept_as_text(address: str) -> None:
    """NUL and lone surrogates, which PostgreSQL refuses, become signs; no key is too long."""
    journal = hostile_journal()
    long = Story("x" * 10_000, feature="NUL \x00").passed()
    run = Run(journal_of(*journal.scenarios, long))
    history = History(address)
    history.keep(run, on_day(0, "a suite with \x00 and \ud800"))
    outcomes = history.outcomes([1])
    assert len(outcomes) == len(run.scenarios)
    kept = set(outcomes["scenario"])
    assert f"NUL \u2400 > {'x' * 10_000}" in kept
    unchanged = [key for key in run.scenarios["scenario"] if key.isprintable()]
    assert set(unchanged) <= kept
    assert unchanged, "some are as they were"
    assert list(history.runs()["suite"]) == ["a suite with \u2400 and ?"]


def test_frames_have_their_columns_also_when_nothing_is_kept(address: str) -> None:
    history = History(address)
    for _ in range(2):
        for frame, columns in (
            (history.runs(), KEPT_RUNS),
            (history.outcomes([1, 2]), KEPT_OUTCOMES),
        ):
            assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == columns
        history.keep(Run(mixed_journal()), on_day(0))


def test_reading_begins_no_file(tmp_path: Path) -> None:
    history = History(str(tmp_path / "folder" / "history.sqlite"))
    assert len(history.runs()) == 0
    assert history.prune(keep=1) == 0
    assert history.trends().runs == []
    assert list(tmp_path.iterdir()) == []


def test_a_run_is_kept_once_and_scenarios_are_written_once(address: str) -> None:
    run, history = run_of(first_contact().passed(), claimed_guest().passed()), History(address)
    assert [history.keep(run, on_day(day)) for day in (0, 1, 1, 0, 2)] == [1, 2, 2, 1, 3]
    assert counted(address, RUNS, SCENARIOS, OUTCOMES) == [3, 2, 6]


def test_the_newest_runs_of_a_suite_oldest_first(address: str) -> None:
    run, history = run_of(first_contact().passed()), History(address)
    for day, suite in enumerate(["all", "smoke", "all", "smoke", "all"]):
        history.keep(run, on_day(day, suite))
    assert list(history.runs()["number"]) == [1, 2, 3, 4, 5]
    assert list(history.runs(2)["number"]) == [4, 5]
    assert list(history.runs(2, "all")["number"]) == [3, 5]
    assert list(history.runs(2, "all", until=4)["number"]) == [1, 3]


def test_pruning_by_number_keeps_the_newest_of_each_suite(address: str) -> None:
    history = History(address)
    for day, suite in enumerate(["all", "smoke", "all", "all"]):
        names = ["old", "s"] if day == 0 else ["s"]
        history.keep(run_of(*(Story(name).passed() for name in names)), on_day(day, suite))
    assert history.prune(keep=2) == 1
    assert list(history.runs()["number"]) == [2, 3, 4]
    assert counted(address, SCENARIOS, OUTCOMES) == [1, 3], "what only the old run had is gone"
    assert history.prune(keep=2) == 0
    assert history.prune(keep=0) == 3
    assert counted(address, RUNS, SCENARIOS, OUTCOMES) == [0, 0, 0]
    assert history.keep(run_of(first_contact().passed()), on_day(9)) == 5, "no number twice"


def test_pruning_by_age_and_by_both(address: str) -> None:
    run, history = run_of(first_contact().passed()), History(address)
    for day in range(6):
        history.keep(run, on_day(day))
    assert history.prune(before=START + timedelta(days=2)) == 2
    assert history.prune(keep=1, before=START + timedelta(days=3)) == 1
    assert history.prune(keep=4, before=START + timedelta(days=9)) == 0
    assert list(history.runs()["number"]) == [4, 5, 6]
    with pytest.raises(ValueError, match="say how many"):
        history.prune()


def test_a_later_version_of_the_tables_is_left_alone(address: str) -> None:
    run, history = run_of(first_contact().passed()), History(address)
    history.keep(run, on_day(0))
    engine = create_engine(address if "://" in address else f"sqlite:///{address}")
    with engine.begin() as connection:
        connection.execute(update(VERSION).values(version=len(STEPS) + 1))
    engine.dispose()
    for attempt in (history.runs, lambda: history.keep(run, on_day(1))):
        with pytest.raises(HistoryUnusable, match=r"written by a later smslab \(version 2, and"):
            attempt()
    assert counted(address, RUNS) == [1]


def test_tables_of_others_in_the_database_are_left_alone(address: str) -> None:
    history = History(address)
    Path(address).parent.mkdir(exist_ok=True) if "://" not in address else None
    engine = create_engine(address if "://" in address else f"sqlite:///{address}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE runs (number INTEGER)")
    history.keep(run_of(first_contact().passed()), on_day(0))
    history.prune(keep=0)
    assert set(inspect(engine).get_table_names()) == {"runs", *METADATA.tables}
    engine.dispose()


def test_an_interrupted_write_leaves_nothing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from smslab.reports.history import kept

    history = History(address)
    history.keep(run_of(first_contact().passed()), on_day(0))

    def breaks(*_: object) -> None:
        raise RuntimeError("the plug was pulled")

    monkeypatch.setattr(kept, "_insert_outcomes", breaks)
    with pytest.raises(HistoryUnusable, match="the plug was pulled"):
        history.keep(run_of(claimed_guest().passed()), on_day(1))
    assert counted(address, RUNS, SCENARIOS, OUTCOMES) == [1, 1, 1]


KEEPING = """
import sys
from datetime import datetime, UTC
from smslab.reports import load
from smslab.reports.history.kept import History, Occasion

run, history = load(sys.argv[1]), History(sys.argv[2])
run.rules, run.decisions, run.followed, run.settings
print("ready", flush=True)
sys.stdin.readline()
for number in range(4):
    history.keep(run, Occasion(datetime(2026, 1, int(sys.argv[3]), number, tzinfo=UTC), "s"))
"""


def test_runs_that_end_at_the_same_time_are_all_kept(address: str, tmp_path: Path) -> None:
    """Two processes begin at once on a database without tables."""
    journal = tmp_path / "journal.jsonl"
    journal_file.write(journal, mixed_journal())
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", KEEPING, str(journal), address, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(1, 3)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    ended = [process.communicate("go\n", timeout=120) for process in processes]
    assert [error for _, error in ended] == [""] * 2
    scenarios = len(mixed_journal().scenarios)
    assert counted(address, RUNS, SCENARIOS, OUTCOMES) == [8, scenarios, 8 * scenarios]


def test_a_scenario_that_another_run_wrote_first_is_tried_again(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What two runs do when both find a scenario new: the second begins again."""
    from smslab.reports.history import kept

    history, genuine, seen = History(address), kept._known_ids, []
    history.keep(run_of(first_contact().passed()), on_day(0))

    def blind_at_first(*arguments: object) -> dict[str, int]:
        seen.append(arguments)
        return {} if len(seen) == 1 else genuine(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(kept, "_known_ids", blind_at_first)
    assert history.keep(run_of(first_contact().passed()), on_day(1)) in (2, 3)
    assert counted(address, RUNS, SCENARIOS, OUTCOMES) == [2, 1, 2]


def test_a_row_that_nobody_can_write_is_given_up(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smslab.reports.history import kept

    attempts = []

    def refused(connection: object, *_: object) -> None:
        attempts.append(connection)
        connection.execute(insert(RUNS).values(number=None))  # type: ignore[attr-defined]

    monkeypatch.setattr(kept, "_insert_outcomes", refused)
    with pytest.raises(HistoryUnusable, match="cannot be used"):
        History(address).keep(run_of(first_contact().passed()), on_day(0))
    assert len(attempts) == 4
