"""Phrases that say in which state things are, and which states have changed."""

from __future__ import annotations

from pytest_bdd import then

from smslab.simulator.journal import Event
from smslab.simulator.records import Interaction
from smslab.simulator.states import InteractionState
from smslab.steps.language.outcomes import assessment
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, expect
from smslab.steps.needs import Need, needs

COLUMNS = ["entity", "of", "from", "to"]
STATEFUL = ("interaction", "channel user profile", "message", "work item")


def existing(scene: Scene) -> Interaction:
    """The interaction that was active on the line before the send, as it is now."""
    found = assessment(scene).existing
    if found is None:
        raise AssertionError("there was no active interaction on the line before this send.")
    return scene.instance.store.interactions[found.id]


@then("the existing interaction is closed")
@needs(Need.READ)
def _(scene: Scene) -> None:
    expect(InteractionState.CLOSED_COMPLETE, existing(scene).state)


@then(parse("the existing interaction is {interaction state}"))
@needs(Need.READ)
def _(scene: Scene, interaction_state: InteractionState) -> None:
    expect(interaction_state, existing(scene).state)


@then(parse("the existing interaction is {interaction state} because of {string}"))
@needs(Need.READ)
def _(scene: Scene, interaction_state: InteractionState, string: str) -> None:
    found = existing(scene)
    expect((str(interaction_state), string), (str(found.state), str(found.state_reason)))


@then(parse("the existing interaction is with {party}"))
@needs(Need.READ)
def _(scene: Scene, party: str) -> None:
    expect(party, scene.name_of(existing(scene).party))


@then("the existing interaction is still with a guest")
@needs(Need.READ)
def _(scene: Scene) -> None:
    expect("guest", scene.name_of(existing(scene).party))


@then(parse("{party}'s interaction is closed"))
@needs(Need.READ)
def _(scene: Scene, party: str) -> None:
    found = scene.interaction_with(scene.party(party).id)
    expect(InteractionState.CLOSED_COMPLETE, found.state, f"{party}'s interaction {found.id}")


@then(parse("{party}'s interaction is {interaction state}"))
@needs(Need.READ)
def _(scene: Scene, party: str, interaction_state: InteractionState) -> None:
    found = scene.interaction_with(scene.party(party).id)
    expect(interaction_state, found.state, f"{party}'s interaction {found.id}")


@then(parse("the guest's interaction is {interaction state}"))
@needs(Need.READ)
def _(scene: Scene, interaction_state: InteractionState) -> None:
    expect(interaction_state, scene.interaction_with(None).state, "the guest's interaction")


@then(parse("the interaction with {party} is assigned to nobody"))
@needs(Need.READ)
def _(scene: Scene, party: str) -> None:
    found = scene.interaction_with(scene.party(party).id)
    expect("nobody", assignee(scene, found), f"{party}'s interaction {found.id} is assigned to")


@then(parse("the interaction with {party} is assigned to {agent}"))
@needs(Need.READ)
def _(scene: Scene, party: str, agent: str) -> None:
    found = scene.interaction_with(scene.party(party).id)
    expect(agent, assignee(scene, found), f"{party}'s interaction {found.id} is assigned to")


def assignee(scene: Scene, interaction: Interaction) -> str:
    """The name of the agent who has an interaction, or "nobody"."""
    return scene.name_of(interaction.assigned_to) if interaction.assigned_to else "nobody"


@then(parse("the interaction with {party} is with the virtual agent"))
@needs(Need.READ)
def _(scene: Scene, party: str) -> None:
    found = scene.interaction_with(scene.party(party).id)
    expect((True, "nobody"), (found.with_virtual_agent, assignee(scene, found)))


@then("the interaction with the guest is with the virtual agent")
@needs(Need.READ)
def _(scene: Scene) -> None:
    found = scene.interaction_with(None)
    expect((True, "nobody"), (found.with_virtual_agent, assignee(scene, found)))


@then(parse("a new SMS interaction with {party} is assigned to {agent}"))
@needs(Need.READ)
def _(scene: Scene, party: str, agent: str) -> None:
    outcome = scene.outcome
    found = scene.instance.store.interactions.get(outcome.interaction)
    opened = opened_by_this_send(scene)
    if found is None or found.id not in opened:
        raise AssertionError(
            f"expected: a new interaction with {party}\n"
            f"     got: {'none' if found is None else f'the existing {found.id}'}"
        )
    expect(party, scene.name_of(found.party), f"whom the new {found.id} is with")
    expect(agent, assignee(scene, found), f"who has the new {found.id}")
    expect(InteractionState.WORK_IN_PROGRESS, found.state, f"the new {found.id}")


@then("no new interaction is opened")
@needs(Need.READ)
def _(scene: Scene) -> None:
    expect([], opened_by_this_send(scene), "interactions opened by this send")


def opened_by_this_send(scene: Scene) -> list[str]:
    """The ids of the interactions that are new since the latest command."""
    return [
        event.id
        for event in scene.instance.journal.events[scene.began_at :]
        if event.entity == "interaction" and event.field == "state" and event.old is None
    ]


@then(parse("the agents in the conversation with {party} are {agents}"))
@needs(Need.READ)
def _(scene: Scene, party: str, agents: tuple[str, ...]) -> None:
    expect(sorted(agents), agents_in(scene, scene.interaction_with(scene.party(party).id)))


@then(parse("the only agent in the conversation with {party} is {agent}"))
@needs(Need.READ)
def _(scene: Scene, party: str, agent: str) -> None:
    expect([agent], agents_in(scene, scene.interaction_with(scene.party(party).id)))


def agents_in(scene: Scene, interaction: Interaction) -> list[str]:
    """The names of the agents in the live group profile of an interaction, sorted."""
    group = scene.instance.store.live_group_of(interaction.id)
    agents = scene.instance.store.agents
    return sorted(agents[id].name for id in (group.members if group else ()) if agents.get(id))


@then(parse("{party} has {int} active SMS interaction/interactions"))
@needs(Need.READ)
def _(scene: Scene, party: str, int: int) -> None:
    active = [i for i in scene.sms_interactions(scene.party(party).id) if i.state.is_active]
    expect(int, len(active), f"active SMS interactions of {party}")


@then("these states change")
@needs(Need.INTERNALS)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    expect(COLUMNS, datatable[0], "the columns of the table")
    wanted = datatable[1:]
    spoken_of = {row[0] for row in wanted} or set(STATEFUL)
    unknown = sorted(spoken_of - set(STATEFUL))
    if unknown:
        raise AssertionError(f"{unknown[0]!r} has no state; entities are: {', '.join(STATEFUL)}.")
    changes = [
        [event.entity, owner(scene, event), str(event.old or "-"), str(event.new)]
        for event in scene.instance.journal.events[scene.began_at :]
        if event.field == "state" and event.entity in spoken_of
    ]
    if wanted != changes:
        raise AssertionError(
            f"expected state changes:\n{_lines(wanted)}\n     got:\n{_lines(changes)}"
        )


def owner(scene: Scene, event: Event) -> str:
    """Whose an entity is, by name: the party of an interaction, profile, message or work item."""
    store = scene.instance.store
    if event.entity == "channel user profile":
        return scene.name_of(store.profiles[event.id].party)
    if event.entity == "message":
        return scene.name_of(store.interactions[store.messages[event.id].interaction].party)
    if event.entity == "work item":
        return scene.name_of(store.interactions[store.work_items[event.id].interaction].party)
    return scene.name_of(store.interactions[event.id].party)


def _lines(rows: list[list[str]]) -> str:
    return "\n".join(f"  | {' | '.join(row)} |" for row in rows) or "  (none)"


@then(parse("invariant {rule} is broken by both interactions"))
@needs(Need.READ)
def _(scene: Scene, rule: str) -> None:
    broken = scene.breach_of(rule)
    interactions = sorted(str(outcome.interaction) for outcome in scene.outcomes)
    expect(interactions, sorted(broken.records), f"who breaks {rule}")


@then(parse("invariant {rule} is broken"))
@then(parse("invariant {rule} is broken, too"))
@needs(Need.READ)
def _(scene: Scene, rule: str) -> None:
    scene.breach_of(rule)
