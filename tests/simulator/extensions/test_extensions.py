"""Extensions of an instance: how they are registered, which one is asked, what it sees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smslab.simulator.errors import Refused
from smslab.simulator.extensions.extension_points import (
    POINTS,
    ChannelSendToValidation,
    NoRecipient,
    PartyDetails,
    Recipient,
    RecipientContext,
    UserDocument,
)
from smslab.simulator.extensions.extensions import LAST, Extensions
from smslab.simulator.extensions.ready_made import behaving, raising
from smslab.simulator.extensions.shipped_extensions import SHIPPED
from smslab.simulator.rules import RULES
from smslab.simulator.sending import SendRequest
from tests.simulator.company import ANAS, STRANGERS, company, whole_state

BY_RULE = {point.rule: point for point in POINTS}


class Validation(ChannelSendToValidation):
    """Accepts what the number rules accept, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[RecipientContext] = []

    def channel_send_to_validation(self, context: RecipientContext) -> Recipient | NoRecipient:
        self.asked.append(context)
        return Recipient(context.e164) if context.e164 else NoRecipient("no number", "N-5")


def test_every_point_of_the_catalogue_has_a_class_and_one_implementation_that_ships() -> None:
    assert list(BY_RULE) == [rule.id for rule in RULES.values() if rule.id.startswith("X-")]
    registry = Extensions()
    for point, shipped in zip(POINTS, SHIPPED, strict=True):
        [registered] = registry.of(point)
        assert registered.implementation is shipped
        assert (registered.order, registered.shipped) == (LAST, True)
        assert point.__doc__
        assert point.__doc__.startswith(f"{point.rule}, ``")


def test_extensions_are_tried_in_their_order_whatever_that_of_registration() -> None:
    registry = Extensions()
    for order in (30, 10, 20):
        registry.add(registry.checked(Validation(), f"the {order}th", order))
    assert [each.order for each in registry.of(ChannelSendToValidation)] == [10, 20, 30, LAST]


def test_name_and_order_are_those_of_the_class_unless_given() -> None:
    registry = Extensions()
    plain = registry.checked(Validation())
    assert (plain.name, plain.order) == ("Validation", 100)
    named = Validation()
    named.name, named.order = "Numbers", 7
    assert [registry.checked(named).name, registry.checked(named).order] == ["Numbers", 7]
    given = registry.checked(named, "Others", 8)
    assert (given.name, given.order) == ("Others", 8)


@pytest.mark.parametrize(
    ("name", "order", "said"),
    [
        ("A", 60, "extension 'A' with the same name"),
        ("B", 50, "extension 'A' with the same order 50"),
        ("B", -1, "whole number from 0 to 9999, not -1"),
        ("B", LAST, "not 10000"),
        ("B", True, "not True"),
        ("B", 1.5, "an object of type float"),
        ("B", 10**100, "an object of type int"),
        (" ", 60, "' ' is no name"),
        (7, 60, "7 is no name"),
    ],
)
def test_a_name_or_order_that_is_none_or_taken_is_refused(name: str, order: int, said: str) -> None:
    c = company()
    c.instance.register_extension(Validation(), "A", 50)
    before = whole_state(c.instance)
    with pytest.raises(Refused, match="X-4") as refused:
        c.instance.register_extension(Validation(), name, order)
    assert said in refused.value.reason
    assert whole_state(c.instance) == before
    assert c.send().status == "sent"


def test_orders_are_taken_point_by_point() -> None:
    instance = company().instance
    for point in POINTS:
        instance.register_extension(behaving(point, raising("no")), "Same", 1)
    assert [(row.point, row.name, row.order) for row in instance.store.extensions] == [
        (point.rule, "Same", 1) for point in POINTS
    ]


def test_what_is_registered_is_in_the_journal() -> None:
    instance = company().instance
    instance.register_extension(Validation(), "Numbers", 5)
    events = [e for e in instance.journal.events if e.entity == "extension"]
    assert [(e.field, e.new, e.rule) for e in events] == [
        ("name", "Numbers", "X-4"),
        ("point", "X-4", "X-4"),
        ("order", 5, "X-4"),
    ]


def test_what_implements_no_point_is_no_extension() -> None:
    instance = company().instance
    with pytest.raises(TypeError, match=r"object implements no extension point.*X*Channel"):
        instance.register_extension(object())  # type: ignore[arg-type]
    assert not list(instance.store.extensions)


def test_an_extension_sees_a_context_that_it_cannot_change() -> None:
    c = company()
    validation = Validation()
    c.instance.register_extension(validation)
    assert c.send(to="0151 23456789").status == "sent"
    [context] = validation.asked
    assert context == RecipientContext(
        channel="SMS",
        party=PartyDetails(UserDocument("consumer", c.ana), "Ana", ANAS, territory="DE"),
        entry="0151 23456789",
        e164=ANAS,
        territory="DE",
        refused_by=None,
        reason=None,
    )
    with pytest.raises(AttributeError):
        context.entry = STRANGERS  # type: ignore[misc]


def test_an_instance_has_its_extensions_to_itself() -> None:
    one, other = company(), company()
    one.instance.register_extension(behaving(ChannelSendToValidation, raising("no")))
    assert (one.send().status, other.send().status) == ("refused", "sent")


def test_a_message_for_somebody_else_is_a_message_for_them() -> None:
    c = company()
    answer = UserDocument("consumer", c.ben)
    c.instance.register_extension(behaving(BY_RULE["X-6"], lambda: answer))
    outcome = c.instance.send(SendRequest(c.bill, "Hello", c.ana), confirmed=True)
    assert outcome.assessment is not None
    assert outcome.assessment.party.id == c.ben
    assert outcome.assessment.request == replace(c.request(), party=c.ana)


def test_nobody_to_write_to_is_refused_as_without_the_extension() -> None:
    c = company()
    c.instance.register_extension(behaving(BY_RULE["X-6"], lambda: None))
    refusal = c.send().refusal
    assert refusal is not None
    assert refusal.rule == "C-6"
