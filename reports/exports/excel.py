"""The frames of a run as an Excel workbook: one sheet each, and one about the run.

What the journal holds is written as text and is never a formula or a link. Times are real
dates (UTC), counts are numbers, and heads are frozen and can be filtered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from smslab.reports.atomic import drafted
from smslab.reports.frames.columns import rows_of
from smslab.reports.page.verdict import verdict
from smslab.reports.run import FRAMES, Run
from smslab.reports.xml_text import legal

MOST_CHARACTERS = 32_767
"""Characters that Excel takes in a cell; a longer text ends with a note."""

MOST_ROWS = 1_048_575
"""Rows that Excel takes in a sheet, below the head; more go to further sheets."""

MOST_DIGITS = 15
"""Digits that Excel keeps of a number; a longer one (a seed) is written as text."""

_FIRST_DATE = datetime(1900, 3, 1, tzinfo=UTC)
_WIDEST = 60
_SAMPLE = 200
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd hh:mm:ss.000",
    "remove_timezone": True,
}
_CREATED = datetime(2026, 1, 1)  # always the same, so that the same run gives the same bytes

_Row: TypeAlias = Mapping[str, Any]


def write_workbook(run: Run, path: Path) -> None:
    """Write the workbook to ``path``, atomically. Raises OSError where that cannot be done."""
    with drafted(path) as draft:
        book = xlsxwriter.Workbook(str(draft), _OPTIONS)
        try:
            book.set_properties({"title": "smslab", "created": _CREATED})
            head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
            about = pd.DataFrame(list(_about(run)), columns=["what", "value"], dtype="str")
            _write(book.add_worksheet("about"), about, head)
            for name in FRAMES:
                for title, frame in _parts(name, getattr(run, name)):
                    _write(book.add_worksheet(title), frame, head)
        finally:
            _close(book)


def _close(book: xlsxwriter.Workbook) -> None:
    """Close a workbook; XlsxWriter has an error of its own for what is an OSError elsewhere."""
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise error.args[0] from None


def _about(run: Run) -> Iterator[tuple[str, str]]:
    yield "verdict", verdict(run).sentence
    line = run.journal.run
    if line is not None:
        yield "seed", str(line.seed)
        yield "smslab", line.smslab
    yield "times", "virtual, UTC"
    for name in FRAMES:
        yield f"sheet {name}", f"{len(getattr(run, name)):,} rows"
    for paragraph in run.journal.damage:
        yield "damage", paragraph


def _parts(name: str, frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The frame with the name of its sheet, in as many parts as Excel needs."""
    yield name, frame.iloc[:MOST_ROWS]
    for number, begin in enumerate(range(MOST_ROWS, len(frame), MOST_ROWS), start=2):
        yield f"{name} {number}", frame.iloc[begin : begin + MOST_ROWS]


def _write(sheet: Worksheet, frame: pd.DataFrame, head: Format) -> None:
    names = list(frame.columns)
    rows = rows_of(frame)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, _width(name, rows))
    for number, row in enumerate(rows, start=1):
        for column, name in enumerate(names):
            _write_cell(sheet, number, column, row[name])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), max(0, len(names) - 1))


def _width(name: str, rows: Sequence[_Row]) -> int:
    shown = (
        23 if isinstance(row[name], datetime) else len(str(row[name])) for row in rows[:_SAMPLE]
    )
    return min(_WIDEST, max([len(name) + 3, *shown]) + 1)


def _write_cell(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int) and len(str(abs(value))) <= MOST_DIGITS:
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime) and value >= _FIRST_DATE:
        sheet.write_datetime(row, column, value)
    else:
        sheet.write_string(row, column, _fitting(legal(str(value))))


def _fitting(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    note = f"… (all {len(text):,} characters are in the journal)"
    return text[: MOST_CHARACTERS - len(note)] + note
