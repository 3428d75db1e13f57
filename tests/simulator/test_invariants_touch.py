"""The invariants are checked on what a command touched, however much else there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from smslab.simulator.records import ChannelUserProfile
from smslab.simulator.states import InteractionState, ProfileState
from smslab.simulator.table import Table
from tests.simulator.company import ANAS, BENS, COMPANY, SECOND_COMPANY, Company, company


def talking() -> Company:
    """Bill talks with Ana."""
    at = company(numbers=(COMPANY, SECOND_COMPANY))
    at.send(sent_from=COMPANY)
    return at


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the rows that were read from tables, one by one."""
    seen: list[str] = []
    find, rows, get, item = Table.find, Table.__iter__, Table.get, Table.__getitem__

    def counted_find(table: Table[Any], index: str, key: Any) -> list[Any]:
        found = find(table, index, key)
        seen.extend(row.id for row in found)
        return found

    def counted_rows(table: Table[Any]) -> Iterator[Any]:
        for row in rows(table):
            seen.append(row.id)
            yield row

    def counted_get(table: Table[Any], id: str | None) -> Any:
        seen.append(str(id))
        return get(table, id)

    def counted_item(table: Table[Any], id: str) -> Any:
        seen.append(id)
        return item(table, id)

    monkeypatch.setattr(Table, "find", counted_find)
    monkeypatch.setattr(Table, "__iter__", counted_rows)
    monkeypatch.setattr(Table, "get", counted_get)
    monkeypatch.setattr(Table, "__getitem__", counted_item)
    return seen


def crowd(at: Company, size: int) -> None:
    """Conversations of others, and ended ones of Ana, as rows without their history."""
    ana = at.store.interactions["IMS0000001"]
    ended = replace(ana, state=InteractionState.CLOSED_COMPLETE)
    for position in range(size):
        at.store.interactions.put(
            replace(ana, id=f"other-{position}", requester_number=f"+49151{position:07}")
        )
        at.store.interactions.put(replace(ended, id=f"ended-{position}"))
        at.store.profiles.put(
            ChannelUserProfile(f"p-{position}", ProfileState.ACTIVE, f"+49151{position:07}", "SMS")
        )


@pytest.mark.parametrize(
    "command",
    [
        lambda at: at.send(at.cleo, sent_from=COMPANY),
        lambda at: at.send(at.cleo, at.ben, to=ANAS, sent_from=COMPANY),
        lambda at: at.text(BENS),
        lambda at: at.instance.assign("IMS0000001", at.cleo),
        lambda at: at.instance.close("IMS0000001"),
    ],
    ids=["inject", "reassign", "text", "assign", "close"],
)
def test_a_command_and_its_check_look_at_no_more_rows_in_a_crowd(
    looked_at: list[str], command: Callable[[Company], object]
) -> None:
    counts = []
    for size in (0, 1000):
        at = talking()
        crowd(at, size)
        looked_at.clear()
        command(at)
        counts.append(len(looked_at))
        assert not at.instance.breaches
    assert counts[0] == counts[1] > 0
