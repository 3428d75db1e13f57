"""How conversations end: every ending has one reason, and every reason has an ending."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from smslab.simulator.errors import Refused
from smslab.simulator.states import InteractionState, StateReason
from smslab.simulator.virtual_agents.endings import ENDING_ROWS, Ending, has_engaged, reason_for
from tests.simulator.company import ANAS, Company, company, policy


def test_every_ending_has_exactly_one_reason() -> None:
    for ending, engaged in product(Ending, (True, False)):
        rows = [r for r in ENDING_ROWS if r.ending is ending and engaged in r.engaged]
        assert [row.reason for row in rows] == [reason_for(ending, engaged)]


def test_every_reason_can_be_had() -> None:
    of_topics = {StateReason.TOPIC_COMPLETE}
    assert {row.reason for row in ENDING_ROWS} | of_topics == set(StateReason)


def test_the_text_that_begins_a_conversation_is_no_reply() -> None:
    c = company()
    begun = c.text()
    assert not has_engaged(c.instance.core, begun.id)
    c.text()
    assert has_engaged(c.instance.core, begun.id)


def test_the_text_that_begins_a_conversation_may_count() -> None:
    c = company(policy(engaged_by="first_text"))
    assert has_engaged(c.instance.core, c.text().id)


def test_the_first_text_after_an_agents_is_a_reply() -> None:
    c = company()
    begun = c.send(to=ANAS).interaction
    assert begun is not None
    assert not has_engaged(c.instance.core, begun)
    c.text()
    assert has_engaged(c.instance.core, begun)


@pytest.mark.parametrize("has_it", ["agent", "virtual agent", "queue"])
def test_a_requester_leaves_whoever_has_the_conversation(has_it: str) -> None:
    c = company()
    begun = c.begin(has_it)
    c.instance.requester_leaves(begun.id)
    left = c.store.interactions[begun.id]
    assert left.state is InteractionState.CLOSED_ABANDONED
    assert left.state_reason is StateReason.LEFT_BEFORE_ENGAGEMENT


@pytest.mark.parametrize("by", ["requester", "search", "agent"])
def test_what_has_ended_cannot_be_ended_again(by: str) -> None:
    end: dict[str, Callable[[Company], None]] = {
        "requester": lambda c: c.instance.requester_leaves("IMS0000001"),
        "search": lambda c: c.instance.requester_leaves("IMS0000001", for_a_search=True),
        "agent": lambda c: c.instance.agent_ends("IMS0000001", c.bill),
    }
    c = company()
    begun = c.begin("agent")
    c.instance.agent_ends(begun.id, c.bill)
    before, events = c.store.snapshot(), len(c.instance.journal.events)
    with pytest.raises(Refused) as refused:
        end[by](c)
    assert refused.value.rule == "S-4"
    assert c.store.snapshot() == before
    assert len(c.instance.journal.events) == events


def test_only_the_agent_who_has_a_conversation_ends_it() -> None:
    c = company()
    begun = c.begin("agent")
    with pytest.raises(Refused, match="Cleo does not have"):
        c.instance.agent_ends(begun.id, c.cleo)
    with_va = c.text("+4915123456781")
    with pytest.raises(Refused, match="Bill does not have"):
        c.instance.agent_ends(with_va.id, c.bill)
    assert c.store.interactions[begun.id].state is InteractionState.WORK_IN_PROGRESS
