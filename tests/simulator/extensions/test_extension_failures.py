"""An extension that fails: what it answers, raises or never ends is refused, and that is all."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from smslab.simulator.errors import Refused
from smslab.simulator.extensions.extension_points import (
    POINTS,
    ChannelSendToValidation,
    NoRecipient,
    Recipient,
    RecipientContext,
    UserDocument,
)
from smslab.simulator.extensions.isolation import INSTRUCTIONS
from smslab.simulator.extensions.ready_made import behaving, looping, raising
from tests.simulator.company import COMPANY, STRANGERS, company, policy, whole_state

BY_RULE = {point.rule: point for point in POINTS}

NONSENSE: list[tuple[str, object]] = [
    *(("X-1", answer) for answer in (None, 7, "+4930901820", {COMPANY}, (7,), iter([COMPANY]))),
    *(("X-3", answer) for answer in (7, ("consumer", "consumer-1"), UserDocument("x", "y"))),
    ("X-3", UserDocument("contact", "consumer-1")),
    ("X-3", UserDocument("consumer", ["consumer-1"])),  # type: ignore[arg-type]
    *(("X-4", answer) for answer in (None, True, COMPANY, Recipient("030 123456"), Recipient(""))),
    ("X-4", Recipient(None)),  # type: ignore[arg-type]
    ("X-4", NoRecipient(None)),  # type: ignore[arg-type]
    ("X-4", NoRecipient("no", "X-9")),
    ("X-4", NoRecipient("no", ["X-4"])),  # type: ignore[arg-type]
    *(("X-5", answer) for answer in (None, 1, "True")),
    *(("X-6", answer) for answer in (7, UserDocument("consumer", "consumer-9"))),
]


@pytest.mark.parametrize(("rule", "answer"), NONSENSE)
def test_nonsense_is_refused_and_changes_nothing(rule: str, answer: object) -> None:
    c = company()
    c.begin("agent", STRANGERS)
    c.instance.register_extension(behaving(BY_RULE[rule], lambda: answer), "Faulty")
    before = whole_state(c.instance)
    outcome = c.send(to=STRANGERS)
    assert outcome.refusal is not None
    assert outcome.refusal.rule == rule
    assert "The extension 'Faulty' answered" in outcome.refusal.reason
    assert "0x" not in outcome.refusal.reason
    assert whole_state(c.instance) == before


def _exits() -> object:
    sys.exit("bye")


def _recurses() -> object:
    return _recurses()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (raising("no"), "raised ValueError: no"),
        (_exits, "raised SystemExit: bye"),
        (_recurses, "raised RecursionError"),
        (looping, f"did not end within {INSTRUCTIONS} instructions"),
    ],
)
@pytest.mark.parametrize("rule", ["X-1", "X-3", "X-4", "X-5", "X-6"])
def test_a_failure_refuses_preview_send_and_form(
    rule: str, answer: Callable[[], object], said: str
) -> None:
    c = company()
    c.begin("agent", STRANGERS)
    c.instance.register_extension(behaving(BY_RULE[rule], answer), "Faulty")
    before = whole_state(c.instance)
    outcomes = [c.send(to=STRANGERS)]
    if rule != "X-3":
        outcomes.append(c.instance.preview(c.request(to=STRANGERS)))
        outcomes.append(c.instance.decline(c.request(to=STRANGERS)))
        outcomes += c.instance.send_at_once([c.request(to=STRANGERS)])
    for outcome in outcomes:
        assert outcome.status == "refused"
        assert outcome.refusal is not None
        assert (outcome.refusal.rule, said in outcome.refusal.reason) == (rule, True)
    form = c.instance.compose_form(c.bill, party=c.ana)
    refused_by = form.withheld.rule if form.withheld else None
    assert refused_by == (rule if rule in ("X-1", "X-5", "X-6") else None)
    assert whole_state(c.instance) == before
    assert c.text().party == c.ana


def test_the_user_can_still_interrupt() -> None:
    def interrupts() -> object:
        raise KeyboardInterrupt

    c = company()
    c.instance.register_extension(behaving(ChannelSendToValidation, interrupts))
    before = whole_state(c.instance)
    with pytest.raises(KeyboardInterrupt):
        c.send()
    assert whole_state(c.instance) == before
    assert c.text().party == c.ana


def test_declining_is_refused_where_the_extension_of_the_claimed_conversation_fails() -> None:
    c = company(policy(decline_changes_nothing="false"))
    c.begin("agent", STRANGERS)
    c.instance.register_extension(behaving(BY_RULE["X-3"], raising("no")))
    before = whole_state(c.instance)
    assert c.instance.decline(c.request(to=STRANGERS)).status == "refused"
    assert whole_state(c.instance) == before


@pytest.mark.parametrize("answer", [raising("no"), looping, lambda: UserDocument("user", "user-1")])
def test_a_text_is_refused_and_changes_nothing(answer: Callable[[], object]) -> None:
    c = company()
    c.instance.register_extension(behaving(BY_RULE["X-2"], answer), "Faulty")
    before = whole_state(c.instance)
    with pytest.raises(Refused, match="extension 'Faulty'") as refused:
        c.text()
    assert refused.value.rule == "X-2"
    assert whole_state(c.instance) == before
    assert c.send().status == "sent"


@pytest.mark.parametrize("rule", ["X-1", "X-4", "X-5", "X-6"])
def test_an_extension_that_gets_hold_of_the_instance_can_do_nothing_with_it(rule: str) -> None:
    c = company()

    calls: list[Callable[[], object]] = [
        lambda: c.instance.add_agent("Mallory"),
        lambda: c.instance.change_setting("match_consumers", "false"),
        lambda: c.instance.preview(c.request()),
    ]
    for order, call in enumerate(calls):
        c.instance.register_extension(behaving(BY_RULE[rule], call), f"{order}", 50 - order)
        before = whole_state(c.instance)
        outcome = c.send()
        assert outcome.refusal is not None
        assert "while it is asked" in outcome.refusal.reason
        assert whole_state(c.instance) == before


def test_an_applicability_that_is_no_truth_value_is_nonsense() -> None:
    class Maybe(ChannelSendToValidation):
        def is_valid(self, context: RecipientContext) -> bool:
            return "maybe"  # type: ignore[return-value]

        def channel_send_to_validation(self, context: RecipientContext) -> Recipient:
            return Recipient(COMPANY)

    c = company()
    c.instance.register_extension(Maybe())
    refusal = c.send().refusal
    assert refusal is not None
    assert refusal.reason == "The extension 'Maybe' answered 'maybe', not True or False."
