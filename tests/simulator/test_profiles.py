"""Channel user profiles: whose a number is, and how it moves."""

from __future__ import annotations

import pytest

from smslab.simulator import profiles
from smslab.simulator.decision_table import NumberStanding
from smslab.simulator.records import SMS
from smslab.simulator.states import InteractionState, PartyKind, ProfileState
from tests.simulator.company import (
    ANAS,
    COMPANY,
    SECOND_COMPANY,
    STRANGERS,
    Company,
    company,
    policy,
)


def told(at: Company, number: str, party: str) -> tuple[NumberStanding, str | None, str]:
    answer = at.instance.validate_profile(number, party)
    return answer.standing, answer.owner, answer.owner_name


def test_the_answer_says_whose_the_number_is() -> None:
    at = company()
    assert told(at, ANAS, at.ana) == (NumberStanding.FREE, None, "")
    at.send()
    assert told(at, ANAS, at.ana) == (NumberStanding.OWN, at.ana, "Ana")
    assert told(at, ANAS, at.ben) == (NumberStanding.OTHER, at.ana, "Ana")
    at.text(STRANGERS)
    assert told(at, STRANGERS, at.ana) == (NumberStanding.GUEST, None, "guest")


def test_the_profile_says_it_not_the_record() -> None:
    at = company()
    at.send()
    at.instance.change_party(at.ana, mobile_phone=None)
    at.instance.change_party(at.ben, mobile_phone="0151 23456789")
    assert told(at, ANAS, at.ben) == (NumberStanding.OTHER, at.ana, "Ana")


@pytest.mark.parametrize(
    ("linked", "standing"), [("true", NumberStanding.OWN), ("false", NumberStanding.OTHER)]
)
def test_a_linked_record_is_the_same_party_where_the_switch_says_so(
    linked: str, standing: NumberStanding
) -> None:
    at = company(policy(linked_records_are_one_party=linked))
    user = at.add(PartyKind.USER, "Anja")
    at.instance.change_party(at.ana, linked_user=user)
    at.send()
    assert told(at, ANAS, user)[0] is standing


def test_a_number_moves_by_a_new_profile_every_time() -> None:
    at = company()
    for party in (at.ana, at.ben, at.ana):
        at.send(party=party, to=STRANGERS)
        assert at.owner(STRANGERS) == party
    history = [(p.party, p.state, p.display_name) for p in at.store.profiles]
    assert history == [
        (at.ana, ProfileState.INACTIVE, "Ana"),
        (at.ben, ProfileState.INACTIVE, "Ben"),
        (at.ana, ProfileState.ACTIVE, "Ana"),
    ]
    expired = [profile.expired_on for profile in at.store.profiles]
    assert expired == [at.instance.clock.now, at.instance.clock.now, None]


def test_one_profile_serves_every_provider_number() -> None:
    at = company(numbers=(COMPANY, SECOND_COMPANY))
    at.send(sent_from=COMPANY)
    at.send(sent_from=SECOND_COMPANY)
    assert len(at.store.profiles) == 1


@pytest.mark.parametrize(("setting", "profiles"), [("claim", 1), ("replace", 2)])
def test_a_guests_number_is_claimed_or_replaced(setting: str, profiles: int) -> None:
    at = company(policy(guest_profile=setting))
    at.text(STRANGERS)
    outcome = at.send(to=STRANGERS)
    assert outcome.assessment is not None
    assert outcome.assessment.warning is None
    assert at.owner(STRANGERS) == at.ana
    assert len(at.store.profiles) == profiles


@pytest.mark.parametrize("follows", ["true", "false"])
def test_the_guests_conversations_follow_the_claim(follows: str) -> None:
    at = company(policy(claim_updates_interaction=follows), (COMPANY, SECOND_COMPANY))
    here = at.begin("agent", STRANGERS)
    elsewhere = at.begin("virtual agent", STRANGERS, SECOND_COMPANY)
    ended = at.text(STRANGERS, SECOND_COMPANY)
    assert ended.id == elsewhere.id
    at.send(to=STRANGERS, sent_from=COMPANY)
    expected = at.ana if follows == "true" else None
    for interaction in (here, elsewhere):
        assert at.store.interactions[interaction.id].party == expected


def test_conversations_that_ended_do_not_follow_the_claim() -> None:
    at = company()
    ended = at.begin("agent", STRANGERS)
    at.instance.close(ended.id)
    at.send(to=STRANGERS)
    assert at.owner(STRANGERS) == at.ana
    assert at.store.interactions[ended.id].party is None


@pytest.mark.parametrize(
    ("setting", "state"),
    [("keep", InteractionState.WORK_IN_PROGRESS), ("close", InteractionState.CLOSED_COMPLETE)],
)
def test_what_becomes_of_the_previous_owners_other_lines(
    setting: str, state: InteractionState
) -> None:
    at = company(policy(other_lines_on_reassignment=setting), (COMPANY, SECOND_COMPANY))
    elsewhere = at.begin("agent", to=SECOND_COMPANY)
    outcome = at.send(at.cleo, at.ben, to=ANAS, sent_from=COMPANY)
    assert outcome.status == "sent"
    assert at.store.interactions[elsewhere.id].state is state
    rules = [e.rule for e in at.instance.journal.events if e.new == "Closed Complete"]
    assert rules == ([] if setting == "keep" else ["P-8"])


def test_other_parties_lines_are_not_left_behind() -> None:
    at = company(policy(other_lines_on_reassignment="close"), (COMPANY, SECOND_COMPANY))
    at.begin("agent", to=SECOND_COMPANY)
    bens = at.begin("agent", "+4915123456780", SECOND_COMPANY)
    at.send(at.cleo, at.ben, to=ANAS, sent_from=COMPANY)
    assert at.store.interactions[bens.id].state is InteractionState.WORK_IN_PROGRESS


def test_parties_stand_in_the_field_of_their_kind() -> None:
    at = company()
    contact, user = at.add(PartyKind.CONTACT, "Cem"), at.add(PartyKind.USER, "Uma")
    parties = [at.store.parties[id] for id in (at.ana, contact, user)]
    assert profiles.party_fields(*parties) == {
        "consumer": at.ana,
        "contact": contact,
        "opened_for": user,
    }
    assert profiles.party_fields() == {"consumer": None, "contact": None, "opened_for": None}


def test_a_profile_of_nobody_is_a_guests() -> None:
    at = company()
    with at.instance.core.command("test", "tester"):
        profile = profiles.create_profile(at.instance.core, STRANGERS, SMS, None, COMPANY, "M-3")
    assert (profile.party, profile.display_name) == (None, "guest")
    assert profiles.active_profile(at.instance.core, STRANGERS, SMS) == profile
    assert profiles.active_profile(at.instance.core, STRANGERS, "WhatsApp") is None
