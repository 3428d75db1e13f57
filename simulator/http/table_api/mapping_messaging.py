"""Interactions, conversations, messages and work items."""

from __future__ import annotations

from smslab.simulator.http.table_api.columns import ColumnType
from smslab.simulator.http.table_api.mapped import (
    ColumnMap,
    Source,
    TableMap,
    choice,
    derived,
    flag,
    moment,
    refers,
    text,
    whole,
)
from smslab.simulator.records import VIRTUAL_AGENT, Interaction, Message, WorkItem
from smslab.simulator.states import (
    Direction,
    InteractionState,
    InteractionType,
    MessageState,
    StateReason,
    WorkItemState,
)
from smslab.simulator.store import Store

CONVERSATION = "conversation"
"""The entity of a conversation: that of an SMS interaction, with the interaction's id."""


def has_line(row: Interaction) -> bool:
    """Whether an interaction is an SMS conversation."""
    return row.line is not None


INTERACTIONS = TableMap(
    "interaction",
    "Interaction",
    "number",
    (
        text("number", "Number", "id"),
        choice("type", "Type", InteractionType),
        choice("state", "State", InteractionState),
        choice("state_reason", "State reason", StateReason),
        text("channel", "Channel"),
        refers("opened_for", "Opened for", "sys_user", "user"),
        refers("contact", "Contact", "customer_contact", "contact"),
        refers("consumer", "Consumer", "csm_consumer", "consumer"),
        refers("assigned_to", "Assigned to", "sys_user", "agent"),
        moment("opened_at", "Opened", "opened_on"),
        flag("virtual_agent", "Virtual agent", "with_virtual_agent"),
        derived(
            "channel_metadata_table",
            "Channel metadata table",
            lambda store, row: "sys_cs_conversation" if has_line(row) else None,
        ),
        ColumnMap(
            "channel_metadata_document",
            "Channel metadata document",
            ColumnType.DOCUMENT,
            derived=lambda store, row: row.id if has_line(row) else None,
            entity=CONVERSATION,
            table_column="channel_metadata_table",
        ),
        text("x_smslab_requester_number", "Requester's number"),
        text("x_smslab_provider_number", "Provider number"),
        flag("x_smslab_system_wrap_up", "Wrap Up ended by the timer"),
    ),
    (Source(lambda store: store.interactions, "interaction"),),
    {"number": lambda store, number: _known(store.interactions.get(number))},
)


def _known(row: Interaction | None) -> list[Interaction]:
    return [] if row is None else [row]


LIVE_GROUPS = TableMap(
    "live_group_profile",
    "Live Group Profile",
    "name",
    (
        text("name", "Name", "interaction"),
        derived("table", "Table", lambda store, row: "interaction"),
        ColumnMap(
            "document",
            "Document",
            ColumnType.DOCUMENT,
            "interaction",
            entity="interaction",
            table_column="table",
        ),
    ),
    (Source(lambda store: store.live_groups, "live group profile"),),
    {},
)

CONVERSATIONS = TableMap(
    "sys_cs_conversation",
    "Conversation",
    "title",
    (
        text("title", "Conversation title", "id"),
        ColumnMap(
            "state",
            "Conversation state",
            ColumnType.CHOICE,
            derived=lambda store, row: "active" if row.state.is_active else "closed",
            choices={"active": "Active", "closed": "Closed"},
        ),
        derived("device_type", "Device type", lambda store, row: "sms"),
        ColumnMap(
            "x_smslab_interaction",
            "Interaction",
            ColumnType.REFERENCE,
            "id",
            reference="interaction",
            entity="interaction",
        ),
    ),
    (Source(lambda store: store.interactions, CONVERSATION, has_line),),
    {},
)


def _is_agent(store: Store, row: Message) -> bool:
    return row.author in store.agents.by_id


MESSAGES = TableMap(
    "sys_cs_message",
    "Conversation Message",
    "payload",
    (
        ColumnMap(
            "conversation",
            "Conversation",
            ColumnType.REFERENCE,
            "interaction",
            reference="sys_cs_conversation",
            entity=CONVERSATION,
        ),
        choice("direction", "Direction", Direction),
        text("sender", "Sender", "author"),
        derived("is_agent", "Agent", _is_agent, ColumnType.BOOLEAN),
        derived(
            "is_bot_message",
            "Bot message",
            lambda store, row: row.author == VIRTUAL_AGENT,
            ColumnType.BOOLEAN,
        ),
        text("payload", "Payload", "body"),
        moment("send_time", "Send time", "at"),
        choice("status", "Status", MessageState, "state"),
        text("x_smslab_requester_number", "Requester's number"),
        text("x_smslab_provider_number", "Provider number"),
        text("x_smslab_attachments", "Attachments"),
        text("x_smslab_provider_id", "Provider's id"),
        text("x_smslab_error_code", "Provider's error code"),
        whole("x_smslab_segments", "Segments"),
    ),
    (Source(lambda store: store.messages, "message"),),
    {
        "x_smslab_provider_id": lambda store, id: store.messages.find("provider_id", id),
        "conversation": lambda store, id: store.messages.find("interaction", id),
    },
)


def _document(column: str, label: str, table: str) -> ColumnMap:
    return ColumnMap(
        column,
        label,
        ColumnType.DOCUMENT,
        "interaction",
        entity="interaction",
        table_column=table,
    )


WORK_ITEMS = TableMap(
    "awa_work_item",
    "Work item",
    "x_smslab_id",
    (
        choice("state", "State", WorkItemState),
        derived("document_table", "Document table", lambda store, row: "interaction"),
        _document("document_id", "Document ID", "document_table"),
        refers("assigned_to", "Assigned to", "sys_user", "agent", "agent"),
        text("x_smslab_refused_by", "Refused by"),
        refers("x_smslab_wanted", "Transferred to", "sys_user", "agent", "wanted"),
        refers("x_smslab_given_by", "Transferred by", "sys_user", "agent", "given_by"),
        refers("x_smslab_last_asked", "Asked last", "sys_user", "agent", "last_asked"),
        text("x_smslab_channel", "Channel"),
    ),
    (Source(lambda store: store.work_items, WorkItem.ENTITY),),
    {},
)

MESSAGING = (INTERACTIONS, LIVE_GROUPS, CONVERSATIONS, MESSAGES, WORK_ITEMS)
