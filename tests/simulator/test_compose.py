"""The compose form: whether it is offered, and what it fills in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from smslab.simulator.compose import ComposeForm, card_for, check_attachments
from smslab.simulator.errors import Refused
from smslab.simulator.records import Channel
from smslab.simulator.states import InteractionState, InteractionType, StateReason
from tests.simulator.company import (
    ANAS,
    BENS,
    COMPANY,
    SECOND_COMPANY,
    STRANGERS,
    Company,
    company,
    policy,
)


def phone_call(at: Company) -> str:
    return at.instance.open_interaction(InteractionType.PHONE, [at.ana], at.bill).id


def nothing(at: Company) -> ComposeForm:
    return at.instance.compose_form(at.bill, party=at.ana)


def without_the_role(at: Company) -> ComposeForm:
    dan = at.instance.add_agent("Dan", roles=("itil",))
    return at.instance.compose_form(dan.id, party=at.ana)


def on_a_messaging_interaction(at: Company) -> ComposeForm:
    return at.instance.compose_form(at.bill, at.text().id)


def on_a_closed_interaction(at: Company, reason: StateReason) -> ComposeForm:
    interaction = phone_call(at)
    at.instance.close(interaction, reason)
    return at.instance.compose_form(at.bill, interaction)


def without_a_profile(at: Company) -> ComposeForm:
    at.instance.configure_channel("SMS", needs_active_profile=True)
    return at.instance.compose_form(at.bill, party=at.ana)


def channel_inactive(at: Company) -> ComposeForm:
    at.instance.configure_channel("SMS", active=False)
    return at.instance.compose_form(at.bill, party=at.ana)


@pytest.mark.parametrize(
    ("rule", "open_form"),
    [
        ("C-4", without_the_role),
        ("C-2", on_a_messaging_interaction),
        ("C-3", lambda at: on_a_closed_interaction(at, StateReason.AGENT_ENDED)),
        ("C-3", lambda at: on_a_closed_interaction(at, StateReason.NO_ACTIVITY)),
        ("C-11", without_a_profile),
        ("C-12", channel_inactive),
    ],
)
def test_why_it_is_not_offered(rule: str, open_form: Callable[[Company], ComposeForm]) -> None:
    form = open_form(company())
    assert form.withheld is not None
    assert (form.withheld.rule, form.is_offered) == (rule, False)
    assert form.withheld.reason.startswith("Compose SMS is not offered: ")


def test_it_is_not_offered_without_a_provider_on_a_messaging_channel() -> None:
    at = company(numbers=())
    withheld = at.instance.compose_form(at.bill, party=at.ana).withheld
    assert withheld is not None
    assert withheld.rule == "C-1"
    at.instance.add_channel("Chat", kind="chat")
    provider = at.instance.add_provider("Web", "Chat")
    at.instance.add_provider_number("+49 89 123456", provider.id)
    still = at.instance.compose_form(at.bill, party=at.ana).withheld
    assert still is not None
    assert still.rule == "C-1"


@pytest.mark.parametrize(
    "open_form",
    [
        nothing,
        lambda at: at.instance.compose_form(at.bill, phone_call(at)),
        lambda at: on_a_closed_interaction(at, StateReason.ERROR),
        lambda at: at.instance.compose_form(at.bill),
    ],
    ids=["record", "phone call", "faulted", "nobody"],
)
def test_when_it_is_offered(open_form: Callable[[Company], ComposeForm]) -> None:
    form = open_form(company())
    assert form.is_offered
    assert form.channels == ("SMS",)


def test_with_an_active_profile_the_channel_that_needs_one_is_offered() -> None:
    at = company()
    at.text()
    assert without_a_profile(at).is_offered


def test_one_number_to_send_from_is_filled_in() -> None:
    form = nothing(company())
    assert (form.send_from, form.send_from_options) == (COMPANY, (COMPANY,))


def test_of_several_numbers_to_send_from_none_is_filled_in() -> None:
    form = nothing(company(numbers=(SECOND_COMPANY, COMPANY)))
    assert (form.send_from, form.send_from_options) == (None, (SECOND_COMPANY, COMPANY))


def test_numbers_to_send_to_are_those_of_the_record_in_e164() -> None:
    at = company()
    at.instance.change_party(at.ana, home_phone="030 1234567", business_phone="none yet")
    form = nothing(at)
    assert form.send_to_options == (ANAS, "+49301234567", "none yet")
    assert form.send_to == ANAS


def test_the_number_of_the_profile_comes_first_and_each_once() -> None:
    at = company()
    at.send(to=STRANGERS)
    assert nothing(at).send_to_options == (STRANGERS, ANAS)
    at.send(to=ANAS)
    assert nothing(at).send_to_options == (ANAS,)
    assert nothing(at).send_to == ANAS


def test_a_number_that_moved_away_is_not_filled_in() -> None:
    at = company()
    at.send(to=STRANGERS)
    at.send(party=at.ben, to=STRANGERS)
    assert nothing(at).send_to_options == (ANAS,)


def test_without_any_number_nothing_is_filled_in() -> None:
    at = company()
    at.instance.change_party(at.ana, mobile_phone=None)
    form = nothing(at)
    assert (form.send_to, form.send_to_options) == (None, ())


def test_the_form_is_for_the_party_of_the_interaction() -> None:
    at = company()
    form = at.instance.compose_form(at.bill, phone_call(at), party=at.ben)
    assert (form.party, form.send_to) == (at.ana, ANAS)


@pytest.mark.parametrize("allowed", [True, False])
def test_another_number_is_allowed_as_configured(allowed: bool) -> None:
    at = company()
    at.instance.configure_channel("SMS", allows_other=allowed)
    assert nothing(at).allows_other is allowed


def test_channels_are_offered_lowest_order_first_then_by_name() -> None:
    at = company()
    for name, order, kind, active in (
        ("WhatsApp", 100, "messaging", True),
        ("LINE", 50, "messaging", True),
        ("Web", 1, "chat", True),
        ("Fax", 1, "messaging", False),
    ):
        at.instance.add_channel(name, kind)
        at.instance.configure_channel(name, order=order, active=active)
        provider = at.instance.add_provider(name, name)
        at.instance.add_provider_number("+49 89 123456", provider.id)
    at.instance.add_channel("No provider")
    assert nothing(at).channels == ("LINE", "SMS", "WhatsApp")


def test_the_card_of_the_conversation_on_the_line() -> None:
    at = company()
    interaction = at.begin("agent")
    at.instance.advance(timedelta(minutes=90))
    at.text()
    card = card_for(at.instance.core, ANAS, COMPANY)
    assert card is not None
    assert (card.interaction, card.message_type, card.party) == (interaction.id, "SMS", at.ana)
    assert (card.assigned_to, card.last_update) == (at.bill, "2026-01-05T10:30:00Z")


def test_the_card_of_a_conversation_on_another_line_where_there_is_none_on_this() -> None:
    at = company(numbers=(COMPANY, SECOND_COMPANY))
    elsewhere = at.begin("virtual agent", to=SECOND_COMPANY)
    for_this_line = card_for(at.instance.core, ANAS, COMPANY)
    assert for_this_line is not None
    assert for_this_line.interaction == elsewhere.id
    here = at.begin("virtual agent", to=COMPANY)
    for number, expected in ((COMPANY, here), (SECOND_COMPANY, elsewhere)):
        card = card_for(at.instance.core, ANAS, number)
        assert card is not None
        assert card.interaction == expected.id


@pytest.mark.parametrize("state", ["closed", "wrapped up"])
def test_no_card_of_a_conversation_that_has_ended(state: str) -> None:
    at = company()
    interaction = at.begin("agent")
    assert card_for(at.instance.core, BENS, COMPANY) is None
    if state == "closed":
        at.instance.close(interaction.id)
    else:
        at.instance.wrap_up(interaction.id)
    assert card_for(at.instance.core, ANAS, COMPANY) is None


@pytest.mark.parametrize("name", ["photo.png", "PHOTO.JPG", "a b.gif", "photo.min.webp"])
def test_images_may_be_attached(name: str) -> None:
    check_attachments(Channel("channel-1", "SMS"), (name,))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("offer.pdf", "application/pdf"),
        ("image", "unknown"),
        ("photo.png.exe", "unknown"),
        ("", "unknown"),
        ("film.mp4", "video/mp4"),
    ],
)
def test_nothing_else_may(name: str, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        check_attachments(Channel("channel-1", "SMS"), ("photo.png", name))
    assert refused.value.rule == "C-10"
    assert repr(name) in refused.value.reason
    if name != "photo.png.exe":
        assert f"of type {kind}" in refused.value.reason
    assert "image/*" in refused.value.reason


def test_a_channel_can_take_more_kinds() -> None:
    channel = Channel("channel-1", "SMS", attachment_types=("image/", "video/"))
    check_attachments(channel, ("film.mp4", "photo.png"))
    with pytest.raises(Refused, match=r"image/\*, video/\*"):
        check_attachments(channel, ("offer.pdf",))


def test_a_channel_can_take_none() -> None:
    channel = Channel("channel-1", "SMS", attachment_types=())
    check_attachments(channel, ())
    with pytest.raises(Refused, match="allowed are none"):
        check_attachments(channel, ("photo.png",))


def test_looking_at_the_form_changes_nothing() -> None:
    at = company(policy(linked_records_are_one_party="false"))
    interaction = at.begin("agent")
    before, events = at.store.snapshot(), len(at.instance.journal.events)
    at.instance.compose_form(at.bill, interaction.id)
    nothing(at)
    assert at.store.snapshot() == before
    assert len(at.instance.journal.events) == events
    assert at.store.interactions[interaction.id].state is InteractionState.WORK_IN_PROGRESS
