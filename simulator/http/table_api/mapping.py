"""The one place that says which table and column of the real system is which record and field.

Read both ways: the served Table API shows records by it, and a target that reads a real
instance finds there what it mirrors.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from smslab.simulator.http.table_api.mapped import ColumnMap, TableMap, choice_value, sys_id_of
from smslab.simulator.http.table_api.mapping_channels import CHANNEL_TABLES
from smslab.simulator.http.table_api.mapping_messaging import CONVERSATION, MESSAGING
from smslab.simulator.http.table_api.mapping_people import (
    PEOPLE,
    kind_of,
    table_of_party,
    user_name,
)

__all__ = [
    "CONVERSATION",
    "RESERVED",
    "TABLES",
    "ColumnMap",
    "TableMap",
    "choice_value",
    "kind_of",
    "sys_id_of",
    "table_of_party",
    "user_name",
]

TABLES: Mapping[str, TableMap] = MappingProxyType(
    {table.name: table for table in (*PEOPLE, *CHANNEL_TABLES, *MESSAGING)}
)
"""The tables whose rows are records, by name.

Two more show no record of their own: ``live_group_member``, one row for each member of a live
group profile, and ``sys_phone_territory``, the territories that are known.
"""

RESERVED = frozenset({*TABLES, "live_group_member", "sys_phone_territory", "sys_attachment"})
"""The names that no plain table can have."""
