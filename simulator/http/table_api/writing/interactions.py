"""Writing interactions: opening one that is no SMS conversation, and its states (S-1 to S-5)."""

from __future__ import annotations

from smslab.simulator import interactions
from smslab.simulator.errors import Refused
from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.table_api.mapped import choice_value
from smslab.simulator.http.table_api.served import World
from smslab.simulator.http.table_api.writing.entries import Entries
from smslab.simulator.records import Agent, Interaction, Party
from smslab.simulator.states import InteractionState, InteractionType, StateReason

_TYPES = {choice_value(each): each for each in InteractionType}
_STATES = {choice_value(each): each for each in InteractionState}
_REASONS = {choice_value(each): each for each in StateReason}
_DEFAULT_REASON = {
    InteractionState.CLOSED_COMPLETE: StateReason.AGENT_ENDED,
    InteractionState.CLOSED_ABANDONED: StateReason.NO_ACTIVITY,
    InteractionState.FAULTED: StateReason.ERROR,
}


def insert_interaction(world: World, entries: Entries) -> Interaction:
    """Open an interaction; conversations by SMS are opened by messages alone."""
    entries.demand("type")
    type = _TYPES[entries.choice("type")]
    if type is InteractionType.MESSAGING:
        raise Refused("S-1", "An interaction of type messaging begins with a message.")
    parties = [
        _referred(entries, column, Party).id
        for column in ("consumer", "contact", "opened_for")
        if column in entries and entries.text(column)
    ]
    agent = None
    if "assigned_to" in entries and entries.text("assigned_to"):
        agent = _referred(entries, "assigned_to", Agent).id
    opened: Interaction = world.run("open_interaction", type=type, parties=parties, agent=agent)
    return opened


def _referred(entries: Entries, column: str, kind: type[Party] | type[Agent]) -> Party | Agent:
    row = entries.row(column)
    if not isinstance(row, kind):
        who = "an agent, who has roles" if kind is Agent else "a person who is no agent"
        raise ApiError(400, "Invalid value", f"Column {column!r} must refer to {who}.")
    return row


def update_interaction(world: World, entries: Entries, row: Interaction) -> None:
    """Change state or agent by the one command that leads there. Raises Refused."""
    state = _changed_state(entries, row)
    agent = _changed_agent(entries, row)
    if state is None and agent is None:
        return
    interactions.refuse_if_final(row)
    if state is None:
        _hand_over(world, row, agent or "")
    elif state in _DEFAULT_REASON:
        _close(world, entries, row, state, agent)
    elif state is InteractionState.WORK_IN_PROGRESS:
        _hand_over(world, row, (row.assigned_to or "") if agent is None else agent)
    elif agent:
        raise Refused("S-1", f"{row.id} is not assigned to anybody while it is {state}.")
    elif state is InteractionState.ON_HOLD:
        world.run("put_in_queue", interaction=row.id)
    elif state is InteractionState.WRAP_UP:
        world.run("wrap_up", interaction=row.id)
    else:
        raise Refused("S-1", f"{row.id} is {row.state}; it is {state} only when inserted.")


def _changed_state(entries: Entries, row: Interaction) -> InteractionState | None:
    value = entries.choice("state") if "state" in entries else ""
    state = _STATES[value] if value else None
    return None if state is row.state else state


def _changed_agent(entries: Entries, row: Interaction) -> str | None:
    """The id of the agent it is to be assigned to, "" for nobody, None for no change."""
    if "assigned_to" not in entries:
        return None
    agent = _referred(entries, "assigned_to", Agent).id if entries.text("assigned_to") else ""
    return None if agent == (row.assigned_to or "") else agent


def _hand_over(world: World, row: Interaction, agent: str) -> None:
    if agent:
        world.run("assign", interaction=row.id, agent=agent)
    elif row.assigned_to is not None:
        world.run("put_in_queue", interaction=row.id)
    else:
        raise Refused("S-1", f"{row.id} is in progress when assigned_to says who has it.")


def _close(
    world: World, entries: Entries, row: Interaction, state: InteractionState, agent: str | None
) -> None:
    if agent is not None:
        raise Refused("S-5", f"{row.id} cannot be closed and assigned at once.")
    value = entries.choice("state_reason") if "state_reason" in entries else ""
    reason = _REASONS[value] if value else _DEFAULT_REASON[state]
    if interactions.closed_state(reason) is not state:
        raise Refused("S-5", f"{reason} is no reason for {state}.")
    if row.state is InteractionState.WRAP_UP and row.assigned_to and not value:
        world.run("end_wrap_up", interaction=row.id, agent=row.assigned_to)
    else:
        world.run("close", interaction=row.id, reason=reason)
