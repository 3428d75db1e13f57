"""The agents who can be offered work now, in the order of the assignment rule (W-1 to W-3)."""

from __future__ import annotations

from collections.abc import Callable

from smslab.simulator.core import Core
from smslab.simulator.records import SMS, Agent
from smslab.simulator.routing import workload
from smslab.simulator.routing.assignment_rules import ASSIGNMENT_RULES, Candidate
from smslab.simulator.routing.ranking import Ranking

CHANNELS = (SMS, None)
"""What capacity distinguishes: SMS, and interactions that are on no channel."""


class Roster:
    """Keeps the order as agents change; asking it never looks at agents who cannot be asked.

    ``last_work`` numbers the assignments, by agent.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._assignments = 0
        self.last_work: dict[str, int] = {}
        self._introduced: dict[str, int] = {}
        self._free: dict[str | None, Ranking[tuple[float, ...]]] = {}
        self.rank_anew()

    def rank_anew(self) -> None:
        """Rank every agent, after the policy has changed."""
        self._free = {channel: Ranking() for channel in CHANNELS}
        for agent in self._core.store.agents:
            self.update(agent.id)

    def worked(self, agent: str) -> None:
        """The agent was assigned, or offered, an interaction."""
        self._assignments += 1
        self.last_work[agent] = self._assignments

    def update(self, agent: str) -> None:
        """Rank an agent whose presence, capacity or work has changed."""
        record = self._core.store.agents[agent]
        introduced = self._introduced.setdefault(agent, len(self._introduced))
        rule = ASSIGNMENT_RULES[self._core.policy.assignment_rule]
        is_there = workload.receives_work(record)
        for channel, free in self._free.items():
            if is_there and (room := self._room(record, channel)) > 0:
                free.place(agent, rule(Candidate(room, self.last_work.get(agent, 0), introduced)))
            else:
                free.remove(agent)

    def _room(self, agent: Agent, channel: str | None) -> float:
        with_offers = self._core.policy.offers_take_capacity
        return workload.room(self._core.store, agent, channel, with_offers)

    def is_free(self, agent: str, channel: str | None) -> bool:
        """Whether the agent can be offered an interaction of the channel."""
        return agent in self._free[channel]

    def first(self, channel: str | None, fits: Callable[[str], bool]) -> str | None:
        """The agent who is to be asked first, of those who can be and who fit."""
        return self._free[channel].first(fits)
