"""Whatever is asked of an instance, in whatever order: the invariants hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from smslab.simulator import invariants
from smslab.simulator.errors import Refused
from smslab.simulator.outcomes import SendOutcome
from smslab.simulator.policy import SETTINGS, Policy
from smslab.simulator.records import Interaction
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import InteractionType, PartyKind, StateReason
from tests.simulator.company import (
    ANAS,
    BENS,
    COMPANY,
    SECOND_COMPANY,
    STRANGERS,
    Company,
    company,
    indexes,
    recomputed,
    recorded_in,
    told_by,
    whole_state,
)

T = TypeVar("T")

RACE = "sends_are_serialised"
BREAKING = {"decline_changes_nothing": "I-8", "one_owner_per_number": "I-2", RACE: "I-1"}
"""Settings that break an invariant by what they say."""

SWITCHED = [
    (setting.name, value)
    for setting in SETTINGS.values()
    if setting.name not in BREAKING
    for value in (setting.values if len(setting.values) < 5 else ("US", "DE", "none"))
]
UNCHANGING = {"refused", "warned", "declined", "previewed", "undone"}

which = st.integers(0, 99)
phones = st.sampled_from([ANAS, BENS, STRANGERS, "0151 23456789", "0151 23456780"])
entries = st.sampled_from([None, None, ANAS, BENS, STRANGERS, STRANGERS, "0151 23456789", "Ana"])
senders = st.sampled_from([*[COMPANY] * 4, SECOND_COMPANY, SECOND_COMPANY, None, "Parcels"])
reasons = st.sampled_from(StateReason)


def one_of(rows: Sequence[T], position: int) -> T:
    return rows[position % len(rows)]


class Anything(RuleBasedStateMachine):
    """Commands of every kind on one instance with few people and few numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.at: Company = company()

    @initialize(changes=st.lists(st.sampled_from(SWITCHED), max_size=4))
    def begin(self, changes: list[tuple[str, str]]) -> None:
        policy = Policy()
        for name, value in changes:
            policy = policy.changed(name, value)
        self.at = company(policy, (COMPANY, SECOND_COMPANY))
        contact = self.at.add(PartyKind.CONTACT, "Cem", "0151 23456789")
        user = self.at.add(PartyKind.USER, "Uma", "0151 23456781")
        self.at.instance.change_party(contact, linked_user=user)

    # What can be chosen from

    def agent(self, position: int) -> str:
        return one_of([self.at.bill, self.at.cleo], position)

    def party(self, position: int) -> str:
        return one_of([party.id for party in self.at.store.parties], position)

    def interaction(self, position: int) -> Interaction:
        return one_of(list(self.at.store.interactions), position)

    def request(self, agent: int, party: int, to: str | None, sent_from: str | None) -> SendRequest:
        return self.at.request(self.agent(agent), self.party(party), to, sent_from)

    def run(self, command: Callable[[SendRequest], SendOutcome], request: SendRequest) -> None:
        before = whole_state(self.at.instance)
        outcome = command(request)
        if outcome.status in UNCHANGING:
            assert whole_state(self.at.instance) == before

    def unless_refused(self, command: Callable[[], object]) -> None:
        before = whole_state(self.at.instance)
        try:
            command()
        except Refused:
            assert whole_state(self.at.instance) == before

    # Agents

    @rule(agent=which, party=which, to=entries, sent_from=senders, confirmed=st.booleans())
    def send(
        self, agent: int, party: int, to: str | None, sent_from: str | None, confirmed: bool
    ) -> None:
        request = self.request(agent, party, to, sent_from)
        self.run(lambda request: self.at.instance.send(request, confirmed), request)

    @rule(agent=which, party=which, to=phones)
    def send_where_it_collides(self, agent: int, party: int, to: str) -> None:
        request = self.request(agent, party, to, COMPANY)
        self.run(lambda request: self.at.instance.send(request, confirmed=True), request)

    @precondition(lambda self: len(self.at.store.interactions) > 0)
    @rule(agent=which, interaction=which, to=entries, confirmed=st.booleans())
    def reply(self, agent: int, interaction: int, to: str | None, confirmed: bool) -> None:
        calls = [i.id for i in self.at.store.interactions if i.type is InteractionType.PHONE]
        on_form = one_of(calls, interaction) if calls else self.interaction(interaction).id
        request = SendRequest(
            self.agent(agent), "Hello", interaction=on_form, send_to=to, send_from=COMPANY
        )
        self.run(lambda request: self.at.instance.send(request, confirmed), request)

    @rule(agent=which, party=which, to=entries, sent_from=senders)
    def preview(self, agent: int, party: int, to: str | None, sent_from: str | None) -> None:
        self.run(self.at.instance.preview, self.request(agent, party, to, sent_from))

    @rule(agent=which, party=which, to=entries, sent_from=senders)
    def decline(self, agent: int, party: int, to: str | None, sent_from: str | None) -> None:
        self.run(self.at.instance.decline, self.request(agent, party, to, sent_from))

    @rule(one=which, other=which, to=phones)
    def send_at_once(self, one: int, other: int, to: str) -> None:
        requests = [
            self.request(agent, party, to, COMPANY) for agent, party in enumerate((one, other))
        ]
        self.at.instance.send_at_once(requests)

    # Requesters

    @rule(number=st.sampled_from([ANAS, BENS, STRANGERS]), to=senders, id=which)
    def text(self, number: str, to: str | None, id: int) -> None:
        self.unless_refused(
            lambda: self.at.instance.requester_texts(number, to or COMPANY, "Hello", f"SM{id}")
        )

    @rule(number=st.sampled_from([ANAS, BENS, STRANGERS]))
    def text_where_it_collides(self, number: str) -> None:
        self.at.instance.requester_texts(number, COMPANY, "Hello")

    # Interactions

    @rule(type=st.sampled_from(["phone", "chat", "email"]), party=which, agent=st.none() | which)
    def open_interaction(self, type: str, party: int, agent: int | None) -> None:
        self.at.instance.open_interaction(
            InteractionType(type),
            [self.party(party)],
            None if agent is None else self.agent(agent),
        )

    @precondition(lambda self: len(self.at.store.interactions) > 0)
    @rule(interaction=which, agent=which)
    def assign(self, interaction: int, agent: int) -> None:
        id = self.interaction(interaction).id
        self.unless_refused(lambda: self.at.instance.assign(id, self.agent(agent)))

    @precondition(lambda self: len(self.at.store.interactions) > 0)
    @rule(interaction=which)
    def put_in_queue(self, interaction: int) -> None:
        id = self.interaction(interaction).id
        self.unless_refused(lambda: self.at.instance.put_in_queue(id))

    @precondition(lambda self: len(self.at.store.interactions) > 0)
    @rule(interaction=which)
    def wrap_up(self, interaction: int) -> None:
        id = self.interaction(interaction).id
        self.unless_refused(lambda: self.at.instance.wrap_up(id))

    @precondition(lambda self: len(self.at.store.interactions) > 0)
    @rule(interaction=which, reason=reasons)
    def close(self, interaction: int, reason: StateReason) -> None:
        id = self.interaction(interaction).id
        self.unless_refused(lambda: self.at.instance.close(id, reason))

    # Everything around

    @rule(party=which, mobile_phone=st.none() | phones, home_phone=st.none() | phones)
    def change_phones(self, party: int, mobile_phone: str | None, home_phone: str | None) -> None:
        self.at.instance.change_party(
            self.party(party), mobile_phone=mobile_phone, home_phone=home_phone
        )

    @rule(party=which, other=st.none() | which)
    def link(self, party: int, other: int | None) -> None:
        linked = None if other is None else self.party(other)
        self.at.instance.change_party(self.party(party), linked_user=linked)

    @rule(setting=st.sampled_from(SWITCHED))
    def change_setting(self, setting: tuple[str, str]) -> None:
        self.at.instance.change_setting(*setting)

    @rule(number=st.sampled_from([ANAS, BENS]))
    def refuse_messages(self, number: str) -> None:
        self.at.instance.refuse_messages_to(number, "30003")

    @rule(minutes=st.integers(1, 3000))
    def time_passes(self, minutes: int) -> None:
        self.at.instance.advance(timedelta(minutes=minutes))

    # What must hold

    @invariant()
    def no_invariant_is_broken(self) -> None:
        assert self.at.instance.breaches == []
        assert invariants.check_all(self.at.store) == []

    @invariant()
    def the_journal_tells_the_tables(self) -> None:
        assert told_by(self.at) == recorded_in(self.at.store)

    @invariant()
    def indexes_hold_what_the_rows_say(self) -> None:
        assert indexes(self.at.store) == recomputed(self.at.store)


class Racing(Anything):
    """The same, with sends that do not wait for each other."""

    @initialize(changes=st.just([(RACE, "false")]))
    def begin(self, changes: list[tuple[str, str]]) -> None:
        super().begin(changes)

    @invariant()
    def no_invariant_is_broken(self) -> None:
        assert [
            b.invariant for b in self.at.instance.breaches if b.invariant == BREAKING[RACE]
        ] == []


def test_the_invariants_hold() -> None:
    run_state_machine_as_test(Anything, settings=settings(max_examples=100, stateful_step_count=30))


def test_a_race_is_found() -> None:
    quickly = settings(
        max_examples=100, stateful_step_count=30, phases=[Phase.generate], database=None
    )
    with pytest.raises(AssertionError, match=BREAKING[RACE]):
        run_state_machine_as_test(Racing, settings=quickly)
