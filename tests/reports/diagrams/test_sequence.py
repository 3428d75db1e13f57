"""The sequence of a scenario: what is told, in which order, by whom, and how it is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslab.reports.diagrams import sequence, sequence_mermaid
from smslab.reports.diagrams.sequence_model import MOST_LIFELINES, MOST_ROWS, sequence_of
from smslab.reports.journal_file import ScenarioRecord
from tests.reports.diagrams.drawn import texts, tree
from tests.reports.story import COMPANY, NUMBER, Story
from tests.reports.synthetic import (
    claimed_guest,
    conversation,
    first_contact,
    message,
    people,
    reassignment,
    refused_send,
)


def told(record: ScenarioRecord) -> list[str]:
    return [row.text for row in sequence_of(record).rows]


def names(record: ScenarioRecord) -> list[tuple[str, str]]:
    return [(line.name, line.about) for line in sequence_of(record).lifelines]


def test_a_reassignment_is_told_in_the_order_of_cause_and_effect() -> None:
    assert told(reassignment().passed()) == [
        "2 And Ana has an SMS conversation with agent Bill at that number",
        f"{NUMBER} is Ana's",
        "New",
        "Work In Progress · A-1 · with Bill",
        '3 When Cleo texts Ben at Ana\'s number "Your parcel is here"',
        "⚠ warned: the number is Ana's · row A-4 · number by P-4",
        "5 When Cleo sends it anyway",
        "row A-4 · number by P-4",
        "Closed Complete · A-4",
        f"{NUMBER} moves to Ben · P-4",
        "New",
        "Work In Progress · A-4 · with Cleo",
        "“Your parcel is here”",
    ]


def test_lifelines_stand_from_the_requester_to_the_agent() -> None:
    assert names(reassignment().passed()) == [
        ("Ana", NUMBER),
        ("Ben", NUMBER),
        ("Provider", "carrier"),
        ("IMS0000001", "Ana"),
        ("IMS0000002", "Ben"),
        ("Cleo", "agent"),
    ]


def test_a_message_goes_from_the_agent_through_interaction_and_provider() -> None:
    (sent,) = (row for row in sequence_of(first_contact().passed()).rows if row.kind == "arrow")
    assert sent.stops == ("agent-2", "IMS0000001", "provider", "consumer-1")


def test_a_claimed_number_goes_from_the_guest_to_the_party() -> None:
    rows = sequence_of(claimed_guest().passed()).rows
    claimed = next(row for row in rows if row.text.startswith(f"{NUMBER} becomes"))
    assert (claimed.text, claimed.stops) == (
        f"{NUMBER} becomes Ana's · P-6",
        (f"guest {NUMBER}", "consumer-1"),
    )
    assert any(row.stops == ("agent-2", "IMS0000001") for row in rows)


def inbound(story: Story, id: str, interaction: str, author: str, body: str) -> None:
    story.create(
        *("message", id),
        command="requester texts",
        state="received",
        interaction=interaction,
        direction="inbound",
        author=author,
        body=body,
        requester_number=NUMBER,
        provider_number=COMPANY,
    )


def decided(story: Story, id: str, row: str) -> None:
    fields = {"command": "requester texts", "row": row, "outcome": "received"}
    for field, value in fields.items():
        story.change("decision", id, field, None, value, command="requester texts")


def texted() -> Story:
    """Ana texts, the virtual agent has it, she texts again."""
    story = people(Story("Ana texts")).step("When", 'Ana texts the company "Hello"')
    about = {"consumer": "consumer-1", "requester_number": NUMBER}
    story.create("interaction", "IMS1", command="requester texts", state="New", **about)
    story.change(
        "interaction", "IMS1", "with_virtual_agent", False, True, command="requester texts"
    )
    inbound(story, "message-1", "IMS1", "consumer-1", "Hello")
    decided(story, "decision-1", "R-1")
    story.step("When", 'Ana texts the company "Order"')
    inbound(story, "message-2", "IMS1", "consumer-1", "Order")
    decided(story, "decision-2", "R-3")
    return story


def test_a_text_comes_before_what_it_does_and_goes_to_whoever_has_the_conversation() -> None:
    rows = sequence_of(texted().passed()).rows
    assert [row.text for row in rows] == [
        '1 When Ana texts the company "Hello"',
        "“Hello” · row R-1",
        "New · with the virtual agent",
        '2 When Ana texts the company "Order"',
        "“Order” · row R-3",
    ]
    assert rows[1].stops == ("consumer-1", "provider", "IMS1")
    assert rows[4].stops == ("consumer-1", "provider", "IMS1", "virtual agent")


def test_what_the_provider_says_later_is_a_row_of_its_own() -> None:
    story = first_contact()
    story.step("When", "5 seconds pass")
    story.change("message", "message-1", "state", "sent", "undelivered", command="provider reports")
    story.change("message", "message-1", "error_code", None, "30003", command="provider reports")
    assert told(story.passed())[-2:] == [
        "3 When 5 seconds pass",
        "✗ undelivered (error 30003): “Hello”",
    ]


def test_a_message_that_waits_stops_at_the_provider() -> None:
    story = people(Story("A queue")).step("When", "Cleo texts Ana")
    conversation(story, "IMS1", consumer="consumer-1", agent="agent-2", rule="A-1")
    about = {"direction": "outbound", "author": "agent-2", "body": "Hello"}
    story.create("message", "m", state="queued", interaction="IMS1", **about)
    story.step("And", "1 second passes")
    story.change("message", "m", "state", "queued", "sent", command="provider sends")
    waits, sends = (row for row in sequence_of(story.passed()).rows if "Hello" in row.text)
    assert (waits.text, waits.stops[-1]) == ("“Hello” waits with the provider", "provider")
    assert sends.stops == ("provider", "consumer-1")


def test_refusals_say_which_rule_and_why() -> None:
    assert "✗ refused by N-5: The number has letters." in told(refused_send().passed())


def test_a_failing_step_is_marked_and_says_why_also_where_it_changed_nothing() -> None:
    story = first_contact()
    story.step("Then", "decision row A-2 applies", "failed", message="expected A-2\ngot A-1")
    record = story.ended("failed", 2, "expected A-2")
    last = sequence_of(record).rows[-2:]
    assert [(row.text, row.tone) for row in last] == [
        ("✗ 3 Then decision row A-2 applies", "bad"),
        ("expected A-2 · got A-1", "bad"),
    ]
    assert "expected A-2 · got A-1" in texts(sequence(record, "q"))


def test_time_that_passes_has_a_row_and_the_clock_goes_on() -> None:
    story = first_contact()
    story.now += timedelta(days=2, minutes=5)
    story.change("interaction", "IMS0000001", "state", "Work In Progress", "Closed Abandoned")
    words = texts(sequence(story.passed(), "q"))
    assert "2 days later, on 7 Jan 2026" in words
    assert {"5 Jan 2026", "09:00:02", "09:05:02"} <= set(words)


def test_broken_invariants_are_an_alarm() -> None:
    story = first_contact()
    story.create("invariant", "I-1", broken="Two at once.")
    assert ("alarm", "✗ I-1 is broken: Two at once.") in [
        (row.kind, row.text) for row in sequence_of(story.passed()).rows
    ]


def test_a_transfer_is_asked_for_offered_and_withdrawn() -> None:
    story = people(Story("A transfer")).step("When", "Bill gives it to Cleo")
    conversation(story, "IMS1", consumer="consumer-1", agent="agent-1", rule="A-1")
    about = {"interaction": "IMS1", "wanted": "agent-2", "given_by": "agent-1"}
    story.create("work item", "w", rule="W-4", command="transfer", state="Queued", **about)
    story.change("work item", "w", "state", "Queued", "Pending Accept", command="route")
    story.change("work item", "w", "agent", None, "agent-2", rule="W-1", command="route")
    story.change(
        *("work item", "w", "state", "Pending Accept", "Canceled"), command="cancel work item"
    )
    rows = sequence_of(story.passed()).rows[-3:]
    assert [(row.text, row.stops) for row in rows] == [
        ("wants Cleo to have it · W-4", ("agent-1", "IMS1")),
        ("offered · W-1", ("IMS1", "agent-2")),
        ("the offer is withdrawn", ("IMS1", "agent-2")),
    ]


def test_of_rows_too_many_the_middle_is_left_out_and_the_drawing_says_so() -> None:
    story = first_contact()
    for number in range(2, MOST_ROWS + 30):
        message(story, f"message-{number}", "IMS0000001", "agent-2", f"Text {number}", "A-2")
    record = story.passed()
    found = sequence_of(record)
    assert found.left_out > 20
    words = texts(sequence(record, "q"))
    assert f"{found.left_out} rows in between are not drawn; the tables have everything" in words
    assert "“Hello”" in words
    assert f"“Text {MOST_ROWS + 29}”" in words


def test_of_lifelines_too_many_the_first_are_drawn_and_the_drawing_says_so() -> None:
    story = Story("Everybody").step("When", "everybody texts")
    for number in range(MOST_LIFELINES + 10):
        story.create("consumer", f"c-{number}", name=f"Person {number}")
        inbound(story, f"message-{number}", f"IMS{number}", f"c-{number}", "Hello")
    found = sequence_of(story.passed())
    assert len(found.lifelines) == MOST_LIFELINES
    assert found.rows[-1].text == (
        f"{found.left_out} rows that touch others are not drawn; the tables have everything"
    )


def test_many_lifelines_move_together_and_numbers_keep_their_end() -> None:
    story = Story("Many").step("When", "many text")
    for number in range(6):
        story.create("consumer", f"c-{number}", name=f"Person {number}")
        inbound(story, f"message-{number}", f"IMS{number}", f"c-{number}", "Hello")
    words = texts(sequence(story.passed(), "q"))
    assert f"…{NUMBER[-8:]}" in words
    assert NUMBER in texts(sequence(first_contact().passed(), "q"))


def test_nothing_happened_is_no_drawing() -> None:
    record = people(Story("Nothing")).step("Given", "Ana is a consumer").passed()
    assert (sequence(record, "q"), sequence_mermaid(record)) == ("", "")


def test_ids_begin_with_the_prefix_and_the_picture_has_title_and_description() -> None:
    svg = tree(sequence(first_contact().passed(), "s7"))[0]
    ids = [part.attrib["id"] for part in svg.iter() if "id" in part.attrib]
    assert ids == ["s7-t", "s7-d"]
    assert svg.attrib["role"] == "img"
    assert (svg.attrib["aria-labelledby"], svg.attrib["aria-describedby"]) == ("s7-t", "s7-d")
    assert "between Ana, Provider, IMS0000001, Cleo" in (svg[1].text or "")


def test_the_same_record_gives_the_same_drawing() -> None:
    record = reassignment().passed()
    assert sequence(record, "q") == sequence(record, "q")


@pytest.mark.parametrize("body", ["</svg><script>alert(1)</script>", "\x00\u202e\ud800 & 'x'"])
def test_hostile_texts_stay_texts(body: str) -> None:
    drawing = sequence(reassignment(body).passed(), "q")
    assert "<script" not in drawing
    assert tree(drawing).tag == "div"


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_a_journal_that_makes_no_sense_can_be_drawn(data: st.DataObject) -> None:
    record = data.draw(st.sampled_from([reassignment(), claimed_guest(), texted()])).passed()
    events = data.draw(st.permutations(record.events))[: data.draw(st.integers(0, 40))]
    odd = st.sampled_from([None, True, 7, "", "active", "failed", "agent-1", "guest"])
    events = [
        event._replace(old=data.draw(odd)) if event.sequence % 5 == 0 else event for event in events
    ]
    drawing = sequence(replace(record, events=events), "q")
    assert not drawing or tree(drawing).tag == "div"


def test_mermaid_tells_the_same() -> None:
    assert sequence_mermaid(first_contact().passed()).splitlines() == [
        "sequenceDiagram",
        f"    actor p0 as Ana ({NUMBER})",
        "    participant p1 as Provider (carrier)",
        "    participant p2 as IMS0000001 (Ana)",
        "    actor p3 as Cleo (agent)",
        "    Note over p0,p3: 2 When Cleo texts Ana #34;Hello#34;",
        "    Note over p3: row A-1 · number by P-9",
        f"    Note over p0: {NUMBER} is Ana#39;s · P-9",
        "    Note over p2: New",
        "    Note over p2: Work In Progress · A-1 · with Cleo",
        "    p3->>p0: “Hello”",
    ]


def test_mermaid_takes_no_text_for_its_own_words() -> None:
    text = sequence_mermaid(reassignment("end\n%% note; <b>: #quot; | `x`").passed())
    line = next(line for line in text.splitlines() if "->>p1: “end" in line)
    assert line.endswith("“end #37;#37; note#59; #60;b#62;#58; #35;quot#59; #124; #96;x#96;”")
