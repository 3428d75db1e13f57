"""What becomes of an offer: accepted, rejected, timed out (W-4), or begun by a transfer."""

from __future__ import annotations

from smslab.simulator import interactions
from smslab.simulator.core import Core
from smslab.simulator.errors import Refused
from smslab.simulator.records import Agent, Interaction, WorkItem
from smslab.simulator.routing import work_items, workload
from smslab.simulator.routing.reject_reasons import is_reassignable
from smslab.simulator.states import InteractionState, Presence, WorkItemState


def offer(core: Core, item: WorkItem, agent: str, rule: str) -> None:
    """Ask an agent to take an interaction."""
    core.store.update(item, rule, state=WorkItemState.PENDING_ACCEPT, agent=agent)


def accept(core: Core, interaction: Interaction, agent: Agent) -> None:
    """The agent takes what was offered: Work In Progress (S-1).

    Raises Refused where it was not offered to this agent (W-4), or where other work has
    filled the agent's capacity since (W-2).
    """
    item = offered_to(core, interaction, agent)
    if workload.room(core.store, agent, item.channel, with_offers=False) <= 0:
        raise Refused(
            "W-2", f"{agent.name} is at capacity and cannot take {interaction.id} before work ends."
        )
    core.store.update(item, "S-1", state=WorkItemState.ACCEPTED)
    interactions.assign(core, interaction, agent.id, "S-1")
    if item.given_by is not None and core.policy.transferring_agent_leaves:
        interactions.leave_live_group(core, interaction.id, item.given_by, "W-4")


def reject(core: Core, interaction: Interaction, agent: Agent, reason: str) -> None:
    """The agent does not take it; somebody else may (W-4).

    Raises Refused where it was not offered to this agent, or for a reason there is not.
    """
    item = offered_to(core, interaction, agent)
    pass_on(core, item, agent.id, asks_again=is_reassignable(core, reason))


def time_out(core: Core, item: WorkItem, agent: Agent) -> None:
    """The agent has not answered in time; the presence state may change (W-4)."""
    pass_on(core, item, agent.id, asks_again=core.policy.timed_out_agent_is_asked_again)
    if core.policy.timeout_presence != "unchanged":
        core.store.update(agent, "W-4", presence=Presence(core.policy.timeout_presence))


def pass_on(core: Core, item: WorkItem, agent: str, asks_again: bool) -> None:
    """Back to the queue, for somebody else; a transfer is over, because it was for one agent."""
    if item.is_transfer:
        work_items.cancel(core, item, "W-4")
        return
    refused_by = item.refused_by if asks_again else (*item.refused_by, agent)
    core.store.update(
        item,
        "W-4",
        state=WorkItemState.QUEUED,
        agent=None,
        last_asked=agent,
        refused_by=refused_by,
    )


def transfer(core: Core, interaction: Interaction, giver: Agent, wanted: Agent) -> None:
    """An agent who has a conversation wants another to have it; the other is asked.

    Raises Refused where the agent does not have it, or has given it to somebody already.
    """
    interactions.refuse_if_final(interaction)
    if interaction.assigned_to != giver.id:
        raise Refused("W-4", f"{giver.name} does not have {interaction.id} and cannot transfer it.")
    if interaction.state is not InteractionState.WORK_IN_PROGRESS:
        raise Refused("W-4", f"{interaction.id} is {interaction.state}: nothing is left to take.")
    if giver.id == wanted.id:
        raise Refused("W-4", f"{giver.name} has {interaction.id} already.")
    for item in work_items.open_items(core, interaction.id):
        name = core.store.agents[str(item.wanted)].name
        raise Refused("W-4", f"{interaction.id} waits for {name} to take it already.")
    work_items.enqueue_transfer(core, interaction, giver.id, wanted.id, "W-4")


def offered_to(core: Core, interaction: Interaction, agent: Agent) -> WorkItem:
    """The offer that waits for this agent. Raises Refused that says how it is instead (W-4)."""
    found = work_items.open_items(core, interaction.id)
    for item in found:
        if item.agent == agent.id:
            return item
    raise Refused("W-4", f"{interaction.id} is not offered to {agent.name}: {_how(core, found)}.")


def _how(core: Core, found: list[WorkItem]) -> str:
    for item in found:
        if item.agent is not None:
            return f"it is offered to {core.store.agents[item.agent].name}"
    return "it waits in the queue" if found else "it does not wait for an agent"
