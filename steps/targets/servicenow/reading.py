"""Rows of a real instance as records: the tables of domain.md section 1, read back.

Which column is which field is said by :mod:`smslab.simulator.http.table_api.mapping`, from
which the names of columns and the values of choices come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from smslab.simulator.clock import VirtualClock
from smslab.simulator.http.table_api.mapping import choice_value
from smslab.simulator.profiles import GUEST
from smslab.simulator.records import (
    SMS,
    VIRTUAL_AGENT,
    ChannelUserProfile,
    Interaction,
    LiveGroupProfile,
    Message,
    WorkItem,
)
from smslab.simulator.states import (
    Direction,
    InteractionState,
    InteractionType,
    MessageState,
    ProfileState,
    StateReason,
    WorkItemState,
)
from smslab.simulator.store import group_id
from smslab.steps.targets.protocol import TargetFailed
from smslab.steps.targets.servicenow.columns import (
    ERROR_CODE,
    PROVIDER_NUMBER,
    REQUESTER_NUMBER,
)
from smslab.steps.targets.servicenow.numbers import Numbers
from smslab.steps.targets.servicenow.table_client import Row

E = TypeVar("E", bound=StrEnum)


class Reading:
    """Reads rows with the ids, numbers and time of one scenario.

    ``id_of`` gives the id of the record with a sys_id, None for one that the scenario does
    not know.
    """

    def __init__(
        self, numbers: Numbers, clock: VirtualClock, id_of: Callable[[str], str | None]
    ) -> None:
        self._numbers = numbers
        self._clock = clock
        self._id_of = id_of

    def profile(self, id: str, row: Row) -> ChannelUserProfile:
        """A channel user profile."""
        active = row["active"] == "true"
        return ChannelUserProfile(
            id,
            ProfileState.ACTIVE if active else ProfileState.INACTIVE,
            self._numbers.own(row["channel_user_id"]),
            SMS,
            self._reference(row, "user_document"),
            expired_on=None if active else self._clock.now,
        )

    def interaction(self, id: str, row: Row) -> Interaction:
        """An interaction, of whatever type."""
        type = _choice(InteractionType, row, "type")
        number = row[REQUESTER_NUMBER]
        provider_number = row[PROVIDER_NUMBER]
        return Interaction(
            id,
            _choice(InteractionState, row, "state"),
            type,
            self._clock.now,
            _choice(StateReason, row, "state_reason") if row["state_reason"] else None,
            SMS if type is InteractionType.MESSAGING else None,
            self._reference(row, "opened_for"),
            self._reference(row, "consumer"),
            self._reference(row, "contact"),
            self._reference(row, "assigned_to"),
            row["virtual_agent"] == "true",
            self._numbers.own(number) if number else None,
            self._numbers.own(provider_number) if provider_number else None,
        )

    def live_group(self, interaction: str, members: Iterable[Row]) -> LiveGroupProfile:
        """The people in a conversation, from its rows of members; a guest is one, too."""
        ids = (self._id_of(row["member"]) or row["member"] for row in members)
        return LiveGroupProfile(group_id(interaction), interaction, tuple(ids))

    def message(self, id: str, interaction: Interaction, row: Row) -> Message:
        """A message in a conversation."""
        return Message(
            id,
            _choice(MessageState, row, "status"),
            interaction.id,
            _choice(Direction, row, "direction"),
            self._author(row, interaction),
            self._numbers.in_words(row["payload"]),
            self._clock.now,
            interaction.requester_number or "",
            interaction.provider_number or "",
            error_code=row[ERROR_CODE] or None,
        )

    def work_item(self, id: str, interaction: str, row: Row) -> WorkItem:
        """An offer of an interaction."""
        state = _choice(WorkItemState, row, "state")
        return WorkItem(id, state, interaction, self._reference(row, "assigned_to"), channel=SMS)

    def _author(self, row: Row, interaction: Interaction) -> str:
        sender = row["sender"]
        if row["is_bot_message"] == "true":
            return VIRTUAL_AGENT
        known = self._id_of(sender)
        if known or row["is_agent"] == "true":
            return known or sender
        return interaction.party or GUEST

    def _reference(self, row: Row, column: str) -> str | None:
        """The id of the record that a row names. Raises TargetFailed for one of somebody else."""
        if not row[column]:
            return None
        found = self._id_of(row[column])
        if found is None:
            raise TargetFailed(
                f"The {column} of a row that belongs to the scenario ({row['sys_id']}) is a record "
                f"that the scenario did not make: {row[column]}. Is a test number somebody's?"
            )
        return found


def _choice(kind: type[E], row: Row, column: str) -> E:
    """The state that the value of a choice means. Raises TargetFailed for one unknown here."""
    values: dict[str, Any] = {choice_value(each): each for each in kind}
    value = choice_value(row[column])
    if value not in values:
        raise TargetFailed(
            f"The target has a row whose {column} is {row[column]!r}, which is none of the "
            f"documented values: {', '.join(values)}."
        )
    found: E = values[value]
    return found
