"""Phrases that name a conversation by its line, because a guest has no name.

It is the latest conversation between a requester's number and a number of the company.
"""

from __future__ import annotations

from pytest_bdd import when

from smslab.simulator.records import Interaction
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import StateReason
from smslab.steps.language import sending
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene
from smslab.steps.needs import Need, needs


def on_line(scene: Scene, phone: str, through: str) -> Interaction:
    """The latest conversation on a line. Raises AssertionError where there is none."""
    line = (scene.e164(phone), scene.e164(through))
    found = [row for row in scene.instance.store.interactions if row.line == line]
    if not found:
        raise AssertionError(f"there is no SMS conversation at {line[0]} through {line[1]}.")
    return found[-1]


@when(parse("{agent} texts {party} at {phone} from {phone} {string}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, phone: str, phone2: str, string: str) -> None:
    filled_in = sending.request(scene, agent, party, string, send_to=phone, send_from=phone2)
    sending.send(scene, filled_in)


@when(parse("{agents} text {party} at {phone} from {phone} at the same moment"))
@needs(Need.SEND)
def _(scene: Scene, agents: tuple[str, ...], party: str, phone: str, phone2: str) -> None:
    requests: list[SendRequest] = [
        sending.request(scene, agent, party, f"{agent} here", send_to=phone, send_from=phone2)
        for agent in agents
    ]
    scene.act()
    scene.acted(*scene.instance.send_at_once(requests))


@when(parse("{agent} takes the conversation at {phone} through {phone}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, phone: str, phone2: str) -> None:
    interaction, taker = on_line(scene, phone, phone2).id, scene.agent(agent).id
    scene.attempt(lambda: scene.instance.assign(interaction, taker))


@when(parse("the conversation at {phone} through {phone} is put in the queue"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, phone: str, phone2: str) -> None:
    interaction = on_line(scene, phone, phone2).id
    scene.attempt(lambda: scene.instance.put_in_queue(interaction))


@when(parse("{agent} accepts the conversation at {phone} through {phone}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, phone: str, phone2: str) -> None:
    interaction, taker = on_line(scene, phone, phone2).id, scene.agent(agent).id
    scene.attempt(lambda: scene.instance.accept(interaction, taker))


@when(parse("{agent} rejects the conversation at {phone} through {phone} because of {string}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, phone: str, phone2: str, string: str) -> None:
    interaction, asked = on_line(scene, phone, phone2).id, scene.agent(agent).id
    scene.attempt(lambda: scene.instance.reject(interaction, asked, string))


@when(parse("{agent} transfers the conversation at {phone} through {phone} to {agent}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, phone: str, phone2: str, agent2: str) -> None:
    interaction = on_line(scene, phone, phone2).id
    giver, taker = scene.agent(agent).id, scene.agent(agent2).id
    scene.attempt(lambda: scene.instance.transfer(interaction, giver, taker))


@when(parse("the requester leaves the conversation at {phone} through {phone}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, phone: str, phone2: str) -> None:
    interaction = on_line(scene, phone, phone2).id
    scene.attempt(lambda: scene.instance.requester_leaves(interaction))


@when(parse("the requester leaves the conversation at {phone} through {phone} for a search"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, phone: str, phone2: str) -> None:
    interaction = on_line(scene, phone, phone2).id
    scene.attempt(lambda: scene.instance.requester_leaves(interaction, for_a_search=True))


@when(parse("{agent} ends the conversation at {phone} through {phone}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, phone: str, phone2: str) -> None:
    interaction, ender = on_line(scene, phone, phone2).id, scene.agent(agent).id
    scene.attempt(lambda: scene.instance.agent_ends(interaction, ender))


@when(parse("the conversation at {phone} through {phone} goes to Wrap Up"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, phone: str, phone2: str) -> None:
    interaction = on_line(scene, phone, phone2).id
    scene.attempt(lambda: scene.instance.wrap_up(interaction))


@when(parse("{agent} ends the wrap-up of the conversation at {phone} through {phone}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, phone: str, phone2: str) -> None:
    interaction, ender = on_line(scene, phone, phone2).id, scene.agent(agent).id
    scene.attempt(lambda: scene.instance.end_wrap_up(interaction, ender))


@when(parse("the conversation at {phone} through {phone} ends because of {string}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, phone: str, phone2: str, string: str) -> None:
    interaction = on_line(scene, phone, phone2).id
    scene.attempt(lambda: scene.instance.close(interaction, StateReason(string)))
