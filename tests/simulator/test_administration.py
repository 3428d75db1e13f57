"""Setting an instance up."""

from __future__ import annotations

import pytest

from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.numbers.territories import UnknownTerritory
from smslab.simulator.records import AGENT_ROLE
from smslab.simulator.states import PartyKind
from tests.simulator.company import (
    ANAS,
    COMPANY,
    SECOND_COMPANY,
    company,
    told_by,
    whole_state,
)


@pytest.mark.parametrize("kind", PartyKind)
def test_a_party_gets_an_id_of_its_kind(kind: PartyKind) -> None:
    at = company(numbers=())
    id = at.add(kind, "Cem", "0151 23456789")
    party = at.store.parties[id]
    assert id == {"consumer": "consumer-3"}.get(kind, f"{kind}-1")
    assert (party.kind, party.name, party.location) == (kind, "Cem", at.germany)
    assert told_by(at)[kind.value, id, "name"] == "Cem"


def test_phones_of_a_party_are_kept_as_entered_mobile_first() -> None:
    at = company()
    party = at.instance.change_party(
        at.ana, business_phone="(030) 1", home_phone="030/2", mobile_phone="0151 23456789"
    )
    assert party.phones == ("0151 23456789", "030/2", "(030) 1")
    assert at.instance.change_party(at.ana, mobile_phone=None).phones == ("030/2", "(030) 1")


def test_a_party_moves_to_another_place() -> None:
    at = company()
    vienna = at.instance.add_location("Vienna", at.instance.add_location("Austria", None, "AT").id)
    at.instance.change_party(at.ana, location=vienna.id, mobile_phone="0664 1234567")
    assert at.store.parties.find("number", "+436641234567") == [at.store.parties[at.ana]]
    assert at.store.parties.find("number", ANAS) == []


@pytest.mark.parametrize(
    ("territory", "said"), [("DEU", "'DE'"), ("UK", "'GB'"), ("Narnia", "no phone territory")]
)
def test_a_territory_that_is_none(territory: str, said: str) -> None:
    at = company()
    before = whole_state(at.instance)
    with pytest.raises(UnknownTerritory, match=said):
        at.instance.add_location("Somewhere", territory=territory)
    with pytest.raises(UnknownTerritory, match=said):
        at.instance.change_location(at.germany, territory=territory)
    assert whole_state(at.instance) == before


def test_a_location_loses_its_territory() -> None:
    at = company()
    world = at.instance.add_location("World", territory="AT")
    at.instance.change_location(at.germany, territory=None, parent=world.id)
    number = at.instance.core.number_for("0664 1234567", at.store.parties[at.ana])
    assert getattr(number, "territory", None) == "AT"


def test_an_agent_has_the_role_unless_told_otherwise() -> None:
    at = company()
    assert at.store.agents[at.bill].roles == (AGENT_ROLE,)
    assert at.instance.add_agent("Dan", roles=()).roles == ()


def test_a_channel_begins_with_the_defaults_and_is_configured_by_name() -> None:
    at = company()
    channel = at.instance.add_channel("WhatsApp")
    assert (channel.kind, channel.order, channel.active) == ("messaging", 100, True)
    assert (channel.allows_other, channel.needs_active_profile) == (True, False)
    assert channel.attachment_types == ("image/",)
    changed = at.instance.configure_channel("WhatsApp", order=7, attachment_types=("image/", "a/"))
    assert (changed.id, changed.order) == (channel.id, 7)
    assert told_by(at)["channel", channel.id, "attachment_types"] == "image/, a/"
    assert at.store.channels.find("name", "SMS")[0].order == 100


def test_an_unknown_channel_says_which_there_are() -> None:
    at = company()
    at.instance.add_channel("WhatsApp")
    with pytest.raises(UnknownRecord, match=r"no channel 'SMS ';.*: SMS, WhatsApp"):
        at.instance.configure_channel("SMS ", order=1)


@pytest.mark.parametrize("entry", ["+49 30 901820", "+49-30-90 18 20", "+4930901820"])
def test_a_provider_number_is_stored_in_e164(entry: str) -> None:
    at = company(numbers=())
    row = at.instance.add_provider_number(entry, at.provider)
    assert (row.number, row.answered_by) == (COMPANY, "virtual agent")


@pytest.mark.parametrize(("entry", "rule"), [("PARCELS", "N-5"), ("+49", "N-6"), ("", "N-6")])
def test_a_provider_number_that_is_none(entry: str, rule: str) -> None:
    at = company()
    before = whole_state(at.instance)
    with pytest.raises(Refused) as refused:
        at.instance.add_provider_number(entry, at.provider)
    assert refused.value.rule == rule
    assert whole_state(at.instance) == before


def test_the_company_takes_numbers_where_requesters_wait_in_the_queue() -> None:
    at = company()
    at.instance.add_provider_number(SECOND_COMPANY, at.provider, answered_by="queue")
    queued = at.text(to=SECOND_COMPANY)
    assert (queued.state.value, queued.with_virtual_agent) == ("On Hold", False)
