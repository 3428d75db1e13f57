"""The decision table: every situation under every policy has exactly one decision."""

from __future__ import annotations

from itertools import product

import pytest

from smslab.simulator.decision_table import (
    NUMBER_ROWS,
    SEND_ROWS,
    Conversation,
    ConversationParty,
    Decision,
    Effect,
    NumberStanding,
    Situation,
    decide,
    rows_in_force,
)
from smslab.simulator.policy import SETTINGS, Policy
from smslab.simulator.rules import RULES
from tests.simulator.company import policy

SWITCHES = (
    "different_party_first",
    "queued_interaction",
    "guest_is_different_party",
    "guest_profile",
)
"""The settings that the table depends on."""

POLICIES = [
    policy(**dict(zip(SWITCHES, values, strict=True)))
    for values in product(*(SETTINGS[name].values for name in SWITCHES))
]
PAIRS = [
    (conversation, party)
    for conversation, party in product(Conversation, ConversationParty)
    if (conversation is Conversation.NONE) == (party is ConversationParty.NONE)
]
SITUATIONS = [Situation(*pair, standing) for pair, standing in product(PAIRS, NumberStanding)]
"""All that can be: without a conversation there is nobody in it."""

NEW_INTERACTION = [
    Effect.OPEN_INTERACTION,
    Effect.ASSIGN_TO_AGENT,
    Effect.JOIN_LIVE_GROUP,
    Effect.SEND_MESSAGE,
]


def expected_row(situation: Situation, policy: Policy) -> str:
    """Section 5 of the domain, told as a story rather than as a table."""
    conversation, party = situation.conversation, situation.party
    if conversation is Conversation.NONE:
        return "A-1"
    guest_differs = party is ConversationParty.GUEST and policy.guest_is_different_party
    different = party is ConversationParty.DIFFERENT or guest_differs
    by_conversation = {
        Conversation.VIRTUAL_AGENT: "A-3",
        Conversation.AGENT: "A-2",
        Conversation.QUEUE: "A-5",
    }[conversation]
    if different and (policy.different_party_first or by_conversation == "A-5"):
        return "A-4"
    return by_conversation


def test_the_table_looks_at_no_other_setting() -> None:
    """POLICIES would be too few if it did."""
    others = [s for s in SETTINGS.values() if s.name not in SWITCHES]
    for setting, situation in product(others, SITUATIONS):
        values = (value for value in setting.values[:2] if value != setting.default)
        for value in values:
            changed = Policy().changed(setting.name, value)
            assert decide(situation, changed) == decide(situation, Policy())


@pytest.mark.parametrize("policy", POLICIES, ids=range(len(POLICIES)))
def test_every_situation_has_the_row_of_the_domain(policy: Policy) -> None:
    rows = {situation: decide(situation, policy).row.id for situation in SITUATIONS}
    assert rows == {situation: expected_row(situation, policy) for situation in SITUATIONS}


@pytest.mark.parametrize("policy", POLICIES, ids=range(len(POLICIES)))
def test_rows_overlap_only_where_the_order_is_the_question(policy: Policy) -> None:
    """A-4 and one row by who has the conversation; no other two rows fit one situation."""
    for conversation, party in PAIRS:
        fitting = [r.id for r in rows_in_force(policy) if r.fits(conversation, party)]
        if party is ConversationParty.DIFFERENT:
            assert len(fitting) == 2
            assert "A-4" in fitting
        else:
            assert len(fitting) == 1


@pytest.mark.parametrize("policy", POLICIES, ids=range(len(POLICIES)))
def test_every_standing_has_one_row_for_the_number(policy: Policy) -> None:
    for standing in NumberStanding:
        in_force = [
            row
            for row in NUMBER_ROWS
            if row.standing is standing
            and (row.switch is None or getattr(policy, row.switch[0]) == row.switch[1])
        ]
        assert len(in_force) == 1
        for pair in PAIRS:
            assert decide(Situation(*pair, standing), policy).number_row is in_force[0]


def test_every_row_is_reached() -> None:
    decisions = [decide(s, policy) for s, policy in product(SITUATIONS, POLICIES)]
    assert {id(d.row) for d in decisions} == {id(row) for row in SEND_ROWS}
    assert {id(d.number_row) for d in decisions} == {id(row) for row in NUMBER_ROWS}


def test_the_order_is_that_of_the_domain() -> None:
    assert [r.id for r in rows_in_force(Policy())] == ["A-4", "A-3", "A-2", "A-5", "A-1"]


def test_the_order_where_a_different_party_does_not_come_first() -> None:
    rows = rows_in_force(policy(different_party_first="false"))
    assert [r.id for r in rows] == ["A-3", "A-2", "A-4", "A-5", "A-1"]


def decisions(row: str, policy: Policy) -> list[tuple[Situation, Decision]]:
    found = [(s, decide(s, policy)) for s in SITUATIONS]
    return [(situation, decision) for situation, decision in found if decision.row.id == row]


SETTLED = {
    NumberStanding.FREE: [Effect.CREATE_PROFILE],
    NumberStanding.OWN: [],
    NumberStanding.GUEST: [Effect.CLAIM_PROFILE],
    NumberStanding.OTHER: [Effect.REPLACE_PROFILE],
}


@pytest.mark.parametrize(
    ("row", "before", "after"),
    [
        ("A-1", [], NEW_INTERACTION),
        ("A-2", [], [Effect.JOIN_LIVE_GROUP, Effect.SEND_MESSAGE]),
        ("A-3", [Effect.CLOSE_EXISTING], NEW_INTERACTION),
        ("A-5", [], [Effect.ASSIGN_TO_AGENT, Effect.JOIN_LIVE_GROUP, Effect.SEND_MESSAGE]),
    ],
)
def test_the_effects_with_the_number_settled_by_whose_it_is(
    row: str, before: list[Effect], after: list[Effect]
) -> None:
    found = decisions(row, Policy())
    assert {situation.standing for situation, _ in found} == set(NumberStanding)
    for situation, decision in found:
        assert list(decision.effects) == [*before, *SETTLED[situation.standing], *after]


def test_the_effects_of_a_different_party() -> None:
    for _, decision in decisions("A-4", Policy()):
        expected = [Effect.CLOSE_EXISTING, Effect.REPLACE_PROFILE, *NEW_INTERACTION]
        assert list(decision.effects) == expected


def test_a_queued_conversation_can_be_closed_instead() -> None:
    found = decisions("A-5", policy(queued_interaction="close_and_create"))
    for situation, decision in found:
        expected = [Effect.CLOSE_EXISTING, *SETTLED[situation.standing], *NEW_INTERACTION]
        assert list(decision.effects) == expected


def test_a_guests_profile_can_be_replaced_instead() -> None:
    for pair in PAIRS:
        decision = decide(Situation(*pair, NumberStanding.GUEST), policy(guest_profile="replace"))
        assert Effect.REPLACE_PROFILE in decision.effects
        assert Effect.CLAIM_PROFILE not in decision.effects


@pytest.mark.parametrize("policy", POLICIES, ids=range(len(POLICIES)))
def test_the_agent_is_warned_exactly_of_another_partys_number(policy: Policy) -> None:
    for situation in SITUATIONS:
        is_others = situation.standing is NumberStanding.OTHER
        assert decide(situation, policy).warns is is_others


def test_effects_are_due_to_the_row_that_asks_for_them() -> None:
    taken = decide(
        Situation(Conversation.AGENT, ConversationParty.SAME, NumberStanding.OTHER), Policy()
    )
    assert taken.rule_of(Effect.REPLACE_PROFILE) == "P-4"
    assert taken.rule_of(Effect.SEND_MESSAGE) == "A-2"
    moved = decide(
        Situation(Conversation.AGENT, ConversationParty.DIFFERENT, NumberStanding.OTHER), Policy()
    )
    assert moved.rule_of(Effect.REPLACE_PROFILE) == "A-4"


def test_the_table_can_be_printed() -> None:
    """Effects are sentences, rows are rules of the catalogue, switches are settings."""
    assert len(set(Effect)) == len({effect.value for effect in Effect})
    for effect in Effect:
        assert len(effect.value.split()) > 3
    told = [(row.id, row.switch) for row in SEND_ROWS]
    told += [(row.id, row.switch) for row in NUMBER_ROWS]
    for rule, switch in told:
        assert rule in RULES
        assert switch is None or switch[1] in SETTINGS[switch[0]].values
    for send_row in SEND_ROWS:
        assert send_row.effects[-1] is Effect.SEND_MESSAGE
