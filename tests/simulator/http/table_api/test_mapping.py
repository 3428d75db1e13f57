"""The mapping of tables and columns to records and fields: nothing is left out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import pytest

from smslab.simulator.http.table_api.columns import ColumnType
from smslab.simulator.http.table_api.mapping import TABLES, choice_value, sys_id_of
from smslab.simulator.http.table_api.simulated import simulated_tables
from smslab.simulator.records import (
    Agent,
    Channel,
    ChannelUserProfile,
    Interaction,
    LiveGroupProfile,
    Location,
    Message,
    Party,
    Provider,
    ProviderNumber,
    WorkItem,
)
from smslab.simulator.states import (
    InteractionState,
    InteractionType,
    MessageState,
    StateReason,
    WorkItemState,
)
from smslab.simulator.telling import entity_of
from tests.simulator.company import Company, company

RECORDS: dict[type[Any], tuple[str, ...]] = {
    Party: ("csm_consumer", "customer_contact"),
    Agent: ("sys_user",),
    Location: ("cmn_location",),
    Channel: ("sys_cs_channel",),
    Provider: ("sys_cs_provider",),
    ProviderNumber: ("sys_cs_provider_application",),
    ChannelUserProfile: ("sys_cs_channel_user_profile",),
    Interaction: ("interaction",),
    LiveGroupProfile: ("live_group_profile",),
    Message: ("sys_cs_message",),
    WorkItem: ("awa_work_item",),
}
ELSEWHERE = {
    (Party, "kind"): "the table",
    (Channel, "va_idle_timeout"): "timeout, in minutes",
    (Provider, "channel"): "channel, by name",
    (ChannelUserProfile, "channel"): "channel, by name",
    (ChannelUserProfile, "state"): "active",
    (LiveGroupProfile, "members"): "live_group_member",
}
"""Fields that no column holds by itself, and what says it instead."""


@pytest.fixture
def at() -> Company:
    made = company()
    made.begin("agent")
    made.send()
    made.text("+4915100000001")
    made.instance.put_in_queue("IMS0000002")
    return made


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_of_a_record_is_in_a_column(record: type[Any]) -> None:
    for table in RECORDS[record]:
        held = {column.field for column in TABLES[table].columns}
        for entry in fields(record):
            if entry.name != "id" and (record, entry.name) not in ELSEWHERE:
                assert entry.name in held, f"{record.__name__}.{entry.name} is not in {table}"


def test_every_record_is_a_row_once(at: Company) -> None:
    tables = simulated_tables(at.instance)
    shown = {
        (row["x_smslab_id"], row["sys_id"])
        for name in TABLES
        if name != "sys_cs_conversation"
        for row in rows_of(tables[name])
    }
    kept = {
        (record.id, sys_id_of(entity_of(record), record.id))
        for kind, names in RECORDS.items()
        for record in at.store.snapshot()[kind.ENTITY].values()
    }

    assert shown == kept
    assert len({sys_id for _, sys_id in shown}) == len(shown)


def rows_of(table: Any) -> list[dict[str, str]]:
    """Every row of a table, its values by column."""
    return [
        {name: column.read(row) for name, column in table.columns.items()} for row in table.rows()
    ]


def test_every_reference_leads_to_a_row(at: Company) -> None:
    tables = simulated_tables(at.instance)
    followed = set()
    for table in tables.values():
        for row in table.rows():
            for column in table.columns.values():
                value = column.read(row)
                name = column.document_table(row) if column.document_table else column.reference
                if value and name:
                    assert tables[name].row(value) is not None, (table.name, column.name)
                    followed.add((table.name, column.name))

    assert {
        ("interaction", "consumer"),
        ("interaction", "channel_metadata_document"),
        ("sys_cs_channel_user_profile", "user_document"),
        ("awa_work_item", "document_id"),
        ("live_group_member", "member"),
    } <= followed


def test_rows_are_found_by_their_sys_id_as_they_come(at: Company) -> None:
    messages = simulated_tables(at.instance)["sys_cs_message"]
    before = len(list(messages.rows()))
    for number in range(3):
        at.text(f"+491510000001{number}")
        rows = rows_of(messages)
        assert len(rows) == before + number + 1
        for row in rows:
            found = messages.row(row["sys_id"])
            assert found is not None
            assert messages.columns["x_smslab_id"].read(found) == row["x_smslab_id"]


def test_a_sys_id_is_the_same_in_every_release() -> None:
    assert sys_id_of("consumer", "consumer-1") == "bab8677ce84a541827f2c095f487162b"


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("interaction", "state", InteractionState),
        ("interaction", "state_reason", StateReason),
        ("interaction", "type", InteractionType),
        ("sys_cs_message", "status", MessageState),
        ("awa_work_item", "state", WorkItemState),
    ],
)
def test_choices_have_a_value_and_a_label_for_every_word(
    table: str, column: str, words: Iterable[str]
) -> None:
    (mapped,) = [each for each in TABLES[table].columns if each.column == column]

    assert mapped.type is ColumnType.CHOICE
    assert mapped.choices == {choice_value(word): word for word in words}
    assert len(mapped.choices) == len(set(words))


def test_columns_that_nothing_documents_say_so() -> None:
    for table in TABLES.values():
        for column in table.columns:
            assert column.documented != column.column.startswith("x_smslab_")
