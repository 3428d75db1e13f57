"""From what the agent asked for to the decision, without changing anything."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smslab.simulator.decision_table import Conversation, ConversationParty, NumberStanding
from smslab.simulator.sending import Assessment, SendRequest, assess
from smslab.simulator.states import InteractionType, PartyKind
from tests.simulator.company import (
    ANAS,
    COMPANY,
    SECOND_COMPANY,
    STRANGERS,
    Company,
    company,
    policy,
    whole_state,
)


def assessed(at: Company, request: SendRequest) -> Assessment:
    before, events = whole_state(at.instance), len(at.instance.journal.events)
    found = assess(at.instance.core, request)
    assert whole_state(at.instance) == before
    assert len(at.instance.journal.events) == events
    return found


SAID = {
    "none": (Conversation.NONE, ConversationParty.NONE),
    "agent": (Conversation.AGENT, ConversationParty.SAME),
    "virtual agent": (Conversation.VIRTUAL_AGENT, ConversationParty.SAME),
    "queue": (Conversation.QUEUE, ConversationParty.SAME),
}


@pytest.mark.parametrize("has_it", SAID)
def test_who_has_the_conversation(has_it: str) -> None:
    at = company()
    existing = None if has_it == "none" else at.begin(has_it).id
    found = assessed(at, at.request())
    assert (found.situation.conversation, found.situation.party) == SAID[has_it]
    assert (found.existing.id if found.existing else None) == existing
    standing = NumberStanding.FREE if has_it == "none" else NumberStanding.OWN
    assert found.situation.standing is standing
    assert (found.number, found.provider_number) == (ANAS, COMPANY)


@pytest.mark.parametrize("has_it", ["agent", "virtual agent", "queue"])
def test_whose_the_conversation_is(has_it: str) -> None:
    at = company()
    at.begin(has_it)
    at.begin(has_it, STRANGERS)
    different = assessed(at, at.request(party=at.ben, to=ANAS)).situation
    assert (different.party, different.standing) == (
        ConversationParty.DIFFERENT,
        NumberStanding.OTHER,
    )
    guest = assessed(at, at.request(to=STRANGERS)).situation
    assert (guest.party, guest.standing) == (ConversationParty.GUEST, NumberStanding.GUEST)


@pytest.mark.parametrize(
    ("linked", "party"), [("true", ConversationParty.SAME), ("false", ConversationParty.DIFFERENT)]
)
def test_linked_records(linked: str, party: ConversationParty) -> None:
    at = company(policy(linked_records_are_one_party=linked))
    contact, user = at.add(PartyKind.CONTACT, "Cem"), at.add(PartyKind.USER, "Uma")
    for record in (at.ana, contact):
        at.instance.change_party(record, linked_user=user)
    at.begin("agent")
    for record in (contact, user):
        assert assessed(at, at.request(party=record, to=ANAS)).situation.party is party


@pytest.mark.parametrize(
    ("wrap_up_is_active", "conversation"),
    [("false", Conversation.NONE), ("true", Conversation.AGENT)],
)
def test_wrap_up(wrap_up_is_active: str, conversation: Conversation) -> None:
    at = company(policy(wrap_up_is_active=wrap_up_is_active))
    at.instance.wrap_up(at.begin("agent").id)
    assert assessed(at, at.request()).situation.conversation is conversation


def test_a_conversation_that_goes_on_counts_before_one_in_wrap_up() -> None:
    at = company()
    at.instance.wrap_up(at.begin("agent").id)
    going_on = at.begin("virtual agent")
    at.instance.change_setting("wrap_up_is_active", "true")
    existing = assessed(at, at.request()).existing
    assert existing is not None
    assert existing.id == going_on.id


def test_another_line_of_the_number_is_another_conversation() -> None:
    at = company(numbers=(COMPANY, SECOND_COMPANY))
    at.begin("agent", to=SECOND_COMPANY)
    found = assessed(at, at.request(sent_from=COMPANY))
    assert found.situation.conversation is Conversation.NONE
    assert found.situation.standing is NumberStanding.OWN
    assert found.card is not None


def test_the_warning_names_whom_the_number_is_taken_from_and_given_to() -> None:
    at = company()
    at.begin("agent")
    warning = assessed(at, at.request(party=at.ben, to=ANAS)).warning
    assert warning == (
        f"{ANAS} is currently associated with Ana. Sending will associate it with Ben."
    )
    assert assessed(at, at.request()).warning is None


def test_how_the_send_began() -> None:
    at = company()
    call = at.instance.open_interaction(InteractionType.PHONE, [at.ana], at.bill)
    mail = at.instance.open_interaction(InteractionType.EMAIL, [at.ana], at.bill)
    on_call = SendRequest(at.bill, "Hello", party=at.ben, interaction=call.id)
    began = [
        assessed(at, request).began
        for request in (
            at.request(),
            at.request(to="0151 23456789"),
            at.request(to=STRANGERS),
            on_call,
            replace(on_call, send_to=STRANGERS),
            replace(on_call, interaction=mail.id),
        )
    ]
    assert began == [
        "prefilled number",
        "picked number",
        "typed number",
        "reply to phone interaction",
        "reply to phone interaction",
        "prefilled number",
    ]


def test_a_reply_goes_to_the_party_of_the_interaction() -> None:
    at = company()
    call = at.instance.open_interaction(InteractionType.PHONE, [at.ana], at.bill)
    found = assessed(at, SendRequest(at.bill, "Hello", party=at.ben, interaction=call.id))
    assert (found.party.id, found.number) == (at.ana, ANAS)


def test_consumer_and_contact_come_before_the_user_it_was_opened_for() -> None:
    at = company()
    user = at.add(PartyKind.USER, "Uma", "0151 23456782")
    for party in (at.ana, at.add(PartyKind.CONTACT, "Cem", "0151 23456783")):
        call = at.instance.open_interaction(InteractionType.PHONE, [user, party], at.bill)
        found = assessed(at, SendRequest(at.bill, "Hello", interaction=call.id))
        assert found.party.id == party
    call = at.instance.open_interaction(InteractionType.PHONE, [user], at.bill)
    assert assessed(at, SendRequest(at.bill, "Hello", interaction=call.id)).party.id == user


@pytest.mark.parametrize(
    ("typed", "sent_from"), [("Parcels", "Parcels"), ("+49 89 123456", SECOND_COMPANY)]
)
def test_an_unknown_provider_number_is_allowed_where_the_switch_says_so(
    typed: str, sent_from: str
) -> None:
    at = company(policy(unknown_provider_number="allow"))
    assert assessed(at, at.request(sent_from=typed)).provider_number == sent_from


def test_a_provider_number_may_be_picked_as_it_is_written() -> None:
    at = company(numbers=(COMPANY, SECOND_COMPANY))
    found = assessed(at, at.request(sent_from="+49 (30) 90 18-20"))
    assert found.provider_number == COMPANY


@given(st.text(max_size=30), st.none() | st.text(max_size=20))
def test_whatever_is_typed_is_decided_or_refused(to: str, sent_from: str | None) -> None:
    at = company()
    outcome = at.instance.preview(at.request(to=to, sent_from=sent_from))
    if outcome.refusal:
        assert outcome.refusal.rule in {"N-5", "N-6", "A-10"}
    else:
        assert outcome.assessment is not None
        assert outcome.assessment.number[0] == "+"
        assert outcome.assessment.provider_number == COMPANY
