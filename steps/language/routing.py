"""Phrases about routing: who can be asked, what is offered, and what agents do about it."""

from __future__ import annotations

from pytest_bdd import given, then, when

from smslab.simulator.records import Interaction, WorkItem
from smslab.simulator.states import InteractionState, Presence, WorkItemState
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, expect
from smslab.steps.needs import Need, needs


@given(parse("{agents} is/are {presence}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agents: tuple[str, ...], presence: Presence) -> None:
    for name in agents:
        scene.instance.set_presence(scene.agent_introduced(name).id, presence)


@when(parse("{agent} becomes {presence}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, presence: Presence) -> None:
    scene.act()
    scene.instance.set_presence(scene.agent(agent).id, presence)


@when(parse("{agent} sets the presence state {string}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, string: str) -> None:
    scene.attempt(lambda: scene.instance.set_presence(scene.agent(agent).id, string))


@then(parse("{agent} is now {presence}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, presence: Presence) -> None:
    expect(presence, scene.agent(agent).presence, f"the presence state of {agent}")


@given(parse("there is the reject reason {string}, after which the agent may be asked again"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, string: str) -> None:
    scene.instance.add_reject_reason(string, reassignable=True)


@given(parse("there is the reject reason {string}, after which the agent is not asked again"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, string: str) -> None:
    scene.instance.add_reject_reason(string, reassignable=False)


@when(parse("{agent} accepts the conversation with {party}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, party: str) -> None:
    accept(scene, agent, conversation(scene, party))


@given(parse("{agent} has accepted it"))
@when(parse("{agent} accepts it"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str) -> None:
    accept(scene, agent, offered(scene, agent))


def accept(scene: Scene, agent: str, interaction: Interaction) -> None:
    """The agent accepts an interaction, offered or not."""
    scene.attempt(lambda: scene.instance.accept(interaction.id, scene.agent(agent).id))


@when(parse("{agent} rejects the conversation with {party} because of {string}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, party: str, string: str) -> None:
    reject(scene, agent, conversation(scene, party), string)


@given(parse("{agent} has rejected it because of {string}"))
@when(parse("{agent} rejects it because of {string}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, string: str) -> None:
    reject(scene, agent, offered(scene, agent), string)


def reject(scene: Scene, agent: str, interaction: Interaction, reason: str) -> None:
    """The agent rejects an interaction, offered or not."""
    scene.attempt(lambda: scene.instance.reject(interaction.id, scene.agent(agent).id, reason))


@given(parse("{agent} has transferred the conversation with {party} to {agent}"))
@when(parse("{agent} transfers the conversation with {party} to {agent}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, party: str, agent2: str) -> None:
    giver, taker = scene.agent(agent).id, scene.agent(agent2).id
    interaction = conversation(scene, party).id
    scene.attempt(lambda: scene.instance.transfer(interaction, giver, taker))


@when(parse("{agent} ends the wrap-up of the conversation with {party}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, party: str) -> None:
    interaction = conversation(scene, party).id
    scene.attempt(lambda: scene.instance.end_wrap_up(interaction, scene.agent(agent).id))


@when(parse("the conversation with {party} is put in the queue"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, party: str) -> None:
    interaction = conversation(scene, party).id
    scene.attempt(lambda: scene.instance.put_in_queue(interaction))


@then(parse("this is refused by rule {rule}, because {string}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, rule: str, string: str) -> None:
    refusal = scene.refused
    if refusal is None:
        raise AssertionError("expected: a refusal\n     got: it was carried out")
    expect(f"rule {rule}", f"rule {refusal.rule}", f"the refusal says: {refusal.reason}")
    expect(True, string in refusal.reason, f"the refusal says: {refusal.reason}")
    expect(True, scene.is_as_before(), "a refused command changes nothing")
    scene.explained()


# What has come of it


def conversation(scene: Scene, party: str) -> Interaction:
    """The latest SMS interaction with a party. Raises AssertionError without one."""
    return scene.interaction_with(scene.party(party).id)


def offers_to(scene: Scene, agent: str) -> list[WorkItem]:
    """The offers that wait for an agent, oldest first."""
    return scene.instance.store.work_items.find("offered_to", scene.agent(agent).id)


def offered(scene: Scene, agent: str) -> Interaction:
    """The interaction that was offered to an agent last. Raises AssertionError without one."""
    waiting = offers_to(scene, agent)
    if not waiting:
        raise AssertionError(f"nothing is offered to {agent} at this moment.")
    return scene.instance.store.interactions[waiting[-1].interaction]


def work_item(scene: Scene, interaction: Interaction) -> WorkItem:
    """The latest work item of an interaction. Raises AssertionError without one."""
    found = scene.instance.store.work_items.find("interaction", interaction.id)
    if not found:
        raise AssertionError(f"{interaction.id} has never waited for an agent.")
    return found[-1]


def described(scene: Scene, item: WorkItem) -> str:
    """What became of a work item, in words."""
    if item.state is WorkItemState.PENDING_ACCEPT:
        return f"offered to {scene.name_of(item.agent)}"
    if item.state is WorkItemState.ACCEPTED:
        return f"accepted by {scene.name_of(item.agent)}"
    return "waits in the queue" if item.state is WorkItemState.QUEUED else "canceled"


@then(parse("the conversation with {party} is offered to {agent}"))
@needs(Need.READ)
def _(scene: Scene, party: str, agent: str) -> None:
    interaction = conversation(scene, party)
    expect(f"offered to {agent}", described(scene, work_item(scene, interaction)), interaction.id)


@then(parse("the conversation with {party} waits in the queue"))
@needs(Need.READ)
def _(scene: Scene, party: str) -> None:
    interaction = conversation(scene, party)
    expect("waits in the queue", described(scene, work_item(scene, interaction)), interaction.id)
    expect(InteractionState.ON_HOLD, interaction.state, interaction.id)


@then(parse("the conversation with {party} waits for {agent}"))
@needs(Need.READ)
def _(scene: Scene, party: str, agent: str) -> None:
    item = work_item(scene, conversation(scene, party))
    expect("waits in the queue", described(scene, item), item.interaction)
    expect(agent, scene.name_of(item.wanted), f"whom {item.interaction} waits for")


@then(parse("the conversation with {party} is offered to nobody any more"))
@needs(Need.READ)
def _(scene: Scene, party: str) -> None:
    interaction = conversation(scene, party)
    expect("canceled", described(scene, work_item(scene, interaction)), interaction.id)


@then(parse("nothing is offered to {agent}"))
@needs(Need.READ)
def _(scene: Scene, agent: str) -> None:
    expect([], [item.interaction for item in offers_to(scene, agent)], f"what {agent} is offered")


@then("these offers are made")
@needs(Need.INTERNALS)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    expect(["conversation with", "to", "rule"], datatable[0], "the columns of the table")
    store = scene.instance.store
    made = [
        [
            scene.name_of(store.interactions[store.work_items[event.id].interaction].party),
            scene.name_of(str(event.new)),
            event.rule or "-",
        ]
        for event in scene.instance.journal.events[scene.began_at :]
        if event.entity == "work item" and event.field == "agent" and event.command == "route"
    ]
    expect(datatable[1:], made, "the offers, in the journal")


@then(parse("the system ended the wrap-up of the conversation with {party}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, party: str) -> None:
    expect(True, conversation(scene, party).system_wrap_up, "whether the system ended the wrap-up")


@then(parse("the agent ended the wrap-up of the conversation with {party}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, party: str) -> None:
    expect(False, conversation(scene, party).system_wrap_up, "whether the system ended the wrap-up")
