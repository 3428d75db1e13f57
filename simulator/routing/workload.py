"""How much work an agent has, and how much more there is room for (W-2, W-6, S-3).

Counts come from indexes: they cost the same however much there is. Wrap Up is work, an
ended interaction is not.
"""

from __future__ import annotations

import math

from smslab.simulator.records import SMS, Agent
from smslab.simulator.states import Presence
from smslab.simulator.store import Store


def work(store: Store, agent: str) -> int:
    """The open interactions assigned to an agent, of any type."""
    return store.interactions.count("agent", agent)


def work_on(store: Store, agent: str, channel: str | None) -> int:
    """The open interactions assigned to an agent on a channel (None: on no channel)."""
    return store.interactions.count("agent", (agent, channel))


def room(store: Store, agent: Agent, channel: str | None, with_offers: bool) -> float:
    """How many more interactions of a channel an agent can take; below 0 beyond capacity.

    It is the least that any limit leaves, infinite without a limit. ``with_offers`` counts
    the offers that wait for the agent as if they were accepted.
    """
    offers = store.work_items.count if with_offers else _none
    left: list[float] = [math.inf]
    if agent.capacity is not None:
        left.append(agent.capacity - work(store, agent.id) - offers("offered_to", agent.id))
    if agent.sms_capacity is not None and channel == SMS:
        taken = work_on(store, agent.id, SMS) + offers("offered_to", (agent.id, SMS))
        left.append(agent.sms_capacity - taken)
    return min(left)


def _none(index: str, key: object) -> int:
    return 0


def receives_work(agent: Agent) -> bool:
    """Whether the agent's presence state receives work (W-1)."""
    return agent.presence is Presence.AVAILABLE
