"""CSV and Parquet give the frames back; safe CSV has no formula, and numbers keep their plus."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smslab.reports import Run
from smslab.reports.exports import parquet
from smslab.reports.exports.csv import plain, write_csv
from smslab.reports.exports.parquet import NoParquet, write_parquet
from smslab.reports.frames.columns import rows_of
from smslab.reports.run import FRAMES
from tests.reports.hostile import hostile_journal
from tests.reports.story import NUMBER
from tests.reports.synthetic import first_contact, journal_of, mixed_journal


def lines(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("journal", [mixed_journal(), hostile_journal()])
def test_raw_csv_holds_every_text_as_it_is(tmp_path: Path, journal: object) -> None:
    run = Run(journal)  # type: ignore[arg-type]
    paths = write_csv(run, tmp_path)
    assert [path.stem for path in paths] == list(FRAMES)
    for path in paths:
        frame = getattr(run, path.stem)
        texts = [name for name in frame.columns if frame[name].dtype == "str"]
        found = [[row[name] for name in texts] for row in lines(path)]
        assert found == [[row[name] or "" for name in texts] for row in rows_of(frame)]


def test_times_and_numbers_read_as_what_they_are(tmp_path: Path) -> None:
    write_csv(Run(journal_of(first_contact().passed())), tmp_path)
    (span,) = lines(tmp_path / "ownership.csv")
    assert (span["from"], span["until"]) == ("2026-01-05T09:00:02.000000Z", "")
    assert span["number"] == NUMBER
    assert lines(tmp_path / "changes.csv")[0]["creation"] == "True"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1+1", "'+1+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("  =1", "'  =1"),
        ("\t=1", "'\t'=1"),
        ("a\n=1", "a\n'=1"),
        ("a;=1", "a;'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("+4915123456789", "+4915123456789"),
        ("+49 151", "'+49 151"),
        ("a = b + c", "a = b + c"),
        ("-", "'-"),
        ("", ""),
    ],
)
def test_a_text_that_a_spreadsheet_would_calculate_gets_an_apostrophe(text: str, safe: str) -> None:
    assert plain(text) == safe


@given(st.text())
def test_no_safe_text_begins_like_a_formula(text: str) -> None:
    safe = plain(text)
    assert safe.lstrip()[:1] not in set("=+-@") or safe[1:].isdigit()
    assert safe.replace("'", "") == text.replace("'", "")


def test_safe_csv_keeps_the_plus_of_numbers_and_opens_as_utf_8(tmp_path: Path) -> None:
    story = first_contact(name='=HYPERLINK("http://x.y")', feature="Grüße")
    write_csv(Run(journal_of(story.passed())), tmp_path, safe=True)
    assert (tmp_path / "scenarios.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (scenario,) = lines(tmp_path / "scenarios.csv", "utf-8-sig")
    assert (scenario["name"], scenario["feature"]) == ('\'=HYPERLINK("http://x.y")', "Grüße")
    assert lines(tmp_path / "ownership.csv", "utf-8-sig")[0]["number"] == NUMBER


@pytest.mark.parametrize("journal", [journal_of(), mixed_journal(), hostile_journal()])
def test_parquet_gives_the_frames_back(tmp_path: Path, journal: object) -> None:
    run = Run(journal)  # type: ignore[arg-type]
    for path in write_parquet(run, tmp_path):
        pd.testing.assert_frame_equal(pd.read_parquet(path), getattr(run, path.stem))


def test_without_pyarrow_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "find_spec", lambda _: None)
    with pytest.raises(NoParquet, match=r"pip install 'smslab\[parquet\]'"):
        write_parquet(Run(mixed_journal()), tmp_path)
    assert list(tmp_path.iterdir()) == []
