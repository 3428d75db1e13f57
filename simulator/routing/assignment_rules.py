"""The assignment rules of W-3, as data: who is offered work first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the rules look at.

    ``room`` is how much more work the agent can take; ``last_work`` numbers assignments, 0
    for never; ``introduced`` is the agent's position among all.
    """

    room: float
    last_work: int
    introduced: int


ASSIGNMENT_RULES: Mapping[str, Callable[[Candidate], tuple[float, ...]]] = MappingProxyType(
    {
        "last_assigned": lambda agent: (agent.last_work, agent.introduced),
        "most_capacity": lambda agent: (-agent.room, agent.last_work, agent.introduced),
    }
)
"""The rank of an agent by the name of the rule; the lowest is asked first."""
