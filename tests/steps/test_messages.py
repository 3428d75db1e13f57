"""Cucumber Messages: valid, whole, and true for whatever became of a scenario."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cucumber_messages import Envelope, message_converter
from gherkin.stream.id_generator import IdGenerator
from typer.testing import CliRunner

from smslab.reports.journal_file import JournalFile, read
from smslab.steps.cli import app
from smslab.steps.messages.sources import Sources
from smslab.steps.messages.test_cases import TestCase
from tests.steps.conftest import Folder
from tests.steps.hostile_run import CONFTEST, FEATURES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GRAVEST_FIRST = ("FAILED", "UNKNOWN", "AMBIGUOUS", "UNDEFINED", "PENDING", "SKIPPED", "PASSED")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder in which the hostile features were run in one process and in two."""
    folder = Folder(tmp_path_factory.mktemp("told"))
    folder.write("conftest.py", CONFTEST)
    for name, text in FEATURES.items():
        folder.write(f"features/{name}", text)
    folder.smslab("run", "--no-strict", "--messages", "serial.ndjson")
    options = ["--smslab-messages=parallel.ndjson", "--smslab-results=parallel"]
    folder.pytest("-q", "-n", "2", *options)
    return folder


@pytest.fixture(scope="module")
def envelopes(told: Folder) -> list[dict[str, Any]]:
    """The messages of the run in one process."""
    return lines(told.path / "serial.ndjson")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def of(kind: str, envelopes: Iterable[dict[str, Any]]) -> list[Any]:
    return [envelope[kind] for envelope in envelopes if kind in envelope]


def outcomes(envelopes: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """The name of every scenario that ran with its gravest status."""
    names = {pickle["id"]: pickle["name"] for pickle in of("pickle", envelopes)}
    cases = {case["id"]: names[case["pickleId"]] for case in of("testCase", envelopes)}
    started = {s["id"]: cases[s["testCaseId"]] for s in of("testCaseStarted", envelopes)}
    found: dict[str, list[str]] = {id: [] for id in started}
    for finished in of("testStepFinished", envelopes):
        found[finished["testCaseStartedId"]].append(finished["testStepResult"]["status"])
    return Counter(
        (started[id], min(statuses, key=GRAVEST_FIRST.index)) for id, statuses in found.items()
    )


def timeless(value: Any) -> Any:
    """A message without what differs from run to run."""
    if isinstance(value, dict):
        measured = {"timestamp", "duration"}
        return {key: timeless(each) for key, each in value.items() if key not in measured}
    return [timeless(each) for each in value] if isinstance(value, list) else value


def pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key of an object, and of the objects in it, with its value."""
    if isinstance(value, dict):
        yield from value.items()
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from pairs(each)


def without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_none(each) for key, each in value.items() if each is not None}
    return [without_none(each) for each in value] if isinstance(value, list) else value


def test_every_envelope_is_one_of_the_official_schema(envelopes: list[dict[str, Any]]) -> None:
    for envelope in envelopes:
        official = message_converter.from_dict(envelope, Envelope)
        assert message_converter.to_dict(official) == without_none(envelope)


def test_ids_are_given_once_and_every_one_that_is_used_is_given(
    envelopes: list[dict[str, Any]],
) -> None:
    fields = [pair for envelope in envelopes for pair in pairs(envelope)]
    given = Counter(value for key, value in fields if key == "id")
    used = {value for key, value in fields if key.endswith("Id")}
    used |= {each for key, value in fields if key.endswith("Ids") for each in value}
    assert set(given.values()) == {1}
    assert used <= set(given)


def test_every_scenario_has_the_status_of_the_journal(envelopes: list[dict[str, Any]]) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for key, status in STATUSES.items():
        name = key.split(" > ")[-1].removesuffix(" (2)")
        if "=" in name:
            name = key.split(" > ")[-2]
        if not key.startswith("features/") and name != "no rows":
            expected[name, "FAILED" if status == "broken" else status.upper()] += 1
    assert outcomes(envelopes) == expected
    assert of("testRunFinished", envelopes)[0]["success"] is False


def test_what_has_no_scenario_is_a_parse_error(envelopes: list[dict[str, Any]]) -> None:
    found = {error["source"]["uri"]: error for error in of("parseError", envelopes)}
    assert set(found) == {
        f"features/{name}.feature" for name in ("broken", "empty", "without", "unsound")
    }
    assert found["features/broken.feature"]["source"]["location"]["line"] == 4
    assert "no example rows" in found["features/unsound.feature"]["message"]


def test_an_undefined_step_has_a_snippet_and_an_ambiguous_one_two_definitions(
    envelopes: list[dict[str, Any]],
) -> None:
    snippets = [each["snippets"][0]["code"] for each in of("suggestion", envelopes)]
    assert any("@given(parse('all is wel'))" in code for code in snippets)
    steps = [step for case in of("testCase", envelopes) for step in case["testSteps"]]
    assert sum(len(step.get("stepDefinitionIds", ())) == 2 for step in steps) == 1


def test_arguments_are_where_they_stand_in_the_text(envelopes: list[dict[str, Any]]) -> None:
    texts = {
        step["id"]: step["text"] for pickle in of("pickle", envelopes) for step in pickle["steps"]
    }
    (arguments,) = {
        tuple(
            (each["group"]["start"], each["group"]["value"], each["parameterTypeName"])
            for each in step["stepMatchArgumentsLists"][0]["stepMatchArguments"]
        )
        for case in of("testCase", envelopes)
        for step in case["testSteps"]
        if texts.get(step.get("pickleStepId")) == 'Ana writes "hello" 2 times'
    }
    assert [kind for _, _, kind in arguments] == ["party", "string", "int"]
    for start, value, _ in arguments:
        assert 'Ana writes "hello" 2 times'[start:].startswith(value)


def test_many_processes_tell_the_same(told: Folder, envelopes: list[dict[str, Any]]) -> None:
    measured = {"timestamp", "duration"}

    def timeless(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: timeless(each) for key, each in value.items() if key not in measured}
        return [timeless(each) for each in value] if isinstance(value, list) else value

    assert timeless(lines(told.path / "parallel.ndjson")) == timeless(envelopes)


def test_a_scenario_that_was_cut_off_is_not_known_to_have_passed(told: Folder) -> None:
    journal: JournalFile = read(told.path / "results/latest")
    (whole,) = [r for r in journal.scenarios if r.scenario.scenario == "Sound > passes"]
    cut = type(whole)(whole.scenario, whole.steps, whole.events, None)
    ids = IdGenerator()
    sources = Sources(told.path, ids)
    list(sources.envelopes([cut.scenario.file]))
    case = TestCase(cut, sources.pickle(cut), [], ids)
    story = list(case.story(datetime.now(UTC), 0.0))
    statuses = [each["testStepResult"]["status"] for each in of("testStepFinished", story)]
    assert min(statuses, key=GRAVEST_FIRST.index) == "UNKNOWN"


def test_features_that_come_with_smslab_are_told_in_full(folder: Folder) -> None:
    folder.smslab("run", "--no-strict", "--no-reports", "--tags=@A-4", "--messages", "m.ndjson")
    envelopes = lines(folder.path / "m.ndjson")
    assert len(of("testCase", envelopes)) == len(folder.statuses()) > 0
    assert not of("parseError", envelopes)


def test_messages_of_an_earlier_run_do_not_outlive_the_next(folder: Folder) -> None:
    folder.write(
        "conftest.py",
        CONFTEST
        + """
    @given("the process dies")
    def _():
        import os
        os._exit(9)
""",
    )
    folder.write("m.ndjson", '{"testRunFinished":{"success":true}}\n')
    folder.write("features/f.feature", "Feature: f\n Scenario: s\n  Given the process dies\n")
    folder.smslab("run", "--messages", "m.ndjson")
    assert not (folder.path / "m.ndjson").exists()


def test_they_are_made_again_from_the_results(
    told: Folder, envelopes: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(told.path)
    command = ["report", "results/latest", "--messages", "again.ndjson"]
    ended = CliRunner().invoke(app, command)
    assert ended.exit_code == 0, ended.output
    assert "Messages: again.ndjson" in ended.stdout
    again = lines(told.path / "again.ndjson")
    assert timeless(again) == timeless(envelopes)
    assert of("testRunStarted", again) == of("testRunStarted", envelopes)
    assert CliRunner().invoke(app, [*command, "--mask"]).exit_code == 2


def test_what_is_not_there_any_more_is_said(
    told: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ["report", str(told.path / "results/latest"), "--messages", "again.ndjson"]
    ended = CliRunner().invoke(app, command)
    assert "features/sound.feature and 4 more cannot be found here" in ended.stderr
    assert of("parseError", lines(tmp_path / "again.ndjson"))


SLOW = """
import time
from pytest_bdd import given

@given("a step that takes a while")
def _():
    time.sleep(0.3)
"""


def test_a_step_has_its_own_duration_though_its_clock_stands_still(folder: Folder) -> None:
    folder.write("conftest.py", SLOW)
    folder.write(
        "features/slow.feature",
        "Feature: Slow\n  Scenario: Slow\n"
        '    Given the company texts from "+49 30 901820"\n'
        "    And a step that takes a while\n",
    )
    assert folder.smslab("run", "--messages", "m.ndjson").returncode == 0
    envelopes = lines(folder.path / "m.ndjson")
    quick, slow = of("testStepFinished", envelopes)
    nanos = [
        each["testStepResult"]["duration"]["seconds"] * 10**9
        + each["testStepResult"]["duration"]["nanos"]
        for each in (quick, slow)
    ]
    assert nanos[0] < 300_000_000 <= nanos[1]
    (ended,) = of("testCaseFinished", envelopes)
    assert moment(quick) < moment(slow) <= moment(ended)


def moment(envelope: dict[str, Any]) -> tuple[int, int]:
    return envelope["timestamp"]["seconds"], envelope["timestamp"]["nanos"]
