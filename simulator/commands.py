"""What every group of commands has: the running parts, and records by their id."""

from __future__ import annotations

from smslab.simulator.clock import VirtualClock
from smslab.simulator.core import Core
from smslab.simulator.errors import UnknownRecord
from smslab.simulator.invariants import Breach
from smslab.simulator.journal import Journal
from smslab.simulator.policy import Policy
from smslab.simulator.records import Agent, Interaction, Party
from smslab.simulator.store import Store

INSTANCE = "instance"


class Commands:
    """The base of the groups of commands; ``core`` holds the running parts of the instance."""

    def __init__(self, core: Core) -> None:
        self.core = core

    @property
    def journal(self) -> Journal:
        """What has happened so far."""
        return self.core.journal

    @property
    def clock(self) -> VirtualClock:
        """The virtual clock; it moves by :meth:`Instance.advance` only."""
        return self.core.clock

    @property
    def policy(self) -> Policy:
        """The settings in force."""
        return self.core.policy

    @property
    def store(self) -> Store:
        """The tables, to read."""
        return self.core.store

    @property
    def seed(self) -> int:
        """The seed of everything that is drawn by chance."""
        return self.core.seed

    @property
    def breaches(self) -> list[Breach]:
        """The invariants found broken so far, oldest first."""
        return self.core.breaches

    def party(self, id: str) -> Party:
        """The party of this id. Raises UnknownRecord."""
        if (found := self.core.store.parties.get(id)) is None:
            raise UnknownRecord(f"There is no party {id!r}.")
        return found

    def agent(self, id: str) -> Agent:
        """The agent of this id. Raises UnknownRecord."""
        if (found := self.core.store.agents.get(id)) is None:
            raise UnknownRecord(f"There is no agent {id!r}.")
        return found

    def interaction(self, id: str) -> Interaction:
        """The interaction of this id. Raises UnknownRecord."""
        if (found := self.core.store.interactions.get(id)) is None:
            raise UnknownRecord(f"There is no interaction {id!r}.")
        return found

    def name_of_agent(self, id: str) -> str:
        """The name of an agent, who is the actor of their commands. Raises UnknownRecord."""
        return self.agent(id).name

    def actor(self, agent: str | None) -> str:
        """The name of an agent, or the instance where none acts. Raises UnknownRecord."""
        return INSTANCE if agent is None else self.name_of_agent(agent)
