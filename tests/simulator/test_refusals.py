"""What bad input gets: a refusal by a rule, and nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.instance import Instance
from smslab.simulator.outcomes import SendOutcome
from smslab.simulator.sending import SendRequest, assess
from smslab.simulator.states import InteractionType, PartyKind
from tests.simulator.company import (
    ANAS,
    BENS,
    SECOND_COMPANY,
    STRANGERS,
    Company,
    company,
    whole_state,
)

Story = Callable[[Company], SendRequest]


def letters(at: Company) -> SendRequest:
    return at.request(to="CALL ANA")


def too_short(at: Company) -> SendRequest:
    return at.request(to="0151 2")


def empty(at: Company) -> SendRequest:
    return at.request(to="")


def national_entry(at: Company) -> SendRequest:
    at.instance.change_setting("glide.phone_number_e164.allow_national_entry", "false")
    return at.request(to="0151 23456789")


def no_territory(at: Company) -> SendRequest:
    at.instance.change_setting("default_territory", "none")
    at.instance.change_party(at.ana, location=None)
    return at.request(to="0151 23456789")


def unknown_provider_number(at: Company) -> SendRequest:
    return at.request(sent_from=SECOND_COMPANY)


def provider_number_of_letters(at: Company) -> SendRequest:
    return at.request(sent_from="Parcels")


def none_of_several_picked(at: Company) -> SendRequest:
    at.instance.add_provider_number(SECOND_COMPANY, at.provider)
    return at.request()


def no_number_at_all(at: Company) -> SendRequest:
    at.instance.change_party(at.ana, mobile_phone=None)
    return at.request()


def nobody_to_write_to(at: Company) -> SendRequest:
    call = at.instance.open_interaction(InteractionType.PHONE, [], at.bill)
    return SendRequest(at.bill, "Hello", interaction=call.id)


def no_party_asked_for(at: Company) -> SendRequest:
    return SendRequest(at.bill, "Hello")


def another_number_not_allowed(at: Company) -> SendRequest:
    at.instance.configure_channel("SMS", allows_other=False)
    return at.request(to=STRANGERS)


def no_image(at: Company) -> SendRequest:
    return replace(at.request(), attachments=("photo.png", "offer.pdf"))


def no_role(at: Company) -> SendRequest:
    return at.request(at.instance.add_agent("Dan", roles=()).id)


def no_active_channel(at: Company) -> SendRequest:
    at.instance.configure_channel("SMS", active=False)
    return at.request()


def another_channel_only(at: Company) -> SendRequest:
    at.instance.add_channel("WhatsApp")
    provider = at.instance.add_provider("Meta", "WhatsApp")
    at.instance.add_provider_number(SECOND_COMPANY, provider.id)
    at.instance.configure_channel("SMS", active=False)
    return at.request()


def no_active_profile(at: Company) -> SendRequest:
    at.instance.configure_channel("SMS", needs_active_profile=True)
    return at.request()


def messaging_interaction(at: Company) -> SendRequest:
    return SendRequest(at.bill, "Hello", interaction=at.text(BENS).id)


def closed_interaction(at: Company) -> SendRequest:
    call = at.instance.open_interaction(InteractionType.PHONE, [at.ana], at.bill)
    at.instance.close(call.id)
    return SendRequest(at.bill, "Hello", interaction=call.id)


REFUSALS: list[tuple[str, Story]] = [
    ("N-5", letters),
    ("N-6", too_short),
    ("N-6", empty),
    ("N-7", national_entry),
    ("N-4", no_territory),
    ("A-10", unknown_provider_number),
    ("A-10", provider_number_of_letters),
    ("C-5", none_of_several_picked),
    ("C-6", no_number_at_all),
    ("C-6", nobody_to_write_to),
    ("C-6", no_party_asked_for),
    ("C-8", another_number_not_allowed),
    ("C-10", no_image),
    ("C-4", no_role),
    ("C-12", no_active_channel),
    ("C-12", another_channel_only),
    ("C-11", no_active_profile),
    ("C-2", messaging_interaction),
    ("C-3", closed_interaction),
]
COMMANDS: dict[str, Callable[[Instance, SendRequest], SendOutcome]] = {
    "send": Instance.send,
    "confirmed send": lambda instance, request: instance.send(request, confirmed=True),
    "decline": Instance.decline,
    "preview": Instance.preview,
    "at once": lambda instance, request: instance.send_at_once([request])[0],
}
every_refusal = pytest.mark.parametrize(
    ("rule", "story"), REFUSALS, ids=[f"{rule}-{story.__name__}" for rule, story in REFUSALS]
)


@every_refusal
def test_thinking_of_it_is_refused_by_the_rule(rule: str, story: Story) -> None:
    at = company()
    request = story(at)
    before = whole_state(at.instance)
    with pytest.raises(Refused) as refused:
        assess(at.instance.core, request)
    assert refused.value.rule == rule
    assert len(refused.value.reason.split()) > 3
    assert whole_state(at.instance) == before


@every_refusal
@pytest.mark.parametrize("command", COMMANDS)
def test_a_refused_command_changes_nothing(rule: str, story: Story, command: str) -> None:
    at = company()
    at.begin("agent", STRANGERS)
    request = story(at)
    before, began = whole_state(at.instance), len(at.instance.journal.events)
    outcome = COMMANDS[command](at.instance, request)
    assert outcome.status == "refused"
    assert outcome.refusal is not None
    assert outcome.refusal.rule == rule
    assert (outcome.assessment, outcome.interaction, outcome.message) == (None, None, None)
    assert whole_state(at.instance) == before
    written = at.instance.journal.events[began:]
    assert {event.entity for event in written} == (set() if command == "preview" else {"decision"})
    told = {event.field: event.new for event in written}
    assert told.get("refused_by") == (None if command == "preview" else rule)


@pytest.mark.parametrize(
    "request_of",
    [
        lambda at: at.request(agent="agent-9"),
        lambda at: at.request(party="consumer-9"),
        lambda at: SendRequest(at.bill, "Hello", interaction="IMS0000009"),
        lambda at: at.request(agent=at.ana),
    ],
    ids=["agent", "party", "interaction", "a party as agent"],
)
def test_what_does_not_exist_is_a_mistake_of_the_caller(request_of: Story) -> None:
    at = company()
    before, events = whole_state(at.instance), len(at.instance.journal.events)
    for command in (at.instance.send, at.instance.decline, at.instance.preview):
        with pytest.raises(UnknownRecord, match="There is no"):
            command(request_of(at))
    assert whole_state(at.instance) == before
    assert len(at.instance.journal.events) == events


@pytest.mark.parametrize(
    "call",
    [
        lambda at: at.instance.validate_phone_number("0151 23456789", "consumer-9"),
        lambda at: at.instance.validate_profile(ANAS, "consumer-9"),
        lambda at: at.instance.compose_form("agent-9", party=at.ana),
        lambda at: at.instance.compose_form(at.bill, party="consumer-9"),
        lambda at: at.instance.compose_form(at.bill, "IMS0000009"),
        lambda at: at.instance.open_interaction(InteractionType.PHONE, ["consumer-9"], at.bill),
        lambda at: at.instance.open_interaction(InteractionType.PHONE, [at.ana], "agent-9"),
        lambda at: at.instance.assign("IMS0000009", at.bill),
        lambda at: at.instance.assign("IMS0000001", "agent-9"),
        lambda at: at.instance.put_in_queue("IMS0000009"),
        lambda at: at.instance.wrap_up("IMS0000009"),
        lambda at: at.instance.close("IMS0000009"),
        lambda at: at.instance.change_party("consumer-9", name="Cem"),
        lambda at: at.instance.change_party(at.ana, location="location-9"),
        lambda at: at.instance.add_party(PartyKind.USER, "Uma", linked_user="user-9"),
        lambda at: at.instance.add_location("Berlin", parent="location-9"),
        lambda at: at.instance.change_location("location-9", territory="DE"),
        lambda at: at.instance.change_location(at.germany, parent="location-9"),
        lambda at: at.instance.configure_channel("Fax", order=1),
        lambda at: at.instance.add_provider("Twilio", "Fax"),
        lambda at: at.instance.add_provider_number("+49 89 123456", "provider-9"),
    ],
)
def test_an_id_that_does_not_exist_is_a_mistake_of_the_caller(
    call: Callable[[Company], object],
) -> None:
    at = company()
    at.text()
    before, events = whole_state(at.instance), len(at.instance.journal.events)
    with pytest.raises(UnknownRecord, match="There is no"):
        call(at)
    assert whole_state(at.instance) == before
    assert len(at.instance.journal.events) == events
