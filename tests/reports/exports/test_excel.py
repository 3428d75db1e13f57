"""The workbook: texts are texts, times are dates, heads are frozen, whatever stands in it."""

from __future__ import annotations

import zipfile
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from smslab.reports import Run
from smslab.reports.exports import excel
from smslab.reports.exports.excel import write_workbook
from smslab.reports.frames.columns import rows_of
from smslab.reports.journal_file import JournalFile
from smslab.reports.run import FRAMES
from tests.reports.hostile import ENDLESS, hostile_journal
from tests.reports.story import NUMBER, START, Story
from tests.reports.synthetic import first_contact, journal_of, mixed_journal, people

load_workbook: Any = import_module("openpyxl").load_workbook
FORMULAS = ("=1+1", '=HYPERLINK("http://x.y","z")', "+1+1", "-1", "@SUM(1)", "{=1}", "http://x.y")


def workbook(journal: JournalFile, tmp_path: Path) -> Any:
    write_workbook(Run(journal), tmp_path / "run.xlsx")
    return load_workbook(tmp_path / "run.xlsx")


def sheet(book: Any, name: str) -> Any:
    return book[name]


def cells(book: Any, name: str) -> list[dict[str, Any]]:
    head, *rows = sheet(book, name).iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def saying(*texts: str) -> JournalFile:
    """A journal with a message for each text."""
    story = people(Story("Texts").step("Given", "x"))
    for number, text in enumerate(texts):
        story.create("message", f"m-{number}", body=text, interaction="i", state="sent")
    return journal_of(story.passed())


def test_every_frame_is_a_sheet_with_its_rows(tmp_path: Path) -> None:
    run = Run(mixed_journal())
    book = workbook(run.journal, tmp_path)
    assert book.sheetnames == ["about", *FRAMES]
    for name in FRAMES:
        frame = getattr(run, name)
        found = cells(book, name)
        assert len(found) == len(frame)
        assert [cell.value for cell in sheet(book, name)[1]] == list(frame.columns)
        for column in frame.columns:
            if frame[column].dtype == "Int64" and column != "seed":
                assert [row[column] for row in found] == [r[column] for r in rows_of(frame)]


def test_heads_are_frozen_and_can_be_filtered(tmp_path: Path) -> None:
    book = workbook(mixed_journal(), tmp_path)
    for name in book.sheetnames:
        assert sheet(book, name).freeze_panes == "A2"
        assert sheet(book, name).auto_filter.ref.startswith("A1:")


def test_times_are_dates_and_numbers_keep_their_plus(tmp_path: Path) -> None:
    book = workbook(journal_of(first_contact().passed()), tmp_path)
    (span,) = cells(book, "ownership")
    assert span["from"] == datetime(2026, 1, 5, 9, 0, 2)
    assert span["number"] == NUMBER
    assert sheet(book, "ownership")["E2"].is_date


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_or_a_link_is_text(tmp_path: Path, text: str) -> None:
    book = workbook(saying(text), tmp_path)
    (message,) = cells(book, "messages")
    assert message["body"] == text
    head = [cell.value for cell in sheet(book, "messages")[1]]
    cell = sheet(book, "messages").cell(2, head.index("body") + 1)
    assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_no_sheet_holds_a_formula_or_a_link(tmp_path: Path) -> None:
    write_workbook(Run(hostile_journal()), tmp_path / "run.xlsx")
    with zipfile.ZipFile(tmp_path / "run.xlsx") as files:
        names = files.namelist()
        sheets = [files.read(name).decode() for name in names if "worksheets/" in name]
    assert not [text for text in sheets if "<f>" in text or "<hyperlink" in text]
    assert not [name for name in names if "rels" in name and "sheet" in name]


def test_a_long_text_says_that_it_is_cut(tmp_path: Path) -> None:
    long = "x" * 40_000
    (message,) = cells(workbook(saying(long), tmp_path), "messages")
    assert len(message["body"]) == excel.MOST_CHARACTERS
    assert message["body"].endswith("(all 40,000 characters are in the journal)")


def test_hostile_texts_come_back_as_they_were_but_for_what_xml_cannot_hold(tmp_path: Path) -> None:
    text = "a\x00b\x1b\ufffe_x0041_ \u202eمرحبا 👩\u200d👧\n|\t<b>&amp;'\""
    (message,) = cells(workbook(saying(text), tmp_path), "messages")
    assert message["body"] == text.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace(
        "\ufffe", "\ufffd"
    )
    book = workbook(hostile_journal(), tmp_path)
    assert ENDLESS in [row["text"] for row in cells(book, "steps")]


def test_a_number_too_long_for_excel_is_text(tmp_path: Path) -> None:
    book = workbook(journal_of(first_contact().passed()), tmp_path)
    assert cells(book, "scenarios")[0]["seed"] == 4711
    story = first_contact().passed()
    journal = journal_of(story)
    journal.scenarios[0] = type(story)(
        type(story.scenario)(**{**_fields(story.scenario), "seed": 300885486752637527}),
        *(story.steps, story.events, story.result),
    )
    assert cells(workbook(journal, tmp_path), "scenarios")[0]["seed"] == "300885486752637527"


def _fields(line: Any) -> dict[str, Any]:
    return {name: getattr(line, name) for name in line.__dataclass_fields__}


def test_a_time_before_excel_knows_dates_is_text(tmp_path: Path) -> None:
    story = Story("Old", now=START.replace(year=1800)).step("Given", "x")
    people(story)
    (first, *_) = cells(workbook(journal_of(story.passed()), tmp_path), "changes")
    assert first["time"].startswith("1800-01-05 09:00:01")


def test_more_rows_than_a_sheet_takes_go_to_further_sheets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "MOST_ROWS", 40)
    run = Run(mixed_journal())
    book = workbook(run.journal, tmp_path)
    number = -(-len(run.changes) // 40)
    parts = [f"changes{'' if part == 1 else f' {part}'}" for part in range(1, number + 1)]
    assert [name for name in book.sheetnames if name.startswith("changes")] == parts
    ids = [row["id"] for part in parts for row in cells(book, part)]
    assert ids == list(run.changes["id"])


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(Run(mixed_journal()), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_workbook_that_cannot_be_finished_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "run.xlsx").write_text("old", encoding="utf-8")

    def fail(*_: object) -> pd.DataFrame:
        raise OSError("the disk is full")

    monkeypatch.setattr(excel, "rows_of", fail)
    with pytest.raises(OSError, match="the disk is full"):
        write_workbook(Run(mixed_journal()), tmp_path / "run.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["run.xlsx"]
    assert (tmp_path / "run.xlsx").read_text(encoding="utf-8") == "old"
