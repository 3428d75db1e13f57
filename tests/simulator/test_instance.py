"""The commands of agents: send, preview, decline, send at the same moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from smslab.simulator.clock import START
from smslab.simulator.instance import Instance
from smslab.simulator.numbers.phone_numbers import NumberRefusal, PhoneNumber
from smslab.simulator.policy import Policy
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import (
    Direction,
    InteractionState,
    MessageState,
    ProfileState,
    StateReason,
)
from tests.simulator.company import (
    ANAS,
    COMPANY,
    STRANGERS,
    Company,
    company,
    policy,
    whole_state,
)


def test_there_is_nobody_and_nothing_has_happened_at_first() -> None:
    instance = Instance(seed=7)
    tables = {entity for entity, rows in instance.store.snapshot().items() if rows}
    assert tables <= {"messaging action"}
    assert (instance.policy, instance.core.seed) == (Policy(), 7)
    assert (instance.journal.events, instance.breaches, instance.clock.now) == ([], [], START)


def test_the_first_send() -> None:
    at = company()
    outcome = at.instance.send(at.request(body="Your order is ready"))
    assert (outcome.status, outcome.interaction) == ("sent", "IMS0000001")
    interaction = at.store.interactions["IMS0000001"]
    assert (interaction.state, interaction.assigned_to) == (
        InteractionState.WORK_IN_PROGRESS,
        at.bill,
    )
    assert (interaction.consumer, interaction.line) == (at.ana, (ANAS, COMPANY))
    assert at.members("IMS0000001") == (at.bill,)
    message = at.store.messages[str(outcome.message)]
    assert (message.state, message.direction, message.author, message.body) == (
        *(MessageState.SENT, Direction.OUTBOUND),
        *(at.bill, "Your order is ready"),
    )
    assert at.owner() == at.ana


def test_another_agent_joins_and_nothing_is_reassigned() -> None:
    at = company()
    at.send()
    outcome = at.send(at.cleo)
    assert outcome.interaction == "IMS0000001"
    assert at.store.interactions["IMS0000001"].assigned_to == at.bill
    assert at.members("IMS0000001") == (at.bill, at.cleo)
    at.send(at.cleo)
    assert at.members("IMS0000001") == (at.bill, at.cleo)
    assert len(at.store.messages.find("interaction", "IMS0000001")) == 3


@pytest.mark.parametrize(
    ("setting", "state", "reason"),
    [
        ("closed_complete", InteractionState.CLOSED_COMPLETE, StateReason.AUTO_CLOSED),
        ("closed_abandoned", InteractionState.CLOSED_ABANDONED, StateReason.NO_ACTIVITY),
    ],
)
@pytest.mark.parametrize("row", ["A-3", "A-4", "A-5"])
def test_what_a_send_closes(
    setting: str, state: InteractionState, reason: StateReason, row: str
) -> None:
    at = company(policy(closed_by_send=setting, queued_interaction="close_and_create"))
    begun = {"A-3": "virtual agent", "A-4": "agent", "A-5": "queue"}[row]
    existing = at.begin(begun)
    outcome = at.send(at.cleo, at.ben if row == "A-4" else at.ana, ANAS)
    assert outcome.assessment is not None
    assert outcome.assessment.decision.row.id == row
    closed = at.store.interactions[existing.id]
    assert (closed.state, closed.state_reason) == (state, reason)
    new = at.store.interactions[str(outcome.interaction)]
    assert new.id != existing.id
    assert new.assigned_to == at.cleo
    assert at.members(new.id) == (at.cleo,)


def test_a_queued_conversation_is_taken_over() -> None:
    at = company()
    existing = at.begin("queue")
    outcome = at.send(at.cleo)
    assert outcome.interaction == existing.id
    taken = at.store.interactions[existing.id]
    assert (taken.state, taken.assigned_to) == (InteractionState.WORK_IN_PROGRESS, at.cleo)
    assert at.cleo in at.members(existing.id)


# Warning, confirmation, decline, preview


def warned() -> tuple[Company, SendRequest]:
    at = company()
    at.begin("agent")
    return at, at.request(at.cleo, at.ben, ANAS)


def test_without_confirmation_the_agent_is_warned_and_nothing_happens() -> None:
    at, request = warned()
    before = whole_state(at.instance)
    outcome = at.instance.send(request)
    assert outcome.status == "warned"
    assert (outcome.interaction, outcome.message) == (None, None)
    assert whole_state(at.instance) == before


def test_confirmed_the_number_moves() -> None:
    at, request = warned()
    outcome = at.instance.send(request, confirmed=True)
    assert outcome.status == "sent"
    assert at.owner() == at.ben
    assert [p.state for p in at.store.profiles] == [ProfileState.INACTIVE, ProfileState.ACTIVE]
    assert at.store.interactions["IMS0000001"].state is InteractionState.CLOSED_COMPLETE
    assert at.store.interactions[str(outcome.interaction)].party == at.ben


def test_where_no_warning_is_due_confirming_makes_no_difference() -> None:
    one, other = company(), company()
    one.instance.send(one.request(), confirmed=True)
    other.instance.send(other.request(), confirmed=False)
    assert one.instance.journal.events == other.instance.journal.events


def test_declined_nothing_happens() -> None:
    at, request = warned()
    at.instance.send(request)
    before = whole_state(at.instance)
    assert at.instance.decline(request).status == "declined"
    assert whole_state(at.instance) == before


def test_declined_with_the_switch_off_the_number_moves_and_nothing_is_sent() -> None:
    at, request = warned()
    at.instance.change_setting("decline_changes_nothing", "false")
    messages, interactions = list(at.store.messages), list(at.store.interactions)
    at.instance.decline(request)
    assert at.owner() == at.ben
    assert list(at.store.messages) == messages
    assert list(at.store.interactions) == interactions
    assert [breach.invariant for breach in at.instance.breaches] == ["I-8"]


def test_a_preview_tells_what_the_send_then_does() -> None:
    at, request = warned()
    before, events = whole_state(at.instance), len(at.instance.journal.events)
    outcome = at.instance.preview(request)
    assert whole_state(at.instance) == before
    assert len(at.instance.journal.events) == events
    assert outcome.status == "previewed"
    assert outcome.assessment is not None
    assert outcome.assessment.card is not None
    assert outcome.assessment.card.interaction == "IMS0000001"
    sent = at.instance.send(request, confirmed=True)
    assert sent.assessment == outcome.assessment


# The provider


@pytest.mark.parametrize("moves", [False, True])
def test_a_message_that_the_provider_refuses(moves: bool) -> None:
    at = company()
    at.begin("agent")
    at.instance.refuse_messages_to(ANAS, "30003")
    outcome = at.send(at.cleo, at.ben if moves else at.ana, ANAS)
    assert (outcome.status, outcome.error_code) == ("sent", "30003")
    message = at.store.messages[str(outcome.message)]
    assert (message.state, message.error_code) == (MessageState.FAILED, "30003")
    assert at.owner() == (at.ben if moves else at.ana)
    assert at.send(at.bill, at.ben, STRANGERS).error_code is None


@pytest.mark.parametrize("has_it", ["none", "agent", "virtual agent", "queue"])
@pytest.mark.parametrize("to_ben", [False, True])
def test_a_failed_delivery_can_undo_the_whole_send(has_it: str, to_ben: bool) -> None:
    at = company(policy(failed_delivery_undoes_send="true"))
    at.send(to=STRANGERS)
    if has_it != "none":
        at.begin(has_it)
    at.instance.refuse_messages_to(ANAS, "30003")
    before = whole_state(at.instance)
    began = len(at.instance.journal.events)
    outcome = at.send(at.cleo, at.ben if to_ben else at.ana, ANAS)
    assert (outcome.status, outcome.error_code) == ("undone", "30003")
    assert (outcome.interaction, outcome.message) == (None, None)
    assert whole_state(at.instance) == before
    assert {e.entity for e in at.instance.journal.events[began:]} == {"decision"}


# At the same moment


def racing(serialised: str, *parties: str) -> Company:
    at = company(policy(sends_are_serialised=serialised))
    agents = (at.bill, at.cleo)
    requests = [
        at.request(agent, getattr(at, party), STRANGERS)
        for agent, party in zip(agents, parties, strict=True)
    ]
    outcomes = at.instance.send_at_once(requests)
    assert [o.status for o in outcomes] == ["sent", "sent"]
    return at


def test_serialised_one_creates_and_the_other_injects() -> None:
    at = racing("true", "ana", "ana")
    assert len(at.store.interactions) == 1
    assert at.members("IMS0000001") == (at.bill, at.cleo)
    assert not at.instance.breaches


def test_serialised_the_second_party_takes_the_number_over() -> None:
    at = racing("true", "ana", "ben")
    assert at.owner(STRANGERS) == at.ben
    assert [i.state.is_active for i in at.store.interactions] == [False, True]
    assert not at.instance.breaches


@pytest.mark.parametrize("second", ["ana", "ben"])
def test_not_serialised_both_create_and_the_invariants_say_so(second: str) -> None:
    at = racing("false", "ana", second)
    found = {breach.invariant: breach for breach in at.instance.breaches}
    assert set(found) == {"I-1", "I-2"}
    assert found["I-1"].records == ("IMS0000001", "IMS0000002")
    assert all(id in found["I-1"].sentence for id in ("IMS0000001", "IMS0000002"))
    assert found["I-1"].command == "send"


def test_a_race_on_a_guests_number_starts_from_what_the_first_left() -> None:
    """The journal tells two changes of one profile, not the first change twice."""
    at = company(policy(sends_are_serialised="false"))
    at.text(STRANGERS)
    requests = [at.request(at.bill, at.ana, STRANGERS), at.request(at.cleo, at.ben, STRANGERS)]
    at.instance.send_at_once(requests)
    told = [
        (e.old, e.new)
        for e in at.instance.journal.events
        if (e.entity, e.field) == ("channel user profile", "party")
    ]
    assert told == [(None, at.ana), (at.ana, at.ben)]


@pytest.mark.parametrize("serialised", ["true", "false"])
def test_one_of_those_who_send_at_once_may_be_refused(serialised: str) -> None:
    at = company(policy(sends_are_serialised=serialised))
    outcomes = at.instance.send_at_once([at.request(to="nobody"), at.request(at.cleo)])
    assert [outcome.status for outcome in outcomes] == ["refused", "sent"]


# Everything else that is asked of an instance


def test_a_number_is_validated_where_the_party_is() -> None:
    at = company()
    number = at.instance.validate_phone_number("0151 23456789", at.ana)
    assert number == PhoneNumber(ANAS, "DE", converted=True, rule="N-2")
    refusal = at.instance.validate_phone_number("0151 23456789", None)
    assert isinstance(refusal, NumberRefusal)
    assert refusal.rule == "N-6"


def test_time_passes_when_told() -> None:
    at = company()
    at.instance.advance(timedelta(hours=1))
    assert at.instance.clock.now == START + timedelta(hours=1)
    at.send()
    assert at.store.interactions["IMS0000001"].opened_on == START + timedelta(hours=1)
    with pytest.raises(ValueError, match="duration"):
        at.instance.advance(timedelta(0))
