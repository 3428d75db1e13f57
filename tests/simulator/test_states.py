"""The legal transitions: every state can be reached, final ones end, and rules say why."""

from __future__ import annotations

from enum import StrEnum

import pytest

from smslab.simulator.rules import RULES
from smslab.simulator.states import (
    LEGAL_TRANSITIONS,
    InteractionState,
    MessageState,
    ProfileState,
    WorkItemState,
)

STATES: dict[str, type[StrEnum]] = {
    "interaction": InteractionState,
    "channel user profile": ProfileState,
    "work item": WorkItemState,
    "message": MessageState,
}


@pytest.mark.parametrize("entity", LEGAL_TRANSITIONS)
def test_every_state_can_be_reached_from_a_new_record(entity: str) -> None:
    legal = LEGAL_TRANSITIONS[entity]
    reached: set[StrEnum | None] = {None}
    for _ in legal:
        reached |= {new for old, new in legal if old in reached}
    assert reached - {None} == set(STATES[entity])


def test_exactly_the_final_states_of_an_interaction_lead_nowhere() -> None:
    left = {old for old, _ in LEGAL_TRANSITIONS["interaction"]}
    assert {state for state in InteractionState if state not in left} == {
        state for state in InteractionState if state.is_final
    }


def test_an_inactive_profile_never_becomes_active_again() -> None:
    assert not [new for old, new in LEGAL_TRANSITIONS["channel user profile"] if old == "inactive"]


def test_nothing_becomes_what_it_is() -> None:
    assert not [
        pair for legal in LEGAL_TRANSITIONS.values() for pair in legal if pair[0] == pair[1]
    ]


def test_every_rule_that_is_cited_is_in_the_catalogue() -> None:
    cited = {rule for legal in LEGAL_TRANSITIONS.values() for rule in legal.values()}
    assert cited <= set(RULES)
