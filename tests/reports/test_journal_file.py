"""The journal on disk: what is written is read back, and what is lost is named."""

from __future__ import annotations

import io
import json
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path

import pytest

from smslab.reports import journal_file
from smslab.reports.journal_file import (
    JournalFile,
    JournalNotFound,
    RunLine,
    ScenarioLine,
    ScenarioRecord,
)
from smslab.simulator.journal import Event
from tests.reports.story import run_line
from tests.reports.synthetic import first_contact, journal_of, mixed_journal


def damage_of(tmp_path: Path, lines: list[bytes]) -> JournalFile:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"\n".join(lines))
    return journal_file.read(path)


def test_a_whole_journal_has_no_damage(whole: bytes, tmp_path: Path) -> None:
    assert damage_of(tmp_path, [whole]).damage == []


def test_a_cut_line_is_named_with_its_number_and_what_is_kept(whole: bytes, tmp_path: Path) -> None:
    at = whole.index(b'{"line":"scenario","scenario":"Numbers')
    line = whole[:at].count(b"\n") + 1
    found = damage_of(tmp_path, [whole[: at + 40]])
    assert (
        f"journal.jsonl:{line}: the line ends in the middle; expected one whole JSON object and a "
        "line end. The line is left out; 1 complete scenario before it is kept."
    ) in found.damage


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"line":"gossip"}', "a line of kind 'gossip'; expected one of run, scenario"),
        (b"[1]", "no JSON object"),
        (b"nonsense", "the line is not JSON"),
        (b'{"line":"end"}', 'no field "scenarios" in a line of kind end'),
        (b'{"line":"end","scenarios":"2"}', 'the field "scenarios" is not a whole number'),
        (b'{"line":"run","format":99,"seed":1,"policy":{},"smslab":"9"}', "journal format 99"),
        (b'{"line":"end","scenarios":\xff}', "the line is not JSON"),
        (b"[" * 100_000, "the line is not JSON"),
    ],
)
def test_a_line_that_is_no_line_of_a_journal_is_named(
    whole: bytes, tmp_path: Path, line: bytes, expected: str
) -> None:
    head, rest = whole.split(b"\n", 1)
    found = damage_of(tmp_path, [head, line, rest])
    assert found.scenarios == mixed_journal().scenarios
    assert [paragraph.startswith("journal.jsonl:2: ") for paragraph in found.damage] == [True]
    assert expected in found.damage[0]


@pytest.mark.parametrize("time", ["2026-01-05T09:00:00", "yesterday", 7, "2026-99-05T09:00:00Z"])
def test_a_time_that_is_not_utc_is_damage(tmp_path: Path, time: object) -> None:
    path = tmp_path / "journal.jsonl"
    journal_file.write(path, journal_of(first_contact().passed()))
    lines = path.read_text(encoding="utf-8").splitlines()
    event = next(i for i, line in enumerate(lines) if line.startswith('{"line":"event"'))
    lines[event] = json.dumps({**json.loads(lines[event]), "time": time})
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = journal_file.read(path)
    assert f'journal.jsonl:{event + 1}: the field "time" is not a time in UTC' in found.damage[0]


def test_lines_without_their_scenario_line_are_reported_once(whole: bytes, tmp_path: Path) -> None:
    lines = whole.split(b"\n")
    first = next(i for i, line in enumerate(lines) if line.startswith(b'{"line":"scenario"'))
    found = damage_of(tmp_path, lines[:first] + lines[first + 1 :])
    assert found.scenarios == mixed_journal().scenarios[1:]
    assert len(found.damage) == 2
    assert "whose scenario line is missing" in found.damage[0]
    assert "counts 12 scenarios, the file holds 11" in found.damage[1]


def test_a_file_full_of_nonsense_gives_few_paragraphs(tmp_path: Path) -> None:
    found = damage_of(tmp_path, [b"?"] * 500 + [b""])
    assert len(found.damage) < 30
    assert "journal.jsonl: 480 more damaged lines." in found.damage


def test_the_lines_of_a_scenario_stand_in_the_order_in_which_they_happened() -> None:
    stream = io.StringIO()
    journal_file.append_scenario(stream, first_contact().passed())
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    kinds = [line["line"] for line in lines]
    assert kinds[0] == "scenario"
    assert kinds[-1] == "result"
    steps = [i for i, line in enumerate(lines) if line["line"] == "step"]
    assert [lines[i]["step"] for i in steps] == [0, 1]
    assert {line["step"] for line in lines[1 : steps[0]]} == {0}
    assert {line["step"] for line in lines[steps[0] + 1 : steps[1]]} == {1}


def test_the_order_of_keys_is_that_of_the_fields() -> None:
    stream = io.StringIO()
    journal_file.append_run(stream, run_line())
    journal_file.append_scenario(stream, first_contact().passed())
    by_kind = {data["line"]: list(data) for data in map(json.loads, stream.getvalue().splitlines())}
    assert by_kind["run"] == ["line", "format", *(f.name for f in fields(RunLine))]
    assert by_kind["scenario"] == ["line", *(f.name for f in fields(ScenarioLine))]
    assert by_kind["event"] == ["line", "scenario", *Event._fields]


def test_line_separators_and_lone_surrogates_do_not_break_lines(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    record = first_contact(description="one\u2028two\x85three\r\n\ud800").passed()
    journal_file.write(path, journal_of(record))
    (found,) = journal_file.read(path).scenarios
    assert found.scenario.description == "one\u2028two\x85three\r\n?"


def part(folder: Path, name: str, *stories: ScenarioRecord, run: RunLine | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        if run is not None:
            journal_file.append_run(stream, run)
        for record in stories:
            journal_file.append_scenario(stream, record)
    return path


def test_parts_merge_into_the_journal_that_one_worker_would_write(tmp_path: Path) -> None:
    journal = mixed_journal()
    run = journal.run
    assert run is not None
    parts = [
        part(tmp_path, "gw1", *reversed(journal.scenarios[::2]), run=run),
        part(tmp_path, "gw0", *journal.scenarios[1::2]),
    ]
    assert journal_file.merge(run, parts) == journal
    journal_file.write(tmp_path / "one.jsonl", journal)
    journal_file.write(tmp_path / "two.jsonl", journal_file.merge(run, parts))
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_how_many_scenarios_were_withheld_is_in_the_closing_line_if_any_were(
    tmp_path: Path,
) -> None:
    path = tmp_path / "journal.jsonl"
    for withheld, end in ((0, b'"scenarios":1}'), (3, b'"scenarios":1,"withheld":3}')):
        journal = replace(journal_of(first_contact().passed()), withheld=withheld)
        journal_file.write(path, journal)
        assert path.read_bytes().splitlines()[-1] == b'{"line":"end",' + end
        assert journal_file.read(path) == journal
    path.write_bytes(path.read_bytes().replace(b":3}", b':"3"}'))
    (paragraph, *_) = journal_file.read(path).damage
    assert 'the field "withheld" is not a whole number' in paragraph


def test_a_part_of_another_run_is_named(tmp_path: Path) -> None:
    old = part(tmp_path, "gw0", first_contact().passed(), run=run_line(seed=5))
    merged = journal_file.merge(run_line(seed=6), [old])
    assert [p.startswith("gw0.jsonl: this file belongs to another run") for p in merged.damage] == [
        True
    ]


def test_a_folder_of_a_run_that_was_killed_is_read_from_its_parts(tmp_path: Path) -> None:
    part(tmp_path / "parts", "gw0", first_contact().passed(), run=run_line())
    part(tmp_path / "parts", "gw1", first_contact(name="Another").cut_off())
    found = journal_file.read(tmp_path)
    assert found.run == run_line()
    assert [record.result is None for record in found.scenarios] == [False, True]
    assert any("only the parts of 2 workers" in paragraph for paragraph in found.damage)
    assert any("has no result" in paragraph for paragraph in found.damage)


def test_a_folder_is_read_from_its_journal_not_from_left_over_parts(tmp_path: Path) -> None:
    part(tmp_path / "parts", "gw0", first_contact(name="Old").passed())
    journal_file.write(tmp_path / "journal.jsonl", journal_of(first_contact().passed()))
    assert journal_file.read(tmp_path) == journal_of(first_contact().passed())


def test_a_path_without_a_journal_names_the_nearest_one(tmp_path: Path) -> None:
    journal_file.write(tmp_path / "results" / "latest" / "journal.jsonl", journal_of())
    with pytest.raises(JournalNotFound, match="results/latest"):
        journal_file.read(tmp_path / "results" / "lates")
    with pytest.raises(JournalNotFound, match="results/latest"):
        journal_file.read(tmp_path / "results")


def test_without_any_journal_near_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(JournalNotFound, match="smslab run"):
        journal_file.read(tmp_path / "a" / "b")


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal_file.write(path, journal_of(first_contact().passed()))
    before = path.read_bytes()
    unwritable = first_contact(name="Unwritable").passed()
    unwritable.events[0] = Event(1, START_OF_NOTHING, 0, "x", "y", "z", None, None, "c", None, "a")
    with pytest.raises(AttributeError):
        journal_file.write(path, journal_of(unwritable))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


START_OF_NOTHING: datetime = None  # type: ignore[assignment]
