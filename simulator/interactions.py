"""The life of an interaction on the agent's side (S-1, S-4, S-5)."""

from __future__ import annotations

from smslab.simulator.core import Core
from smslab.simulator.errors import Refused
from smslab.simulator.profiles import PartyFields
from smslab.simulator.records import SMS, Interaction, LiveGroupProfile
from smslab.simulator.routing import work_items
from smslab.simulator.states import InteractionState, InteractionType, StateReason
from smslab.simulator.store import group_id

_ABANDONED = frozenset({StateReason.LEFT_BEFORE_ENGAGEMENT, StateReason.NO_ACTIVITY})


def open_sms_interaction(
    core: Core, party_fields: PartyFields, line: tuple[str, str], rule: str
) -> Interaction:
    """A new SMS interaction on a line, in state New (S-1), with its empty live group profile."""
    interaction = core.store.insert(
        Interaction(
            id=core.store.new_id("IMS"),
            state=InteractionState.NEW,
            type=InteractionType.MESSAGING,
            opened_on=core.clock.now,
            channel=SMS,
            requester_number=line[0],
            provider_number=line[1],
            **party_fields,
        ),
        rule,
    )
    core.store.insert(LiveGroupProfile(group_id(interaction.id), interaction.id), rule)
    return interaction


def join_live_group(core: Core, interaction: str, member: str, rule: str) -> None:
    """Add a member to the live group profile of an interaction, once."""
    group = core.store.live_groups[group_id(interaction)]
    if member not in group.members:
        core.store.update(group, rule, members=(*group.members, member))


def leave_live_group(core: Core, interaction: str, member: str, rule: str) -> None:
    """Take a member out of the live group profile of an interaction, where it has one."""
    group = core.store.live_group_of(interaction)
    if group is not None:
        rest = tuple(other for other in group.members if other != member)
        core.store.update(group, rule, members=rest)


def open_interaction(
    core: Core, type: InteractionType, party_fields: PartyFields, rule: str
) -> Interaction:
    """A new interaction that is not an SMS conversation, in state New (S-1)."""
    return core.store.insert(
        Interaction(
            id=core.store.new_id("IMS"),
            state=InteractionState.NEW,
            type=type,
            opened_on=core.clock.now,
            **party_fields,
        ),
        rule,
    )


def assign(core: Core, interaction: Interaction, agent: str, rule: str) -> None:
    """Give an interaction to an agent: Work In Progress, and a member of its conversation (S-1)."""
    _refuse_if_over(interaction)
    core.store.update(
        interaction,
        rule,
        state=InteractionState.WORK_IN_PROGRESS,
        assigned_to=agent,
        with_virtual_agent=False,
    )
    if core.store.live_group_of(interaction.id):
        join_live_group(core, interaction.id, agent, rule)


def put_in_queue(core: Core, interaction: Interaction, rule: str) -> None:
    """Let an interaction wait for assignment: On Hold, with neither agent nor VA (S-1).

    Its work item is queued, and offered to whoever is free once the command is done (W-2).
    """
    _refuse_if_over(interaction)
    core.store.update(
        interaction,
        rule,
        state=InteractionState.ON_HOLD,
        assigned_to=None,
        with_virtual_agent=False,
    )
    work_items.enqueue(core, interaction, rule)


def wrap_up(core: Core, interaction: Interaction, rule: str) -> None:
    """End the conversation but not yet the record (S-2)."""
    refuse_if_final(interaction)
    core.store.update(interaction, rule, state=InteractionState.WRAP_UP)


def end(core: Core, interaction: Interaction, reason: StateReason, rule: str) -> None:
    """Agent or requester ends a conversation: to Wrap Up where that is configured (S-2).

    Without the property ``wrap_up``, where no agent has it, or where it was abandoned, it
    is closed (S-5).
    """
    refuse_if_final(interaction)
    if core.policy.wrap_up and _needs_wrap_up(interaction, reason):
        core.store.update(interaction, "S-2", state=InteractionState.WRAP_UP, state_reason=reason)
    else:
        close(core, interaction, reason, rule)


def _needs_wrap_up(interaction: Interaction, reason: StateReason) -> bool:
    has_agent = interaction.assigned_to is not None
    in_progress = interaction.state is InteractionState.WORK_IN_PROGRESS
    return has_agent and in_progress and reason not in _ABANDONED


def end_wrap_up(core: Core, interaction: Interaction, by_system: bool) -> None:
    """Close an interaction in Wrap Up, for the reason for which its conversation ended (S-2).

    Raises Refused for an interaction in another state.
    """
    if interaction.state is not InteractionState.WRAP_UP:
        raise Refused("S-2", f"{interaction.id} is {interaction.state}, not in Wrap Up.")
    core.store.update(
        interaction,
        "S-2",
        state=InteractionState.CLOSED_COMPLETE,
        state_reason=interaction.state_reason or StateReason.AGENT_ENDED,
        system_wrap_up=by_system,
    )


def close(core: Core, interaction: Interaction, reason: StateReason, rule: str) -> None:
    """End an interaction for good, in the closed state that goes with the reason (S-4, S-5)."""
    refuse_if_final(interaction)
    core.store.update(interaction, rule, state=closed_state(reason), state_reason=reason)


def closed_state(reason: StateReason) -> InteractionState:
    """The state in which an interaction ends for a reason (S-5)."""
    if reason is StateReason.ERROR:
        return InteractionState.FAULTED
    if reason in _ABANDONED:
        return InteractionState.CLOSED_ABANDONED
    return InteractionState.CLOSED_COMPLETE


def refuse_if_final(interaction: Interaction) -> None:
    """Raise Refused where the interaction has ended: nothing may follow (S-4)."""
    if interaction.state.is_final:
        raise Refused("S-4", f"{interaction.id} is {interaction.state}; it takes no more changes.")


def _refuse_if_over(interaction: Interaction) -> None:
    """Raise Refused where the conversation has ended: it would be a second one on its line."""
    refuse_if_final(interaction)
    if interaction.state is InteractionState.WRAP_UP:
        raise Refused("S-2", f"{interaction.id} is in {interaction.state}; only closing follows.")
