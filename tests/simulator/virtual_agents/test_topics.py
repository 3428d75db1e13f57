"""Topics: what makes a step and a topic, and what is refused with the nearest valid choice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smslab.simulator.states import StateReason
from smslab.simulator.virtual_agents.topics import (
    Action,
    BadTopic,
    Topic,
    TopicStep,
    check_topic,
    check_words,
    topic_named,
    topic_step,
)
from tests.simulator.company import company


def topic(name: str, *steps: tuple[str, str], keywords: tuple[str, ...] = ()) -> Topic:
    """A topic whose id is its name in lower case."""
    return Topic(name.lower(), name, tuple(topic_step(*step) for step in steps), keywords)


def known(*topics: Topic) -> dict[str, Topic]:
    return {one.id: one for one in topics}


def test_a_step_says_what_it_does() -> None:
    assert topic_step("asks", "Who?") == TopicStep(Action.ASKS, "Who?")
    assert str(topic_step("asks", "Who?")) == "asks Who?"
    assert str(topic_step("ends")) == "ends"


def test_a_step_that_ends_gives_its_reason() -> None:
    assert topic_step("ends").reason is StateReason.TOPIC_COMPLETE
    assert topic_step("ends", "User Ended").reason is StateReason.USER_ENDED


def test_options_are_parted_by_commas() -> None:
    assert topic_step("offers", "Order status , an agent").options == ("Order status", "an agent")


@pytest.mark.parametrize(
    ("does", "text", "why"),
    [
        ("aks", "Who?", "did you mean 'asks'?"),
        ("", "Who?", "never ''"),
        ("says", "", "needs a text"),
        ("asks", "", "needs a text"),
        ("goes to", "", "needs a text"),
        ("offers", "A, ,B", "leave one empty"),
        ("hands over", "Bill", "has no text"),
        ("ends", "No Activty", "did you mean 'No Activity'?"),
    ],
)
def test_a_step_that_cannot_be_is_refused(does: str, text: str, why: str) -> None:
    with pytest.raises(BadTopic) as refused:
        topic_step(does, text)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (topic(" ", ("ends", "")), "has a name"),
        (topic("Empty"), "at least one step"),
        (topic("AN AGENT", ("ends", "")), "that option hands over"),
        (topic("WELCOME", ("ends", "")), "already"),
        (topic("Other", ("ends", ""), keywords=("hello",)), "begins the topic 'Welcome' already"),
        (topic("Self", ("says", "Hi"), ("goes to", "self")), "Self, then Self"),
        (topic("Loop", ("goes to", "Detour")), "Loop, then Detour, then Loop"),
        (topic("Into", ("goes to", "Ring")), "Ring, then Ring"),
    ],
)
def test_a_topic_that_cannot_be_is_refused(bad: Topic, why: str) -> None:
    others = known(
        topic("Welcome", ("asks", "What?"), keywords=("hello",)),
        topic("Detour", ("says", "One moment."), ("goes to", "Loop")),
        topic("Ring", ("goes to", "Ring")),
    )
    with pytest.raises(BadTopic) as refused:
        check_topic(bad, others)
    assert why in str(refused.value)


@pytest.mark.parametrize("stops", [("asks", "?"), ("offers", "A"), ("ends", ""), ("fails", "")])
def test_topics_in_a_circle_may_wait_or_leave(stops: tuple[str, str]) -> None:
    detour = topic("Detour", ("says", "One moment."), ("goes to", "Loop"))
    check_topic(topic("Loop", stops, ("goes to", "Detour")), known(detour))


def test_words_are_found_whatever_their_case_and_never_empty() -> None:
    assert check_words([" Agent", "real Person "]) == ("agent", "real person")
    with pytest.raises(BadTopic):
        check_words(["agent", " "])


def test_topics_are_named_whatever_the_case() -> None:
    welcome = topic("Welcome", ("ends", ""))
    assert topic_named(known(welcome), " welCome") is welcome
    assert topic_named(known(welcome), "Well") is None


def test_an_instance_refuses_a_bad_topic_and_is_as_before() -> None:
    c = company()
    c.instance.add_topic("Welcome", [topic_step("asks", "What?")])
    before, events = c.store.snapshot(), len(c.instance.journal.events)
    with pytest.raises(BadTopic):
        c.instance.add_topic("Welcome", [topic_step("ends")])
    assert c.store.snapshot() == before
    assert len(c.instance.journal.events) == events
    assert c.instance.add_topic("Other", [topic_step("ends")]).id == "topic-2"


def test_a_topic_is_in_the_journal_in_words() -> None:
    c = company()
    c.instance.add_topic("Welcome", [topic_step("asks", "What?"), topic_step("ends")], ["Hi"])
    said = {e.field: e.new for e in c.instance.journal.events if e.entity == "topic"}
    assert said == {"name": "Welcome", "steps": "asks What?, ends", "keywords": "hi"}


def test_a_topic_never_changes() -> None:
    welcome = topic("Welcome", ("ends", ""))
    assert hash(welcome) == hash(replace(welcome))
