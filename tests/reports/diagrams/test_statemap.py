"""State maps: every state and legal transition in its place, and the counts of the frames."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from smslab.reports import Run
from smslab.reports.diagrams import state_map
from smslab.reports.diagrams.statemap import ENTITIES
from smslab.reports.diagrams.statemap_arrows import arrows, counted, short
from smslab.reports.diagrams.statemap_layouts import HIGH, LAYOUTS, WIDE
from smslab.simulator.states import (
    LEGAL_TRANSITIONS,
    InteractionState,
    MessageState,
    ProfileState,
    WorkItemState,
)
from tests.reports.diagrams.drawn import pointed_at, texts, tree
from tests.reports.story import Story
from tests.reports.synthetic import first_contact, journal_of, mixed_journal, reassignment

STATES = {
    "interaction": InteractionState,
    "channel user profile": ProfileState,
    "work item": WorkItemState,
    "message": MessageState,
}


def run_of(*stories: Story) -> Run:
    return Run(journal_of(*(story.passed() for story in stories)))


def reopened() -> Story:
    story = reassignment()
    story.change("interaction", "IMS0000001", "state", "Closed Complete", "Work In Progress")
    story.change("channel user profile", "profile-1", "state", "inactive", "active")
    return story


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_state_and_legal_transition_has_its_place(entity: str) -> None:
    layout = LAYOUTS[entity]
    assert set(layout.states) == {str(state) for state in STATES[entity]}
    assert set(layout.routes) == {
        (None if old is None else str(old), str(new)) for old, new in LEGAL_TRANSITIONS[entity]
    }


@pytest.mark.parametrize("entity", ENTITIES)
def test_routes_begin_and_end_at_their_boxes_and_nothing_stands_on_anything(entity: str) -> None:
    layout = LAYOUTS[entity]
    boxes = [(centre, WIDE, HIGH) for centre in layout.states.values()]
    counts = [(route.count, 52, 32) for route in layout.routes.values()]
    for (old, new), route in layout.routes.items():
        assert _on_border(route.corners[-1], layout.states[new])
        if old is not None:
            assert _on_border(route.corners[0], layout.states[old])
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(route.corners))
    for (one, wide, high), (other, other_wide, other_high) in combinations([*boxes, *counts], 2):
        beside = 2 * abs(one[0] - other[0]) >= wide + other_wide
        assert beside or 2 * abs(one[1] - other[1]) >= high + other_high, (one, other)


def _on_border(point: tuple[int, int], centre: tuple[int, int]) -> bool:
    across, down = abs(point[0] - centre[0]), abs(point[1] - centre[1])
    return (across == WIDE // 2 and down < HIGH // 2) or (down == HIGH // 2 and across < WIDE // 2)


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_counts_are_those_of_the_frame(entity: str) -> None:
    run = Run(mixed_journal())
    rows = run.transitions[run.transitions["entity"] == entity]
    counts = counted(run, entity)
    assert sum(counts.values()) == len(rows)
    for (old, new), count in counts.items():
        same = rows["from"].isna() if old is None else rows["from"] == old
        assert count == int((same & (rows["to"] == new)).sum())
    titles = pointed_at(state_map(run, entity, "m"))
    for arrow in arrows(entity, counts, None):
        assert arrow.in_words() in titles


def test_seen_and_never_seen_are_told_apart_in_words() -> None:
    drawing = state_map(run_of(first_contact()), "interaction", "m")
    titles = pointed_at(drawing)
    assert "New → Work In Progress: 1 time (S-1)" in titles
    assert "New → On Hold: never (S-1)" in titles
    words = texts(drawing)
    assert {"never", "reached once", "never reached", "allowed, never seen"} <= set(words)
    assert "not allowed, and yet seen:" not in words


@pytest.mark.parametrize(
    ("entity", "line"),
    [
        ("interaction", "Closed Complete → Work In Progress: ✗ 1"),
        ("channel user profile", "inactive → active: ✗ 1"),
    ],
)
def test_illegal_transitions_are_an_alarm_and_named(entity: str, line: str) -> None:
    drawing = state_map(run_of(reopened()), entity, "m")
    words = texts(drawing)
    assert {"✗ 1", "not allowed, and yet seen:", line} <= set(words)
    assert any(path.get("class") == "AX" for path in tree(drawing).iter() if path.get("d"))
    titles = pointed_at(drawing)
    assert f"{line.partition(':')[0]}: 1 time, which is not allowed" in titles


def test_a_state_that_nobody_knows_is_drawn_as_such() -> None:
    story = first_contact()
    story.change("message", "message-1", "state", "sent", "exploded")
    words = texts(state_map(run_of(story), "message", "m"))
    assert words.count("exploded") == 1
    assert {"unknown state", "sent → exploded: ✗ 1"} <= set(words)


def test_a_comparison_says_what_is_more_less_new_and_gone() -> None:
    now = run_of(first_contact(), first_contact(feature="Twice"), reopened())
    before = run_of(first_contact(), reassignment(), reassignment(feature="Twice"))
    found = {
        arrow.pair: arrow.on_it()
        for arrow in arrows(
            "interaction", counted(now, "interaction"), counted(before, "interaction")
        )
    }
    assert found[None, "New"] == ["4", "−1"]
    assert found["Work In Progress", "Closed Complete"] == ["1", "−1"]
    assert found["Closed Complete", "Work In Progress"] == ["✗ 1", "new"]
    assert found["New", "Faulted"] == ["never"]
    back = arrows("interaction", counted(before, "interaction"), counted(now, "interaction"))
    assert {arrow.pair: arrow.on_it() for arrow in back}[None, "New"] == ["5", "+1"]
    assert ["✗ 0", "gone"] in [arrow.on_it() for arrow in back]
    drawing = state_map(now, "interaction", "m", compared=before)
    assert "second line: against the compared run" in texts(drawing)
    assert "new record → New: 4 times, in the compared run 5 (S-1)" in pointed_at(drawing)


def test_an_entity_without_a_map_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match="no state map of 'agent'; there are interaction, channel"):
        state_map(run_of(first_contact()), "agent", "m")


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0"), (9_999, "9,999"), (12_345, "12k"), (3_400_000, "3.4M"), (250_000_000, "250M")],
)
def test_large_numbers_stay_short(number: int, shown: str) -> None:
    assert short(number) == shown
