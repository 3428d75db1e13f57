"""What is counted batch by batch is what the frames of the run hold, however it is cut."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from smslab.reports import JournalNotFound, Run
from smslab.reports.exports import parquet as exports
from smslab.reports.frames.columns import rows_of
from smslab.reports.journal_file import JournalFile, write
from smslab.reports.scale import Summary, load_events, parquet, summarise, summary
from smslab.reports.scale.batches import EVENTS
from smslab.reports.scale.lines import Lines
from smslab.reports.scale.parquet import NotEvents, event_batches, write_events
from tests.reports.hostile import hostile_journal
from tests.reports.synthetic import journal_of, mixed_journal

COUNTED = ("transitions", "decisions", "rules", "hourly")


def journal(tmp_path: Path, held: JournalFile | None = None) -> Path:
    path = tmp_path / "journal.jsonl"
    write(path, held or mixed_journal())
    return path


def assert_same(one: Summary, other: Summary) -> None:
    assert one.events == other.events
    for name in COUNTED:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_the_counts_are_those_of_the_frames(tmp_path: Path) -> None:
    run, found = Run(mixed_journal()), summarise(journal(tmp_path))
    assert (found.events, found.damage) == (len(run.changes), [])
    by = ["entity", "from", "to"]
    counts = {tuple(row[c] for c in by): row["count"] for row in rows_of(found.transitions)}
    assert counts == Counter(tuple(row[c] for c in by) for row in rows_of(run.transitions))
    decided = run.decisions.groupby(["row", "command", "outcome"], dropna=False).size()
    assert sorted(found.decisions["count"]) == sorted(decided)
    assert found.decisions["count"].sum() == len(run.decisions)
    caused = {row["id"]: row["events"] for row in rows_of(run.rules) if row["events"]}
    assert {row["rule"]: row["count"] for row in rows_of(found.rules)} == caused
    assert found.hourly["count"].sum() == len(run.changes)
    assert found.hourly["hour"].dt.minute.eq(0).all()


@pytest.mark.parametrize("held", [mixed_journal(), hostile_journal(), journal_of()])
def test_json_lines_and_parquet_give_the_same(tmp_path: Path, held: JournalFile) -> None:
    lines, columns = journal(tmp_path, held), tmp_path / "events.parquet"
    assert write_events(columns, Lines(lines).batches(7)) == summarise(lines).events
    assert_same(summarise(lines), summarise(columns))
    one, other = load_events(lines), load_events(columns)
    assert list(one) == list(other) == list(EVENTS)
    pd.testing.assert_frame_equal(one.astype(str), other.astype(str))


@pytest.mark.parametrize("size", [3, 50])
def test_a_decision_that_batches_cut_is_one(tmp_path: Path, size: int) -> None:
    lines, columns = journal(tmp_path), tmp_path / "events.parquet"
    for frame in Lines(lines).batches(size):
        assert len(frame) <= size
    write_events(columns, Lines(lines).batches(size))
    assert_same(summarise(lines), summarise(columns))


@pytest.mark.parametrize("length", [4_001, 20_000])
def test_ranges_of_the_file_give_what_the_whole_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    lines = journal(tmp_path)
    whole = summarise(lines)
    monkeypatch.setattr(summary, "_RANGE", length)
    assert_same(summarise(lines), whole)


def test_two_processes_give_what_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = journal(tmp_path)
    whole = summarise(lines)
    monkeypatch.setattr(summary, "_RANGE", 20_000)
    assert_same(summarise(lines, processes=2), whole)


def test_what_cannot_be_read_is_counted_and_the_rest_is_kept(tmp_path: Path) -> None:
    lines = journal(tmp_path)
    whole = summarise(lines)
    with lines.open("ab") as stream:
        stream.write(b'nonsense\n{"line":"event","scenario":"x"}\n{"line":')
    found = summarise(tmp_path)
    assert found.damage == ["3 lines of the journal cannot be read and are left out."]
    assert_same(found, whole)


def test_what_is_no_journal_is_said(tmp_path: Path) -> None:
    with pytest.raises(JournalNotFound):
        summarise(tmp_path / "nothing")
    (tmp_path / "x.parquet").write_bytes(b"PAR1 nonsense")
    with pytest.raises(NotEvents, match="is no Parquet file, or is damaged"):
        summarise(tmp_path / "x.parquet")
    pd.DataFrame({"entity": ["a"]}).to_parquet(tmp_path / "y.parquet")
    with pytest.raises(NotEvents, match="has no column scenario of the right type"):
        summarise(tmp_path / "y.parquet")


def test_without_pyarrow_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "find_spec", lambda _: None)
    (tmp_path / "x.parquet").write_bytes(b"PAR1")
    for read in (summarise, load_events):
        with pytest.raises(exports.NoParquet, match="pip install"):
            read(tmp_path / "x.parquet")


def test_row_groups_are_as_large_as_they_should_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP", 100)
    events = tmp_path / "events.parquet"
    written = write_events(events, Lines(journal(tmp_path)).batches(30))
    sizes = [len(frame) for frame in event_batches(events, ["step"])]
    assert sum(sizes) == written
    assert min(sizes[:-1]) >= 20
    assert max(sizes) == 100
