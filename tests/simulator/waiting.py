"""A company where conversations wait for agents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smslab.simulator.errors import Refused
from smslab.simulator.records import WorkItem
from tests.simulator.company import ANAS, Company, whole_state


def item_of(office: Company, interaction: str) -> WorkItem:
    return office.store.work_items.find("interaction", interaction)[-1]


def offered_to_bill(office: Company, number: str = ANAS) -> str:
    """The id of a conversation that is offered to Bill, the only one who is available."""
    office.instance.set_presence(office.bill, "Available")
    interaction = office.begin("queue", number).id
    assert item_of(office, interaction).agent == office.bill
    return interaction


def refused(office: Company, command: Callable[[], object]) -> Refused:
    """The refusal of a command, which has changed nothing."""
    before = whole_state(office.instance)
    with pytest.raises(Refused) as caught:
        command()
    assert whole_state(office.instance) == before
    return caught.value
