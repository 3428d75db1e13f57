"""Ownership lanes: who owned a number, when the agent was warned, and what followed."""

from __future__ import annotations

from datetime import timedelta

from smslab.reports import Run
from smslab.reports.diagrams import ownership_lanes
from smslab.reports.diagrams.lanes import MOST_LANES
from smslab.reports.diagrams.lanes_model import Story as Lane
from smslab.reports.diagrams.lanes_model import stories
from tests.reports.diagrams.drawn import texts
from tests.reports.story import COMPANY, NUMBER, Story
from tests.reports.synthetic import claimed_guest, first_contact, journal_of, people, reassignment


def run_of(*told: Story) -> Run:
    return Run(journal_of(*(story.passed() for story in told)))


def moments(lane: Lane) -> list[tuple[str, str]]:
    return [(moment.what, moment.rule) for moment in lane.moments]


def owners(lane: Lane) -> list[tuple[str, int, int | None]]:
    return [(span.owner, span.begin, span.until) for span in lane.spans]


def warned(story: Story, outcome: str, **about: str) -> Story:
    return story.decide(
        outcome, "A-1", requester_number=NUMBER, provider_number=COMPANY, agent="agent-2", **about
    )


def test_a_warning_that_is_confirmed_moves_the_number() -> None:
    (lane,) = stories(run_of(reassignment()))
    assert lane.number == NUMBER
    assert moments(lane) == [("first owner", ""), ("⚠ warned", ""), ("✓ confirmed", "P-4")]
    assert owners(lane) == [("Ana", 0, 2), ("Ben", 2, None)]
    assert [m.since for m in lane.moments] == [timedelta(), *(timedelta(seconds=s) for s in (1, 3))]


def test_a_warning_that_is_declined_changes_nothing() -> None:
    story = first_contact().step("When", "Cleo texts Ben at Ana's number")
    warned(story, "warned").step("And", "Cleo declines")
    (lane,) = stories(run_of(warned(story, "declined")))
    assert moments(lane)[1:] == [("⚠ warned", ""), ("⊘ declined", "")]
    assert owners(lane) == [("Ana", 0, None)]


def test_a_claim_is_no_confirmation() -> None:
    (lane,) = stories(run_of(claimed_guest()))
    assert moments(lane) == [("first owner", ""), ("new owner", "P-6")]
    assert owners(lane) == [("guest", 0, 1), ("Ana", 1, None)]


def test_a_number_that_is_given_up_is_free() -> None:
    story = first_contact().step("When", "the number is given up")
    story.change("channel user profile", "profile-1", "state", "active", "inactive")
    (lane,) = stories(run_of(story), [NUMBER])
    assert moments(lane)[-1] == ("free", "")
    assert owners(lane) == [("Ana", 0, 1)]


def test_two_owners_at_once_stand_on_two_lines() -> None:
    story = first_contact().step("When", "the rules are broken")
    about = {"state": "active", "number": NUMBER, "channel": "SMS", "party": "consumer-2"}
    story.create("channel user profile", "profile-2", **about)
    (lane,) = stories(run_of(story))
    assert [(span.owner, span.line) for span in lane.spans] == [("Ana", 0), ("Ben", 1)]


def test_what_happened_in_several_scenarios_alike_is_one_lane() -> None:
    run = run_of(reassignment(), reassignment(feature="Again"))
    (lane,) = stories(run)
    assert len(lane.scenarios) == 2
    words = texts(ownership_lanes(run, "o"))
    assert any(word.startswith("in 2 scenarios, such as: The number now") for word in words)


def test_only_numbers_that_changed_hands_or_were_warned_about_unless_asked_for() -> None:
    run = run_of(first_contact())
    assert ownership_lanes(run, "o") == ""
    assert "Ana" in texts(ownership_lanes(run, "o", [NUMBER]))
    assert ownership_lanes(run, "o", ["+491"]) == ""


def test_the_clock_is_told_and_time_that_passes() -> None:
    story = reassignment()
    story.now += timedelta(days=3)
    story.change("channel user profile", "profile-2", "state", "active", "inactive")
    words = texts(ownership_lanes(run_of(story), "o"))
    assert {"09:00:02", "09:00:03", "P-4 · 09:00:05", "3 days later"} <= set(words)


def test_lanes_too_many_are_counted() -> None:
    story = people(Story("Many")).step("When", "many numbers move")
    for number in range(MOST_LANES + 5):
        about = {"state": "active", "number": f"+4915{number:08}", "channel": "SMS"}
        story.create("channel user profile", f"p-{number}", **about)
    story.step("When", "everybody is recognised")
    for number in range(MOST_LANES + 5):
        story.change("channel user profile", f"p-{number}", "party", None, "consumer-1")
    words = texts(ownership_lanes(run_of(story), "o"))
    assert "and 5 more numbers to which something else happened" in words
