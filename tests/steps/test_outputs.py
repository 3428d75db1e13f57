"""What did not pass can appear as passed in no output: all of them, over hostile features."""

from __future__ import annotations

import re
from subprocess import CompletedProcess
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from smslab.reports.titles import title
from tests.reports.page_text import plain
from tests.steps.conftest import Folder
from tests.steps.hostile_run import CONFTEST, FEATURES, STATUSES
from tests.steps.test_messages import lines, outcomes

if TYPE_CHECKING:
    from smslab.reports.journal_file import ScenarioRecord

NOT_PASSED = {key: status for key, status in STATUSES.items() if status != "passed"}
MODES = ("smslab", "pytest", "parallel")


class Told:
    """A run of the hostile features in one mode, and what it left."""

    def __init__(self, folder: Folder, mode: str) -> None:
        self.folder = folder
        folder.write("conftest.py", CONFTEST)
        for name, text in FEATURES.items():
            folder.write(f"features/{name}", text)
        folder.environment.update(
            GITHUB_ACTIONS="true",
            GITHUB_STEP_SUMMARY=str(folder.path / "summary.md"),
            GITHUB_WORKSPACE=str(folder.path.parent),
        )
        self.ended = self._run(mode)
        self.results = folder.path / "results/latest"
        self.records = {r.scenario.scenario: r for r in folder.journal().scenarios}

    def _run(self, mode: str) -> CompletedProcess[str]:
        if mode == "smslab":
            return self.folder.smslab("run", "--no-strict", "--messages", "m.ndjson")
        several = ["-n", "2"] if mode == "parallel" else []
        return self.folder.pytest("-q", "--smslab-messages=m.ndjson", *several)

    def read(self, path: str) -> str:
        return (self.folder.path / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=MODES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    return Told(Folder(tmp_path_factory.mktemp(request.param)), request.param)


def _status(record: ScenarioRecord) -> str | None:
    return record.result.status if record.result else None


def test_the_exit_status_and_the_verdict(told: Told) -> None:
    assert told.ended.returncode == 1
    assert (
        "FAILED - 24 scenarios: 6 passed, 5 failed, 4 undefined, 1 ambiguous, 1 pending, "
        "6 broken, 1 skipped"
    ) in told.ended.stdout


def test_the_terminal_tells_every_failure_with_its_place(told: Told) -> None:
    for key, status in NOT_PASSED.items():
        result = told.records[key].result
        assert result is not None
        if status != "skipped":
            assert f"{told.records[key].scenario.file}:{result.at}" in told.ended.stdout, key


def test_the_journal(told: Told) -> None:
    assert {key: _status(record) for key, record in told.records.items()} == STATUSES
    for key, status in NOT_PASSED.items():
        steps = [step.status for step in told.records[key].steps]
        if status in ("undefined", "ambiguous", "broken"):
            assert "passed" not in steps, f"{key}: no step of it was run"


def test_the_junit_xml(told: Told) -> None:
    kinds = {"failed": "failure", "skipped": "skipped"}
    root = ElementTree.fromstring(told.read("results/latest/junit.xml"))
    found = {
        (case.attrib["classname"], case.attrib["name"], *(child.tag for child in case))
        for case in root.iter("testcase")
    }
    assert found == {
        (
            record.scenario.feature,
            title(record.scenario),
            *(() if status == "passed" else (kinds.get(status, "error"), "system-out")),
        )
        for record, status in ((told.records[key], STATUSES[key]) for key in STATUSES)
    }
    assert root.attrib["errors"] == "12"
    assert root.attrib["failures"] == "5"
    assert root.attrib["skipped"] == "1"


def test_the_messages(told: Told) -> None:
    envelopes = lines(told.folder.path / "m.ndjson")
    names = [told.records[key].scenario.name for key, s in STATUSES.items() if s == "passed"]
    passed = [name for name, status in outcomes(envelopes).elements() if status == "PASSED"]
    assert sorted(passed) == sorted(names)
    assert envelopes[-1]["testRunFinished"]["success"] is False


def test_the_page(told: Told) -> None:
    page = told.read("results/latest/report.html")
    found = re.findall(r'id="s(\d+)"[^>]*>.*?<span class="s ([^"]+)"', page, re.DOTALL)
    expected = [(str(n), STATUSES[key]) for n, key in enumerate(told.records, start=1)]
    assert sorted(found) == sorted(expected)
    words = plain(page)
    for record in told.records.values():
        assert " ".join(record.scenario.name.split()) in words


def test_the_annotations(told: Told) -> None:
    said = [line for line in told.ended.stdout.splitlines() if line.startswith("::error ")]
    places = {
        (file, int(at))
        for line in said
        for file, at in re.findall(r"^::error file=([^,]*),line=(\d+)", line)
    }
    folder = told.folder.path.name
    expected = {
        (f"{folder}/{record.scenario.file}", record.result and record.result.at)
        for key, record in told.records.items()
        if STATUSES[key] not in ("passed", "skipped")
    }
    assert places == expected
    assert any("expected 100%25, got: <b>Ana</b>%0A::error::second line" in line for line in said)
    assert any("title=values (what=%25 %2C%3A| <i>hi</i>)" in line for line in said)


def test_what_a_step_says_is_no_command_to_the_workflow(told: Told) -> None:
    commands = [
        line.strip() for line in told.ended.stdout.splitlines() if line.lstrip().startswith("::")
    ]
    at_work = True
    token = ""
    for command in commands:
        if command.startswith("::stop-commands::"):
            at_work, token = False, command.removeprefix("::stop-commands::")
        elif command == f"::{token}::":
            at_work = True
        elif at_work:
            assert command.startswith("::error file="), command


def test_the_summary_of_the_job(told: Told) -> None:
    summary = told.read("summary.md")
    assert summary.startswith("## smslab: FAILED - 24 scenarios: 6 passed, 5 failed")
    assert summary.count("```text") == 1 + len(NOT_PASSED) - 1
    outside = re.sub(r"(`{3,})text\n.*?\n\1", "", summary, flags=re.DOTALL)
    assert "<b>" not in outside
    assert "### Decision table\n\n| Row | Exercised |" in outside
    assert "Rules exercised: " in outside


def test_strict_runs_nothing_and_says_so_everywhere(folder: Folder) -> None:
    folder.write("conftest.py", CONFTEST)
    for name, text in FEATURES.items():
        folder.write(f"features/{name}", text)
    ended = folder.smslab("run", "--messages", "m.ndjson")
    assert ended.returncode == 1
    assert "passed" not in folder.statuses().values()
    envelopes = lines(folder.path / "m.ndjson")
    assert "PASSED" not in {status for _, status in outcomes(envelopes)}
    root = ElementTree.parse(folder.path / "results/latest/junit.xml").getroot()
    assert all(len(case) for case in root.iter("testcase"))
    withheld = folder.journal().withheld
    assert withheld + len(folder.statuses()) == len(STATUSES)
    said = f"{withheld} more scenarios were not run: "
    assert said in (folder.path / "results/latest/report.html").read_text(encoding="utf-8")
    assert [case.attrib["classname"] for case in root.iter("testcase")][-1] == "every scenario"
    assert envelopes[-1]["testRunFinished"]["message"].startswith(said)
    assert said in folder.smslab("report", "results/latest").stdout
