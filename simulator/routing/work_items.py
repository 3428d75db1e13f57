"""Work items: interactions that wait for an agent to take them (W-2)."""

from __future__ import annotations

from smslab.simulator.core import Core
from smslab.simulator.records import SMS, Interaction, WorkItem
from smslab.simulator.states import InteractionState, WorkItemState


def enqueue(core: Core, interaction: Interaction, rule: str) -> None:
    """Let an interaction wait for whoever is free, unless it does so already."""
    if not any(not item.is_transfer for item in open_items(core, interaction.id)):
        _insert(core, interaction, rule)


def enqueue_transfer(
    core: Core, interaction: Interaction, given_by: str, wanted: str, rule: str
) -> None:
    """Let an interaction wait for one agent, to whom another gives it."""
    _insert(core, interaction, rule, given_by=given_by, wanted=wanted)


def _insert(
    core: Core,
    interaction: Interaction,
    rule: str,
    given_by: str | None = None,
    wanted: str | None = None,
) -> None:
    core.store.insert(
        WorkItem(
            id=core.store.new_id("work-item"),
            state=WorkItemState.QUEUED,
            interaction=interaction.id,
            channel=SMS if interaction.channel == SMS else None,
            given_by=given_by,
            wanted=wanted,
        ),
        rule,
    )


def open_items(core: Core, interaction: str) -> list[WorkItem]:
    """The work items of an interaction that are neither accepted nor canceled."""
    return core.store.work_items.find("open", interaction)


def is_overtaken(core: Core, item: WorkItem) -> bool:
    """Whether an open work item has nothing to wait for any more.

    A conversation in the queue must be On Hold; one that is transferred must still be with
    the agent who gives it.
    """
    interaction = core.store.interactions[item.interaction]
    if item.is_transfer:
        with_giver = interaction.assigned_to == item.given_by
        return not (with_giver and interaction.state is InteractionState.WORK_IN_PROGRESS)
    return interaction.state is not InteractionState.ON_HOLD


def cancel(core: Core, item: WorkItem, rule: str | None) -> None:
    """Withdraw a work item, offered or not."""
    core.store.update(item, rule, state=WorkItemState.CANCELED, agent=None)
