"""The decision table and the reassignment cases, counted."""

from __future__ import annotations

from typing import Any

from smslab.reports import Run
from smslab.reports.frames.columns import rows_of
from smslab.reports.frames.grids import BEGINNINGS, by_number, by_row, by_situation
from smslab.reports.journal_file import ScenarioRecord
from smslab.simulator import sending
from smslab.simulator.decision_table import SEND_ROWS, Conversation, ConversationParty
from tests.reports.story import Story
from tests.reports.synthetic import (
    claimed_guest,
    first_contact,
    journal_of,
    reassignment,
    refused_send,
)


def grid(by: Any, *records: ScenarioRecord) -> list[dict[str, Any]]:
    return rows_of(by(Run(journal_of(*records)).decisions))


def test_rows_never_exercised_come_first_in_the_order_of_the_table() -> None:
    rows = grid(by_row, reassignment().passed(), first_contact().passed())
    assert [row["row"] for row in rows] == ["A-3", "A-2", "A-5", "R-1", "R-2", "R-3", "A-4", "A-1"]


def test_a_row_counts_what_was_carried_out_apart_from_what_was_not() -> None:
    rows = grid(
        by_row,
        reassignment().passed(),
        reassignment(name="b").ended("failed", 4),
        reassignment(name="c").cut_off(),
    )
    (row,) = [row for row in rows if row["row"] == "A-4"]
    counts = ("exercised", "passed", "failed", "unfinished", "warned", "declined", "undone")
    assert [row[count] for count in counts] == [3, 1, 1, 1, 3, 0, 0]


def test_a_row_that_was_only_previewed_or_declined_is_not_exercised() -> None:
    story = Story("Declined").step("When", "x").decide("warned", "A-4")
    story.decide("declined", "A-4", command="decline")
    (row,) = [row for row in grid(by_row, story.passed()) if row["row"] == "A-4"]
    assert (row["exercised"], row["warned"], row["declined"]) == (0, 1, 1)


def test_a_send_that_was_undone_counts_as_exercised() -> None:
    story = Story("Undone").step("When", "x").decide("undone", "A-1")
    (row,) = [row for row in grid(by_row, story.passed()) if row["row"] == "A-1"]
    assert (row["exercised"], row["undone"]) == (1, 1)


def test_every_row_of_the_decision_table_is_said_in_words() -> None:
    rows = {row["row"]: row for row in grid(by_row)}
    assert {row.id for row in SEND_ROWS} < set(rows)
    assert all(row["when"] and row["then"] for row in rows.values())
    assert rows["A-5"]["then"].count("queued_interaction = ") == 2
    assert "a different party" in rows["A-4"]["when"]


def test_a_row_that_this_version_does_not_know_is_still_counted() -> None:
    story = Story("Later").step("When", "x").decide("sent", "A-99")
    (row,) = [row for row in grid(by_row, story.passed()) if row["row"] == "A-99"]
    assert (row["exercised"], row["implemented"]) == (1, False)


def test_every_situation_is_there_and_says_whether_it_can_happen() -> None:
    rows = grid(by_situation, claimed_guest().passed(), reassignment().passed())
    assert len(rows) == len(Conversation) * len(ConversationParty)
    found = {(row["conversation"], row["conversation_party"]): row for row in rows}
    assert (found["agent", "guest"]["exercised"], found["agent", "guest"]["rows"]) == (1, "A-2")
    assert (found["agent", "different"]["exercised"], found["agent", "different"]["warned"]) == (
        1,
        1,
    )
    assert found["queue", "same"]["exercised"] == 0
    assert found["queue", "same"]["possible"]
    assert not found["none", "same"]["possible"]
    assert not found["agent", "none"]["possible"]


def test_a_requester_s_text_is_no_situation_of_a_send() -> None:
    story = Story("Text").step("When", "x")
    story.decide("received", "R-1", command="requester texts", conversation="none")
    assert sum(row["exercised"] for row in grid(by_situation, story.passed())) == 0
    assert [row["row"] for row in grid(by_row, story.passed()) if row["exercised"]] == ["R-1"]


def test_reassignment_cases_go_by_owner_and_by_how_the_send_began() -> None:
    rows = grid(
        by_number, reassignment().passed(), claimed_guest().passed(), refused_send().passed()
    )
    found = {(row["number_standing"], row["began"]): row for row in rows}
    assert len(found) == 4 * len(BEGINNINGS)
    assert found["other", "reply to phone interaction"]["exercised"] == 1
    assert found["other", "reply to phone interaction"]["warned"] == 1
    assert found["guest", "typed number"]["passed"] == 1
    assert sum(row["exercised"] for row in rows) == 2


def test_the_ways_a_send_begins_are_those_of_the_simulator() -> None:
    assert set(BEGINNINGS) == {sending.REPLY, sending.PREFILLED, sending.PICKED, sending.TYPED}
