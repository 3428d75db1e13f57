"""The official client PySNC against the served tables, as against a real instance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pysnc import ServiceNowClient  # type: ignore[import-untyped]
from pysnc.exceptions import (  # type: ignore[import-untyped]
    NotFoundException,
    RequestException,
    RoleException,
)

from tests.simulator.http.table_api.serving import Served, consumer, serve_tables


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return serve_tables(tmp_path)


@pytest.fixture
def client(served: Served) -> ServiceNowClient:
    return served.pysnc()


def incidents(client: ServiceNowClient, *names: str) -> list[str]:
    """New incidents with these descriptions; their sys_ids."""
    made = []
    for name in names:
        record = client.GlideRecord("incident")
        record.initialize()
        record.short_description = name
        made.append(str(record.insert()))
    return made


def names(record: Any) -> list[str]:
    return [str(each.get_value("short_description")) for each in record]


def test_a_record_is_got_by_sys_id_and_by_a_field(client: ServiceNowClient) -> None:
    record = client.GlideRecord("csm_consumer")

    assert record.get(consumer("consumer-1"))
    assert record.name == "Ana"
    assert record.get_display_value("location") == "Germany"
    assert client.GlideRecord("csm_consumer").get("name", "Ben")
    assert not client.GlideRecord("csm_consumer").get("0" * 32)
    assert not client.GlideRecord("csm_consumer").get("name", "Nobody")


def test_a_query_is_paged(client: ServiceNowClient) -> None:
    incidents(client, *(f"No. {number}" for number in range(7)))
    record = client.GlideRecord("incident", batch_size=3)
    record.add_query("short_description", "STARTSWITH", "No.")
    record.order_by_desc("short_description")

    record.query()

    assert len(record) == 7
    assert names(record) == [f"No. {number}" for number in (6, 5, 4, 3, 2, 1, 0)]


def test_a_query_is_limited(client: ServiceNowClient) -> None:
    incidents(client, *"abcdef")
    record = client.GlideRecord("incident", batch_size=2)
    record.limit = 4
    record.order_by("short_description")

    record.query()

    assert names(record) == list("abcd")


def test_the_conditions_of_the_client(client: ServiceNowClient) -> None:
    incidents(client, "a", "b", "c")
    record = client.GlideRecord("incident")
    condition = record.add_query("short_description", "a")
    condition.add_or_condition("short_description", "IN", "b,x")
    record.add_active_query()
    record.add_null_query("assignment_group")
    record.add_not_null_query("number")
    record.add_query("state", "!=", "7")
    record.add_encoded_query("priority=3^NQshort_description=c")
    record.query()

    assert sorted(names(record)) == ["a", "b", "c"]
    other = client.GlideRecord("incident")
    other.add_encoded_query("short_descriptionNOT LIKEb")
    other.query()
    assert sorted(names(other)) == ["a", "c"]


def test_a_dot_walk(client: ServiceNowClient, served: Served) -> None:
    served.company.begin("agent")
    record = client.GlideRecord("interaction")
    record.fields = ["number", "assigned_to", "assigned_to.name", "consumer.location.name"]
    record.add_query("assigned_to.name", "Bill")
    record.query()

    assert record.next()
    assert record.get_value("assigned_to.name") == "Bill"
    assert record.assigned_to.name == "Bill"
    assert record.get_display_value("assigned_to") == "Bill"
    assert record.get_value("consumer.location.name") == "Germany"


def test_queries_about_related_rows(client: ServiceNowClient, served: Served) -> None:
    served.company.begin("agent")
    busy = client.GlideRecord("sys_user")
    busy.add_rl_query("interaction", "assigned_to", ">=1")
    busy.query()
    assert [str(each.name) for each in busy] == ["Bill"]

    joined = client.GlideRecord("sys_user")
    condition = joined.add_join_query("interaction", join_table_field="assigned_to")
    condition.add_query("state", "work_in_progress")
    joined.query()
    assert [str(each.name) for each in joined] == ["Bill"]


def test_a_record_is_inserted_updated_and_deleted(client: ServiceNowClient) -> None:
    (sys_id,) = incidents(client, "first")
    record = client.GlideRecord("incident")
    record.get(sys_id)
    assert record.number == "INC0010001"
    assert record.get_display_value("state") == "New"
    record.state = "2"
    record.short_description = "second"

    assert record.update() == sys_id
    assert record.get_display_value("state") == "In Progress"
    again = client.GlideRecord("incident")
    again.get(sys_id)
    assert again.short_description == "second"
    assert again.delete()
    assert not client.GlideRecord("incident").get(sys_id)


def test_a_record_with_a_sys_id_of_its_own(client: ServiceNowClient) -> None:
    record = client.GlideRecord("incident")
    record.initialize()
    record.set_new_guid_value("d" * 32)
    record.short_description = "x"

    assert record.insert() == "d" * 32


def test_many_are_updated_and_deleted_in_batches(client: ServiceNowClient) -> None:
    incidents(client, "a", "b", "c")
    record = client.GlideRecord("incident")
    record.query()
    for each in record:
        each.state = "7"
    assert record.update_multiple()
    closed = client.GlideRecord("incident")
    closed.add_query("state", "7")
    closed.query()
    assert len(closed) == 3

    assert closed.delete_multiple()

    left = client.GlideRecord("incident")
    left.query()
    assert len(left) == 0


def test_a_query_too_long_for_an_address_goes_by_batch(client: ServiceNowClient) -> None:
    made = incidents(client, "a", "b")
    record = client.GlideRecord("incident")
    others = ",".join(f"{number:032x}" for number in range(400))
    record.add_query("sys_id", "IN", f"{others},{','.join(made)}")

    record.query()

    assert sorted(names(record)) == ["a", "b"]


def test_attachments(client: ServiceNowClient, tmp_path: Path) -> None:
    (sys_id,) = incidents(client, "x")
    record = client.GlideRecord("incident")
    record.get(sys_id)

    location = record.add_attachment("notes.txt", b"one\ntwo", "text/plain")

    attachment = client.Attachment("incident")
    assert attachment.get(location.rpartition("/")[2])
    attachments = record.get_attachments()
    assert len(attachments) == 1
    for each in attachments:
        assert each.file_name == "notes.txt"
        assert each.readlines() == ["one", "two"]
        assert each.write_to(tmp_path).read_bytes() == b"one\ntwo"
        each.delete()
    assert len(record.get_attachments()) == 0


def test_what_the_rules_forbid_raises_in_the_client(
    client: ServiceNowClient, served: Served
) -> None:
    served.company.begin("agent")
    served.company.instance.close("IMS0000001")
    record = client.GlideRecord("interaction")
    record.get("number", "IMS0000001")
    record.state = "work_in_progress"

    with pytest.raises(RoleException, match="S-4"):
        record.update()
    with pytest.raises(RoleException, match="ACL Exception Delete"):
        record.delete()
    with pytest.raises(RequestException, match="Invalid table"):
        client.GlideRecord("no_such_table").query()
    with pytest.raises(NotFoundException):
        client.table_api.delete(_absent(client))


def _absent(client: ServiceNowClient) -> Any:
    record = client.GlideRecord("incident")
    record.initialize()
    record.set_new_guid_value("0" * 32)
    return record


def test_rows_as_a_table_for_pandas(client: ServiceNowClient) -> None:
    incidents(client, "a")
    record = client.GlideRecord("incident")
    record.fields = "number,state"
    record.query()

    assert dict(record.to_pandas()) == {
        "sys_id": [str(record.get_value("sys_id"))],
        "number": ["INC0010001"],
        "state__value": ["1"],
        "state__display": ["New"],
    }
