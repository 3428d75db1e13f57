"""JUnit XML: valid for every status, also with hostile text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from smslab.reports import Run, write_junit
from smslab.reports.journal_file import JournalFile
from tests.reports.hostile import hostile_journal
from tests.reports.synthetic import FAILURE, first_contact, journal_of, mixed_journal


def written(
    journal: JournalFile, folder: Path, durations: dict[str, float] | None = None
) -> ElementTree.Element:
    path = folder / "junit.xml"
    write_junit(Run(journal), path, durations)
    return ElementTree.fromstring(path.read_bytes())


def cases(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {case.attrib["name"]: case for case in root.iter("testcase")}


def test_every_scenario_is_a_case_of_its_feature(tmp_path: Path) -> None:
    root = written(mixed_journal(), tmp_path)
    found = cases(root)
    assert len(found) == len(mixed_journal().scenarios)
    case = found["National formats (number=0151 23456789, place=Berlin)"]
    assert case.attrib["classname"] == "Numbers"
    assert [child.tag for child in case] == []


def test_statuses_become_failures_errors_and_skipped(tmp_path: Path) -> None:
    found = cases(written(mixed_journal(), tmp_path))
    assert [child.tag for child in found["A first message fails"]] == ["failure", "system-out"]
    assert [child.tag for child in found["Later"]] == ["skipped", "system-out"]
    for name in ("Nobody knows this phrase", "Not yet", "features/broken.feature"):
        assert [child.tag for child in found[name]] == ["error", "system-out"]


def test_a_failure_says_where_and_what(tmp_path: Path) -> None:
    failure = cases(written(mixed_journal(), tmp_path))["A first message fails"].find("failure")
    assert failure is not None
    assert failure.attrib == {"message": FAILURE, "type": "AssertionError"}
    assert failure.text is not None
    assert failure.text.startswith(f"features/reassignment.feature:42\n{FAILURE}\nAssertionError:")


def test_totals_count_the_cases(tmp_path: Path) -> None:
    root = written(mixed_journal(), tmp_path)
    expected = {"tests": "12", "failures": "1", "errors": "3", "skipped": "1"}
    assert {name: root.attrib[name] for name in expected} == expected
    for name, total in expected.items():
        assert sum(int(suite.attrib[name]) for suite in root) == int(total)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("passed", {"attempts": "2", "flaky": "true"}),
        ("failed", {"attempts": "2"}),
    ],
)
def test_what_was_tried_again_says_so(status: str, said: dict[str, str], tmp_path: Path) -> None:
    record = first_contact(status).ended(status, None)
    assert record.result is not None
    tried = replace(record, result=replace(record.result, attempts=2))
    (case,) = cases(written(journal_of(tried), tmp_path)).values()
    found = {each.attrib["name"]: each.attrib["value"] for each in case.iter("property")}
    assert found == said


def test_durations_are_those_given(tmp_path: Path) -> None:
    key = first_contact().key
    root = written(mixed_journal(), tmp_path, {key: 1.25})
    assert cases(root)["A first message"].attrib["time"] == "1.250"
    assert cases(root)["Later"].attrib["time"] == "0.000"
    assert root.attrib["time"] == "1.250"


def test_a_scenario_that_was_cut_off_is_an_error(tmp_path: Path) -> None:
    error = cases(written(journal_of(first_contact().cut_off()), tmp_path))["A first message"][0]
    assert (error.tag, error.attrib["type"]) == ("error", "cut off")


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    root = written(hostile_journal(), tmp_path)
    assert {element.tag for element in root.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "system-out",
    }
    assert any("<script>" in name for name in cases(root))


def test_the_same_journal_gives_the_same_bytes(tmp_path: Path) -> None:
    written(mixed_journal(), tmp_path)
    first = (tmp_path / "junit.xml").read_bytes()
    written(mixed_journal(), tmp_path)
    assert (tmp_path / "junit.xml").read_bytes() == first


def test_a_damaged_journal_is_an_error_beside_its_scenarios(tmp_path: Path) -> None:
    journal = mixed_journal()
    damaged = JournalFile(journal.run, journal.scenarios, ["line 7 is \x00 lost"])
    root = written(damaged, tmp_path)
    assert int(root.attrib["tests"]) == len(journal.scenarios) + 1
    assert int(root.attrib["errors"]) == len(list(root.iter("error")))
    assert cases(root)["is whole"][0].attrib["message"] == "line 7 is \ufffd lost"


def test_scenarios_that_were_not_run_are_an_error_beside_the_others(tmp_path: Path) -> None:
    journal = replace(mixed_journal(), withheld=7)
    root = written(journal, tmp_path)
    assert int(root.attrib["tests"]) == len(journal.scenarios) + 1
    assert int(root.attrib["errors"]) == len(list(root.iter("error")))
    assert cases(root)["was run"][0].attrib["type"] == "withheld"
    assert "7 more scenarios were not run" in cases(root)["was run"][0].attrib["message"]
