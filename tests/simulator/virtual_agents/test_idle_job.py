"""The idle job closes what is idle and nothing else, at the times of a plain model."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smslab.simulator.errors import UnknownRecord
from smslab.simulator.records import Interaction
from smslab.simulator.states import InteractionState, StateReason
from tests.simulator.company import ANAS, BENS, STRANGERS, Company, company, policy

MINUTE = timedelta(minutes=1)
NUMBERS = (ANAS, BENS, STRANGERS)
CLOSED_BY_THE_JOB = {StateReason.NO_ACTIVITY, StateReason.NO_USER_RESPONSE}


def pass_minutes(c: Company, minutes: int) -> None:
    c.instance.advance(minutes * MINUTE)


def now(c: Company, interaction: Interaction) -> Interaction:
    return c.store.interactions[interaction.id]


def test_the_job_is_a_command_of_the_instance() -> None:
    c = company()
    begun = c.text()
    pass_minutes(c, 120)
    events = [e for e in c.instance.journal.events if e.command == "idle job"]
    assert [(e.id, e.field, e.new, e.rule, e.actor) for e in events] == [
        (begun.id, "state", "Closed Abandoned", "T-4", "instance"),
        (begun.id, "state_reason", "No Activity", "T-4", "instance"),
    ]


def test_one_run_of_the_job_closes_all_that_is_idle() -> None:
    c = company()
    for number in NUMBERS:
        c.text(number)
    pass_minutes(c, 120)
    assert all(row.state is InteractionState.CLOSED_ABANDONED for row in c.store.interactions)
    times = {e.time for e in c.instance.journal.events if e.command == "idle job"}
    assert len(times) == 1


def test_without_conversations_the_job_does_not_run() -> None:
    c = company()
    c.text()
    pass_minutes(c, 120)
    assert c.instance.clock.kernel.pending() == 0
    c.text()
    assert c.instance.clock.kernel.pending() > 0


@pytest.mark.parametrize("timeout", [timedelta(0), -MINUTE, timedelta(days=40_000)])
def test_a_timeout_that_cannot_be_is_refused(timeout: timedelta) -> None:
    c = company()
    before = c.store.snapshot()
    with pytest.raises(ValueError, match="not a duration that can pass"):
        c.instance.set_idle_timeout(timeout)
    assert c.store.snapshot() == before


def test_a_timeout_of_a_channel_that_there_is_not() -> None:
    with pytest.raises(UnknownRecord):
        company().instance.set_idle_timeout(MINUTE, channel="Fax")


def test_a_channels_timeout_is_in_the_journal_in_words_and_can_be_taken_back() -> None:
    c = company()
    begun = c.text()
    c.instance.set_idle_timeout(6 * 60 * MINUTE)
    c.instance.set_idle_timeout(None)
    values = [e.new for e in c.instance.journal.events if e.field == "va_idle_timeout"]
    assert values == ["6 hours", None]
    pass_minutes(c, 120)
    assert now(c, begun).state is InteractionState.CLOSED_ABANDONED


def test_a_shorter_timeout_holds_at_the_next_hour() -> None:
    c = company()
    begun = c.text()
    pass_minutes(c, 50)
    c.instance.change_setting("va_idle_timeout", "30 minutes")
    pass_minutes(c, 9)
    assert now(c, begun).state is InteractionState.NEW
    pass_minutes(c, 1)
    assert now(c, begun).state is InteractionState.CLOSED_ABANDONED


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("text"), st.sampled_from(NUMBERS)),
        st.tuples(st.just("assign"), st.sampled_from(NUMBERS)),
        st.tuples(st.just("queue"), st.sampled_from(NUMBERS)),
        st.tuples(st.just("pass"), st.integers(1, 200)),
    ),
    max_size=25,
)


class Model:
    """What the rules say, computed minute by minute over all conversations."""

    def __init__(self, closes_agents: bool) -> None:
        self.minute = 0
        self.closes_agents = closes_agents
        self.since: dict[str, int] = {}
        self.holder: dict[str, str] = {}
        self.closed_at: dict[str, int] = {}

    def has(self, id: str, holder: str) -> None:
        if self.holder.get(id) != holder:
            self.holder[id] = holder
            self.since[id] = self.minute

    def run(self, minutes: int) -> None:
        closing = {"virtual agent", "agent"} if self.closes_agents else {"virtual agent"}
        for _ in range(minutes):
            self.minute += 1
            for id, holder in list(self.holder.items()):
                idle = self.minute - self.since[id] >= 120
                if self.minute % 60 == 0 and idle and holder in closing:
                    self.closed_at[id] = self.minute
                    del self.holder[id]


@given(STEPS, st.booleans())
def test_it_closes_what_a_plain_model_closes(steps: list[tuple[str, object]], agents: bool) -> None:
    c = company(policy(idle_job_closes_agent_conversations=str(agents).lower()))
    model = Model(agents)
    began = c.instance.clock.now
    for what, value in steps:
        if what == "pass":
            assert isinstance(value, int)
            pass_minutes(c, value)
            model.run(value)
            continue
        active = c.store.interactions.find("number", value)
        if what == "text":
            into = c.text(str(value))
            model.has(into.id, "virtual agent" if not active else model.holder[into.id])
            model.since[into.id] = model.minute
        elif active and what == "assign":
            c.instance.assign(active[-1].id, c.bill)
            model.has(active[-1].id, "agent")
        elif active:
            c.instance.put_in_queue(active[-1].id)
            model.has(active[-1].id, "queue")
    closed = {
        e.id: (e.time - began) // MINUTE
        for e in c.instance.journal.events
        if e.command == "idle job" and e.field == "state"
    }
    assert closed == model.closed_at
