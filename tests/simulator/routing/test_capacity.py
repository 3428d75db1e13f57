"""How much work agents are offered and accept, and that the cost of asking stays flat."""

from __future__ import annotations

import pytest

from smslab.simulator.records import SMS
from smslab.simulator.routing import workload
from smslab.simulator.states import (
    InteractionState,
    InteractionType,
    PartyKind,
    Presence,
    WorkItemState,
)
from tests.simulator.company import (
    ANAS,
    BENS,
    STRANGERS,
    Company,
    company,
)
from tests.simulator.waiting import item_of, offered_to_bill, refused


def test_agents_start_offline_and_without_limits() -> None:
    office = company()
    bill = office.store.agents[office.bill]
    assert (bill.presence, bill.sms_capacity, bill.capacity) == (Presence.OFFLINE, None, None)


@pytest.mark.parametrize("limit", [-1, -1000])
def test_a_negative_capacity_is_refused(limit: int) -> None:
    office = company()
    for command in (office.instance.set_sms_capacity, office.instance.set_capacity):
        assert refused(office, lambda c=command: c(office.bill, limit)).rule == "W-2"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("presence", "hint"),
    [
        ("availble", "did you mean 'Available'?"),
        ("on the moon", "there are: Available, Away, Offline."),
    ],
)
def test_an_unknown_presence_is_refused_with_the_nearest(presence: str, hint: str) -> None:
    office = company()
    refusal = refused(office, lambda: office.instance.set_presence(office.bill, presence))
    assert (refusal.rule, refusal.reason.endswith(hint)) == ("W-1", True)


def test_without_a_limit_again_what_waits_is_offered() -> None:
    office = company()
    office.instance.set_sms_capacity(office.bill, 0)
    office.instance.set_presence(office.bill, "Available")
    interaction = office.begin("queue").id
    assert item_of(office, interaction).state is WorkItemState.QUEUED
    office.instance.set_sms_capacity(office.bill, None)
    assert item_of(office, interaction).agent == office.bill


def test_an_interaction_that_is_no_sms_is_offered_without_the_limit_for_sms() -> None:
    office = company()
    office.instance.set_sms_capacity(office.bill, 0)
    office.instance.set_presence(office.bill, "Available")
    call = office.instance.open_interaction(InteractionType.PHONE, [office.ana]).id
    office.instance.put_in_queue(call)
    office.instance.accept(call, office.bill)
    assert office.store.interactions[call].assigned_to == office.bill


def test_a_transfer_counts_against_the_other_agent_while_it_waits() -> None:
    office = company()
    office.instance.set_presence(office.cleo, "Available")
    office.instance.set_sms_capacity(office.cleo, 1)
    interaction = office.begin("agent").id
    office.instance.transfer(interaction, office.bill, office.cleo)
    waiting = office.begin("queue", BENS).id
    assert item_of(office, waiting).state is WorkItemState.QUEUED
    office.instance.reject(interaction, office.cleo, "Busy")
    assert item_of(office, waiting).agent == office.cleo


def test_a_setting_that_makes_room_offers_what_waits() -> None:
    office = company()
    office.instance.set_presence(office.bill, "Available")
    office.instance.set_sms_capacity(office.bill, 1)
    office.begin("queue", ANAS)
    waiting = office.begin("queue", BENS).id
    office.instance.change_setting("offers_take_capacity", "false")
    assert item_of(office, waiting).agent == office.bill


def test_room_is_the_least_that_any_limit_leaves() -> None:
    office = company()
    store = office.store
    assert workload.room(store, store.agents[office.bill], SMS, True) == float("inf")
    office.instance.set_capacity(office.bill, 3)
    office.instance.set_sms_capacity(office.bill, 2)
    office.begin("agent", ANAS)
    office.instance.open_interaction(InteractionType.PHONE, [office.ben], office.bill)
    bill = store.agents[office.bill]
    assert workload.room(store, bill, SMS, False) == 1
    assert workload.room(store, bill, None, False) == 1
    offered_to_bill(office, BENS)
    assert workload.room(store, bill, SMS, True) == 0
    assert workload.room(store, bill, SMS, False) == 1


def test_work_beyond_capacity_is_a_breach_of_i_9() -> None:
    office = company()
    office.instance.set_sms_capacity(office.bill, 1)
    office.begin("agent", ANAS)
    first = offered_elsewhere(office, BENS)
    core = office.instance.core
    with core.command("accept whatever the capacity", "Bill"):
        item = core.store.update(
            item_of(office, first), "S-1", state=WorkItemState.ACCEPTED, agent=office.bill
        )
        core.store.update(
            core.store.interactions[first],
            "S-1",
            state=InteractionState.WORK_IN_PROGRESS,
            assigned_to=office.bill,
        )
    broken = [breach for breach in office.instance.breaches if breach.invariant == "I-9"]
    assert [(b.records, b.sentence) for b in broken] == [
        ((office.bill, item.id), f"{office.bill} accepted {first} beyond capacity.")
    ]


def offered_elsewhere(office: Company, number: str) -> str:
    """A conversation that waits in the queue, because nobody is available."""
    interaction = office.begin("queue", number).id
    assert item_of(office, interaction).state is WorkItemState.QUEUED
    return interaction


def test_own_work_beyond_capacity_breaks_nothing() -> None:
    office = company()
    office.instance.set_sms_capacity(office.bill, 0)
    office.send(office.bill, office.ana)
    office.send(office.bill, office.ben)
    assert office.instance.breaches == []


@pytest.mark.parametrize("others", [1, 200])
def test_a_command_looks_at_no_more_agents_and_items_than_it_changes(
    others: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same number of looks with few and many agents, closed interactions and items."""
    office = company()
    for position in range(others):
        agent = office.instance.add_agent(f"Agent {position}").id
        office.instance.set_sms_capacity(agent, position % 2)
        office.instance.set_presence(agent, "Available" if position % 3 else "Away")
        number = f"+491512346{position:04d}"
        closed = office.begin("queue", number).id
        office.instance.close(closed)
        office.begin("queue", number)
    for row in office.store.agents:
        office.instance.set_presence(row.id, "Away")
    office.instance.add_party(PartyKind.CONSUMER, "Cem", mobile_phone=STRANGERS)
    looks: list[str] = []
    room = workload.room

    def counted(*args: object, **named: object) -> float:
        looks.append("room")
        return room(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(workload, "room", counted)
    office.begin("queue", STRANGERS)
    assert len(looks) == 0
    office.instance.set_sms_capacity(office.bill, 1)
    office.instance.set_presence(office.bill, "Available")
    assert len(looks) == 4
