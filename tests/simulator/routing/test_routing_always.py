"""What holds after any commands: nothing waits that could be offered, in its order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from smslab.simulator.errors import Refused
from smslab.simulator.invariants import check_all
from smslab.simulator.policy import Policy
from smslab.simulator.records import Agent, WorkItem
from smslab.simulator.routing import workload
from smslab.simulator.routing.reject_reasons import SHIPPED_REASONS
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import InteractionState, Presence, WorkItemState
from tests.simulator.company import COMPANY, Company, company, indexes, recomputed

NUMBERS = tuple(f"+491512345678{digit}" for digit in range(5))
AGENTS = ("agent-1", "agent-2", "agent-3")

Command = Callable[[Company], object]

agents = st.sampled_from(AGENTS)
numbers = st.sampled_from(NUMBERS)
limits = st.sampled_from([1, 1, 1, 2, 0, None])


def latest(office: Company, number: str) -> str:
    """The latest interaction of a number, or one that there is not."""
    rows = [row for row in office.store.interactions if row.requester_number == number]
    return rows[-1].id if rows else ""


def on_latest(
    command: Callable[..., Callable[[Company, str], object]], *drawn: st.SearchStrategy[str]
) -> st.SearchStrategy[Command]:
    """A command on the latest interaction of a number; none where it has none."""

    def made(number: str, *values: str) -> Command:
        def run(office: Company) -> object:
            interaction = latest(office, number)
            return command(*values)(office, interaction) if interaction else None

        return run

    return st.builds(made, numbers, *drawn)


def on_offer(
    command: Callable[[str], Callable[[Company, str, str], object]],
    drawn: st.SearchStrategy[str],
) -> st.SearchStrategy[Command]:
    """A command of the agent to whom one of the interactions is offered; none without."""

    def made(position: int, value: str) -> Command:
        def run(office: Company) -> object:
            items = [i for i in office.store.work_items if i.state is WorkItemState.PENDING_ACCEPT]
            if not items:
                return None
            item = items[position % len(items)]
            return command(value)(office, item.interaction, str(item.agent))

        return run

    return st.builds(made, st.integers(0, 9), drawn)


requester_texts: st.SearchStrategy[Command] = st.builds(
    lambda number: lambda o: o.begin("queue", number), numbers
)
commands: st.SearchStrategy[Command] = st.one_of(
    requester_texts,
    on_offer(lambda _: lambda o, id, agent: o.instance.accept(id, agent), st.just("")),
    on_offer(
        lambda reason: lambda o, id, agent: o.instance.reject(id, agent, reason),
        st.sampled_from(list(SHIPPED_REASONS)),
    ),
    on_offer(lambda to: lambda o, id, agent: o.instance.transfer(id, agent, to), agents),
    st.builds(
        lambda agent, presence: lambda o: o.instance.set_presence(agent, presence),
        agents,
        st.sampled_from(Presence),
    ),
    st.builds(
        lambda agent, limit: lambda o: o.instance.set_sms_capacity(agent, limit), agents, limits
    ),
    st.builds(lambda agent, limit: lambda o: o.instance.set_capacity(agent, limit), agents, limits),
    st.builds(
        lambda agent, number: (
            lambda o: o.instance.send(SendRequest(agent, "Hello", o.ana, send_to=number), True)
        ),
        agents,
        numbers,
    ),
    st.builds(
        lambda seconds: lambda o: o.instance.advance(timedelta(seconds=seconds)),
        st.sampled_from([1, 59, 60]),
    ),
    st.builds(
        lambda rule: lambda o: o.instance.change_setting("assignment_rule", rule),
        st.sampled_from(["last_assigned", "most_capacity"]),
    ),
    on_latest(lambda agent: lambda o, id: o.instance.accept(id, agent), agents),
    on_latest(
        lambda agent, reason: lambda o, id: o.instance.reject(id, agent, reason),
        agents,
        st.sampled_from(list(SHIPPED_REASONS)),
    ),
    on_latest(lambda a, b: lambda o, id: o.instance.transfer(id, a, b), agents, agents),
    on_latest(lambda agent: lambda o, id: o.instance.assign(id, agent), agents),
    on_latest(lambda agent: lambda o, id: o.instance.agent_ends(id, agent), agents),
    on_latest(lambda agent: lambda o, id: o.instance.end_wrap_up(id, agent), agents),
    on_latest(lambda: lambda o, id: o.instance.put_in_queue(id)),
    on_latest(lambda: lambda o, id: o.instance.close(id)),
)

policies = st.builds(
    lambda offers, asked, wrap_up: Policy(
        offers_take_capacity=offers, timed_out_agent_is_asked_again=asked, wrap_up=wrap_up
    ),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def queued(office: Company) -> list[WorkItem]:
    return [row for row in office.store.work_items if row.state is WorkItemState.QUEUED]


def can_take(office: Company, agent: Agent, item: WorkItem) -> bool:
    """Whether the item can be offered to the agent by W-1, W-2 and W-4."""
    room = workload.room(
        office.store, agent, item.channel, with_offers=office.instance.policy.offers_take_capacity
    )
    is_asked = item.wanted in (None, agent.id) and agent.id not in item.refused_by
    return agent.presence is Presence.AVAILABLE and room > 0 and is_asked


def check_nothing_waits_in_vain(office: Company) -> None:
    for item in queued(office):
        assert not [a.id for a in office.store.agents if can_take(office, a, item)], item


def check_offers_fit(office: Company, began: int) -> None:
    """Whoever was offered something had room for it."""
    with_offers = office.instance.policy.offers_take_capacity
    for event in office.instance.journal.events[began:]:
        if event.command == "route" and event.field == "agent":
            agent = office.store.agents[str(event.new)]
            channel = office.store.work_items[event.id].channel
            left = workload.room(office.store, agent, channel, with_offers=with_offers)
            assert left >= (0 if with_offers else 1)


def check_first_in_first_out(office: Company, before: list[WorkItem], began: int) -> None:
    """Nobody was offered something while an older item waited that they could have taken."""
    waiting = set(before) & set(queued(office))
    for event in office.instance.journal.events[began:]:
        if event.command != "route" or event.field != "agent":
            continue
        offered = office.store.work_items[event.id]
        for older in waiting:
            is_older = number_of(older) < number_of(offered)
            agent = str(event.new)
            could = older.wanted in (None, agent) and agent not in older.refused_by
            assert not (is_older and could and older.channel == offered.channel), (older, offered)


def number_of(item: WorkItem) -> int:
    return int(item.id.rpartition("-")[2])


def check_items_follow_interactions(office: Company) -> None:
    for row in office.store.interactions:
        found = office.store.work_items.find("open", row.id)
        assert len(found) <= 1
        if row.state is InteractionState.ON_HOLD:
            assert [item.is_transfer for item in found] == [False]
        elif found:
            assert found[0].is_transfer
            assert found[0].given_by == row.assigned_to


@settings(max_examples=200, deadline=None)
@given(
    policies,
    st.tuples(limits, limits, limits),
    st.lists(commands, min_size=10, max_size=30),
)
def test_after_every_command(
    policy: Policy, capacities: tuple[int | None, ...], steps: list[Command]
) -> None:
    office = company(policy, numbers=(COMPANY,))
    office.instance.add_agent("Dora")
    for number in NUMBERS:
        office.begin("queue", number)
    for agent, limit in zip(AGENTS, capacities, strict=True):
        office.instance.set_sms_capacity(agent, limit)
        office.instance.set_presence(agent, "Available")
    for step in steps:
        before, began = queued(office), len(office.instance.journal.events)
        with suppress(Refused):
            step(office)
        check_nothing_waits_in_vain(office)
        check_offers_fit(office, began)
        check_first_in_first_out(office, before, began)
        check_items_follow_interactions(office)
    assert office.instance.breaches == check_all(office.store) == []
    assert indexes(office.store) == recomputed(office.store)
