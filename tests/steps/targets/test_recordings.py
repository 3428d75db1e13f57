"""A run that is recorded and replayed without its target."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smslab.simulator.policy import Policy
from smslab.steps.targets.choosing import chosen_target
from smslab.steps.targets.client import Answer, Request
from smslab.steps.targets.normalising import normalised
from smslab.steps.targets.number_ranges import NumberRanges
from smslab.steps.targets.protocol import TargetFailed, TargetGone
from smslab.steps.targets.recording import Recorder, Replay
from tests.steps.conftest import Folder
from tests.steps.targets.conftest import (
    feature,
    journal_of,
    served,
    set_up_company,
    write_targets,
)

ONE, OTHER = feature("guest_numbers"), feature("transfer")
LAST = 32
"""Where a scenario of the first begins that a company's instance can play."""


@pytest.fixture(params=["http", "servicenow"])
def recorded(folder: Folder, request: pytest.FixtureRequest) -> Path:
    """A recording made on an instance that is gone; ``again.jsonl`` was made there later."""
    path = folder.path / "recorded.jsonl"
    with served() as url:
        target = url
        if request.param == "servicenow":
            set_up_company(url)
            write_targets(folder, url)
            target = "dev"
        for file in (path, folder.path / "again.jsonl"):
            options = ["--no-reports", "--results", "live", "--record", str(file)]
            assert folder.smslab("run", ONE, "--target", target, *options).returncode == 0
    return path


def test_a_recording_replays_offline_and_is_the_same_whenever_it_is_made(
    folder: Folder, recorded: Path
) -> None:
    ran = folder.smslab("run", ONE, "--replay", str(recorded), "--no-reports", "--results", "again")
    assert ran.returncode == 0, ran.stdout
    assert "(recorded)" in ran.stdout
    assert journal_of(folder, "again") == journal_of(folder, "live")
    assert recorded.read_bytes() == (folder.path / "again.jsonl").read_bytes()
    alone = folder.smslab("run", f"{ONE}:{LAST}", "--replay", str(recorded), "--no-reports")
    assert "PASSED - 1 scenario: 1 passed" in alone.stdout


def test_no_number_of_a_tester_is_in_a_recording(folder: Folder) -> None:
    file = folder.path / "recorded.jsonl"
    numbers = NumberRanges(["+4915111110000 to +4915111119999"])
    described = {"kind": "servicenow", "test_numbers": ["+4915111110000 to +4915111119999"]}
    recorder = Recorder(_Echo(), file, described, str)
    recorder.begin(7)
    for number in ("+4915111110007", "+4915111110003", "+4915111110007"):
        recorder.send(Request("GET", f"/{number}", {"sysparm_query": f"numberIN{number},+493012"}))
    recorder.send(Request("GET", "/+4915111110008", aside=True))
    recorder.close()
    assert not [each for each in re.findall(r"\+\d+", file.read_text()) if each in numbers]
    replay = Replay(file)
    replay.begin(7)
    for number in ("+12025550100", "+12025550101", "+12025550100"):
        query = {"sysparm_query": f"numberIN{number},+493012"}
        assert replay.send(Request("GET", f"/{number}", query)).body == f"/{number}"
    assert replay.send(Request("GET", "/anything", aside=True)).body == {"result": []}


def test_a_recording_is_kept_until_another_is_complete(folder: Folder) -> None:
    file = folder.write("recorded.jsonl", "of last week")
    options = ["--record", "recorded.jsonl", "--no-reports"]
    ran = folder.smslab("run", ONE, "--target", "http://127.0.0.1:9", *options)
    assert ran.returncode == 2
    assert file.read_text() == "of last week"
    with pytest.raises(TargetFailed, match="cannot be written to"):
        Recorder(_Echo(), file / "within" / "it.jsonl", {"kind": "http"}, str)


def test_a_recording_that_cannot_be_written_in_the_end_fails_the_run(
    folder: Folder, url: str
) -> None:
    folder.write(
        "features/conftest.py",
        """
        from pathlib import Path
        from pytest_bdd import when

        @when("the folder is taken")
        def _():
            Path("kept").write_text("a file")
        """,
    )
    folder.write(
        "features/taken.feature", "Feature: Taken\n  Scenario: One\n    When the folder is taken\n"
    )
    options = ["--target", url, "--record", "kept/it.jsonl", "--no-reports"]
    ran = folder.smslab("run", "features", *options)
    assert ran.returncode == 1
    assert "The recording cannot be written: " in ran.stdout
    assert "FAILED - 1 scenario: 1 passed" in ran.stdout


def test_a_failure_is_recorded_and_replayed(tmp_path: Path) -> None:
    file = tmp_path / "recorded.jsonl"
    recorder = Recorder(_Failing(), file, {"kind": "http"}, str)
    recorder.begin(7)
    with pytest.raises(TargetGone, match="The target does not answer"):
        recorder.send(Request("GET", "/one"))
    recorder.close()
    replay = Replay(file)
    replay.begin(7)
    with pytest.raises(TargetFailed, match="The target does not answer"):
        replay.send(Request("GET", "/one"))


def test_a_recording_is_a_regression_test_of_a_pytest_project(folder: Folder) -> None:
    folder.write(
        "tests/kept.feature",
        """
        Feature: Kept

          Scenario: Ana is texted
            Given the company texts from "+49 30 901820"
            And Ana is a consumer
            And Ana's mobile number is "+49 151 23456789"
            And Bill is an agent
            When Bill texts Ana "Hello"
            Then decision row A-1 applies
        """,
    )
    with served() as url:
        options = ["--target", url, "--record", "tests/kept.jsonl", "--no-reports"]
        assert folder.smslab("run", "tests", *options).returncode == 0
    replayed = folder.pytest("tests", "--smslab-replay", "tests/kept.jsonl")
    assert replayed.returncode == 0, replayed.stdout


def test_what_was_not_recorded_does_not_replay(folder: Folder) -> None:
    file = folder.path / "recorded.jsonl"
    with served() as url:
        options = ["--target", url, "--record", str(file), "--no-reports"]
        assert folder.smslab("run", ONE, *options).returncode == 0
    other = folder.smslab("run", OTHER, "--replay", str(file), "--no-reports")
    assert other.returncode == 1
    assert "has no recording of this scenario. Run with the --seed" in other.stdout
    assert Policy().guest_profile == "claim"
    switch = ["--switch", "guest_profile=replace", "--no-reports"]
    switched = folder.smslab("run", ONE, "--replay", str(file), *switch)
    assert switched.returncode == 1
    assert "it does something else than when it was recorded. Record again." in switched.stdout


def test_a_replay_that_asks_something_else_says_so(tmp_path: Path) -> None:
    file = tmp_path / "recorded.jsonl"
    recorder = Recorder(_Echo(), file, {"kind": "http"}, str)
    recorder.begin(7)
    recorder.send(Request("GET", "/one", {"b": "2", "a": "1"}))
    recorder.close()
    replay = Replay(file)
    replay.begin(7)
    assert replay.send(Request("GET", "/one", {"a": "1", "b": "2"})).body == "/one"
    with pytest.raises(TargetFailed, match="asks GET /two where the recording has nothing more"):
        replay.send(Request("GET", "/two"))
    replay.begin(7)
    with pytest.raises(TargetFailed, match="asks POST /one where the recording has GET /one"):
        replay.send(Request("POST", "/one"))
    replay.begin(7)
    with pytest.raises(TargetFailed, match=r'with query\.a "3" where the recording has "1": it'):
        replay.send(Request("GET", "/one", {"a": "3", "b": "2"}))
    with pytest.raises(TargetFailed, match="no recording of this scenario"):
        replay.begin(8)


def test_ids_and_times_are_normalised() -> None:
    def exchange(id: str, number: str, day: str) -> list[dict[str, object]]:
        text = f"{id} {number} 2026-{day}T10:00:30Z 2026-{day} 10:00:31 SM{id}"
        return [{"request": {"path": f"/{id}"}, "answer": text}]

    numbers = NumberRanges([])
    one = normalised(exchange("ab" * 16, "IMS0012345", "07-31"), numbers)
    other = normalised(exchange("cd" * 16, "IMS0098765", "03-02"), numbers)
    odd = exchange("2026-13-40 10:00:00 ", "0001-01-01 00:00:00", "9999-12-31 00:00:00")
    assert normalised(odd, numbers)[0]["request"] == {"path": "/2026-13-40 10:00:00 "}
    assert one == other
    assert one[0]["request"] == {"path": f"/{'1':0>32}"}
    assert "IMS0000001 2026-01-05T09:00:00Z 2026-01-05 09:00:01" in one[0]["answer"]


HEADER = '{"smslab_recording": 2, "target": {"kind": "http", "url": "http://127.0.0.1:9"}}'
"""The first line of a recording."""

EXCHANGE = '{"request": {"method": "GET", "path": "/"}, "status": 200, "answer": 1}'
SCENARIO = f'{{"seed": 7, "exchanges": [{EXCHANGE}]}}'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file"),
        (b"", "is no recording of smslab"),
        (b"[]\n", "is no recording of smslab"),
        (b"{}\n", "is no recording of smslab"),
        (b"\xff\x00", "it is not text"),
        (HEADER.replace("2", "1", 1).encode(), "of another version of smslab: record again"),
        (HEADER.encode(), "is cut off"),
        (
            f"{HEADER}\n{SCENARIO}\n".replace("status", "state").encode(),
            ":2: the recording is damaged there",
        ),
        (f"{HEADER}\n{SCENARIO[:40]}\n".encode(), ":2: the recording is damaged there"),
        (f"{HEADER}\n{SCENARIO[:40]}".encode(), "is cut off"),
    ],
)
def test_a_file_that_is_no_recording_is_refused(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "recorded.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(TargetFailed, match=said):
        chosen_target("", tmp_path, replay=file)
    file.write_text(f"{HEADER}\n{SCENARIO}\n")
    chosen_target("", tmp_path, replay=file).close()


class _Echo:
    """A transport that answers with the path."""

    def begin(self, seed: int) -> None: ...

    def wait(self, seconds: float) -> None: ...

    def send(self, request: Request) -> Answer:
        return Answer(200, request.path)

    def close(self) -> None: ...


class _Failing(_Echo):
    """A transport to a target that is gone."""

    def send(self, request: Request) -> Answer:
        raise TargetGone("The target does not answer.")
