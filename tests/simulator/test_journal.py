"""Events: what they are as JSON, and how the journal numbers them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smslab.simulator.clock import START
from smslab.simulator.journal import Event, Journal, Told

texts = st.text(max_size=20)
values = st.none() | st.booleans() | st.integers() | texts
events = st.builds(
    Event,
    sequence=st.integers(1),
    time=st.datetimes(timezones=st.just(UTC)),
    step=st.integers(-1, 1000),
    entity=texts,
    id=texts,
    field=texts,
    old=values,
    new=values,
    command=texts,
    rule=st.none() | texts,
    actor=texts,
)


@given(events)
def test_an_event_comes_back_from_its_json(event: Event) -> None:
    text = json.dumps(event.as_json(), ensure_ascii=False)
    back = Event.from_json(json.loads(text))
    assert back == event
    assert [type(back.old), type(back.new)] == [type(event.old), type(event.new)]


@given(events)
def test_the_keys_are_the_fields_in_their_order(event: Event) -> None:
    assert list(event.as_json()) == [
        *("sequence", "time", "step", "entity", "id", "field", "old", "new"),
        *("command", "rule", "actor"),
    ]


def test_the_time_is_utc() -> None:
    event = record(Journal(), time=datetime(2026, 1, 5, 9, 0, 30, tzinfo=UTC))
    assert event.as_json()["time"] == "2026-01-05T09:00:30Z"


@pytest.mark.parametrize("name", ["sequence", "time", "old", "rule"])
def test_an_object_without_a_field_is_no_event(name: str) -> None:
    data = record(Journal()).as_json()
    del data[name]
    with pytest.raises(KeyError, match=name):
        Event.from_json(data)


def test_a_time_that_is_none_is_no_event() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        Event.from_json(record(Journal()).as_json() | {"time": "yesterday"})


def test_events_are_numbered_from_one_and_labelled_with_the_step() -> None:
    journal = Journal()
    first = record(journal)
    journal.step = 4
    second = record(journal)
    assert [(e.sequence, e.step) for e in (first, second)] == [(1, -1), (2, 4)]
    assert journal.events == [first, second]


def test_a_command_is_told_once_and_only_when_somebody_reads() -> None:
    journal, asked = Journal(), []

    def tell() -> list[Told]:
        asked.append("told")
        return [("agent", "agent-1", "name", None, "Bill", None)]

    journal.step = 2
    journal.write(START, "add agent", "instance", (), tell)
    journal.step = 3
    journal.write(START, "look", "instance", (), list)
    assert (asked, len(journal.entries)) == ([], 2)
    last = record(journal)
    assert [(e.sequence, e.step, e.command) for e in journal.events] == [
        (1, 2, "add agent"),
        (2, 3, "put in queue"),
    ]
    assert (journal.events[-1], asked) == (last, ["told"])


def record(journal: Journal, time: datetime = START) -> Event:
    journal.record(
        time=time,
        entity="interaction",
        id="IMS0000001",
        field="state",
        old="New",
        new="On Hold",
        command="put in queue",
        rule="S-1",
        actor="instance",
    )
    return journal.events[-1]
