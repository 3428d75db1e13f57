"""What waits at the provider: nothing is lost or duplicated, and each number keeps its order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smslab.simulator.carriers.queues import NumberQueue, duration_of
from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.journal import Event
from smslab.simulator.records import Message
from smslab.simulator.states import Direction, MessageState
from tests.simulator.company import (
    ANAS,
    BENS,
    COMPANY,
    SECOND_COMPANY,
    STRANGERS,
    Company,
    company,
    policy,
    whole_state,
)


def messages(here: Company) -> list[Message]:
    return [row for row in here.store.messages if row.direction is Direction.OUTBOUND]


def departures(here: Company, number: str = COMPANY) -> list[Event]:
    """When messages were sent from a number, in the order of the journal."""
    return [
        event
        for event in here.instance.journal.events
        if event.entity == "message"
        and (event.field, event.new) == ("state", MessageState.SENT)
        and here.store.messages[event.id].provider_number == number
    ]


def limited(rate: int | None) -> Company:
    """A company with two numbers, of which the first sends so fast."""
    here = company(numbers=(COMPANY, SECOND_COMPANY))
    here.instance.limit_throughput(COMPANY, rate)
    return here


def done_by_the_provider(here: Company) -> int:
    """How many changes the provider has made by itself."""
    return sum(event.actor == "provider" for event in here.instance.journal.events)


def rests(here: Company) -> bool:
    """Whether nothing waits at the provider, and nothing comes of it any more."""
    before = done_by_the_provider(here)
    here.instance.advance(timedelta(days=1))
    return here.instance.core.carrier.waiting() == {} and done_by_the_provider(here) == before


Move = Callable[[Company], None]


def _texts(number: str, provider_number: str, length: int) -> Move:
    return lambda here: void(here.send(to=number, sent_from=provider_number, body="a" * length))


def void(_: object) -> None:
    return None


def _passes(seconds: int) -> Move:
    return lambda here: here.instance.advance(timedelta(seconds=seconds))


def _outage(here: Company) -> None:
    if here.store.providers[here.provider].outage:
        here.instance.end_outage(here.provider)
    else:
        here.instance.begin_outage(here.provider)


def _limit(rate: int | None) -> Move:
    return lambda here: here.instance.limit_throughput(COMPANY, rate)


sends = st.builds(
    _texts,
    st.sampled_from([ANAS, BENS, STRANGERS]),
    st.sampled_from([COMPANY, SECOND_COMPANY]),
    st.integers(1, 400),
)
moves = st.lists(
    st.one_of(
        sends,
        sends,
        st.builds(_passes, st.integers(1, 20)),
        st.just(_outage),
        st.builds(_limit, st.sampled_from([1, 3, None])),
    ),
    max_size=25,
)


@given(moves)
def test_every_message_leaves_once_and_in_the_order_of_its_number(steps: list[Move]) -> None:
    here = limited(1)
    for step in steps:
        step(here)
    if here.store.providers[here.provider].outage:
        here.instance.end_outage(here.provider)
    here.instance.advance(timedelta(hours=1))
    for number in (COMPANY, SECOND_COMPANY):
        handed_over = [row.id for row in messages(here) if row.provider_number == number]
        assert [event.id for event in departures(here, number)] == handed_over
    assert rests(here)
    assert here.instance.breaches == []


@given(st.lists(st.integers(1, 700), min_size=1, max_size=12), st.integers(1, 7))
def test_a_number_is_never_faster_than_its_limit(lengths: list[int], rate: int) -> None:
    here = limited(rate)
    for length in lengths:
        here.send(sent_from=COMPANY, body="a" * length)
    here.instance.advance(timedelta(hours=1))
    assert len(departures(here)) == len(lengths)
    for earlier, later in pairwise(departures(here)):
        segments = here.store.messages[earlier.id].segments
        assert segments is not None
        assert (later.time - earlier.time).total_seconds() == pytest.approx(
            segments / rate, abs=2e-6
        )


def test_the_limit_of_one_number_is_not_the_others() -> None:
    here = limited(1)
    for _ in range(3):
        here.send(sent_from=COMPANY)
        here.send(sent_from=SECOND_COMPANY)
    assert len(departures(here, COMPANY)) == 1
    assert len(departures(here, SECOND_COMPANY)) == 3


def test_a_message_sent_has_an_id_of_the_provider_and_one_refused_has_none() -> None:
    here = limited(1)
    here.send(sent_from=COMPANY)
    here.send(sent_from=COMPANY)
    here.instance.refuse_messages_to(ANAS, "21211")
    here.send(sent_from=COMPANY)
    sids = [row.provider_id for row in messages(here)]
    assert sids[0] != sids[1]
    assert all(sid is not None and len(sid) == 34 and sid[:2] == "SM" for sid in sids[:2])
    assert sids[2] is None


def test_what_expires_leaves_no_timer_and_no_place_behind() -> None:
    here = company(policy(message_validity="1 minute"))
    here.instance.begin_outage(here.provider)
    here.send()
    here.instance.advance(timedelta(minutes=1))
    assert [row.state for row in messages(here)] == [MessageState.FAILED]
    assert rests(here)


def test_what_has_left_leaves_no_timer_behind() -> None:
    here = company()
    here.instance.begin_outage(here.provider)
    here.send()
    here.instance.end_outage(here.provider)
    assert rests(here)


def test_a_send_that_is_undone_leaves_nothing_at_the_provider() -> None:
    here = company(policy(failed_delivery_undoes_send="true", delivery_reports="all"))
    here.instance.refuse_messages_to(ANAS, "21610")
    before = whole_state(here.instance)
    assert here.send().status == "undone"
    assert whole_state(here.instance) == before
    assert rests(here)


def test_a_refused_message_does_not_keep_the_number_busy() -> None:
    here = limited(1)
    here.instance.refuse_messages_to(BENS, "21211")
    here.send(to=BENS, sent_from=COMPANY)
    here.send(to=ANAS, sent_from=COMPANY)
    assert [row.state for row in messages(here)] == [MessageState.FAILED, MessageState.SENT]


@pytest.mark.parametrize("limit", [0, -3])
def test_a_limit_that_lets_nothing_out_is_refused(limit: int) -> None:
    here = company()
    before = whole_state(here.instance)
    with pytest.raises(Refused, match="never sends"):
        here.instance.limit_throughput(COMPANY, limit)
    assert whole_state(here.instance) == before


def test_a_limit_for_a_number_that_is_not_the_companys() -> None:
    with pytest.raises(UnknownRecord, match="not a number of the company"):
        company().instance.limit_throughput(SECOND_COMPANY, 1)


@pytest.mark.parametrize(
    ("segments", "rate", "microseconds"),
    [(1, 1, 1_000_000), (3, 2, 1_500_000), (1, 3, 333_334), (2, 3, 666_667), (0, 1, 0)],
)
def test_how_long_a_number_is_busy(segments: int, rate: int, microseconds: int) -> None:
    assert duration_of(segments, rate) == microseconds


def test_a_message_taken_out_of_the_middle() -> None:
    queue = NumberQueue()
    for name in ("a", "b", "c"):
        queue.add(name, 2)
    queue.remove("b")
    assert (queue.backlog, queue.wait(0, 1)) == (4, 4_000_000)
    assert [queue.take(0, 1), queue.take(queue.free_at, 1)] == ["a", "c"]
    assert (queue.backlog, queue.free_at) == (0, 4_000_000)
