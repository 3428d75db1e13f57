"""Writes to simulated records: by the rules, or dropped, or refused, as documented."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from smslab.simulator.http.table_api.mapping import sys_id_of
from smslab.simulator.states import InteractionType, PartyKind
from tests.simulator.company import ANAS, company, whole_state
from tests.simulator.http.table_api.serving import Served, consumer, refused, serve

ANA, BEN = consumer("consumer-1"), consumer("consumer-2")
BILL, CLEO = sys_id_of("agent", "agent-1"), sys_id_of("agent", "agent-2")
GERMANY = sys_id_of("location", "location-1")
CONVERSATION = sys_id_of("interaction", "IMS0000001")


@pytest.fixture
def served() -> Served:
    return serve()


# People and places


def test_a_consumer_is_inserted_and_changed(served: Served) -> None:
    row = served.insert(
        "csm_consumer",
        name="Dora",
        mobile_phone="0151 11111111",
        location=GERMANY,
        unknown="dropped",
        sys_id="0" * 32,
        sys_created_by="somebody",
        x_smslab_id="consumer-9",
    )
    party = served.company.store.parties["consumer-3"]

    assert (party.name, party.mobile_phone) == ("Dora", "0151 11111111")
    assert party.location == served.company.germany
    assert row["sys_id"] == consumer("consumer-3")
    assert row["sys_created_by"] == "administrator"
    changed = served.change("csm_consumer", row["sys_id"], mobile_phone="", business_phone="030 1")
    assert changed.status_code == 200
    assert changed.json()["result"]["mobile_phone"] == ""
    assert served.company.store.parties["consumer-3"].mobile_phone is None


def test_an_answer_may_be_sent_back_as_it_came(served: Served) -> None:
    before = whole_state(served.company.instance)
    row = served.get(f"table/csm_consumer/{ANA}").json()["result"]

    answer = served.http.put(f"/api/now/table/csm_consumer/{ANA}", json=row)

    assert answer.json()["result"] == row
    assert whole_state(served.company.instance) == before


def test_a_new_record_says_where_it_is(served: Served) -> None:
    answer = served.http.post("/api/now/v2/table/csm_consumer", json={"name": "Dora"})

    assert answer.status_code == 201
    assert served.http.get(answer.headers["Location"]).json() == answer.json()


def test_the_body_of_an_answer_can_be_left_out(served: Served) -> None:
    header = {"X-no-response-body": "true"}
    made = served.http.post("/api/now/table/csm_consumer", json={"name": "Dora"}, headers=header)
    changed = served.http.patch(made.headers["Location"], json={"name": "Eva"}, headers=header)

    assert (made.status_code, made.content) == (201, b"")
    assert (changed.status_code, changed.content) == (200, b"")
    assert served.company.store.parties["consumer-3"].name == "Eva"


def test_of_several_records_the_first_is_inserted(served: Served) -> None:
    served.http.post("/api/now/table/csm_consumer", json=[{"name": "Dora"}, {"name": "Eva"}])

    assert [row["name"] for row in served.rows("csm_consumer")] == ["Ana", "Ben", "Dora"]


def test_users_contacts_and_agents(served: Served) -> None:
    served.insert("sys_user", name="Uma", phone="030 1", location=GERMANY)
    served.insert(
        "customer_contact", name="Carla", x_smslab_linked_user=sys_id_of("user", "user-1")
    )
    agent = served.insert("sys_user", name="Dan", roles="agent_workspace_user, itil")

    parties = served.company.store.parties
    assert parties["user-1"].kind is PartyKind.USER
    assert parties["user-1"].business_phone == "030 1"
    assert parties["contact-1"].linked_user == "user-1"
    dan = served.company.store.agents["agent-3"]
    assert dan.roles == ("agent_workspace_user", "itil")
    assert agent["user_name"] == "dan"


def test_presence_and_capacity_of_an_agent(served: Served) -> None:
    answer = served.change(
        "sys_user",
        BILL,
        x_smslab_presence="available",
        x_smslab_sms_capacity=3,
        x_smslab_capacity="5",
        name="Not Bill",
    )
    bill = served.company.store.agents["agent-1"]

    assert answer.json()["result"]["x_smslab_presence"] == "available"
    assert (bill.presence.value, bill.sms_capacity, bill.capacity) == ("Available", 3, 5)
    assert bill.name == "Bill"


def test_an_agent_is_changed_as_a_whole_or_not_at_all(served: Served) -> None:
    before = whole_state(served.company.instance)

    answer = served.change(
        "sys_user", BILL, x_smslab_presence="available", x_smslab_sms_capacity="-1"
    )

    refused(answer, 403, "A capacity is 0 or more")
    assert whole_state(served.company.instance) == before


def test_places_and_their_territories(served: Served) -> None:
    germany, france = sys_id_of("territory", "DE"), sys_id_of("territory", "FR")
    europe = served.insert("cmn_location", name="Europe", phone_territory=france)
    berlin = served.insert("cmn_location", name="Berlin", parent=GERMANY)

    assert berlin["full_name"] == "Germany/Berlin"
    assert europe["phone_territory"] == france
    served.change("cmn_location", berlin["sys_id"], parent=europe["sys_id"])
    assert served.company.instance.territory_of("location-3") == "FR"
    served.change("cmn_location", berlin["sys_id"], phone_territory=germany)
    assert served.company.instance.territory_of("location-3") == "DE"


def test_display_values_are_taken_where_they_are_said_to_be_such(served: Served) -> None:
    answer = served.http.post(
        "/api/now/table/interaction?sysparm_input_display_value=true&sysparm_display_value=true",
        json={"type": "walk-in", "consumer": "Ana", "assigned_to": "Cleo"},
    )

    row = answer.json()["result"]
    assert (row["consumer"]["display_value"], row["assigned_to"]["display_value"]) == (
        "Ana",
        "Cleo",
    )
    assert served.company.store.interactions["IMS0000001"].type is InteractionType.WALK_IN


# Channels and numbers


def test_channels_providers_and_numbers(served: Served) -> None:
    channel = served.insert("sys_cs_channel", name="WhatsApp", type="messaging")
    provider = served.insert("sys_cs_provider", name="Meta", channel=channel["sys_id"])
    number = served.insert(
        "sys_cs_provider_application",
        inbound_id="+49 30 1111111",
        provider=provider["sys_id"],
        x_smslab_answered_by="queue",
    )
    served.change("sys_cs_channel", channel["sys_id"], x_smslab_order=5, x_smslab_active="false")
    served.change("sys_cs_provider", provider["sys_id"], x_smslab_outage=True)
    served.change("sys_cs_provider_application", number["sys_id"], x_smslab_segments_per_second=2)

    store = served.company.store
    assert (store.channels["channel-2"].order, store.channels["channel-2"].active) == (5, False)
    assert store.providers["provider-2"].outage
    kept = store.provider_numbers["provider-number-2"]
    assert (kept.number, kept.answered_by, kept.segments_per_second) == ("+49301111111", "queue", 2)
    served.change("sys_cs_provider", provider["sys_id"], x_smslab_outage="false")
    assert not store.providers["provider-2"].outage


# Profiles, and what nobody writes


def test_the_party_of_a_profile_is_never_edited(served: Served) -> None:
    served.company.begin("agent")
    profile = served.one("sys_cs_channel_user_profile", "")
    before = whole_state(served.company.instance)

    answer = served.change(
        "sys_cs_channel_user_profile",
        profile["sys_id"],
        user_document=BEN,
        user_table="csm_consumer",
        channel_user_id="+4915100000000",
        active="false",
    )

    assert answer.status_code == 200
    assert answer.json()["result"] == profile
    assert whole_state(served.company.instance) == before
    assert served.company.owner(ANAS) == "consumer-1"


@pytest.mark.parametrize(
    ("table", "operation"),
    [
        (table, operation)
        for table in (
            *("sys_cs_message", "sys_cs_conversation", "live_group_profile"),
            *("live_group_member", "sys_phone_territory"),
        )
        for operation in ("Insert", "Update", "Delete")
    ]
    + [
        ("sys_cs_channel_user_profile", "Insert"),
        ("sys_cs_channel_user_profile", "Delete"),
        ("awa_work_item", "Insert"),
        ("csm_consumer", "Delete"),
        ("interaction", "Delete"),
        ("sys_user", "Delete"),
    ],
)
def test_what_cannot_be_written_is_refused(served: Served, table: str, operation: str) -> None:
    served.company.begin("agent")
    before = whole_state(served.company.instance)
    sent: dict[str, Callable[[], httpx.Response]] = {
        "Insert": lambda: served.http.post(f"/api/now/table/{table}", json={"name": "x"}),
        "Update": lambda: served.change(table, first(), name="x"),
        "Delete": lambda: served.http.delete(f"/api/now/table/{table}/{first()}"),
    }

    def first() -> str:
        return str(served.rows(table, sysparm_limit=1)[0]["sys_id"])

    refused(sent[operation](), 403, f"ACL Exception {operation} Failed due to security constraints")
    assert whole_state(served.company.instance) == before


@pytest.mark.parametrize(
    ("table", "values", "status", "words"),
    [
        ("csm_consumer", {}, 403, "mandatory: Name"),
        ("csm_consumer", {"name": ""}, 403, "mandatory: Name"),
        ("csm_consumer", {"name": "x", "location": "nowhere"}, 400, "refers to no row"),
        ("csm_consumer", {"name": {"a": 1}}, 400, "takes a text"),
        ("csm_consumer", {"name": "x", "user": BILL}, 400, "There is no linked user"),
        ("cmn_location", {"name": "x", "phone_territory": "DE"}, 400, "refers to no row"),
        ("sys_cs_channel", {"name": "SMS"}, 403, "There is a channel 'SMS' already"),
        ("sys_cs_channel", {"name": "x", "type": "pigeon"}, 400, "is one of messaging, chat"),
        ("sys_cs_provider", {"name": "x"}, 403, "mandatory: Channel"),
        (
            "sys_cs_provider_application",
            {"inbound_id": "no number", "provider": sys_id_of("provider", "provider-1")},
            403,
            "'N-",
        ),
        ("interaction", {"type": "phone", "consumer": BILL}, 400, "refers to no row"),
        ("interaction", {"type": "phone", "opened_for": BILL}, 400, "a person who is no agent"),
        ("interaction", {}, 403, "mandatory: Type"),
    ],
)
def test_records_that_cannot_be_inserted(
    served: Served, table: str, values: dict[str, str], status: int, words: str
) -> None:
    before = whole_state(served.company.instance)

    refused(served.http.post(f"/api/now/table/{table}", json=values), status, words)

    assert whole_state(served.company.instance) == before


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b'"text"', "application/json", 400),
        (b"[[]]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"name": NaN}', "application/json", 400),
        (b'{"name": "\\ud800"}', "application/json", 400),
        (b"name=x", "application/x-www-form-urlencoded", 415),
        (b"<a/>", "text/html", 415),
    ],
)
def test_bodies_that_are_none(served: Served, body: bytes, kind: str, status: int) -> None:
    for method, path in (("POST", "table/csm_consumer"), ("PATCH", f"table/csm_consumer/{ANA}")):
        answer = served.http.request(
            method, f"/api/now/{path}", content=body, headers={"Content-Type": kind}
        )

        assert answer.status_code == status
        assert answer.json()["status"] == "failure"
    assert len(served.rows("csm_consumer")) == len(company().store.parties)
