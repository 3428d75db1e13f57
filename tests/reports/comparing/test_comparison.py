"""What becomes of scenarios from one run to another, and where their states part."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from smslab.reports import Run
from smslab.reports.comparing import Comparison, compare
from smslab.reports.comparing.comparison import COMPARED_SCENARIOS, CONDITIONS
from smslab.reports.comparing.differing import DIFFERENCES, TRANSITION_COUNTS
from smslab.reports.comparing.kinds import KINDS, kind_of
from smslab.reports.comparing.normalised import digests, states
from smslab.reports.frames.columns import rows_of
from smslab.reports.journal_file import JournalFile, ScenarioRecord
from smslab.simulator.journal import Event
from tests.reports.hostile import hostile_journal
from tests.reports.story import Story, run_line
from tests.reports.synthetic import (
    claimed_guest,
    first_contact,
    journal_of,
    mixed_journal,
    reassignment,
    refused_send,
)


def run_of(*records: ScenarioRecord) -> Run:
    return Run(journal_of(*records))


def numbered_from(record: ScenarioRecord, offset: int) -> ScenarioRecord:
    """The same scenario on an instance that had made other records before."""

    def shifted(value: object) -> object:
        if isinstance(value, str) and value.startswith("IMS"):
            return f"IMS{int(value[3:]) + offset:07d}"
        if isinstance(value, str) and value.startswith(("group-IMS", "profile-", "message-")):
            prefix, _, number = value.rpartition("-")
            if number.startswith("IMS"):
                return f"{prefix}-{shifted(number)}"
            return f"{prefix}-{int(number) + offset}"
        return value

    events = [
        Event(*(shifted(value) if name in ("id", "old", "new") else value  # type: ignore[arg-type]
                for name, value in zip(Event._fields, event, strict=True)))
        for event in record.events
    ]  # fmt: skip
    return replace(record, events=events)


def kinds_of(comparison: Comparison) -> dict[str, str]:
    frame = comparison.scenarios
    return dict(zip(frame["title"], frame["kind"], strict=True))


@pytest.mark.parametrize(
    ("first", "second", "same", "kind"),
    [
        (None, "passed", False, "new"),
        (None, "failed", False, "new"),
        ("failed", None, False, "gone"),
        ("passed", "failed", True, "regressed"),
        ("passed", "cut off", True, "regressed"),
        ("skipped", "undefined", True, "regressed"),
        ("failed", "passed", True, "fixed"),
        ("cut off", "passed", False, "fixed"),
        ("failed", "skipped", True, "other verdict"),
        ("passed", "skipped", True, "other verdict"),
        ("skipped", "passed", True, "other verdict"),
        ("failed", "undefined", False, "other verdict"),
        ("passed", "passed", False, "different states"),
        ("failed", "failed", False, "different states"),
        ("passed", "passed", True, "same"),
        ("failed", "failed", True, "same"),
    ],
)
def test_the_kind_of_a_scenario(
    first: str | None, second: str | None, same: bool, kind: str
) -> None:
    assert kind_of(first, second, same_states=same) == kind
    assert kind in KINDS


@pytest.mark.parametrize("journal", [mixed_journal(), hostile_journal()], ids=["mixed", "hostile"])
def test_a_run_is_the_same_as_itself(journal: JournalFile) -> None:
    comparison = compare(Run(journal), Run(journal))
    total = len(journal.scenarios)
    assert comparison.counts == {**dict.fromkeys(KINDS, 0), "same": total}
    assert comparison.rows() == []
    assert len(comparison.differences) == len(comparison.conditions) == 0
    assert (comparison.transitions["a"] == comparison.transitions["b"]).all()
    assert comparison.sentence() == (
        f"Nothing changed from the first run to the second run: all {total} scenarios are the same."
    )


def test_every_kind_is_told_apart_and_counted() -> None:
    closed_otherwise = reassignment()
    closed_otherwise.change(
        "interaction", "IMS0000002", "state", "Work In Progress", "Closed Complete", rule="S-1"
    )
    a = run_of(
        reassignment().passed(),
        first_contact().passed(),
        claimed_guest().ended("failed", 0, "it did not hold"),
        refused_send().passed(),
        Story("gone").passed(),
        Story("waits").ended("skipped"),
        Story("plain").passed(),
    )
    b = run_of(
        closed_otherwise.passed(),
        first_contact().ended("failed", 1, "expected: x"),
        claimed_guest().passed(),
        refused_send().passed(),
        Story("new").passed(),
        Story("waits").passed(),
        Story("plain").passed(),
    )
    comparison = compare(a, b, ("monday", "tuesday"))
    assert kinds_of(comparison) == {
        "The number now belongs to someone else": "different states",
        "A first message": "regressed",
        "A guest turns out to be Ana": "fixed",
        "Numbers: Letters in a number": "same",
        "gone": "gone",
        "new": "new",
        "waits": "other verdict",
        "plain": "same",
    }
    assert comparison.sentence() == (
        "From monday to tuesday: 1 regressed, 1 fixed, 1 with another verdict, 1 with different "
        "states, 1 new and 1 gone; 2 the same."
    )
    assert [row["kind"] for row in comparison.rows()] == list(KINDS)[:-1]
    regressed = comparison.rows()[0]
    assert (regressed["status_a"], regressed["status_b"]) == ("passed", "failed")
    assert (regressed["message_a"], regressed["message_b"]) == (None, "expected: x")


def test_records_that_are_only_numbered_otherwise_are_the_same() -> None:
    stories = [reassignment().passed(), claimed_guest().passed(), first_contact().passed()]
    a, b = run_of(*stories), run_of(*(numbered_from(story, 40) for story in stories))
    assert "IMS0000042" in set(b.changes["id"]), "the numbers do differ"
    comparison = compare(a, b)
    assert set(kinds_of(comparison).values()) == {"same"}
    assert digests(states(a)) == digests(states(b)) != {}


def test_breaches_are_the_same_under_other_numbers_and_different_with_other_records() -> None:
    def race(text: str, *ids: str) -> Run:
        story = Story("race")
        story.step("When", "Bill and Cleo text Ana")
        for id in ids:
            story.create("interaction", id, state="New")
        story.create("invariant", "I-1", broken=text)
        return run_of(story.passed())

    a = race("IMS0000001 and IMS0000002 are both active", "IMS0000001", "IMS0000002")
    b = race("IMS0000008 and IMS0000009 are both active", "IMS0000008", "IMS0000009")
    c = race("IMS0000008 and IMS0000010 are both active", "IMS0000008", "IMS0000009")
    assert kinds_of(compare(a, b)) == {"race": "same"}
    assert kinds_of(compare(a, c)) == {"race": "different states"}


def test_the_first_difference_is_that_of_the_journal_and_names_both_sides() -> None:
    def story(end: str, owner: str) -> Story:
        made = Story("s")
        made.step("Given", "people")
        for id, name in (("agent-1", "Bill"), ("agent-2", "Cleo")):
            made.create("agent", id, name=name)
        made.create("interaction", "IMS0000001", state="New")
        made.step("When", "something happens")
        made.change("interaction", "IMS0000001", "state", "New", end, rule="A-3")
        made.change("interaction", "IMS0000001", "assigned_to", None, owner)
        made.create("channel user profile", "profile-1", state="active")
        return made

    longer = story("Closed Abandoned", "agent-2")
    longer.create("message", "message-1", state="queued")
    comparison = compare(
        run_of(story("Closed Complete", "agent-1").passed()), run_of(longer.passed())
    )
    found = rows_of(comparison.differences)
    assert [(row["field"], row["new_a"], row["new_b"]) for row in found] == [
        ("state", "Closed Complete", "Closed Abandoned"),
        ("assigned_to", "Bill", "Cleo"),
        ("state", None, "queued"),
    ]
    assert list(comparison.first_differences["field"]) == ["state"]
    (row,) = comparison.rows()
    assert row["differences"] == 3
    assert row["first"] == {
        "a": "interaction IMS0000001 of guest: New → Closed Complete (A-3, in step 2)",
        "b": "interaction IMS0000001 of guest: New → Closed Abandoned (A-3, in step 2)",
    }


def test_a_run_that_stops_short_differs_where_it_stops() -> None:
    whole, short = first_contact(), first_contact()
    sent = next(n for n, event in enumerate(short.events) if event.entity == "message")
    del short.events[sent:]
    comparison = compare(run_of(whole.passed()), run_of(short.passed()))
    (row,) = comparison.rows()
    assert row["kind"] == "different states"
    assert row["first"] == {
        "a": "message message-1 of Ana: - → queued (A-1, in step 2)",
        "b": "no such change of message 1",
    }
    assert comparison.differences["sequence_b"].isna().all()


def test_what_happens_at_once_may_be_written_in_another_order() -> None:
    def story(*order: str) -> Story:
        made = Story("s")
        made.step("When", "both happen at once")
        for entity in order:
            made.create(entity, f"{entity} one", state="active")
        return made

    a = run_of(story("interaction", "channel user profile").passed())
    b = run_of(story("channel user profile", "interaction").passed())
    assert kinds_of(compare(a, b)) == {"s": "same"}
    assert digests(states(a)) == digests(states(b))


def test_settings_within_a_scenario_are_no_states() -> None:
    other = refused_send()
    other.change("setting", "guest_profile", "value", "replace", "claim")
    comparison = compare(run_of(refused_send().passed()), run_of(other.passed()))
    assert set(kinds_of(comparison).values()) == {"same"}


def test_the_conditions_in_which_the_runs_differ() -> None:
    a = Run(journal_of(run=run_line(7)))
    b = Run(journal_of(run=replace(run_line(8, queued_interaction="close_and_create"), smslab="9")))
    assert rows_of(compare(a, b).conditions) == [
        {"name": "seed", "a": "7", "b": "8"},
        {"name": "smslab", "a": "0.1.0", "b": "9"},
        {"name": "queued_interaction", "a": "take_over", "b": "close_and_create"},
    ]
    lost = Run(JournalFile(None, []))
    assert {row["b"] for row in rows_of(compare(a, lost).conditions)} == {None}


def test_transitions_are_counted_as_the_frames_count_them() -> None:
    a, b = Run(mixed_journal()), run_of(reassignment().passed())
    counted = compare(a, b).transitions
    for side, run in (("a", a), ("b", b)):
        assert counted[side].sum() == len(run.transitions)
        new = run.transitions["from"].isna()
        assert counted.loc[counted["from"].isna(), side].sum() == new.sum()
    assert not counted.duplicated(["entity", "from", "to"]).any()


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ([], [], "There is no scenario in x nor in y: nothing can be compared."),
        (["one"], ["two"], "No scenario is in both x and y: nothing can be compared."),
        (["one"], [], "No scenario is in both x and y: nothing can be compared."),
        (["one"], ["one"], "Nothing changed from x to y: the only scenario is the same."),
    ],
)
def test_the_sentence_where_there_is_little_to_say(a: list[str], b: list[str], said: str) -> None:
    first, second = (run_of(*(Story(name).passed() for name in names)) for names in (a, b))
    assert compare(first, second, ("x", "y")).sentence() == said


def test_frames_have_their_columns_also_when_there_is_nothing_in_them() -> None:
    filled = compare(Run(mixed_journal()), run_of(reassignment("Another text").passed()))
    empty = compare(Run(JournalFile(None, [])), Run(JournalFile(None, [])))
    for comparison in (filled, empty):
        for frame, columns in (
            (comparison.scenarios, COMPARED_SCENARIOS),
            (comparison.differences, DIFFERENCES),
            (comparison.first_differences, DIFFERENCES),
            (comparison.transitions, TRANSITION_COUNTS),
            (comparison.conditions, CONDITIONS),
        ):
            assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == columns


def test_scenarios_of_one_key_in_a_damaged_journal_are_all_there() -> None:
    twice = Run(JournalFile(run_line(), [Story("s").passed(), Story("s").ended("failed")]))
    comparison = compare(run_of(Story("s").passed()), twice)
    assert list(comparison.scenarios["kind"]) == ["same", "new"]
    assert list(comparison.scenarios["status_b"]) == ["passed", "failed"]


def test_the_counts_are_those_of_the_frame() -> None:
    comparison = compare(Run(mixed_journal()), run_of(first_contact().passed()))
    kinds: pd.Series[str] = comparison.scenarios["kind"]
    assert comparison.counts == {kind: int((kinds == kind).sum()) for kind in KINDS}
    assert len(comparison.rows()) == (kinds != "same").sum()


def test_the_same_states_of_somebody_else_are_different_states() -> None:
    def story(party: str) -> Story:
        made = Story("s")
        for id, name in (("consumer-1", "Ana"), ("consumer-2", "Ben")):
            made.create("consumer", id, name=name)
        return made.create("interaction", "IMS0000001", state="New", consumer=party)

    a, b = (run_of(story(party).passed()) for party in ("consumer-1", "consumer-2"))
    (row,) = compare(a, b).rows()
    assert row["kind"] == "different states"
    assert row["first"]["a"].startswith("interaction IMS0000001 of Ana: - → New")
    assert row["first"]["b"].startswith("interaction IMS0000001 of Ben: - → New")
    assert digests(states(a)) != digests(states(b))
