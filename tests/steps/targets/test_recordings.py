"""A run that is recorded and replayed without its target."""

from __future__ import annotations

from pathlib import Path

import pytest

from smslab.simulator.policy import Policy
from smslab.steps.targets.client import Answer, Request
from smslab.steps.targets.protocol import TargetFailed
from smslab.steps.targets.recording import Recorder, Replay, normalised
from tests.steps.conftest import Folder
from tests.steps.targets.conftest import (
    feature,
    journal_of,
    served,
    set_up_company,
    write_targets,
)

ONE, OTHER = feature("guest_numbers"), feature("transfer")


@pytest.fixture(params=["http", "servicenow"])
def recorded(folder: Folder, request: pytest.FixtureRequest) -> Path:
    """A recording made on an instance that is gone."""
    path = folder.path / "recorded.jsonl"
    for file in (path, folder.path / "again.jsonl"):
        with served() as url:
            target = url
            if request.param == "servicenow":
                set_up_company(url)
                write_targets(folder, url)
                target = "dev"
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
    first, second = (
        recorded.read_text().splitlines(),
        ((folder.path / "again.jsonl").read_text().splitlines()),
    )
    assert first[1:] == second[1:]


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
    with pytest.raises(TargetFailed, match="no recording of this scenario"):
        replay.begin(8)


def test_ids_and_times_are_normalised() -> None:
    def exchange(id: str, number: str, day: str) -> list[dict[str, object]]:
        text = f"{id} {number} 2026-{day}T10:00:30Z 2026-{day} 10:00:31 SM{id}"
        return [{"request": {"path": f"/{id}"}, "answer": text}]

    one = normalised(exchange("ab" * 16, "IMS0012345", "07-31"))
    other = normalised(exchange("cd" * 16, "IMS0098765", "03-02"))
    assert one == other
    assert one[0]["request"] == {"path": f"/{'1':0>32}"}
    assert "IMS0000001 2026-01-05T09:00:00Z 2026-01-05 09:00:01" in one[0]["answer"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read"), ("{", "not JSON Lines"), ("{}", "no recording of this version")],
)
def test_a_file_that_is_no_recording_is_refused(
    tmp_path: Path, content: str | None, said: str
) -> None:
    file = tmp_path / "recorded.jsonl"
    if content is not None:
        file.write_text(content)
    with pytest.raises(TargetFailed, match=said):
        Replay(file)


class _Echo:
    """A transport that answers with the path."""

    def begin(self, seed: int) -> None: ...

    def send(self, request: Request) -> Answer:
        return Answer(200, request.path)

    def close(self) -> None: ...
