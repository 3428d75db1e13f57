"""Routing: after each command, whatever can be offered to somebody is offered (W-1 to W-4).

The router follows what commands change. It looks only at the work items and agents that
changed: all others were matched as far as possible before. So a command costs the same
with a long queue and many agents as without.
"""

from __future__ import annotations

from collections.abc import Iterator

from smslab.simulator.commands import INSTANCE
from smslab.simulator.core import Core
from smslab.simulator.deadlines import Deadlines
from smslab.simulator.executed import Executed
from smslab.simulator.records import Agent, Interaction, Record, WorkItem
from smslab.simulator.routing import offers, work_items
from smslab.simulator.routing.ranking import Ranking
from smslab.simulator.routing.roster import CHANNELS, Roster
from smslab.simulator.states import WorkItemState
from smslab.simulator.store import Change

_Queue = Ranking[tuple[float, ...]]


class Router:
    """Offers queued work items, cancels overtaken ones and times offers out.

    First in, first out: of several items that can be offered, the one that was queued first
    is; an item that nobody can take holds no other up, and one that comes back has its old
    place.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._policy = core.policy
        self._roster = Roster(core)
        self._queues: dict[tuple[str | None, str | None], _Queue] = {}
        self._places: dict[str, int] = {}
        self._entered = 0
        self._deadlines = Deadlines(core.clock.kernel, self._time_out)
        self._overtaken: dict[str, str | None] = {}
        self._changed_items: dict[str, None] = {}
        self._changed_agents: dict[str, None] = {}
        self._is_routing = False

    def react(self, executed: Executed) -> None:
        """Follow a command; the commands that this causes are followed on the way."""
        for change in executed.of_any(Agent, Interaction, WorkItem):
            self._follow(change)
        if self._policy is not self._core.policy:
            self._policy = self._core.policy
            self._roster.rank_anew()
            self._changed_agents.update((agent.id, None) for agent in self._core.store.agents)
        if self._is_routing:
            return
        self._is_routing = True
        try:
            while self._cancel_overtaken() or self._offer_next():
                pass
        finally:
            self._is_routing = False

    # Following what changes

    def _follow(self, change: Change[Record]) -> None:
        old, new = change.old, change.new
        if isinstance(new, Agent):
            self._agent_changed(new.id)
        elif isinstance(new, Interaction):
            before = old.assigned_to if isinstance(old, Interaction) else None
            if new.assigned_to is not None and new.assigned_to != before:
                self._roster.worked(new.assigned_to)
            self._agents_changed(before, new.assigned_to)
            for item in work_items.open_items(self._core, new.id):
                self._check(item, change.rule)
        elif isinstance(new, WorkItem):
            before = old.agent if isinstance(old, WorkItem) else None
            self._item_changed(new.id, change.rule)
            self._agents_changed(before, new.agent)

    def _agents_changed(self, *agents: str | None) -> None:
        for agent in agents:
            if agent is not None:
                self._agent_changed(agent)

    def _agent_changed(self, agent: str) -> None:
        self._roster.update(agent)
        self._changed_agents[agent] = None

    def _item_changed(self, id: str, rule: str | None) -> None:
        item = self._core.store.work_items[id]
        queue = self._queues.setdefault((item.channel, item.wanted), Ranking())
        self._changed_items.pop(id, None)
        self._deadlines.clear(id)
        if item.state is WorkItemState.QUEUED:
            if id not in self._places:
                self._entered += 1
                self._places[id] = self._entered
            queue.place(id, (self._places[id],))
            self._changed_items[id] = None
        else:
            queue.remove(id)
        if item.state is WorkItemState.PENDING_ACCEPT:
            self._deadlines.set(id, self._core.policy.offer_timeout)
            if item.agent is not None and self._core.policy.offers_count_as_work:
                self._roster.worked(item.agent)
        if item.is_open:
            self._check(item, rule)
        else:
            self._places.pop(id, None)

    def _check(self, item: WorkItem, rule: str | None) -> None:
        if work_items.is_overtaken(self._core, item):
            self._overtaken.setdefault(item.id, rule)

    # Canceling, timing out

    def _cancel_overtaken(self) -> bool:
        if not self._overtaken:
            return False
        id, rule = self._overtaken.popitem()
        item = self._core.store.work_items[id]
        if item.is_open and work_items.is_overtaken(self._core, item):
            with self._core.command("cancel work item", INSTANCE):
                work_items.cancel(self._core, item, rule)
        return True

    def _time_out(self, id: str) -> None:
        item = self._core.store.work_items[id]
        if item.agent is not None:
            with self._core.command("offer times out", INSTANCE):
                offers.time_out(self._core, item, self._core.store.agents[item.agent])

    # Offering

    def _offer_next(self) -> bool:
        found = min(self._matches(), default=None)
        if found is None:
            self._changed_items.clear()
            self._changed_agents.clear()
            return False
        _, id, agent = found
        item = self._core.store.work_items[id]
        with self._core.command("route", INSTANCE):
            offers.offer(self._core, item, agent, "W-1" if item.is_transfer else "W-3")
        return True

    def _matches(self) -> Iterator[tuple[int, str, str]]:
        """What could be offered, as (place in the queue, work item, agent to ask)."""
        waiting = dict.fromkeys(self._changed_items)
        for agent in self._changed_agents if self._places else ():
            waiting.update((id, None) for id in self._first_for(agent))
        for id in waiting:
            agent_to_ask = self._agent_for(self._core.store.work_items[id])
            if agent_to_ask is not None:
                yield self._places[id], id, agent_to_ask

    def _first_for(self, agent: str) -> Iterator[str]:
        """The first items that an agent can take: of the queue, and of what is meant for them."""
        for channel in CHANNELS:
            if not self._roster.is_free(agent, channel):
                continue
            for wanted in (None, agent):
                queue = self._queues.get((channel, wanted))
                id = queue.first(lambda id: not self._refused(id, agent)) if queue else None
                if id is not None:
                    yield id

    def _refused(self, id: str, agent: str) -> bool:
        return agent in self._core.store.work_items[id].refused_by

    def _agent_for(self, item: WorkItem) -> str | None:
        if item.wanted is not None:
            return item.wanted if self._roster.is_free(item.wanted, item.channel) else None
        excluded = {*item.refused_by, item.last_asked}
        other = self._roster.first(item.channel, lambda agent: agent not in excluded)
        again = item.last_asked
        if other or again is None or again in item.refused_by:
            return other
        return again if self._roster.is_free(again, item.channel) else None
