"""Tables whose rows are no records of their own: members of conversations, and territories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import phonenumbers

from smslab.simulator.http.table_api.columns import Column, ColumnType
from smslab.simulator.http.table_api.mapped import sys_id_of
from smslab.simulator.http.table_api.mapping_people import kind_of, table_of_party
from smslab.simulator.profiles import GUEST
from smslab.simulator.store import Store

Reader: TypeAlias = Callable[[Any], str]


class ComputedTable:
    """A table whose rows are made anew when what they depend on has changed."""

    def __init__(
        self,
        name: str,
        display: str,
        columns: Sequence[Column],
        made: Callable[[], Sequence[Any]],
        version: Callable[[], int],
    ) -> None:
        self.name = name
        self.display = display
        self.columns: Mapping[str, Column] = {column.name: column for column in columns}
        self._made = made
        self._version = version
        self._seen = -1
        self._rows: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self._now())

    def rows(self) -> Sequence[Any]:
        """Every row, oldest first."""
        return list(self._now().values())

    def row(self, sys_id: str) -> Any | None:
        """The row with this sys_id, or None."""
        return self._now().get(sys_id)

    def find(self, column: str, values: Sequence[str]) -> list[Any] | None:
        """The rows with one of these values; only sys_id has an index."""
        if column != "sys_id":
            return None
        wanted = set(values)
        return [row for sys_id, row in self._now().items() if sys_id in wanted]

    def _now(self) -> Mapping[str, Any]:
        version = self._version()
        if version != self._seen:
            read = self.columns["sys_id"].read
            self._rows = {read(row): row for row in self._made()}
            self._seen = version
        return self._rows


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a live group profile, by the ids of both."""

    group: str
    member: str


def live_group_members(store: Store) -> ComputedTable:
    """One row for each member of each live group profile."""

    def person(row: Member) -> str:
        if row.member == GUEST:
            return GUEST
        return sys_id_of(kind_of(store, row.member), row.member)

    def table_of(row: Member) -> str:
        return "" if row.member == GUEST else table_of_party(store, row.member) or "sys_user"

    def made() -> list[Member]:
        return [Member(group.id, one) for group in store.live_groups for one in group.members]

    columns = (
        Column(
            "group",
            "Group",
            ColumnType.REFERENCE,
            lambda row: sys_id_of("live group profile", row.group),
            reference="live_group_profile",
        ),
        Column("member", "Member", ColumnType.DOCUMENT, person, document_table=table_of),
        Column("x_smslab_member_table", "Table of the member", ColumnType.STRING, table_of),
        *_identity("live_group_member", lambda row: f"{row.group}:{row.member}"),
    )
    return ComputedTable("live_group_member", "member", columns, made, lambda: store.changes)


def phone_territories() -> ComputedTable:
    """The territories that numbers are converted with; they do not change."""
    columns = (
        Column("name", "Name", ColumnType.STRING, str),
        Column(
            "country_code",
            "Country code",
            ColumnType.STRING,
            lambda region: str(phonenumbers.country_code_for_region(region)),
        ),
        *_identity("territory", str),
    )
    rows = sorted(phonenumbers.SUPPORTED_REGIONS)
    return ComputedTable("sys_phone_territory", "name", columns, lambda: rows, lambda: 0)


def _identity(entity: str, id: Reader) -> tuple[Column, ...]:
    table = "sys_phone_territory" if entity == "territory" else entity
    return (
        Column("sys_id", "Sys ID", ColumnType.STRING, lambda row: sys_id_of(entity, id(row))),
        Column("sys_class_name", "Class", ColumnType.STRING, lambda row: table),
        Column("x_smslab_id", "Id in the journal", ColumnType.STRING, id),
    )
