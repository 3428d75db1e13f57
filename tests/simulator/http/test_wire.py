"""Commands and values travel as JSON and come back the same."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smslab.simulator.carriers.destinations import Condition
from smslab.simulator.errors import Refused
from smslab.simulator.extensions.ready_made import OpenedForFirst
from smslab.simulator.http.codec import Undecodable, decode, decoder
from smslab.simulator.http.encoding import encode
from smslab.simulator.http.exceptions import encode_exception, exception_of
from smslab.simulator.http.wire import COMMANDS
from smslab.simulator.instance import Instance
from smslab.simulator.journal import Value
from smslab.simulator.messaging_actions.messaging_action_records import ActionKind, MessagingEvent
from smslab.simulator.outcomes import SendOutcome
from smslab.simulator.records import Record
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import InteractionState, InteractionType, PartyKind, StateReason
from smslab.simulator.virtual_agents.topics import topic_step
from tests.simulator.company import ANAS, Company, company

REQUEST = SendRequest("agent-1", "Hello", "consumer-1", attachments=("a.png",))
ARGUMENTS: Mapping[str, tuple[Any, ...]] = {
    "accept": ("IMS0000001", "agent-1"),
    "actor": (None,),
    "add_agent": ("Bill", ("itil",)),
    "add_channel": ("SMS",),
    "add_location": ("Berlin", None, "DE"),
    "add_messaging_action": (
        "late",
        MessagingEvent.AGENT_MESSAGE,
        ActionKind.SET_STATE,
        timedelta(minutes=3),
    ),
    "add_party": (PartyKind.CONTACT, "Ana"),
    "add_provider": ("Twilio", "SMS"),
    "add_provider_number": ("+4930901820", "provider-1"),
    "add_reject_reason": ("Busy", True),
    "add_topic": ("Parcels", (topic_step("asks", "Which?"),), ("parcel",)),
    "advance": (timedelta(seconds=1.5),),
    "close": ("IMS0000001", StateReason.USER_ENDED),
    "decline": (REQUEST,),
    "deliver_in": (timedelta(1),),
    "import_parties": (PartyKind.USER, [{"name": "Ana", "mobile_phone": None}], False),
    "limit_throughput": (ANAS, 3),
    "open_interaction": (InteractionType.WALK_IN, ("consumer-1",), "agent-1"),
    "preview": (REQUEST,),
    "register_extension": (OpenedForFirst(), "first", 5),
    "send": (REQUEST, True),
    "send_at_once": ((REQUEST, REQUEST),),
    "set_agent_words": (("agent",),),
    "set_capacity": ("agent-1", None),
    "set_condition": (ANAS, Condition.BLOCKED),
    "set_sms_capacity": ("agent-1", 3),
    "set_idle_timeout": (timedelta(hours=1),),
}
"""Arguments of commands whose parameters are not all texts."""

FIELDS: Mapping[str, dict[str, Any]] = {
    "add_party": {"mobile_phone": "0151 23456789", "linked_user": None},
    "change_party": {"location": "location-1"},
    "configure_channel": {"attachment_types": ("image/",), "va_idle_timeout": timedelta(1)},
    "add_messaging_action": {"state": InteractionState.CLOSED_ABANDONED, "active": False},
}
"""Further named arguments."""


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_arguments_of_every_command_come_back(name: str) -> None:
    command = COMMANDS[name]
    required = [
        each
        for each in list(inspect.signature(command.function).parameters.values())[1:]
        if each.default is each.empty and each.kind is not each.VAR_KEYWORD
    ]
    words = ("one", "two", "three")[: len(required)]
    given_ = command.bound(*ARGUMENTS.get(name, words), **FIELDS.get(name, {}))
    found = command.decode(json.loads(json.dumps(command.encode(given_))))
    if name == "register_extension":
        assert type(found.pop("implementation")) is type(given_.pop("implementation"))
    assert found == given_
    assert all(type(found[key]) is type(value) for key, value in given_.items() if value)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_result_of_every_command_can_be_read(name: str) -> None:
    result = get_type_hints(COMMANDS[name].function)["return"]
    assert callable(decoder(result))


def test_every_public_command_of_the_instance_is_there() -> None:
    public = {
        name
        for name in dir(Instance)
        if not name.startswith("_") and callable(getattr(Instance, name))
    }
    assert set(COMMANDS) == public


def outcomes(at: Company) -> list[SendOutcome]:
    """One outcome of every kind that has an assessment."""
    instance = at.instance
    at.text()
    taken = at.request(at.cleo, at.ben, "0151 23456789")
    return [
        instance.preview(taken),
        instance.send(taken),
        instance.decline(taken),
        instance.send(taken, confirmed=True),
    ]


def test_outcomes_come_back_with_all_that_they_say() -> None:
    for outcome in outcomes(company()):
        data = json.loads(json.dumps(encode(outcome)))
        assert COMMANDS["send"].decode_result(data) == outcome


def test_a_refusal_comes_back_with_its_rule() -> None:
    at = company()
    refused = at.send(sent_from="nonsense")
    found = COMMANDS["send"].decode_result(json.loads(json.dumps(encode(refused))))
    assert refused.refusal is not None
    assert found.status == "refused"
    assert type(found.refusal) is Refused
    assert (found.refusal.rule, found.refusal.reason) == ("A-10", refused.refusal.reason)


def test_every_record_of_a_busy_company_comes_back() -> None:
    at = company()
    outcomes(at)
    at.instance.add_topic("Parcels", [topic_step("says", "Hello")], ["parcel"])
    at.instance.register_extension(OpenedForFirst(), "first", 5)
    for rows in at.store.snapshot().values():
        for row in rows.values():
            assert decode(Record, json.loads(json.dumps(encode(row)))) == row


def test_every_record_can_be_read() -> None:
    assert all(callable(decoder(kind)) for kind in get_args(Record))


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.text()))
def test_values_of_the_journal_come_back(value: Value) -> None:
    found = decode(Value, json.loads(json.dumps(encode(value))))
    assert found == value
    assert type(found) is type(value)


@given(st.timedeltas(timedelta(microseconds=1), timedelta(days=36_525)))
def test_durations_come_back_to_the_microsecond(value: timedelta) -> None:
    assert decode(timedelta, json.loads(json.dumps(encode(value)))) == value


@given(st.datetimes(timezones=st.just(UTC)))
def test_times_come_back(value: datetime) -> None:
    assert decode(datetime, json.loads(json.dumps(encode(value)))) == value


def test_durations_may_be_in_words() -> None:
    assert decode(timedelta, "1 hour 30 minutes") == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("send", [], "arguments: expected an object, not []"),
        ("send", {}, "arguments.request: is missing"),
        ("send", {"requst": {}}, "arguments.requst: there is no such key; did you mean 'request'?"),
        ("send", {"request": {"agent": 1, "body": ""}}, "arguments.request.agent: expected a text"),
        ("send", {"request": {"agent": "a"}}, "arguments.request.body: is missing"),
        ("add_party", {"kind": "consumr", "name": "A"}, "arguments.kind: expected one of 'consume"),
        ("add_party", {"kind": "user", "name": "A", "id": "x"}, "arguments.id: there is no such"),
        ("advance", {"duration": "soon"}, "arguments.duration: expected a number of seconds, or"),
        ("advance", {"duration": float("1e300")}, "arguments.duration: expected a number of"),
        ("import_parties", {"kind": "user", "rows": [{}]}, "arguments.rows[0].name: is missing"),
        ("import_parties", {"kind": "user", "rows": {}}, "arguments.rows: expected an array"),
        ("add_agent", {"name": "B", "roles": "itil"}, "arguments.roles: expected an array"),
        ("register_extension", {"implementation": {}}, "arguments.implementation: no ready-made"),
        ("set_capacity", {"agent": "a", "limit": True}, "arguments.limit: expected a whole number"),
    ],
)
def test_arguments_that_cannot_be_say_where_and_what_would(
    name: str, data: object, said: str
) -> None:
    with pytest.raises(Undecodable) as raised:
        COMMANDS[name].decode(data)
    assert str(raised.value).startswith(said)


@pytest.mark.parametrize(
    "text", ["2026-01-05", "2026-01-05T09:00:00", "0001-01-01T00:00:00+14:00", "soon", 5, None]
)
def test_times_without_a_zone_are_none(text: object) -> None:
    with pytest.raises(Undecodable, match="at: expected a time"):
        decode(datetime, text, "at")


@pytest.mark.parametrize("data", [{"class": {}}, {"class": []}, {"class": "Partty"}, {}, [], 5])
def test_what_is_none_of_several_types_is_said(data: object) -> None:
    with pytest.raises(Undecodable, match="at: expected"):
        decode(str | None, data, "at")
    with pytest.raises(Undecodable, match="at: expected one of the classes Location, Party"):
        decode(Record, data, "at")


def test_errors_come_back_as_what_they_were() -> None:
    at = company()
    for act in (
        lambda: at.instance.assign("IMS1", at.bill),
        lambda: at.instance.change_setting("nothing", "x"),
        lambda: at.instance.change_setting("guest_profile", "x"),
        lambda: at.instance.advance(timedelta(0)),
        lambda: at.instance.fail_messages_to("+4915123456789", "1"),
        lambda: at.instance.add_location("A", territory="XX"),
        lambda: at.instance.limit_throughput("+4930901820", 0),
        lambda: at.instance.add_topic("", []),
    ):
        with pytest.raises((Refused, LookupError, ValueError)) as raised:
            act()
        found = exception_of(json.loads(json.dumps(encode_exception(raised.value))))
        assert type(found) is type(raised.value)
        assert str(found) == str(raised.value)
