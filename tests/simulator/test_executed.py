"""A command that ran says what it changed: of one kind of record, of several, and of all."""

from __future__ import annotations

from smslab.simulator.executed import Executed
from smslab.simulator.records import Agent, LiveGroupProfile, Location, Provider
from smslab.simulator.store import Store


def done() -> tuple[Executed, list[str]]:
    """A command that touched agents, a location and a provider, and their ids in order."""
    store = Store()
    bill = store.insert(Agent("agent-1", "Bill"))
    store.insert(Location("location-1", "Berlin"))
    store.update(bill, name="William")
    store.insert(Provider("provider-1", "Twilio", "SMS"))
    executed = Executed("set up", "instance")
    executed.done(store.take_log())
    return executed, [change.new.id for change in executed.changes]


def test_changes_of_one_kind_are_in_their_order() -> None:
    executed, _ = done()
    assert [(c.old and c.old.name, c.new.name) for c in executed.of(Agent)] == [
        (None, "Bill"),
        ("Bill", "William"),
    ]
    assert [change.new.name for change in executed.of(Provider)] == ["Twilio"]
    assert not executed.of(LiveGroupProfile)


def test_changes_of_several_kinds_are_in_the_order_in_which_they_were_made() -> None:
    executed, ids = done()
    assert [c.new.id for c in executed.of_any(Location, Agent)] == ids[:3]
    assert [c.new.id for c in executed.of_any(Provider, Location, Agent)] == ids
    assert [c.new.id for c in executed.of_any(Provider, LiveGroupProfile)] == ids[3:]
    assert not executed.of_any(LiveGroupProfile)


def test_one_that_is_made_with_its_changes_knows_them_as_well() -> None:
    executed, ids = done()
    again = Executed("set up", "instance", changes=executed.changes)
    assert [change.new.id for change in again.of(Agent)] == [ids[0], ids[2]]
    assert again.touched == executed.touched
