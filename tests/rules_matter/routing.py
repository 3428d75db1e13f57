"""The rules of routing and of an interaction's states, each broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest

from smslab.simulator import deadlines, interactions, sending
from smslab.simulator.core import Core
from smslab.simulator.records import Agent, Interaction, WorkItem
from smslab.simulator.routing import offers, roster, router, work_items, workload, wrap_up_timer
from smslab.simulator.routing.assignment_rules import ASSIGNMENT_RULES, Candidate
from smslab.simulator.states import InteractionState, Presence
from smslab.simulator.store import Store
from tests.rules_matter.breaking import Break


def _nothing(*args: object, **named: object) -> None:
    return None


def _presence_is(*receiving: Presence) -> Break:
    return lambda patch: patch.setattr(
        workload, "receives_work", lambda agent: agent.presence in receiving
    )


def _room(change: Callable[[Store, Agent, float, bool], float]) -> Break:
    """Another answer to how much room an agent has."""
    known = workload.room

    def changed(store: Store, agent: Agent, channel: str | None, with_offers: bool) -> float:
        return change(store, agent, known(store, agent, channel, with_offers), with_offers)

    return lambda patch: patch.setattr(workload, "room", changed)


def _of_one_limit(name: str) -> Break:
    """One of the two limits is not looked at."""
    known = workload.room

    def changed(store: Store, agent: Agent, channel: str | None, with_offers: bool) -> float:
        return known(store, replace(agent, **{name: None}), channel, with_offers)  # type: ignore[arg-type]

    return lambda patch: patch.setattr(workload, "room", changed)


def _without_wrap_up(store: Store, agent: Agent, room: float, with_offers: bool) -> float:
    open_ones = store.interactions.find("agent", agent.id)
    return room + sum(row.state is InteractionState.WRAP_UP for row in open_ones)


def _rank_by(rule: str, key: Callable[[Candidate], tuple[float, ...]]) -> Break:
    rules = MappingProxyType({**ASSIGNMENT_RULES, rule: key})
    return lambda patch: patch.setattr(roster, "ASSIGNMENT_RULES", rules)


def _nobody_is_excluded(patch: pytest.MonkeyPatch) -> None:
    pass_on = offers.pass_on

    def changed(core: Core, item: WorkItem, agent: str, asks_again: bool) -> None:
        pass_on(core, item, agent, asks_again=True)

    patch.setattr(offers, "pass_on", changed)


def _the_last_asked_may_be_first(patch: pytest.MonkeyPatch) -> None:
    update = Store.update

    def changed(store: Store, record: object, rule: str | None = None, **new: object) -> object:
        new.pop("last_asked", None)
        return update(store, record, rule, **new)  # type: ignore[type-var]

    patch.setattr(Store, "update", changed)


def _any_agent_may_accept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        offers,
        "offered_to",
        lambda core, interaction, agent: work_items.open_items(core, interaction.id)[0],
    )


def _accepting_assigns_nobody(patch: pytest.MonkeyPatch) -> None:
    def changed(core: Core, interaction: Interaction, agent: str, rule: str) -> None:
        interactions.join_live_group(core, interaction.id, agent, rule)

    patch.setattr(interactions, "assign", changed)


def _waits_as_new(patch: pytest.MonkeyPatch) -> None:
    known = interactions.put_in_queue

    def changed(core: Core, interaction: Interaction, rule: str) -> None:
        known(core, interaction, rule)
        core.store.update(interaction, rule, state=InteractionState.NEW)

    patch.setattr(interactions, "put_in_queue", changed)


def _begins_as_on_hold(patch: pytest.MonkeyPatch) -> None:
    known = interactions.open_sms_interaction

    def changed(*args: object) -> Interaction:
        made: Interaction = known(*args)  # type: ignore[arg-type]
        core = args[0]
        assert isinstance(core, Core)
        return core.store.update(made, "S-1", state=InteractionState.ON_HOLD)

    patch.setattr(interactions, "open_sms_interaction", changed)


BREAKS: dict[str, list[Break]] = {
    "S-1": [_accepting_assigns_nobody, _waits_as_new, _begins_as_on_hold],
    "S-2": [
        lambda patch: patch.setattr(interactions, "_needs_wrap_up", lambda *args: False),
        lambda patch: patch.setattr(interactions, "_needs_wrap_up", lambda *args: True),
        lambda patch: patch.setattr(interactions, "end_wrap_up", _nothing),
        lambda patch: patch.setattr(wrap_up_timer.WrapUpTimer, "react", _nothing),
        lambda patch: patch.setattr(deadlines.Deadlines, "clear", _nothing),
    ],
    "S-3": [_room(_without_wrap_up)],
    "W-1": [
        _presence_is(*Presence),
        _presence_is(Presence.AVAILABLE, Presence.AWAY),
        _presence_is(Presence.AVAILABLE, Presence.OFFLINE),
        _presence_is(),
    ],
    "W-2": [
        _room(lambda store, agent, room, with_offers: room + 1),
        _of_one_limit("capacity"),
        _of_one_limit("sms_capacity"),
        lambda patch: patch.setattr(router.Router, "_first_for", lambda self, agent: iter(())),
        lambda patch: patch.setattr(work_items, "is_overtaken", lambda core, item: False),
        lambda patch: patch.setattr(work_items, "open_items", lambda core, interaction: []),
    ],
    "W-3": [
        _rank_by("last_assigned", lambda agent: (-agent.last_work, agent.introduced)),
        _rank_by("last_assigned", lambda agent: (agent.introduced,)),
        _rank_by("most_capacity", ASSIGNMENT_RULES["last_assigned"]),
        _rank_by("most_capacity", lambda agent: (agent.room, agent.introduced)),
        lambda patch: patch.setattr(roster.Roster, "worked", _nothing),
    ],
    "W-4": [
        _nobody_is_excluded,
        _the_last_asked_may_be_first,
        _any_agent_may_accept,
        lambda patch: patch.setattr(offers, "is_reassignable", lambda core, name: True),
        lambda patch: patch.setattr(offers, "is_reassignable", lambda core, name: False),
        lambda patch: patch.setattr(offers, "time_out", _nothing),
        lambda patch: patch.setattr(deadlines.Deadlines, "clear", _nothing),
        lambda patch: patch.setattr(interactions, "leave_live_group", _nothing),
    ],
    "W-6": [
        lambda patch: patch.setattr(sending, "_refuse_beyond_capacity", _nothing),
        _room(lambda store, agent, room, with_offers: room if with_offers else room + 1),
        _room(lambda store, agent, room, with_offers: room if with_offers else 0),
    ],
}
