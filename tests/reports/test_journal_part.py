"""One process writes its part once; the whole journal is made of it without reading it again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from smslab.reports.journal_file import (
    JournalFile,
    ResultLine,
    RunLine,
    ScenarioLine,
    ScenarioRecord,
    StepLine,
    read,
    write,
)
from smslab.reports.journal_part import Part

RUN = RunLine(1, {"a": "b"}, "0")


def record(key: str, text: str = "a") -> ScenarioRecord:
    scenario = ScenarioLine(key, "f", "f.feature", 1, None, key, (), None, 1, "")
    step = StepLine(key, 0, "Given", text, 2, False, None, None, "passed", None)
    return ScenarioRecord(scenario, [step], [], ResultLine(key, "passed", None, None, None, None))


@pytest.mark.parametrize("text", ["a", "Zürich ✓", "lone \ud800 surrogate"])
def test_the_journal_is_the_one_that_a_second_writing_would_give(tmp_path: Path, text: str) -> None:
    records = [record("b", text), record("a"), record("c", text)]
    part = Part(tmp_path / "parts" / "main.jsonl", RUN, keep=True)
    for each in records:
        part.append(each)
    part.close()
    journal = part.finish(tmp_path / "one.jsonl")
    write(tmp_path / "two.jsonl", JournalFile(RUN, records))
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    assert journal == read(tmp_path / "one.jsonl")
    assert [each.scenario.scenario for each in journal.scenarios] == ["a", "b", "c"]


def test_records_are_kept_only_on_request(tmp_path: Path) -> None:
    part = Part(tmp_path / "main.jsonl", RUN)
    part.append(record("a"))
    part.close()
    assert part.finish(tmp_path / "journal.jsonl") == JournalFile(RUN, [])
    (found,) = read(tmp_path / "journal.jsonl").scenarios
    assert found == record("a")


def test_what_was_written_is_on_the_disk_at_once(tmp_path: Path) -> None:
    part = Part(tmp_path / "parts" / "main.jsonl", RUN)
    part.append(record("a"))
    assert [r.scenario.scenario for r in read(tmp_path).scenarios] == ["a"]
    part.append(replace(record("b"), result=None))
    assert [r.scenario.scenario for r in read(tmp_path).scenarios] == ["a", "b"]
    part.close()
