"""What the company and its conversations look like in the tables."""

from __future__ import annotations

import pytest

from smslab.simulator.http.table_api.mapping import TABLES, sys_id_of
from smslab.simulator.states import PartyKind
from tests.simulator.company import ANAS, COMPANY
from tests.simulator.http.table_api.serving import Served, consumer, serve

ANA = consumer("consumer-1")
BILL = sys_id_of("agent", "agent-1")


@pytest.fixture
def served() -> Served:
    return serve()


def test_what_a_conversation_leaves_in_the_tables(served: Served) -> None:
    served.company.begin("agent")
    served.company.send(body="Your parcel is here")

    interaction = served.one("interaction", "number=IMS0000001")
    assert interaction["consumer"] == ANA
    assert interaction["assigned_to"] == BILL
    assert interaction["x_smslab_requester_number"] == ANAS
    assert interaction["x_smslab_provider_number"] == COMPANY
    profile = served.one("sys_cs_channel_user_profile", f"channel_user_id={ANAS}")
    assert (profile["user_table"], profile["user_document"]) == ("csm_consumer", ANA)
    assert profile["active"] == "true"
    conversation = served.one(
        "sys_cs_conversation", f"x_smslab_interaction={interaction['sys_id']}"
    )
    assert interaction["channel_metadata_document"] == conversation["sys_id"]
    messages = served.rows("sys_cs_message", f"conversation={conversation['sys_id']}")
    assert [row["direction"] for row in messages] == ["inbound", "outbound"]
    assert messages[1]["payload"] == "Your parcel is here"
    assert messages[1]["is_agent"] == "true"
    members = served.rows("live_group_member", "group.document=" + interaction["sys_id"])
    assert {row["member"] for row in members} == {ANA, BILL}


def test_members_are_those_of_now(served: Served) -> None:
    served.company.begin("agent")
    before = {row["member"] for row in served.rows("live_group_member")}
    served.company.instance.assign("IMS0000001", served.company.cleo)

    after = {row["member"] for row in served.rows("live_group_member")}

    assert after - before == {sys_id_of("agent", "agent-2")}


def test_display_values_of_documents_are_names(served: Served) -> None:
    served.company.begin("agent")

    (profile,) = served.rows("sys_cs_channel_user_profile", sysparm_display_value="true")

    assert profile["user_document"] == "Ana"


def test_contacts_are_users_too(served: Served) -> None:
    contact = served.company.add(PartyKind.CONTACT, "Carla")
    sys_id = sys_id_of("contact", contact)

    assert served.one("sys_user", "name=Carla")["sys_class_name"] == "customer_contact"
    assert served.get(f"table/sys_user/{sys_id}").json()["result"]["name"] == "Carla"
    assert served.one("customer_contact", "name=Carla")["sys_id"] == sys_id


def test_when_and_by_whom_records_were_changed(served: Served) -> None:
    served.company.begin("virtual agent")
    before = served.one("interaction", "")
    served.company.instance.assign("IMS0000001", served.company.bill)

    after = served.one("interaction", "")

    assert (before["sys_created_by"], before["sys_mod_count"]) == (ANAS, "0")
    assert (after["sys_created_by"], after["sys_mod_count"]) == (ANAS, "1")
    assert after["sys_updated_by"] == "Bill"
    assert after["sys_updated_on"] == "2026-01-05 09:00:00"


def test_every_column_of_every_table_can_be_asked_for(served: Served) -> None:
    served.company.begin("agent")
    for name in [*TABLES, "live_group_member", "sys_phone_territory", "sys_attachment"]:
        for row in served.rows(name, sysparm_limit=2):
            for column in row:
                asked = served.rows(name, f"{column}ANYTHING^ORDERBY{column}", sysparm_limit=1)
                assert column in asked[0]
