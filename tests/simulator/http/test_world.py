"""The served world: commands, leases, and a state file that makes it again."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.http.beginning import Beginning
from smslab.simulator.http.demo import COMPANY, found_company
from smslab.simulator.http.state_file import BadStateFile, NotWritten, StateFile
from smslab.simulator.http.world import StaleRun, World
from smslab.simulator.policy import Policy
from smslab.simulator.sending import SendRequest
from tests.simulator.company import ANAS, STRANGERS, whole_state


class Counter:
    """A part whose commands are named after it."""

    def __init__(self) -> None:
        self.counted: list[int] = []

    def counter_add(self, number: int) -> int:
        if number < 0:
            raise ValueError("too small")
        self.counted.append(number)
        return len(self.counted)


def world(path: Path | None = None, beginning: Beginning | None = None) -> World:
    """A world with a part, which is kept in a file."""
    file = StateFile(path) if path else None
    return World(beginning, {"counter": lambda world: Counter()}, file)


def at_work(found: World) -> None:
    """A bit of everything: what works, what is refused, time that passes, a part."""
    found_company(found)
    found.run("requester_texts", requester_number=ANAS, provider_number=COMPANY, body="Hällo \n")
    found.run("send", request=SendRequest("agent-1", "Hi", "consumer-1"), confirmed=True)
    found.run("send", request=SendRequest("agent-1", "Hi", "consumer-1", send_from="1"))
    found.run("preview", request=SendRequest("agent-1", "Hi", "consumer-1"))
    found.run("change_setting", name="outage_messages", value="refuse")
    with pytest.raises(UnknownRecord):
        found.run("assign", interaction="IMS9", agent="agent-1")
    found.run("counter_add", number=3)
    with pytest.raises(ValueError, match="too small"):
        found.run("counter_add", number=-1)
    found.run("advance", duration=timedelta(hours=5))


def states(found: World) -> tuple[object, ...]:
    """All that a client could notice."""
    return (
        *whole_state(found.instance),
        found.instance.journal.events,
        found.parts["counter"].counted,
        found.run_token,
        found.shipped,
        found.records_since(0),
    )


def test_a_restarted_world_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "state"
    first = world(path)
    at_work(first)
    first.close()
    again = world(path)
    assert states(again) == states(first)
    again.run("counter_add", number=4)
    again.close()
    assert world(path).parts["counter"].counted == [3, 4]


def test_what_changes_nothing_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "state"
    found = world(path)
    found_company(found)
    before = path.read_bytes()
    found.run("preview", request=SendRequest("agent-1", "Hi", "consumer-1"))
    found.run("compose_form", agent="agent-1", party="consumer-1")
    with pytest.raises(Refused):
        found.run("begin_outage", provider="provider-1") or found.run(
            "begin_outage", provider="provider-1"
        )
    assert path.read_bytes().startswith(before)
    kept = path.read_bytes()[len(before) :].splitlines()
    assert [json.loads(line)["command"] for line in kept] == ["begin_outage"]


@pytest.mark.parametrize(
    "torn", [b"{", b'{"command":"add_agent","arguments":{"name":"X"}}', b"\xff"]
)
def test_a_line_that_was_not_finished_is_dropped(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "state"
    first = world(path)
    at_work(first)
    first.close()
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    again = world(path)
    assert states(again) == states(first)
    assert path.read_bytes() == whole
    assert again.dropped == len(torn)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"nonsense\n", "is no line of a state file"),
        (b'{"command":"add_agnt","arguments":{}}\n', "there is no command 'add_agnt'"),
        (b'{"command":"add_agent","arguments":{}}\n', "arguments.name: is missing"),
        (b"[" * 100_000 + b"\n", "is no line of a state file"),
        (b"5\n", "is no line of a state file"),
    ],
)
def test_a_line_that_says_nothing_is_an_error_with_its_number(
    tmp_path: Path, line: bytes, said: str
) -> None:
    path = tmp_path / "state"
    found = world(path)
    found.run("add_channel", name="SMS")
    found.close()
    path.write_bytes(path.read_bytes() + line)
    with pytest.raises(BadStateFile) as raised:
        world(path)
    assert said in str(raised.value)
    assert "3" in str(raised.value)


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text('{"my": "notes"}\nmore\n')
    with pytest.raises(BadStateFile, match="choose another file"):
        world(path)
    assert path.read_text() == '{"my": "notes"}\nmore\n'


def test_two_servers_do_not_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "state"
    first = world(path)
    with pytest.raises(BadStateFile, match="in use by another server"):
        world(path)
    first.close()
    world(path)


def test_a_reset_forgets_everything_for_good(tmp_path: Path) -> None:
    path = tmp_path / "state"
    first = world(path)
    at_work(first)
    token = first.reset(Beginning(seed=7, policy=Policy().changed("guest_profile", "replace")))
    first.run("add_agent", name="Dora")
    first.close()
    again = world(path)
    assert states(again) == states(first)
    assert again.run_token == token
    assert again.instance.seed == 7
    assert again.instance.policy.guest_profile == "replace"
    assert [agent.name for agent in again.instance.store.agents] == ["Dora"]
    assert again.parts["counter"].counted == []


class Full:
    """A disk with room for so many bytes."""

    def __init__(self, real: Any, room: int) -> None:
        self._real = real
        self._room = room

    def write(self, data: bytes) -> int:
        taken = min(len(data), self._room)
        self._room -= taken
        if not taken:
            raise OSError(28, "No space left on device")
        return int(self._real.write(data[:taken]))

    def close(self) -> None:
        self._real.close()


@pytest.mark.parametrize("room", [0, 10])
def test_what_cannot_be_kept_is_not_answered(tmp_path: Path, room: int) -> None:
    path = tmp_path / "state"
    file = StateFile(path)
    found = World(None, {}, file)
    found.run("add_agent", name="Bill")
    file._file = Full(file._file, room)  # type: ignore[assignment]
    for _ in range(2):
        with pytest.raises(NotWritten, match="state cannot be written"):
            found.run("add_agent", name="Cleo")
    assert found.failed is not None
    found.close()
    again = World(None, {}, StateFile(path))
    assert [agent.name for agent in again.instance.store.agents] == ["Bill"]


def test_the_changes_are_those_of_the_store_in_their_order() -> None:
    found = world()
    at_work(found)
    assert found.mark().change == found.instance.store.changes
    latest = {(type(each), each.id): each for each in [*found.shipped, *found.records_since(0)]}
    rows = {
        (type(row), row.id): row
        for table in found.instance.store.snapshot().values()
        for row in table.values()
    }
    assert latest == rows
    before = found.mark()
    found.run("requester_texts", requester_number=STRANGERS, provider_number=COMPANY, body="Hi")
    kinds = {type(each).__name__ for each in found.records_since(before.change)}
    assert kinds == {"ChannelUserProfile", "Interaction", "LiveGroupProfile", "Message"}
    assert {event.command for event in found.events_since(before.events)} == {"requester texts"}


def test_a_lease_is_good_until_the_next_reset() -> None:
    found = world()
    first = found.reset(found.beginning)
    found.check_lease(first)
    found.check_lease(None)
    second = found.reset(found.beginning)
    found.check_lease(second)
    for stale in (first, "", "ä"):
        with pytest.raises(StaleRun):
            found.check_lease(stale)
