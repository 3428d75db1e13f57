"""What follows from a text, as a pure function of topics, progress and text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smslab.simulator.states import StateReason
from smslab.simulator.virtual_agents.topic_script import (
    LONGEST_RUN,
    UNCLEAR_REPLIES,
    Effect,
    End,
    Fail,
    GiveUp,
    HandOver,
    Say,
    Scripts,
    chosen,
    mentions,
    offer,
    respond,
)
from smslab.simulator.virtual_agents.topics import (
    Action,
    BadTopic,
    Topic,
    TopicRun,
    check_topic,
    topic_step,
)
from tests.simulator.virtual_agents.test_topics import known, topic

ORDER = topic("Order status", ("says", "One moment."), ("asks", "What order?"), ("says", "Thanks."))
MENU = topic("Menu", ("offers", "Order status, an agent, Nowhere"))


def effects(*texts: str, topics: tuple[Topic, ...] = (ORDER,), words: str = "") -> list[Effect]:
    """The effects of the last of several texts."""
    scripts = Scripts(known(*topics), (words,) if words else ())
    run: TopicRun | None = None
    for text in texts:
        response = respond(scripts, run, "IMS1", text)
        run = response.run
    return list(response.effects)


def test_without_topics_nothing_follows() -> None:
    assert effects("Hello", topics=()) == []


def test_the_first_text_begins_the_first_topic() -> None:
    assert effects("Hello", topics=(ORDER, MENU)) == [Say("One moment."), Say("What order?")]


def test_a_topic_without_more_steps_is_complete() -> None:
    assert effects("Hello", "4711") == [Say("Thanks."), End(StateReason.TOPIC_COMPLETE)]


def test_a_keyword_begins_its_topic() -> None:
    returns = topic("Returns", ("asks", "Why?"), keywords=("send back",))
    assert effects("I SEND BACK all", topics=(ORDER, returns)) == [Say("Why?")]
    assert effects("I send it back", topics=(ORDER, returns))[0] == Say("One moment.")


@pytest.mark.parametrize("reply", ["an agent", "AN AGENT", " an agent. ", "2", "2."])
def test_the_option_of_an_agent_hands_over(reply: str) -> None:
    assert effects("Hello", reply, topics=(MENU, ORDER)) == [HandOver()]


@pytest.mark.parametrize("reply", ["agent", "0", "4", "12", "-1", "", "Order", "²"])
def test_what_is_no_option_is_asked_again(reply: str) -> None:
    again = Say("1. Order status, 2. an agent, 3. Nowhere")
    assert effects("Hello", reply, topics=(MENU, ORDER)) == [again]


def test_what_is_no_option_too_often_ends_in_giving_up() -> None:
    replies = ["What?"] * UNCLEAR_REPLIES
    assert effects("Hello", *replies[1:], topics=(MENU, ORDER)) != [GiveUp()]
    assert effects("Hello", *replies, topics=(MENU, ORDER)) == [GiveUp()]


def test_an_option_that_is_no_topic_fails() -> None:
    (failed,) = effects("Hello", "Nowhere", topics=(MENU, ORDER))
    assert isinstance(failed, Fail)
    assert "'Menu' goes to 'Nowhere', which is no topic" in failed.why


def test_words_ask_for_an_agent_at_any_time_and_without_topics() -> None:
    assert effects("AGENT!", words="agent") == [HandOver()]
    assert effects("Hello", "an agent?", words="agent") == [HandOver()]
    assert effects("agent", topics=(), words="agent") == [HandOver()]


@pytest.mark.parametrize(
    ("text", "found"),
    [("an Agent.", True), ("agents", False), ("reagent", False), ("", False), ("a.b", False)],
)
def test_words_are_whole_words(text: str, found: bool) -> None:
    assert mentions(text, ("agent",)) is found


def test_words_are_no_regular_expressions() -> None:
    assert not mentions("axb", ("a.b",))
    assert mentions("it is a.b", ("a.b",))


def test_a_text_that_leads_to_too_much_fails_and_says_nothing() -> None:
    chain = [topic(f"T{i}", *[("says", "x")] * 40, ("goes to", f"T{i + 1}")) for i in range(3)]
    (failed,) = effects("Hello", topics=(*chain, topic("T3", ("ends", ""))))
    assert isinstance(failed, Fail)
    assert f"{LONGEST_RUN} steps" in failed.why
    assert "T0, T1, T2" in failed.why


def test_the_longest_run_is_carried_out() -> None:
    longest = topic("Long", *[("says", "x")] * (LONGEST_RUN - 1), ("asks", "?"))
    assert len(effects("Hello", topics=(longest,))) == LONGEST_RUN
    longer = topic("Longer", *[("says", "x")] * LONGEST_RUN, ("asks", "?"))
    assert isinstance(effects("Hello", topics=(longer,))[0], Fail)


NAMES = ("A", "B", "C")
STEPS = st.one_of(
    st.tuples(st.sampled_from(["says", "asks", "fails"]), st.just("x")),
    st.tuples(st.just("goes to"), st.sampled_from([*NAMES, "Nowhere"])),
    st.tuples(st.just("offers"), st.sampled_from(["A, B", "C, an agent", "Nowhere"])),
    st.tuples(st.sampled_from(["ends", "hands over"]), st.just("")),
)
SCRIPTS = st.tuples(*[st.lists(STEPS, min_size=1, max_size=4) for _ in NAMES])
TEXTS = st.lists(st.sampled_from(["x", "A", "B", "C", "an agent", "1"]), min_size=1, max_size=8)


@given(SCRIPTS, TEXTS)
def test_whatever_is_described_waits_or_leaves_after_each_text(
    scripts: tuple[list[tuple[str, str]], ...], texts: list[str]
) -> None:
    topics: dict[str, Topic] = {}
    for name, steps in zip(NAMES, scripts, strict=True):
        described = topic(name, *steps)
        try:
            check_topic(described, topics)
        except BadTopic:
            continue
        topics[described.id] = described
    run: TopicRun | None = None
    for text in texts:
        response = respond(Scripts(topics), run, "IMS1", text)
        run = response.run
        if run is None:
            assert not topics
            return
        if isinstance(response.effects[-1], Say):
            assert topics[run.topic].steps[run.position].action in {Action.ASKS, Action.OFFERS}
            assert run.misses < UNCLEAR_REPLIES
        else:
            return


@given(st.lists(st.sampled_from(["Order", "Hours", "an agent"]), min_size=1, unique=True))
def test_every_option_is_chosen_by_its_name_and_by_its_number(options: list[str]) -> None:
    step = topic_step("offers", ", ".join(options))
    for number, option in enumerate(options, 1):
        assert chosen(step, option) == chosen(step, str(number)) == option
        assert f"{number}. {option}" in offer(step)
