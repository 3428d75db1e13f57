"""Commands: all of one or nothing, and the journal says exactly what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from smslab.simulator.errors import Refused
from smslab.simulator.policy import BadValue, UnknownSetting
from smslab.simulator.records import Agent, Location
from smslab.simulator.states import (
    InteractionState,
    InteractionType,
    PartyKind,
    ProfileState,
    StateReason,
)
from smslab.simulator.store import Store
from tests.simulator.company import (
    ANAS,
    COMPANY,
    SECOND_COMPANY,
    STRANGERS,
    Company,
    company,
    recorded_in,
    told_by,
    whole_state,
)


def a_day(policy_values: tuple[tuple[str, str], ...] = ()) -> Company:
    """Commands of every kind."""
    at = company(numbers=(COMPANY, SECOND_COMPANY))
    for name, value in policy_values:
        at.instance.change_setting(name, value)
    at.text(STRANGERS)
    at.send(at.bill, at.ben, to=STRANGERS, sent_from=COMPANY)
    at.instance.advance(timedelta(minutes=5))
    at.begin("queue", ANAS)
    request = at.request(at.cleo, at.ben, ANAS, COMPANY)
    at.instance.preview(request)
    at.instance.send(request)
    at.instance.decline(request)
    at.instance.refuse_messages_to(ANAS, "30003")
    at.instance.send_at_once([request, at.request(at.bill, at.ana, ANAS, COMPANY)])
    phone = at.instance.open_interaction(InteractionType.PHONE, [at.ana], at.bill)
    at.instance.wrap_up(phone.id)
    at.instance.close(phone.id, StateReason.NO_ACTIVITY)
    at.instance.change_party(at.ana, mobile_phone=None, home_phone="030 1234567")
    at.instance.change_location(at.germany, territory="AT")
    at.instance.configure_channel("SMS", attachment_types=())
    at.instance.send(at.request(sent_from="Parcels"))
    return at


def test_the_journal_says_what_is_in_the_tables() -> None:
    at = a_day()
    assert told_by(at) == recorded_in(at.store)
    assert len(recorded_in(at.store)) > 100


def test_events_are_numbered_without_a_gap_and_in_time() -> None:
    events = a_day().instance.journal.events
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    times = [event.time for event in events]
    assert times == sorted(times)


@pytest.mark.parametrize("changes", [(), (("sends_are_serialised", "false"),)])
def test_the_same_commands_write_the_same_journal(changes: tuple[tuple[str, str], ...]) -> None:
    one, other = a_day(changes), a_day(changes)
    assert one.instance.journal.events == other.instance.journal.events
    assert whole_state(one.instance) == whole_state(other.instance)


def test_a_new_record_is_told_by_the_fields_that_say_something() -> None:
    at = company()
    began = len(at.instance.journal.events)
    party = at.add(PartyKind.CONTACT, "Cem", "0151 23456781")
    told = [
        (e.entity, e.id, e.field, e.old, e.new, e.command, e.rule, e.actor)
        for e in at.instance.journal.events[began:]
    ]
    by = ("add contact", None, "administrator")
    assert told == [
        ("contact", party, "name", None, "Cem", *by),
        ("contact", party, "mobile_phone", None, "0151 23456781", *by),
        ("contact", party, "location", None, at.germany, *by),
    ]


def test_a_change_is_told_by_the_fields_that_changed_with_its_rule() -> None:
    at = company()
    interaction = at.begin("virtual agent")
    began = len(at.instance.journal.events)
    at.instance.assign(interaction.id, at.bill)
    told = [(e.entity, e.field, e.old, e.new, e.rule) for e in at.instance.journal.events[began:]]
    assert told == [
        ("interaction", "state", "New", "Work In Progress", "S-1"),
        ("interaction", "assigned_to", None, at.bill, "S-1"),
        ("interaction", "with_virtual_agent", True, False, "S-1"),
        ("live group profile", "members", at.ana, f"{at.ana}, {at.bill}", "S-1"),
    ]


def add_rows(store: Store) -> None:
    for kind in ("consumer", "profile", "IMS"):
        store.new_id(kind)
    store.insert(Agent(store.new_id("agent"), "Dan"))
    store.insert(Location(store.new_id("location"), "Berlin"))


def close_everything(store: Store) -> None:
    for interaction in list(store.interactions):
        store.update(interaction, state=InteractionState.FAULTED)


def take_every_number(store: Store) -> None:
    for profile in list(store.profiles):
        store.update(profile, state=ProfileState.INACTIVE)
    store.new_id("profile")


def fail_after(at: Company, change: Callable[[Store], None], error: BaseException) -> None:
    with at.instance.core.command("test", "tester") as executed:
        change(at.store)
        executed.decision = {"outcome": "sent"}
        raise error


@pytest.mark.parametrize("change", [add_rows, close_everything, take_every_number])
@pytest.mark.parametrize("error", [Refused("S-4", "no"), ValueError("oh"), KeyboardInterrupt()])
def test_a_command_that_raises_changes_nothing_and_writes_nothing(
    change: Callable[[Store], None], error: BaseException
) -> None:
    at = a_day()
    before, events = whole_state(at.instance), list(at.instance.journal.events)
    with pytest.raises(type(error)):
        fail_after(at, change, error)
    assert whole_state(at.instance) == before
    assert at.instance.journal.events == events
    assert not at.store.log


def test_a_command_that_changes_nothing_writes_nothing() -> None:
    at = company()
    events = len(at.instance.journal.events)
    at.instance.change_party(at.ana, name="Ana")
    at.instance.change_setting("closed_by_send", "closed_complete")
    assert len(at.instance.journal.events) == events


def test_a_decision_is_told_once_by_each_command_that_decides() -> None:
    at = company()
    at.send()
    at.text()
    at.instance.send(at.request(to="letters"))
    decisions: dict[str, dict[str, object]] = {}
    for event in at.instance.journal.events:
        if event.entity == "decision":
            decisions.setdefault(event.id, {})[event.field] = event.new
            assert event.old is None
    assert list(decisions) == ["decision-1", "decision-2", "decision-3"]
    assert decisions["decision-1"] == {
        "command": "send",
        "outcome": "sent",
        "agent": at.bill,
        "interaction": "IMS0000001",
        "row": "A-1",
        "profile_rule": "P-9",
        "party": at.ana,
        "channel": "SMS",
        "requester_number": ANAS,
        "provider_number": COMPANY,
        "began": "prefilled number",
        "conversation": "none",
        "conversation_party": "none",
        "number_standing": "free",
    }
    assert [d["outcome"] for d in decisions.values()] == ["sent", "received", "refused"]
    assert decisions["decision-3"]["refused_by"] == "N-5"


def test_a_setting_is_told_with_its_old_and_new_value() -> None:
    at = company()
    at.instance.change_setting("closed_by_send", "closed_abandoned")
    event = at.instance.journal.events[-1]
    assert (event.entity, event.id, event.field) == ("setting", "closed_by_send", "value")
    assert (event.old, event.new) == ("closed_complete", "closed_abandoned")
    assert at.instance.policy.closed_by_send == "closed_abandoned"


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [("closed_by_sent", "x", UnknownSetting), ("closed_by_send", "x", BadValue)],
)
def test_a_setting_that_is_none_changes_nothing(
    name: str, value: str, error: type[ValueError]
) -> None:
    at = a_day()
    before, events = whole_state(at.instance), len(at.instance.journal.events)
    with pytest.raises(error):
        at.instance.change_setting(name, value)
    assert whole_state(at.instance) == before
    assert len(at.instance.journal.events) == events


def with_number(at: Company, number: str) -> list[str]:
    return [party.name for party in at.store.parties.find("number", number)]


def test_parties_are_found_by_number_as_settings_and_places_have_it() -> None:
    at = company()
    at.instance.add_party(PartyKind.CONSUMER, "Dan", mobile_phone="650 253 0000")
    assert with_number(at, "+16502530000") == ["Dan"]
    at.instance.change_setting("default_territory", "none")
    assert with_number(at, "+16502530000") == []
    assert with_number(at, ANAS) == ["Ana"]
    at.instance.change_location(at.germany, territory="AT")
    assert with_number(at, ANAS) == []
    at.instance.change_party(at.ana, mobile_phone="+49 151 23456789")
    assert with_number(at, ANAS) == ["Ana"]


def test_a_number_that_cannot_be_converted_is_nobodys() -> None:
    at = company()
    at.instance.change_party(at.ana, mobile_phone="my number", home_phone="030 1234567")
    assert list(at.store.numbers_of(at.store.parties[at.ana])) == ["+49301234567"]
