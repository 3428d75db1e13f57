"""The commands of routing: what they change, what they refuse, and that refusals change nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from smslab.simulator.errors import UnknownRecord
from smslab.simulator.states import (
    InteractionState,
    InteractionType,
    StateReason,
    WorkItemState,
)
from tests.simulator.company import (
    ANAS,
    BENS,
    company,
    policy,
    whole_state,
)
from tests.simulator.waiting import item_of, offered_to_bill, refused


def test_an_offer_is_a_command_of_its_own_with_its_rule() -> None:
    office = company()
    offered_to_bill(office)
    events = [e for e in office.instance.journal.events if e.entity == "work item"]
    assert [(e.field, e.old, e.new, e.command, e.rule) for e in events] == [
        ("state", None, "Queued", "put in queue", "S-1"),
        ("interaction", None, "IMS0000001", "put in queue", "S-1"),
        ("channel", None, "SMS", "put in queue", "S-1"),
        ("state", "Queued", "Pending Accept", "route", "W-3"),
        ("agent", None, office.bill, "route", "W-3"),
    ]


def test_accepting_assigns_and_joins() -> None:
    office = company()
    interaction = offered_to_bill(office)
    office.instance.accept(interaction, office.bill)
    row = office.store.interactions[interaction]
    assert (row.state, row.assigned_to) == (InteractionState.WORK_IN_PROGRESS, office.bill)
    assert office.bill in office.members(interaction)
    assert item_of(office, interaction).state is WorkItemState.ACCEPTED


@pytest.mark.parametrize("answer", ["accept", "reject"])
def test_only_the_agent_who_was_asked_can_answer(answer: str) -> None:
    office = company()
    interaction = offered_to_bill(office)
    command = {
        "accept": lambda: office.instance.accept(interaction, office.cleo),
        "reject": lambda: office.instance.reject(interaction, office.cleo, "Busy"),
    }[answer]
    refusal = refused(office, command)
    assert refusal.rule == "W-4"
    assert refusal.reason == f"{interaction} is not offered to Cleo: it is offered to Bill."
    office.instance.accept(interaction, office.bill)


def test_what_no_agent_waits_for_cannot_be_accepted() -> None:
    office = company()
    interaction = office.begin("virtual agent").id
    refusal = refused(office, lambda: office.instance.accept(interaction, office.bill))
    assert "does not wait for an agent" in refusal.reason


@pytest.mark.parametrize(
    ("reason", "hint"),
    [("busy", "did you mean 'Busy'?"), ("?", "there are: Busy, Not Qualified, Wrong Queue.")],
)
def test_an_unknown_reject_reason_is_refused_with_the_nearest(reason: str, hint: str) -> None:
    office = company()
    interaction = offered_to_bill(office)
    refusal = refused(office, lambda: office.instance.reject(interaction, office.bill, reason))
    assert refusal.rule == "W-4"
    assert refusal.reason.endswith(hint)


def test_a_shipped_reason_can_be_given_another_meaning_and_back() -> None:
    office = company()
    interaction = offered_to_bill(office)
    office.instance.add_reject_reason("Busy", reassignable=False)
    office.instance.add_reject_reason("Busy", reassignable=True)
    office.instance.reject(interaction, office.bill, "Busy")
    assert item_of(office, interaction).agent == office.bill
    office.instance.add_reject_reason("Busy", reassignable=False)
    office.instance.reject(interaction, office.bill, "Busy")
    assert item_of(office, interaction).state is WorkItemState.QUEUED


def test_agents_and_interactions_that_do_not_exist_are_a_mistake_in_the_call() -> None:
    office = company()
    interaction = offered_to_bill(office)
    before = whole_state(office.instance)
    calls: list[Callable[[], object]] = [
        lambda: office.instance.set_presence("agent-9", "Away"),
        lambda: office.instance.set_capacity("agent-9", 1),
        lambda: office.instance.accept("IMS9", office.bill),
        lambda: office.instance.accept(interaction, "agent-9"),
        lambda: office.instance.reject("IMS9", office.bill, "Busy"),
        lambda: office.instance.transfer(interaction, office.bill, "agent-9"),
        lambda: office.instance.end_wrap_up("IMS9", office.bill),
    ]
    for call in calls:
        with pytest.raises(UnknownRecord):
            call()
    assert whole_state(office.instance) == before


def test_a_transfer_of_an_interaction_without_a_live_group() -> None:
    office = company()
    call = office.instance.open_interaction(InteractionType.PHONE, [office.ana], office.bill).id
    office.instance.set_presence(office.cleo, "Available")
    office.instance.transfer(call, office.bill, office.cleo)
    office.instance.accept(call, office.cleo)
    assert office.store.interactions[call].assigned_to == office.cleo


def test_an_item_that_comes_back_has_its_old_place_in_the_queue() -> None:
    office = company(policy(offer_timeout="2 minutes"))
    office.instance.set_presence(office.bill, "Available")
    office.instance.set_sms_capacity(office.bill, 1)
    first = office.begin("queue", ANAS).id
    second = office.begin("queue", BENS).id
    office.instance.advance(timedelta(minutes=2))
    assert item_of(office, second).agent == office.bill
    office.instance.set_presence(office.cleo, "Available")
    assert item_of(office, first).agent == office.cleo


def test_a_change_of_the_assignment_rule_holds_for_what_comes_next() -> None:
    office = company()
    for agent in (office.bill, office.cleo):
        office.instance.set_presence(agent, "Available")
    office.instance.set_sms_capacity(office.bill, 5)
    office.begin("queue", ANAS)
    office.instance.change_setting("assignment_rule", "most_capacity")
    office.instance.set_sms_capacity(office.cleo, 3)
    assert item_of(office, office.begin("queue", BENS).id).agent == office.bill


def test_a_send_that_the_provider_undoes_keeps_the_offer() -> None:
    office = company(policy(failed_delivery_undoes_send="true"))
    interaction = offered_to_bill(office)
    office.instance.refuse_messages_to(ANAS, "30003")
    assert office.send(office.cleo).status == "undone"
    assert item_of(office, interaction).agent == office.bill


def test_an_interaction_that_is_assigned_by_hand_is_offered_to_nobody_any_more() -> None:
    office = company()
    interaction = offered_to_bill(office)
    office.instance.assign(interaction, office.cleo)
    assert item_of(office, interaction).state is WorkItemState.CANCELED
    cancellations = [
        e.rule for e in office.instance.journal.events if e.command == "cancel work item"
    ]
    assert cancellations == ["S-1", "S-1"]


def test_wrap_up_of_an_abandoned_conversation_is_not_needed() -> None:
    office = company(policy(wrap_up="true"))
    sent = office.send()
    assert sent.interaction is not None
    office.instance.requester_leaves(sent.interaction)
    row = office.store.interactions[sent.interaction]
    assert (row.state, row.state_reason) == (
        InteractionState.CLOSED_ABANDONED,
        StateReason.LEFT_BEFORE_ENGAGEMENT,
    )
