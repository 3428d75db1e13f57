"""Messaging actions: what a message arms, what cancels it, and what is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from smslab.simulator.messaging_actions.messaging_action_records import (
    ActionKind,
    Prompt,
)
from smslab.simulator.states import InteractionState, PartyKind, StateReason
from tests.simulator.company import (
    BENS,
    SECOND_COMPANY,
    STRANGERS,
    company,
    policy,
)
from tests.simulator.messaging import AGENT, HOUR, REQUESTER, SECOND, added, begun, runs


def test_every_instance_has_the_two_that_are_shipped() -> None:
    world = company()
    found = [(a.id, a.event, a.action, a.state) for a in world.store.messaging_actions]
    assert found == [
        ("T-1", REQUESTER, ActionKind.PROMPT_AGENT, None),
        ("T-2", AGENT, ActionKind.SET_STATE, InteractionState.CLOSED_ABANDONED),
    ]
    assert world.instance.journal.events[0].command == "add location"


def test_the_agent_is_prompted_once_by_a_command_of_the_instance() -> None:
    world = company()
    interaction = world.begin("agent")
    world.text()
    world.instance.advance(timedelta(days=10))
    assert list(world.store.prompts) == [Prompt("prompt-1", interaction.id, world.bill, "T-1")]
    at = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    assert runs(world) == [(at, "messaging action No agent response", "T-1", "instance")]
    events = [e for e in world.instance.journal.events if e.entity == "prompt"]
    assert {e.field: e.new for e in events} == {
        "interaction": interaction.id,
        "agent": world.bill,
        "action": "T-1",
    }


def test_silence_of_the_requester_closes_the_interaction_after_two_days() -> None:
    world = company()
    interaction = begun(world)
    world.instance.advance(timedelta(days=2) - SECOND)
    assert world.store.interactions[interaction.id].state is InteractionState.WORK_IN_PROGRESS
    world.instance.advance(SECOND)
    closed = world.store.interactions[interaction.id]
    assert (closed.state, closed.state_reason) == (
        InteractionState.CLOSED_ABANDONED,
        StateReason.NO_ACTIVITY,
    )
    assert [rule for _, _, rule, _ in runs(world)] == ["T-2"]
    assert not world.instance.breaches


def test_what_waits_keeps_its_time_when_the_setting_changes() -> None:
    world = company()
    first = begun(world)
    world.instance.change_setting("requester_response", "1 hour")
    second = world.send(party=world.ben).interaction
    world.instance.advance(timedelta(days=1))
    states = [world.store.interactions[str(id)].state for id in (first.id, second)]
    assert states == [InteractionState.WORK_IN_PROGRESS, InteractionState.CLOSED_ABANDONED]
    world.send()
    world.instance.advance(HOUR)
    assert world.store.interactions[first.id].state is InteractionState.CLOSED_ABANDONED


@pytest.mark.parametrize("has_it", ["virtual agent", "queue"])
def test_a_conversation_that_no_agent_has_is_left_alone(has_it: str) -> None:
    world = company(policy(idle_job_closes_agent_conversations="true"))
    for kind in ActionKind:
        added(world, kind, REQUESTER)
    world.begin(has_it)
    world.instance.advance(HOUR)
    assert runs(world) == []


def test_a_send_that_is_undone_arms_nothing() -> None:
    world = company(policy(failed_delivery_undoes_send="true"))
    added(world, ActionKind.PROMPT_AGENT)
    begun(world)
    world.instance.advance(timedelta(minutes=59))
    pending = world.instance.clock.kernel.pending()
    world.instance.refuse_messages_to("+4915123456789", "30003")
    assert world.send().status == "undone"
    assert world.instance.clock.kernel.pending() == pending
    world.instance.advance(timedelta(minutes=1))
    assert len(runs(world)) == 1


def test_closing_leaves_no_timer_behind() -> None:
    world = company()
    for kind in ActionKind:
        added(world, kind)
    before = world.instance.clock.kernel.pending()
    interaction = begun(world)
    assert world.instance.clock.kernel.pending() == before + 5
    world.instance.close(interaction.id)
    assert world.instance.clock.kernel.pending() == before


def test_actions_of_one_time_run_in_the_order_in_which_they_were_added() -> None:
    world = company()
    for kind in (ActionKind.PROMPT_REQUESTER, ActionKind.PROMPT_AGENT, ActionKind.REASSIGN):
        added(world, kind)
    interaction = begun(world)
    world.instance.advance(HOUR)
    assert [command for _, command, _, _ in runs(world)] == [
        "messaging action prompt requester",
        "messaging action prompt agent",
        "messaging action reassign",
    ]
    assert world.store.interactions[interaction.id].assigned_to is None
    prompt = world.store.messages.find("interaction", interaction.id)[-1]
    assert (prompt.author, prompt.body) == ("instance", "Are you still there?")


def test_what_has_been_given_away_or_ended_is_left_alone() -> None:
    world = company()
    for kind in (ActionKind.REASSIGN, ActionKind.SET_STATE, ActionKind.PROMPT_AGENT):
        added(world, kind)
    interaction = begun(world)
    world.instance.advance(HOUR)
    assert [command for _, command, _, _ in runs(world)] == ["messaging action reassign"]
    assert world.store.interactions[interaction.id].state is InteractionState.ON_HOLD


@pytest.mark.parametrize(
    "looks_for",
    [
        {"party_kind": PartyKind.CONTACT},
        {"provider_number": SECOND_COMPANY},
        {"active": False},
    ],
)
@pytest.mark.parametrize("when", ["when_due", "at_message"])
def test_the_filter(when: str, looks_for: dict[str, object]) -> None:
    world = company(policy(messaging_action_filter=when), numbers=("+4930901820", SECOND_COMPANY))
    added(world, ActionKind.PROMPT_AGENT)
    world.instance.change_messaging_action("prompt agent", **looks_for)
    world.send(sent_from="+4930901820")
    world.instance.advance(HOUR)
    assert runs(world) == []
    world.instance.change_messaging_action(
        "prompt agent", party_kind=PartyKind.CONSUMER, provider_number="+4930901820", active=True
    )
    world.send(sent_from="+4930901820")
    world.instance.advance(HOUR)
    assert len(runs(world)) == 1


@pytest.mark.parametrize(("when", "prompted"), [("when_due", 1), ("at_message", 0)])
def test_when_the_filter_is_looked_at(when: str, prompted: int) -> None:
    world = company(policy(messaging_action_filter=when))
    added(world, ActionKind.PROMPT_AGENT)
    world.instance.change_messaging_action("prompt agent", assigned_to=world.cleo)
    interaction = begun(world)
    world.instance.assign(interaction.id, world.cleo)
    world.instance.advance(HOUR)
    assert [p.agent for p in world.store.prompts] == [world.cleo] * prompted


def test_a_guests_interaction_passes_where_the_kind_of_party_does_not_matter() -> None:
    world = company()
    world.begin("agent", STRANGERS)
    world.begin("agent", BENS)
    added(world, ActionKind.PROMPT_AGENT, REQUESTER)
    world.instance.change_messaging_action("No agent response", party_kind=PartyKind.CONSUMER)
    world.text(STRANGERS)
    world.text(BENS)
    world.instance.advance(HOUR)
    prompts = [(p.action, p.interaction) for p in world.store.prompts]
    assert prompts == [
        ("T-1", "IMS0000002"),
        ("messaging-action-1", "IMS0000001"),
        ("messaging-action-1", "IMS0000002"),
    ]


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's clock is that of Berlin."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_berlin")
@pytest.mark.parametrize(
    "clocks_change", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]
)
def test_two_days_are_48_hours_in_a_week_in_which_clocks_change(clocks_change: datetime) -> None:
    world = company()
    world.instance.advance(clocks_change - HOUR - world.instance.clock.now)
    began = world.instance.clock.now
    assert began.astimezone().utcoffset() != (began + timedelta(days=1)).astimezone().utcoffset()
    begun(world)
    world.instance.advance(timedelta(days=3))
    assert [at for at, *_ in runs(world)] == [began + timedelta(hours=48)]
