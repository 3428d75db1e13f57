"""The tables: indexes that always agree with the rows, and changes that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslab.simulator.clock import START
from smslab.simulator.records import (
    Agent,
    ChannelUserProfile,
    Interaction,
    LiveGroupProfile,
    Location,
    Message,
    Party,
    Provider,
    ProviderNumber,
    Record,
)
from smslab.simulator.states import (
    Direction,
    InteractionState,
    InteractionType,
    MessageState,
    PartyKind,
    ProfileState,
)
from smslab.simulator.store import Store, group_id
from smslab.simulator.table import Table
from tests.simulator.company import indexes, recomputed

NUMBERS = ("+4915123456789", "+4915123456780")
COMPANY = ("+4930901820", "+4989123456")

Step = Callable[[Store], object]
"""A change to the tables; one that finds nothing to change does nothing."""


def interaction(store: Store, **fields: object) -> Interaction:
    row = Interaction(
        store.new_id("IMS"), InteractionState.NEW, InteractionType.MESSAGING, START, channel="SMS"
    )
    return store.insert(replace(row, **fields))  # type: ignore[arg-type]


def profile(store: Store, number: str, party: str | None = None) -> ChannelUserProfile:
    return store.insert(
        ChannelUserProfile(store.new_id("profile"), ProfileState.ACTIVE, number, "SMS", party)
    )


lines = st.tuples(st.sampled_from(NUMBERS), st.sampled_from(COMPANY))
optional = st.sampled_from([None, "a", "b"])
which = st.integers(0, 9)


@st.composite
def inserts(draw: st.DrawFn) -> Step:
    number, from_number = draw(lines)
    name = draw(st.sampled_from(["a", "b"]))
    kind = draw(st.sampled_from(PartyKind))
    choices: list[Step] = [
        lambda store: interaction(
            store, requester_number=number, provider_number=from_number, assigned_to=name
        ),
        lambda store: profile(store, number, name),
        lambda store: profile(store, number),
        lambda store: store.insert(Agent(store.new_id("agent"), name)),
        lambda store: store.insert(Location(store.new_id("location"), name)),
        lambda store: store.insert(Party(store.new_id(kind.value), kind, name, number)),
        lambda store: store.insert(LiveGroupProfile(store.new_id("group"), "IMS1", (name,))),
        lambda store: store.insert(message(store, number, from_number, name)),
    ]
    return draw(st.sampled_from(choices))


def message(store: Store, number: str, from_number: str, provider_id: str) -> Message:
    return Message(
        store.new_id("message"),
        MessageState.RECEIVED,
        "IMS0000001",
        Direction.INBOUND,
        "guest",
        "Hello",
        START,
        number,
        from_number,
        provider_id=provider_id,
    )


def updates_of(table: str, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Step]:
    def step(position: int, changes: dict[str, object]) -> Step:
        def change(store: Store) -> None:
            rows: list[Record] = list(getattr(store, table))
            if rows:
                store.update(rows[position % len(rows)], "A-1", **changes)

        return change

    return st.builds(step, which, st.fixed_dictionaries({}, optional=fields))


updates = st.one_of(
    updates_of(
        "interactions",
        state=st.sampled_from(InteractionState),
        assigned_to=optional,
        requester_number=st.sampled_from(NUMBERS),
    ),
    updates_of("profiles", state=st.sampled_from(ProfileState), party=optional),
    updates_of("parties", name=st.sampled_from("ab"), mobile_phone=st.sampled_from(NUMBERS)),
    updates_of("messages", state=st.sampled_from(MessageState), error_code=optional),
    updates_of("agents", name=st.sampled_from("ab")),
)
steps = st.lists(inserts() | updates, max_size=25)


def populated() -> Store:
    """Rows that share their keys, so that every index has an order to get wrong."""
    store = Store()
    store.numbers_of = lambda party: party.phones
    for _ in range(2):
        interaction(store, requester_number=NUMBERS[0], provider_number=COMPANY[0], assigned_to="a")
        profile(store, NUMBERS[0], "a")
        store.insert(Party(store.new_id("user"), PartyKind.USER, "a", NUMBERS[0]))
        store.insert(Agent(store.new_id("agent"), "a"))
    return store


@given(before=steps, after=steps)
@settings(max_examples=120)
def test_undo_restores_rows_order_ids_indexes_and_log(
    before: list[Step], after: list[Step]
) -> None:
    store = populated()
    for step in before:
        step(store)
    mark, log = store.mark(), list(store.log)
    rows, found = store.snapshot(), indexes(store)
    order = [list(table) for table in rows.values()]
    for step in after:
        step(store)
    store.undo_to(mark)
    assert store.snapshot() == rows
    assert [list(table) for table in store.snapshot().values()] == order
    assert indexes(store) == found
    assert store.log == log
    assert store.mark() == mark


@given(steps)
@settings(max_examples=120)
def test_indexes_hold_what_the_rows_say_oldest_first(changes: list[Step]) -> None:
    store = populated()
    for step in changes:
        step(store)
    assert indexes(store) == recomputed(store)


@given(steps)
@settings(max_examples=100)
def test_the_log_leads_from_nothing_to_the_rows(changes: list[Step]) -> None:
    store = populated()
    for step in changes:
        step(store)
    replayed: dict[str, Record] = {}
    for change in store.log:
        assert replayed.get(change.new.id) == change.old
        assert change.new != change.old
        replayed[change.new.id] = change.new
    rows = {id: row for table in store.snapshot().values() for id, row in table.items()}
    assert replayed == rows


def test_a_change_builds_on_the_row_as_it_is_now() -> None:
    store = Store()
    stale = profile(store, NUMBERS[0])
    store.update(stale, party="consumer-1")
    changed = store.update(stale, "P-4", state=ProfileState.INACTIVE)
    assert (changed.party, changed.state) == ("consumer-1", ProfileState.INACTIVE)
    assert store.profiles[stale.id] == changed
    assert store.log[-1].old == replace(stale, party="consumer-1")


def test_a_change_that_changes_nothing_is_not_logged() -> None:
    store = Store()
    row = profile(store, NUMBERS[0], "consumer-1")
    length = len(store.log)
    assert store.update(row, party="consumer-1") == row
    assert len(store.log) == length


def test_ids_count_by_table_and_are_issued_again_after_an_undo() -> None:
    store = Store()
    assert [store.new_id("IMS"), store.new_id("IMS")] == ["IMS0000001", "IMS0000002"]
    assert store.new_id("consumer") == "consumer-1"
    mark = store.mark()
    store.new_id("IMS")
    store.undo_to(mark)
    assert store.new_id("IMS") == "IMS0000003"


@pytest.mark.parametrize(
    ("state", "by_default", "with_wrap_up"),
    [
        (InteractionState.NEW, True, True),
        (InteractionState.ON_HOLD, True, True),
        (InteractionState.WORK_IN_PROGRESS, True, True),
        (InteractionState.WRAP_UP, False, True),
        (InteractionState.CLOSED_COMPLETE, False, False),
        (InteractionState.CLOSED_ABANDONED, False, False),
        (InteractionState.FAULTED, False, False),
    ],
)
def test_which_interactions_are_conversations(
    state: InteractionState, by_default: bool, with_wrap_up: bool
) -> None:
    store = Store()
    line = (NUMBERS[0], COMPANY[0])
    interaction(store, state=state, requester_number=line[0], provider_number=line[1])
    interaction(store, state=InteractionState.NEW)
    assert bool(store.conversations_on(line)) is by_default
    assert bool(store.conversations_on(line, wrap_up=True)) is with_wrap_up
    assert not store.conversations_on((NUMBERS[1], COMPANY[0]), wrap_up=True)


def test_an_index_can_be_computed_anew() -> None:
    prefix = "+49"
    table: Table[Party] = Table("party", number=lambda row: (f"{prefix}{row.mobile_phone}",))
    party = Party("consumer-1", PartyKind.CONSUMER, "Ana", "151")
    table.put(party)
    prefix = "+43"
    table.reindex("number")
    assert table.find("number", "+43151") == [party]
    assert table.find("number", "+49151") == []
    assert len(table) == 1


def test_reading() -> None:
    store = Store()
    agent = store.insert(Agent(store.new_id("agent"), "Bill"))
    assert (store.agents.get("agent-1"), store.agents.get("agent-2")) == (agent, None)
    assert store.agents.get(None) is None
    assert store.live_group_of("IMS0000001") is None
    group = store.insert(LiveGroupProfile(group_id("IMS0000001"), "IMS0000001"))
    assert store.live_group_of("IMS0000001") == group


def test_what_is_worked_out_from_tables_follows_every_change_and_its_undoing() -> None:
    store = Store()
    first = store.insert(Provider("provider-1", "One", "SMS"))
    other = store.insert(Provider("provider-2", "Two", "Other"))
    store.insert(ProviderNumber("n-1", COMPANY[0], first.id))
    assert (store.numbers_on("SMS"), store.numbers_on("Other")) == (COMPANY[:1], ())
    store.insert(ProviderNumber("n-2", COMPANY[1], other.id))
    before = store.mark()
    store.update(other, channel="SMS")
    assert (store.numbers_on("SMS"), store.numbers_on("Other")) == (COMPANY, ())
    store.undo_to(before)
    assert (store.numbers_on("SMS"), store.numbers_on("Other")) == (COMPANY[:1], COMPANY[1:])
    store.undo_to((3, {}))
    assert (store.numbers_on("SMS"), store.numbers_on("Other")) == (COMPANY[:1], ())
