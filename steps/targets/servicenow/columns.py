"""The tables of an instance that are read, and what is read of each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PROFILES = "sys_cs_channel_user_profile"
INTERACTIONS = "interaction"
MEMBERS = "live_group_member"
MESSAGES = "sys_cs_message"
WORK_ITEMS = "awa_work_item"

GROUP = "group.document"
"""The interaction of a member's live group profile."""

REQUESTER_NUMBER = "x_smslab_requester_number"
PROVIDER_NUMBER = "x_smslab_provider_number"
LINKED_USER = "x_smslab_linked_user"
ERROR_CODE = "x_smslab_error_code"

ADDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        INTERACTIONS: frozenset({REQUESTER_NUMBER, PROVIDER_NUMBER}),
        "customer_contact": frozenset({LINKED_USER}),
        MESSAGES: frozenset({ERROR_CODE}),
    }
)
"""The columns that a company adds, by table: no documented one says the same."""

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        PROFILES: ("channel_user_id", "active", "user_document"),
        INTERACTIONS: (
            *("type", "state", "state_reason", "opened_for", "consumer", "contact"),
            *("assigned_to", "virtual_agent", "channel_metadata_document"),
            *(REQUESTER_NUMBER, PROVIDER_NUMBER),
        ),
        MEMBERS: (GROUP, "member"),
        MESSAGES: (
            *("conversation", "direction", "status", "payload"),
            *("sender", "is_agent", "is_bot_message", ERROR_CODE),
        ),
        WORK_ITEMS: ("document_id", "state", "assigned_to"),
    }
)
"""What a run reads of the conversations of its scenarios, by table."""

PHONES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "csm_consumer": ("mobile_phone", "home_phone", "business_phone"),
        "customer_contact": ("mobile_phone", "home_phone", "phone"),
        "sys_user": ("mobile_phone", "home_phone", "phone"),
    }
)
"""Where people's numbers are, by table."""
