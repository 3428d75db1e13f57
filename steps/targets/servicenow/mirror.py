"""What the instance shows of one scenario, read back after every command.

Records get ids of their own, numbered as they come, and the time at which every scenario
begins: so the journal of a behaviour is the same on every instance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from smslab.simulator.core import Core
from smslab.simulator.records import Interaction, Message, WorkItem
from smslab.simulator.table import R, Table
from smslab.steps.targets.protocol import TargetFailed
from smslab.steps.targets.servicenow.columns import (
    COLUMNS,
    GROUP,
    INTERACTIONS,
    MEMBERS,
    MESSAGES,
    PROFILES,
    REQUESTER_NUMBER,
    WORK_ITEMS,
)
from smslab.steps.targets.servicenow.numbers import Numbers
from smslab.steps.targets.servicenow.reading import Reading
from smslab.steps.targets.servicenow.table_client import Row, TableClient, one_of


class Mirror:
    """The records of a scenario, in the store of ``core``, with their sys_ids."""

    def __init__(self, core: Core, tables: TableClient, numbers: Numbers) -> None:
        self._core = core
        self._tables = tables
        self._numbers = numbers
        self._ids: dict[str, str] = {}
        self._sys_ids: dict[str, str] = {}
        self._conversations: dict[str, str] = {}
        self._reading = Reading(numbers, core.clock, self._ids.get)

    def know(self, id: str, *names: str) -> None:
        """A record is the instance's row of these names, the sys_id first."""
        self._sys_ids[id] = names[0]
        self._ids.update(dict.fromkeys(names, id))

    def sys_id(self, id: str) -> str:
        """The sys_id of a record that the scenario knows."""
        return self._sys_ids[id]

    def id_of(self, sys_id: str) -> str | None:
        """The id of the record of a row, None for one that the scenario does not know."""
        return self._ids.get(sys_id)

    def opened(self, row: Row) -> None:
        """An interaction that was made there; within a command."""
        id = self._core.store.new_id(self._core.store.interactions.prefix)
        self.know(id, row["sys_id"])
        self._keep(self._core.store.interactions, self._interaction(id, row))

    def look(self) -> None:
        """Put what is new and what has changed into the store; to be done within a command."""
        store, numbers = self._core.store, self._numbers.requesters
        if numbers:
            query = one_of("channel_user_id", numbers)
            self._take(PROFILES, query, store.profiles, self._reading.profile)
        queries = [one_of(REQUESTER_NUMBER, numbers)] if numbers else []
        known = [self._sys_ids[row.id] for row in store.interactions]
        queries += [one_of("sys_id", known)] if known else []
        if queries:
            self._take(INTERACTIONS, "^OR".join(queries), store.interactions, self._interaction)
        if self._conversations:
            self._look_into_conversations()

    def check_lines(self) -> None:
        """Raise TargetFailed where numbers have profiles, but no interaction says its line."""
        store = self._core.store
        with_line = {row.requester_number for row in store.interactions}
        for profile in store.profiles:
            if profile.number not in with_line:
                raise TargetFailed(
                    "A text made a channel user profile, but no interaction has its number in "
                    f"{REQUESTER_NUMBER}: does the business rule work that fills it in?"
                )

    def _interaction(self, id: str, row: Row) -> Interaction:
        if conversation := row["channel_metadata_document"]:
            self._conversations[conversation] = id
        return self._reading.interaction(id, row)

    def _look_into_conversations(self) -> None:
        """The members, messages and work items of conversations."""
        store = self._core.store
        sys_ids = {self._sys_ids[id]: id for id in self._conversations.values()}
        groups: dict[str, list[Row]] = {}
        for row in self._tables.rows(MEMBERS, one_of(GROUP, sys_ids), COLUMNS[MEMBERS]):
            groups.setdefault(sys_ids[row[GROUP]], []).append(row)
        for id, members in groups.items():
            group = self._reading.live_group(id, members)
            self._keep(store.live_groups, group)
        said = one_of("conversation", self._conversations)
        self._take(MESSAGES, said, store.messages, self._message)
        self._take(WORK_ITEMS, one_of("document_id", sys_ids), store.work_items, self._work_item)

    def _message(self, id: str, row: Row) -> Message:
        interaction = self._core.store.interactions[self._conversations[row["conversation"]]]
        return self._reading.message(id, interaction, row)

    def _work_item(self, id: str, row: Row) -> WorkItem:
        return self._reading.work_item(id, self._ids[row["document_id"]], row)

    def _take(self, table: str, query: str, place: Table[R], read: Callable[[str, Row], R]) -> None:
        for row in self._tables.rows(table, query, COLUMNS[table]):
            id = self._ids.get(row["sys_id"])
            if id is None:
                id = self._core.store.new_id(place.prefix)
                self.know(id, row["sys_id"])
            self._keep(place, read(id, row))

    def _keep(self, place: Table[R], record: R) -> None:
        old = place.get(record.id)
        if old is None:
            self._core.store.insert(record)
        else:
            changes = {entry.name: getattr(record, entry.name) for entry in fields(record)}
            self._core.store.update(old, **changes)
