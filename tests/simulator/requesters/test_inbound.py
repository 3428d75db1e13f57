"""A requester texts the company: every cell of the two tables of section 6."""

from __future__ import annotations

from itertools import product

import pytest

from smslab.simulator.decision_table import Conversation
from smslab.simulator.errors import Refused
from smslab.simulator.requesters.inbound_table import (
    CONVERSATION_ROWS,
    MATCH_ROWS,
    Opened,
    ProfileMatch,
    RecordMatch,
    conversation_row,
    match_row,
)
from smslab.simulator.states import Direction, InteractionState, MessageState, PartyKind
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

ROWS = {
    Conversation.NONE: "R-1",
    Conversation.AGENT: "R-2",
    Conversation.QUEUE: "R-2",
    Conversation.VIRTUAL_AGENT: "R-3",
}
CELLS = {
    (RecordMatch.NONE, ProfileMatch.NONE): ("M-3", Opened.GUEST),
    (RecordMatch.ONE, ProfileMatch.NONE): ("M-1", Opened.RECORD),
    (RecordMatch.SEVERAL, ProfileMatch.NONE): ("M-5", Opened.GUEST),
    (RecordMatch.NONE, ProfileMatch.AGREES): ("M-2", Opened.PROFILE),
    (RecordMatch.ONE, ProfileMatch.AGREES): ("M-2", Opened.PROFILE),
    (RecordMatch.SEVERAL, ProfileMatch.AGREES): ("M-2", Opened.PROFILE),
    (RecordMatch.NONE, ProfileMatch.DISAGREES): ("M-4", Opened.PROFILE),
    (RecordMatch.ONE, ProfileMatch.DISAGREES): ("M-4", Opened.PROFILE),
    (RecordMatch.SEVERAL, ProfileMatch.DISAGREES): ("M-4", Opened.PROFILE),
}


@pytest.mark.parametrize("conversation", Conversation)
def test_one_row_for_whoever_has_the_conversation(conversation: Conversation) -> None:
    fitting = [row for row in CONVERSATION_ROWS if conversation in row.conversation]
    assert fitting == [conversation_row(conversation)]
    assert fitting[0].id == ROWS[conversation]
    assert fitting[0].opens is (conversation is Conversation.NONE)


@pytest.mark.parametrize(("records", "profile"), list(product(RecordMatch, ProfileMatch)))
def test_one_row_for_every_match(records: RecordMatch, profile: ProfileMatch) -> None:
    fitting = [r for r in MATCH_ROWS if records in r.records and profile is r.profile]
    assert fitting == [match_row(records, profile)]
    assert (fitting[0].id, fitting[0].opened) == CELLS[records, profile]


# The conversation on the line


@pytest.mark.parametrize("has_it", ["agent", "queue", "virtual agent"])
def test_a_conversation_that_is_going_on_takes_the_text(has_it: str) -> None:
    at = company()
    existing = at.begin(has_it)
    assert at.text() == existing
    row = {"agent": "R-2", "queue": "R-2", "virtual agent": "R-3"}[has_it]
    assert decided(at) == {"row": row, "conversation": has_it, "interaction": existing.id}
    assert len(at.store.messages.find("interaction", existing.id)) == 2


def decided(at: Company) -> dict[str, object]:
    """The row of the latest decision, what it found, and where the text went."""
    wanted = ("row", "conversation", "interaction")
    told = {e.field: e.new for e in at.instance.journal.events if e.entity == "decision"}
    return {name: told.get(name) for name in wanted}


@pytest.mark.parametrize("end", ["none", "closed", "wrapped up"])
def test_without_one_a_new_one_begins(end: str) -> None:
    at = company()
    if end != "none":
        before = at.begin("agent").id
        at.instance.close(before) if end == "closed" else at.instance.wrap_up(before)
    new = at.text()
    assert new.id == ("IMS0000001" if end == "none" else "IMS0000002")
    assert (new.state, new.with_virtual_agent) == (InteractionState.NEW, True)
    assert decided(at) == {"row": "R-1", "conversation": "none", "interaction": new.id}


def test_one_in_wrap_up_takes_the_text_where_the_switch_says_so() -> None:
    at = company(policy(wrap_up_is_active="true"))
    existing = at.begin("agent")
    at.instance.wrap_up(existing.id)
    assert at.text().id == existing.id


def test_two_provider_numbers_are_two_conversations_of_one_profile() -> None:
    at = company(numbers=(COMPANY, SECOND_COMPANY))
    assert at.text(to=COMPANY).id != at.text(to=SECOND_COMPANY).id
    assert len(at.store.profiles) == 1


def test_what_is_kept_of_a_text() -> None:
    at = company()
    message = at.instance.requester_texts(ANAS, COMPANY, "Where is it?", "SM1")
    assert message is not None
    assert (message.state, message.direction) == (MessageState.RECEIVED, Direction.INBOUND)
    assert (message.author, message.body, message.provider_id) == (at.ana, "Where is it?", "SM1")
    assert at.members(message.interaction) == (at.ana,)
    at.text()
    assert at.members(message.interaction) == (at.ana,)


# Whom the number is matched to


def on_records(at: Company, *names: str) -> None:
    """Only the records of these people have ANAS as their number."""
    for name in ("ana", "ben"):
        number = "0151 23456789" if name in names else None
        at.instance.change_party(getattr(at, name), mobile_phone=number)


def profile_of(at: Company, party: str | None) -> None:
    """ANAS gets an active profile of this party, and no conversation."""
    on_records(at)
    begun = at.send(party=party, to=ANAS).interaction if party else at.text().id
    at.instance.close(str(begun))


@pytest.mark.parametrize(
    ("names", "profile", "rule", "opened_for"),
    [
        ((), "none", "M-3", None),
        (("ana",), "none", "M-1", "ana"),
        (("ana", "ben"), "none", "M-5", None),
        ((), "ana", "M-2", "ana"),
        (("ana",), "ana", "M-2", "ana"),
        (("ana", "ben"), "ana", "M-2", "ana"),
        ((), "guest", "M-2", None),
        (("ben",), "ana", "M-4", "ana"),
        (("ana",), "guest", "M-4", None),
        (("ana", "ben"), "guest", "M-4", None),
    ],
)
def test_every_match(
    names: tuple[str, ...], profile: str, rule: str, opened_for: str | None
) -> None:
    at = company()
    if profile != "none":
        profile_of(at, at.ana if profile == "ana" else None)
    on_records(at, *names)
    parties, profiles = list(at.store.parties), list(at.store.profiles)
    interaction = at.text()
    expected = getattr(at, opened_for) if opened_for else None
    assert interaction.party == expected
    assert at.owner() == expected
    told = [e.new for e in at.instance.journal.events if e.field == "profile_rule"]
    assert told[-1] == rule
    assert list(at.store.parties) == parties
    assert len(at.store.profiles) == len(profiles) + (profile == "none")
    assert at.members(interaction.id) == (expected or "guest",)


def test_several_records_that_all_disagree_with_the_profile() -> None:
    at = company()
    cem = at.add(PartyKind.USER, "Cem")
    profile_of(at, cem)
    on_records(at, "ana", "ben")
    assert at.text().party == cem


@pytest.mark.parametrize("kind", PartyKind)
def test_records_of_every_kind_are_looked_up(kind: PartyKind) -> None:
    at = company()
    party = at.add(kind, "Cem", "0151 23456781")
    interaction = at.text(STRANGERS)
    assert interaction.party == party
    field = {"consumer": "consumer", "contact": "contact", "user": "opened_for"}[kind]
    assert getattr(interaction, field) == party


def test_consumers_only_where_the_switch_says_so() -> None:
    at = company(policy(match_consumers="false"))
    assert at.text().party is None
    contact = at.add(PartyKind.CONTACT, "Cem", "0151 23456781")
    at.add(PartyKind.CONSUMER, "Dan", "0151 23456781")
    assert at.text(STRANGERS).party == contact


@pytest.mark.parametrize("linked", ["true", "false"])
def test_linked_records_count_as_one_where_the_switch_says_so(linked: str) -> None:
    at = company(policy(linked_records_are_one_party=linked))
    user = at.add(PartyKind.USER, "Anja", "0151 23456789")
    at.instance.change_party(at.ana, linked_user=user)
    assert at.text().party == (at.ana if linked == "true" else None)


def test_any_number_of_a_record_counts() -> None:
    at = company()
    at.instance.change_party(at.ben, mobile_phone=None, home_phone="0151 23456781")
    assert at.text(STRANGERS).party == at.ben


# Bad and repeated texts


def test_a_number_that_is_not_the_companys() -> None:
    at = company()
    before, events = whole_state(at.instance), len(at.instance.journal.events)
    with pytest.raises(Refused, match=SECOND_COMPANY.replace("+", r"\+")) as refused:
        at.instance.requester_texts(ANAS, SECOND_COMPANY, "Hello")
    assert refused.value.rule == "R-1"
    assert whole_state(at.instance) == before
    assert len(at.instance.journal.events) == events


@pytest.mark.parametrize(("setting", "kept"), [("true", 1), ("false", 2)])
def test_a_repeated_message_id(setting: str, kept: int) -> None:
    at = company(policy(deduplicate_inbound=setting))
    at.instance.requester_texts(ANAS, COMPANY, "Hello", "SM1")
    before, events = whole_state(at.instance), len(at.instance.journal.events)
    again = at.instance.requester_texts(ANAS, COMPANY, "Hello", "SM1")
    assert len(at.store.messages) == kept
    assert (again is None) is (kept == 1)
    if again is None:
        assert whole_state(at.instance) == before
        assert len(at.instance.journal.events) == events


def test_texts_without_a_message_id_are_never_repeated() -> None:
    at = company()
    at.text()
    at.text()
    assert len(at.store.messages) == 2
