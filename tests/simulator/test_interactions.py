"""The life of an interaction on the agent's side."""

from __future__ import annotations

import pytest

from smslab.simulator.errors import Refused
from smslab.simulator.instance import Instance
from smslab.simulator.states import InteractionState, InteractionType, PartyKind, StateReason
from tests.simulator.company import Company, company, whole_state

ENDS = {
    StateReason.LEFT_BEFORE_ENGAGEMENT: InteractionState.CLOSED_ABANDONED,
    StateReason.NO_ACTIVITY: InteractionState.CLOSED_ABANDONED,
    StateReason.USER_ENDED: InteractionState.CLOSED_COMPLETE,
    StateReason.AUTO_CLOSED: InteractionState.CLOSED_COMPLETE,
    StateReason.NO_USER_RESPONSE: InteractionState.CLOSED_COMPLETE,
    StateReason.TOPIC_COMPLETE: InteractionState.CLOSED_COMPLETE,
    StateReason.LEFT_FOR_SEARCH: InteractionState.CLOSED_COMPLETE,
    StateReason.AGENT_ENDED: InteractionState.CLOSED_COMPLETE,
    StateReason.ERROR: InteractionState.FAULTED,
}
"""The closed state of every reason (S-5)."""


@pytest.mark.parametrize("reason", StateReason)
def test_the_reason_says_in_which_state_it_ends(reason: StateReason) -> None:
    at = company()
    interaction = at.begin("agent")
    at.instance.close(interaction.id, reason)
    ended = at.store.interactions[interaction.id]
    assert (ended.state, ended.state_reason) == (ENDS[reason], reason)


@pytest.mark.parametrize("reason", [StateReason.USER_ENDED, StateReason.NO_ACTIVITY])
@pytest.mark.parametrize("command", ["assign", "put_in_queue", "wrap_up", "close"])
def test_what_has_ended_takes_no_more_changes(reason: StateReason, command: str) -> None:
    at = company()
    interaction = at.begin("agent")
    at.instance.close(interaction.id, reason)
    refused_by("S-4", at, interaction.id, command)


@pytest.mark.parametrize("command", ["assign", "put_in_queue"])
def test_a_conversation_in_wrap_up_does_not_begin_again(command: str) -> None:
    """It would be a second one on its line, beside the one that the next send opened."""
    at = company()
    interaction = at.begin("agent")
    at.instance.wrap_up(interaction.id)
    at.send(at.cleo)
    refused_by("S-2", at, interaction.id, command)
    assert not at.instance.breaches


def refused_by(rule: str, at: Company, interaction: str, command: str) -> None:
    """The command is refused by the rule, naming the interaction, and changes nothing."""
    before, events = whole_state(at.instance), len(at.instance.journal.events)
    arguments = (interaction, at.cleo) if command == "assign" else (interaction,)
    with pytest.raises(Refused, match=interaction) as refused:
        getattr(Instance, command)(at.instance, *arguments)
    assert refused.value.rule == rule
    assert whole_state(at.instance) == before
    assert len(at.instance.journal.events) == events


def test_wrap_up_ends_the_conversation_and_closing_the_record() -> None:
    at = company()
    interaction = at.begin("agent")
    at.instance.wrap_up(interaction.id)
    wrapped = at.store.interactions[interaction.id]
    assert (wrapped.state, wrapped.assigned_to) == (InteractionState.WRAP_UP, at.bill)
    at.instance.close(interaction.id)
    assert at.store.interactions[interaction.id].state is InteractionState.CLOSED_COMPLETE


def test_assigned_it_is_the_agents_and_no_longer_the_virtual_agents() -> None:
    at = company()
    interaction = at.begin("virtual agent")
    assert (interaction.state, interaction.with_virtual_agent) == (InteractionState.NEW, True)
    at.instance.assign(interaction.id, at.bill)
    assigned = at.store.interactions[interaction.id]
    assert (assigned.state, assigned.assigned_to, assigned.with_virtual_agent) == (
        *(InteractionState.WORK_IN_PROGRESS, at.bill),
        False,
    )
    assert at.members(interaction.id) == (at.ana, at.bill)


def test_reassigned_the_first_agent_stays_in_the_conversation() -> None:
    at = company()
    interaction = at.begin("agent")
    at.instance.assign(interaction.id, at.cleo)
    assert at.store.interactions[interaction.id].assigned_to == at.cleo
    assert at.members(interaction.id) == (at.ana, at.bill, at.cleo)
    at.instance.assign(interaction.id, at.bill)
    assert at.members(interaction.id) == (at.ana, at.bill, at.cleo)


@pytest.mark.parametrize("has_it", ["agent", "virtual agent"])
def test_in_the_queue_nobody_has_it(has_it: str) -> None:
    at = company()
    interaction = at.begin(has_it)
    at.instance.put_in_queue(interaction.id)
    queued = at.store.interactions[interaction.id]
    assert queued.state is InteractionState.ON_HOLD
    assert (queued.assigned_to, queued.with_virtual_agent) == (None, False)


def test_an_interaction_of_another_type_has_no_line_and_no_conversation() -> None:
    at = company()
    contact = at.add(PartyKind.CONTACT, "Cem")
    waiting = at.instance.open_interaction(InteractionType.EMAIL, [contact])
    assert (waiting.state, waiting.contact, waiting.assigned_to) == (
        *(InteractionState.NEW, contact),
        None,
    )
    call = at.instance.open_interaction(InteractionType.PHONE, [at.ana], at.bill)
    assert (call.state, call.assigned_to) == (InteractionState.WORK_IN_PROGRESS, at.bill)
    assert (call.line, call.channel, at.store.live_group_of(call.id)) == (None, None, None)
    assert call.id == "IMS0000002"
