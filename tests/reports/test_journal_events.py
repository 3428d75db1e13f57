"""Event lines are read in pieces only where that gives what reading them with care gives."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslab.reports.journal_events import EventLines, StepLines
from smslab.reports.journal_fields import BadLine
from smslab.reports.journal_lines import StepLine, as_json, from_json
from smslab.simulator.journal import Event
from tests.reports.story import START
from tests.reports.synthetic import reassignment

KEY = 'A "quoted", \\ key with ,"sequence": and ünïcode'
EVENT = Event(7, START, -1, "consumer", "c-1", "name", None, 'Ana ,"entity": B', "add", None, "x")


def line_of(event: Event, scenario: str = KEY) -> bytes:
    text = json.dumps(as_json(event, scenario), ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def reader(scenario: str = KEY) -> EventLines:
    lines = EventLines()
    lines.begin(scenario)
    return lines


def with_care(raw: bytes) -> Event | None:
    """What the careful reading makes of a whole line."""
    if not raw.endswith(b"\n"):
        return None
    try:
        data = json.loads(raw.decode("utf-8"))
        line = from_json(data) if isinstance(data, dict) else None
    except (ValueError, RecursionError, BadLine):
        return None
    return line if isinstance(line, Event) else None


def test_every_line_of_a_story_is_read_and_a_second_time_from_memory() -> None:
    record = reassignment().passed()
    lines = reader(record.scenario.scenario)
    raws = [line_of(event, record.scenario.scenario) for event in record.events]
    assert [lines.read(raw) for raw in raws] == record.events
    assert [lines.read(raw) for raw in raws] == record.events


def test_a_piece_that_was_read_before_serves_another_event_too() -> None:
    lines = reader()
    later = EVENT._replace(sequence=8, step=3)
    assert [lines.read(line_of(event)) for event in (EVENT, later)] == [EVENT, later]


def test_lines_of_other_scenarios_are_left_to_the_careful_reading() -> None:
    lines = reader()
    assert lines.read(line_of(EVENT, f"{KEY}!")) is None
    lines.end()
    assert lines.read(line_of(EVENT)) is None


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (b'"sequence":7', b'"sequence":7.0'),
        (b'"sequence":7', b'"sequence":07'),
        (b'"sequence":7', b'"sequence":true'),
        (b'"sequence":7', b'"x":{"y":1,"sequence":7'),
        (b'"step":-1', b'"step":-1,"more":{"a":1'),
        (b'00Z"', b'00"'),
        (b'"rule":null', b'"rule":7'),
        (b'"old":null', b'"old":[1]'),
        (b'"old":null', b'"old":1.5'),
        (b'"actor":"x"', b'"actor":"x","more":1'),
        (b'"id":"c-1",', b""),
        (b'"name"', b'"\\ud800"'),
        (b'"name"', b'"\xff"'),
        (b"}\n", b"}"),
        (b"}\n", b"}}\n"),
    ],
)
def test_a_line_that_is_not_as_it_should_be_is_never_read_in_pieces(
    written: bytes, instead: bytes
) -> None:
    lines = reader()
    assert lines.read(line_of(EVENT)) == EVENT
    assert lines.read(line_of(EVENT).replace(written, instead)) is None


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_line_with_any_bytes_changed_is_read_as_with_care_or_not_at_all(
    data: st.DataObject,
) -> None:
    raw = line_of(EVENT)
    begin = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(begin, min(len(raw), begin + 12)))
    raw = raw[:begin] + data.draw(st.binary(max_size=6)) + raw[end:]
    lines = reader()
    lines.read(line_of(EVENT))
    found = lines.read(raw)
    assert found is None or found == with_care(raw)


STEP = StepLine(KEY, 0, "Given", "Ana, Ben", 4, True, (("a", "ß"),), None, "passed", None)


def step_line(step: StepLine) -> bytes:
    text = json.dumps(as_json(step), ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def step_reader(*learnt: tuple[bytes, StepLine], scenario: str = KEY) -> StepLines:
    lines = StepLines()
    lines.begin(KEY)
    for raw, step in learnt:
        lines.learn(raw, step)
    lines.begin(scenario)
    return lines


def test_a_step_is_known_again_in_another_scenario() -> None:
    other = replace(STEP, scenario="another, ü")
    lines = step_reader((step_line(STEP), STEP), scenario=other.scenario)
    assert lines.read(step_line(other)) == other
    assert lines.read(step_line(STEP)) is None
    assert lines.read(step_line(replace(other, text="Ana"))) is None
    lines.end()
    assert lines.read(step_line(other)) is None


@pytest.mark.parametrize(
    ("written", "instead"),
    [(b"}\n", b',"scenario":"whose?"}\n'), (b'"scenario":"A', b'"scenario":"B')],
)
def test_a_step_line_that_names_another_scenario_is_not_learnt(
    written: bytes, instead: bytes
) -> None:
    raw = step_line(STEP).replace(written, instead, 1)
    assert step_reader((raw, STEP)).read(raw) is None
