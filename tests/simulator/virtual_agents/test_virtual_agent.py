"""What the virtual agent does in an instance, and what the journal says of it."""

from __future__ import annotations

import pytest

from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.states import Direction, InteractionState, MessageState, StateReason
from smslab.simulator.virtual_agents.topic_script import LONGEST_RUN
from smslab.simulator.virtual_agents.topics import BadTopic, topic_step
from tests.simulator.company import ANAS, BENS, COMPANY, SECOND_COMPANY, Company, company


def said(c: Company, interaction: str) -> list[str]:
    """The texts of the virtual agent in a conversation."""
    messages = c.store.messages.find("interaction", interaction)
    return [m.body for m in messages if m.author == "virtual agent"]


def with_topic(*steps: tuple[str, str]) -> Company:
    c = company(numbers=(COMPANY, SECOND_COMPANY))
    c.instance.add_topic("Order status", [topic_step(*step) for step in steps])
    return c


def test_it_answers_with_a_command_of_its_own() -> None:
    c = with_topic(("asks", "What order?"))
    begun = c.text()
    events = [e for e in c.instance.journal.events if e.command == "virtual agent"]
    assert {e.actor for e in events} == {"virtual agent"}
    assert {e.entity for e in events} == {"topic run", "message"}
    (answer,) = (
        m for m in c.store.messages.find("interaction", begun.id) if m.author == "virtual agent"
    )
    assert answer.direction is Direction.OUTBOUND
    assert (answer.requester_number, answer.provider_number) == begun.line


def test_it_remembers_where_it_is_in_each_conversation() -> None:
    c = with_topic(("asks", "What order?"), ("asks", "And when?"))
    first, second = c.text(ANAS), c.text(BENS)
    other_line = c.text(ANAS, to=SECOND_COMPANY)
    c.text(BENS)
    assert said(c, first.id) == said(c, other_line.id) == ["What order?"]
    assert said(c, second.id) == ["What order?", "And when?"]
    positions = [run.position for run in c.store.topic_runs]
    assert positions == [0, 1, 0]


def test_a_refused_text_is_not_answered() -> None:
    c = with_topic(("asks", "What order?"))
    before = c.store.snapshot()
    with pytest.raises(Refused):
        c.text(to="+4940123456")
    assert c.store.snapshot() == before


def test_a_script_that_never_stops_talking_faults_its_conversation_only() -> None:
    c = with_topic(*[("says", "Wait.")] * (LONGEST_RUN + 1))
    c.instance.add_topic("Menu", [topic_step("asks", "What?")], ["menu"])
    begun = c.text()
    faulted = c.store.interactions[begun.id]
    assert (faulted.state, faulted.state_reason) == (InteractionState.FAULTED, StateReason.ERROR)
    assert said(c, begun.id) == []
    (run,) = c.store.topic_runs
    assert run.fault is not None
    assert f"{LONGEST_RUN} steps" in run.fault
    assert "Order status" in run.fault
    c.instance.requester_texts(BENS, COMPANY, "The menu")
    assert c.store.messages["message-3"].body == "What?"
    assert not c.instance.breaches


def test_what_the_carrier_refuses_does_not_stop_a_topic() -> None:
    c = with_topic(("says", "One moment."), ("asks", "What order?"))
    c.instance.refuse_messages_to(ANAS, "21610")
    begun = c.text()
    assert said(c, begun.id) == ["One moment.", "What order?"]
    answers = [m for m in c.store.messages if m.author == "virtual agent"]
    assert {(m.state, m.error_code) for m in answers} == {(MessageState.FAILED, "21610")}


def test_it_is_silent_where_it_does_not_have_the_conversation() -> None:
    for has_it in ("agent", "queue"):
        c = with_topic(("asks", "What order?"), ("asks", "And when?"))
        begun = c.begin(has_it)
        c.text()
        assert said(c, begun.id) == ["What order?"]


def test_handing_over_leaves_the_conversation_to_the_queue() -> None:
    c = with_topic(("says", "A colleague is coming."), ("hands over", ""))
    begun = c.text()
    waiting = c.store.interactions[begun.id]
    assert waiting.state is InteractionState.ON_HOLD
    assert not waiting.with_virtual_agent
    rules = [e.rule for e in c.instance.journal.events if e.new == "On Hold"]
    assert rules == ["W-5"]


def test_words_that_ask_for_an_agent_belong_to_a_channel() -> None:
    c = company()
    assert c.instance.set_agent_words([" Agent"]).agent_words == ("agent",)
    with pytest.raises(UnknownRecord):
        c.instance.set_agent_words(["agent"], channel="Fax")
    with pytest.raises(BadTopic):
        c.instance.set_agent_words([""])
    assert c.text().state is InteractionState.NEW
    c.instance.requester_texts(ANAS, COMPANY, "agent")
    assert [i.state for i in c.store.interactions] == [InteractionState.ON_HOLD]
