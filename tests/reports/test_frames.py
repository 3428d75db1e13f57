"""The frames: one row per what their modules say, with names for ids, also of an empty run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from smslab.reports import Run
from smslab.reports.frames.changes import CHANGES, TRANSITIONS
from smslab.reports.frames.columns import rows_of
from smslab.reports.frames.coverage import RULE_COVERAGE
from smslab.reports.frames.decisions import DECISIONS
from smslab.reports.frames.messages import MESSAGES
from smslab.reports.frames.ownership import OWNERSHIP
from smslab.reports.frames.scenarios import SCENARIOS
from smslab.reports.frames.settings import SETTINGS
from smslab.reports.frames.steps import STEPS
from smslab.reports.journal_file import AttachmentLine
from smslab.simulator.policy import Policy
from smslab.simulator.rules import RULES
from tests.reports.story import COMPANY, NUMBER, START, Story, run_line
from tests.reports.synthetic import (
    FAILURE,
    claimed_guest,
    first_contact,
    journal_of,
    mixed_journal,
    people,
    reassignment,
    refused_send,
)

FRAMES = {
    "scenarios": SCENARIOS,
    "changes": CHANGES,
    "followed": CHANGES,
    "steps": STEPS,
    "transitions": TRANSITIONS,
    "decisions": DECISIONS,
    "ownership": OWNERSHIP,
    "messages": MESSAGES,
    "rules": RULE_COVERAGE,
    "settings": SETTINGS,
}


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows_of(frame)]


@pytest.mark.parametrize("journal", [journal_of(), mixed_journal()], ids=["empty", "mixed"])
@pytest.mark.parametrize("name", FRAMES)
def test_columns_and_types_are_those_documented(name: str, journal: Any) -> None:
    frame = getattr(Run(journal), name)
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == FRAMES[name]


def test_transitions_name_whose_state_changed() -> None:
    run = Run(journal_of(reassignment().passed()))
    assert rows(run.transitions, "entity", "of", "from", "to", "step", "rule") == [
        ("channel user profile", "Ana", None, "active", 1, None),
        ("interaction", "Ana", None, "New", 1, "A-1"),
        ("interaction", "Ana", "New", "Work In Progress", 1, "A-1"),
        ("interaction", "Ana", "Work In Progress", "Closed Complete", 4, "A-4"),
        ("channel user profile", "Ana", "active", "inactive", 4, "P-4"),
        ("channel user profile", "Ben", None, "active", 4, "P-4"),
        ("interaction", "Ben", None, "New", 4, "A-4"),
        ("interaction", "Ben", "New", "Work In Progress", 4, "A-4"),
        ("message", "Ben", None, "queued", 4, "A-4"),
        ("message", "Ben", "queued", "sent", 4, "A-4"),
    ]


def test_a_guest_s_record_is_the_guest_s_until_it_is_claimed() -> None:
    run = Run(journal_of(claimed_guest().passed()))
    of_the_interaction = run.changes[run.changes["id"] == "IMS0000001"]
    assert list(dict.fromkeys(rows(of_the_interaction, "of", "step"))) == [("guest", 0), ("Ana", 1)]


def test_a_claim_right_after_the_creation_is_still_a_change() -> None:
    story = people(Story("At once").step("Given", "x"))
    story.create("channel user profile", "p", state="active", number=NUMBER, command="text")
    story.change("channel user profile", "p", "party", None, "consumer-1", command="send")
    run = Run(journal_of(story.passed()))
    assert rows(run.ownership, "owner") == [("guest",), ("Ana",)]


def test_references_are_shown_as_names_and_texts_are_left_alone() -> None:
    story = reassignment(body="consumer-1")
    run = Run(journal_of(story.passed()))
    changes = run.changes
    assert rows(changes[changes["field"] == "assigned_to"], "new") == [("Bill",), ("Cleo",)]
    assert rows(changes[changes["field"] == "body"], "new") == [("consumer-1",)]
    assert rows(run.messages, "author", "body") == [("Cleo", "consumer-1")]


def test_what_a_reader_follows_leaves_out_the_fields_of_a_new_record() -> None:
    run = Run(journal_of(claimed_guest().passed(), refused_send().passed()))
    shown = rows(run.followed, "entity", "field", "old", "new")
    assert ("channel user profile", "party", None, "Ana") in shown
    assert ("interaction", "consumer", None, "Ana") in shown
    assert ("live group profile", "members", "Bill", "Bill, Cleo") in shown
    assert ("setting", "value", "claim", "replace") in shown
    assert not [row for row in shown if row[0] in ("consumer", "agent", "decision")]
    assert not [row for row in shown if row[1] in ("number", "channel", "requester_number")]


def test_decisions_hold_one_row_each_with_how_the_scenario_ended() -> None:
    run = Run(journal_of(reassignment().ended("failed", 4, "no")))
    assert rows(
        run.decisions,
        *("status", "outcome", "row", "profile_rule", "agent", "party", "requester_number"),
        *("provider_number", "previous_owner", "interaction", "step"),
    ) == [
        ("failed", "warned", "A-4", "P-4", "Cleo", "Ben", NUMBER, COMPANY, "Ana", None, 2),
        ("failed", "sent", "A-4", "P-4", "Cleo", "Ben", NUMBER, COMPANY, "Ana", "IMS0000002", 4),
    ]


def test_a_refusal_says_which_rule_refused() -> None:
    run = Run(journal_of(refused_send().passed()))
    assert rows(run.decisions, "outcome", "row", "refused_by", "reason") == [
        ("refused", None, "N-5", "The number has letters.")
    ]


def test_ownership_goes_from_one_party_to_the_next_without_gap() -> None:
    run = Run(journal_of(reassignment().passed()))
    moved = START + timedelta(seconds=5)
    columns = ("number", "owner", "from", "until", "until_step", "from_rule", "until_rule")
    assert rows(run.ownership, *columns) == [
        (NUMBER, "Ana", START + timedelta(seconds=2), moved, 4, None, "P-4"),
        (NUMBER, "Ben", moved, None, None, "P-4", None),
    ]


def test_a_claimed_number_changes_its_owner_within_one_profile() -> None:
    run = Run(journal_of(claimed_guest().passed()))
    assert rows(run.ownership, "owner", "profile", "until_rule") == [
        ("guest", "profile-1", "P-6"),
        ("Ana", "profile-1", None),
    ]


def test_messages_tell_every_state_and_the_error() -> None:
    story = first_contact()
    story.change("message", "message-1", "state", "sent", "undelivered", rule="A-11")
    story.change("message", "message-1", "error_code", None, "30003", rule="A-11")
    run = Run(journal_of(story.passed()))
    assert rows(run.messages, "of", "direction", "state", "states", "error_code") == [
        ("Ana", "outbound", "undelivered", "queued → sent → undelivered", "30003")
    ]


def test_rule_coverage_counts_tagged_scenarios_and_what_rules_caused() -> None:
    rules = {row["id"]: row for row in rows_of(Run(mixed_journal()).rules)}
    assert list(rules) == list(RULES)

    def counts(id: str) -> tuple[Any, ...]:
        row = rules[id]
        return tuple(row[c] for c in ("scenarios", "passed", "failed", "not_run", "exercised"))

    assert counts("A-1") == (2, 1, 1, 0, True)
    assert counts("A-3") == (1, 0, 0, 1, False)
    assert counts("C-1") == (0, 0, 0, 0, False)
    assert rules["I-1"]["breaches"] == 1
    assert rules["N-5"]["decisions"] == 1
    assert rules["P-4"]["decisions"] == 2
    assert rules["P-10"]["events"] == 1
    assert (rules["A-5"]["settled"], rules["A-1"]["settled"]) == ("open", "documented")
    assert (rules["A-1"]["implemented"], rules["W-1"]["implemented"]) == (
        RULES["A-1"].implemented,
        RULES["W-1"].implemented,
    )


def test_scenarios_carry_example_values_and_the_failing_step() -> None:
    run = Run(mixed_journal())
    by_title = {row["title"]: row for row in rows_of(run.scenarios)}
    assert "National formats (number=020 7946 0000, place=London)" in by_title
    assert "Numbers: Letters in a number" in by_title
    failed = by_title["A first message fails"]
    assert (failed["status"], failed["failed_step"], failed["failed_at"]) == ("failed", 1, 42)
    assert failed["tags"] == "@A-1 @smoke"


def test_steps_tell_what_was_asked_and_what_became_of_it() -> None:
    story = Story("Steps").step("Given", "Ana is a consumer", background=True)
    story.step("When", "x", table=(("a",), ("1",)), docstring="below")
    story.step("Then", "y", "failed", message=FAILURE)
    record = story.ended("failed", 2, FAILURE)
    record.attachments.append(AttachmentLine(story.key, 1, "text/plain", None, "text", "seen"))
    columns = ("step", "keyword", "text", "at", "background", "status", "message")
    run = Run(journal_of(record))
    assert rows(run.steps, *columns) == [
        (0, "Given", "Ana is a consumer", 11, True, "passed", None),
        (1, "When", "x", 12, False, "passed", None),
        (2, "Then", "y", 13, False, "failed", FAILURE),
    ]
    assert rows(run.steps, "table_rows", "docstring", "attachments") == [
        (None, None, 0),
        (2, "below", 1),
        (None, None, 0),
    ]


def test_a_scenario_without_a_result_is_cut_off() -> None:
    run = Run(journal_of(first_contact().cut_off()))
    assert rows(run.scenarios, "status") == [("cut off",)]
    assert rows(run.decisions, "status") == [("cut off",)]


def test_settings_of_the_run_and_of_scenarios_say_what_differs_from_the_default() -> None:
    journal = journal_of(
        refused_send().passed(), run=run_line(queued_interaction="close_and_create")
    )
    settings = Run(journal).settings
    changed = settings[settings["changed"]]
    assert rows(changed, "name", "value", "default", "rule", "scenario", "status") == [
        ("queued_interaction", "close_and_create", "take_over", "A-5", None, None),
        ("guest_profile", "replace", "claim", "P-6", refused_send().key, "passed"),
    ]
    assert len(settings) == len(Policy().as_dict()) + 1


def test_a_setting_that_this_version_does_not_know_is_shown_as_it_is() -> None:
    story = Story("Later").step("Given", "x").change("setting", "later", "value", False, True)
    (row,) = rows_of(Run(journal_of(story.passed())).settings)[-1:]
    assert (row["name"], row["value"], row["rule"], row["changed"]) == (
        "later",
        "true",
        None,
        False,
    )
