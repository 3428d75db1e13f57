"""Each invariant, broken on purpose, is found by its name with the records involved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from smslab.simulator import invariants
from smslab.simulator.executed import Executed
from smslab.simulator.invariants import Breach
from smslab.simulator.journal import Value
from smslab.simulator.records import ChannelUserProfile, Interaction, Message
from smslab.simulator.states import (
    Direction,
    InteractionState,
    InteractionType,
    MessageState,
    ProfileState,
)
from tests.simulator.company import ANAS, BENS, COMPANY, SECOND_COMPANY, Company, company

Break = Callable[[Company, Executed], tuple[str, ...]]
"""Breaks an invariant in a running command; the records that the breach must name."""


def talking() -> Company:
    """Bill talks with Ana; a conversation with Ben has ended."""
    at = company(numbers=(COMPANY, SECOND_COMPANY))
    at.send(sent_from=COMPANY)
    at.send(at.cleo, at.ben, sent_from=COMPANY)
    at.instance.close("IMS0000002")
    at.instance.core.reactors.clear()  # timers would look for what is broken on purpose
    return at


def another_conversation(at: Company, executed: Executed) -> tuple[str, ...]:
    row = replace(at.store.interactions["IMS0000001"], id="IMS0000009", assigned_to=None)
    at.store.insert(row)
    return ("IMS0000001", "IMS0000009")


def another_owner(at: Company, executed: Executed) -> tuple[str, ...]:
    row = ChannelUserProfile("profile-9", ProfileState.ACTIVE, ANAS, "SMS", at.ben)
    at.store.insert(row)
    return ("profile-1", "profile-9")


def reopened(at: Company, executed: Executed) -> tuple[str, ...]:
    at.store.update(at.store.interactions["IMS0000002"], state=InteractionState.WORK_IN_PROGRESS)
    return ("IMS0000002",)


def closed_in_another_way(at: Company, executed: Executed) -> tuple[str, ...]:
    at.store.update(at.store.interactions["IMS0000002"], state=InteractionState.FAULTED)
    return ("IMS0000002",)


def message_into(interaction: str, **fields: Any) -> Callable[[Company], Message]:
    def insert(at: Company) -> Message:
        row = Message(
            "message-9",
            MessageState.SENT,
            interaction,
            Direction.OUTBOUND,
            at.bill,
            "Hello",
            at.instance.clock.now,
            BENS,
            COMPANY,
        )
        return at.store.insert(replace(row, **fields))

    return insert


def into_a_closed_one(at: Company, executed: Executed) -> tuple[str, ...]:
    message_into("IMS0000002", direction=Direction.INBOUND)(at)
    return ("message-9", "IMS0000002")


def into_one_closed_just_before(at: Company, executed: Executed) -> tuple[str, ...]:
    at.store.update(at.store.interactions["IMS0000001"], state=InteractionState.CLOSED_COMPLETE)
    message_into("IMS0000001", requester_number=ANAS)(at)
    return ("message-9", "IMS0000001")


def on_another_line(at: Company, executed: Executed) -> tuple[str, ...]:
    message_into("IMS0000001", requester_number=ANAS, provider_number=SECOND_COMPANY)(at)
    return ("message-9", "IMS0000001")


def into_none(at: Company, executed: Executed) -> tuple[str, ...]:
    message_into("IMS0000008")(at)
    return ("message-9",)


def assigned_but_not_in_the_group(at: Company, executed: Executed) -> tuple[str, ...]:
    at.store.update(at.store.interactions["IMS0000001"], assigned_to=at.cleo)
    return ("IMS0000001", at.cleo)


def no_group_at_all(at: Company, executed: Executed) -> tuple[str, ...]:
    row = Interaction(
        "IMS0000009",
        InteractionState.WORK_IN_PROGRESS,
        InteractionType.MESSAGING,
        at.instance.clock.now,
        assigned_to=at.cleo,
        requester_number=BENS,
        provider_number=COMPANY,
    )
    at.store.insert(row)
    return ("IMS0000009", at.cleo)


def decided(at: Company, **fields: Value) -> dict[str, Value]:
    sent: dict[str, Value] = {
        "outcome": "sent",
        "row": "A-1",
        "requester_number": ANAS,
        "channel": "SMS",
        "party": at.ana,
    }
    return sent | fields


def sent_to_somebody_else(at: Company, executed: Executed) -> tuple[str, ...]:
    executed.decision = decided(at, party=at.ben)
    return (ANAS, at.ben)


def sent_to_a_free_number(at: Company, executed: Executed) -> tuple[str, ...]:
    at.store.update(at.store.profiles["profile-1"], state=ProfileState.INACTIVE)
    executed.decision = decided(at)
    return (ANAS, at.ana)


def injected_and_assigned(at: Company, executed: Executed) -> tuple[str, ...]:
    executed.decision = decided(at, row="A-2")
    interaction = at.store.interactions["IMS0000001"]
    at.store.update(interaction, assigned_to=None)
    return ("IMS0000001",)


def changed_though(outcome: str) -> Break:
    def broken(at: Company, executed: Executed) -> tuple[str, ...]:
        executed.decision = decided(at, outcome=outcome)
        at.store.update(at.store.parties[at.ana], name="Anna")
        at.store.update(at.store.parties[at.ben], name="Benno")
        return (at.ana, at.ben)

    broken.__name__ = f"changed_though_{outcome}"
    return broken


def active_again(at: Company, executed: Executed) -> tuple[str, ...]:
    profile = at.store.profiles["profile-2"]
    at.store.update(profile, state=ProfileState.INACTIVE)
    at.store.update(profile, state=ProfileState.ACTIVE)
    return ("profile-2",)


BREAKS: list[tuple[str, Break]] = [
    ("I-1", another_conversation),
    ("I-2", another_owner),
    ("I-3", reopened),
    ("I-3", closed_in_another_way),
    ("I-3", into_a_closed_one),
    ("I-3", into_one_closed_just_before),
    ("I-4", on_another_line),
    ("I-4", into_none),
    ("I-5", assigned_but_not_in_the_group),
    ("I-5", no_group_at_all),
    ("I-6", sent_to_somebody_else),
    ("I-6", sent_to_a_free_number),
    ("I-7", injected_and_assigned),
    ("I-8", changed_though("refused")),
    ("I-8", changed_though("declined")),
    ("I-8", changed_though("warned")),
    ("I-10", active_again),
]


@pytest.mark.parametrize(
    ("invariant", "break_it"), BREAKS, ids=[f"{name}-{b.__name__}" for name, b in BREAKS]
)
def test_a_broken_invariant_is_found(invariant: str, break_it: Break) -> None:
    at = talking()
    assert not at.instance.breaches
    with at.instance.core.command("break it", "tester") as executed:
        records = break_it(at, executed)
    found = at.instance.breaches
    assert {breach.invariant for breach in found} == {invariant}
    assert [breach.records for breach in found] == [records]
    assert found[0].command == "break it"
    assert all(record in found[0].sentence for record in records)
    event = at.instance.journal.events[-1]
    assert (event.entity, event.id, event.field) == ("invariant", invariant, "broken")
    assert event.new == found[0].sentence


@pytest.mark.parametrize(
    ("invariant", "break_it"), [b for b in BREAKS if b[0] in {"I-1", "I-2", "I-4", "I-5"}]
)
def test_the_full_check_finds_what_a_state_shows(invariant: str, break_it: Break) -> None:
    at = talking()
    assert invariants.check_all(at.store) == []
    with at.instance.core.command("break it", "tester") as executed:
        records = break_it(at, executed)
    found = invariants.check_all(at.store)
    assert [(b.invariant, b.records, b.command) for b in found] == [
        (invariant, records, "full check")
    ]


def test_every_invariant_is_broken_by_some_test() -> None:
    assert {name for name, _ in BREAKS} == {f"I-{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10)}


def quietly(change: Callable[[Company, Executed], object]) -> list[Breach]:
    at = talking()
    with at.instance.core.command("change", "tester") as executed:
        change(at, executed)
    return at.instance.breaches


def closed_after_its_last_message(at: Company, executed: Executed) -> None:
    message_into("IMS0000001", requester_number=ANAS)(at)
    at.store.update(at.store.interactions["IMS0000001"], state=InteractionState.CLOSED_COMPLETE)


def inbound_elsewhere(at: Company, executed: Executed) -> None:
    message_into("IMS0000001", direction=Direction.INBOUND)(at)


def assigned_phone_call(at: Company, executed: Executed) -> None:
    row = Interaction(
        "IMS0000009",
        InteractionState.WORK_IN_PROGRESS,
        InteractionType.PHONE,
        at.instance.clock.now,
        assigned_to=at.bill,
    )
    at.store.insert(row)


def assigned_by_another_row(at: Company, executed: Executed) -> None:
    executed.decision = decided(at, row="A-5")
    at.store.update(at.store.interactions["IMS0000001"], assigned_to=None)


def inactive_twice(at: Company, executed: Executed) -> None:
    at.store.update(at.store.profiles["profile-2"], state=ProfileState.INACTIVE)
    at.store.update(at.store.profiles["profile-2"], display_name="Ben Otto")


def a_reason_is_added(at: Company, executed: Executed) -> None:
    at.store.update(at.store.interactions["IMS0000002"], state_reason=None)


@pytest.mark.parametrize(
    "change",
    [
        closed_after_its_last_message,
        inbound_elsewhere,
        assigned_phone_call,
        assigned_by_another_row,
        inactive_twice,
        a_reason_is_added,
    ],
)
def test_what_looks_like_a_breach_but_is_none(change: Callable[[Company, Executed], None]) -> None:
    assert quietly(change) == []


def test_a_linked_record_owns_the_number_as_well() -> None:
    at = talking()
    at.instance.change_party(at.ben, linked_user=at.ana)
    with at.instance.core.command("send", "tester") as executed:
        executed.decision = decided(at, party=at.ben)
    assert not at.instance.breaches
