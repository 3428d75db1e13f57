"""Phrases of an agent who sends an SMS, previews it, confirms or declines."""

from __future__ import annotations

from pytest_bdd import when

from smslab.simulator.records import Party
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import InteractionType
from smslab.steps.language.conversations import latest
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene
from smslab.steps.needs import Need, needs


def request(
    scene: Scene,
    agent: str,
    party: str,
    body: str = "Hello",
    send_to: str | None = None,
    send_from: str | None = None,
    attachment: str | None = None,
) -> SendRequest:
    """What an agent fills in, on their open interaction with the party or on the party's record."""
    sender, recipient = scene.agent(agent), scene.party(party)
    form = scene.form_of(sender, recipient)
    return SendRequest(
        sender.id,
        body,
        party=None if form else recipient.id,
        interaction=form.id if form else None,
        send_to=send_to,
        send_from=send_from,
        attachments=(attachment,) if attachment else (),
    )


def send(scene: Scene, filled_in: SendRequest, confirmed: bool = False) -> None:
    """The agent presses Send."""
    scene.act()
    scene.acted(scene.instance.send(filled_in, confirmed))


def preview(scene: Scene, filled_in: SendRequest) -> None:
    """The agent looks at what would happen."""
    scene.act()
    scene.acted(scene.instance.preview(filled_in))


def number_of(scene: Scene, owner: str) -> str:
    """The number of a party as E.164, so that another party's location does not read it anew."""
    record: Party = scene.party(owner)
    return scene.e164(scene.number_of(record), record)


@when(parse("{agent} texts {party} {string}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, string: str) -> None:
    send(scene, request(scene, agent, party, string))


@when(parse("{agent} texts {party} at {phone} {string}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, phone: str, string: str) -> None:
    send(scene, request(scene, agent, party, string, send_to=phone))


@when(parse("{agent} texts {party} at that number {string}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, string: str) -> None:
    send(scene, request(scene, agent, party, string, send_to=scene.that_number()))


@when(parse("{agent} texts {party} at {party}'s number {string}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, party2: str, string: str) -> None:
    send(scene, request(scene, agent, party, string, send_to=number_of(scene, party2)))


@when(parse("{agent} texts {party} from {phone} {string}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, phone: str, string: str) -> None:
    send(scene, request(scene, agent, party, string, send_from=phone))


@when(parse("{agent} texts {party} at that number from {phone} {string}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, phone: str, string: str) -> None:
    send(scene, request(scene, agent, party, string, scene.that_number(), phone))


@when(parse("{agent} texts {party} {string} with the attachment {string}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, string: str, string2: str) -> None:
    send(scene, request(scene, agent, party, string, attachment=string2))


@when(parse("{agent} replies to {party}'s interaction of type {interaction type} with {string}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, interaction_type: InteractionType, string: str) -> None:
    reply(scene, agent, party, interaction_type, string, None)


@when(
    parse(
        "{agent} replies to {party}'s interaction of type {interaction type} "
        + "at that number with {string}"
    )
)
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, interaction_type: InteractionType, string: str) -> None:
    reply(scene, agent, party, interaction_type, string, scene.that_number())


def reply(
    scene: Scene, agent: str, party: str, type: InteractionType, body: str, send_to: str | None
) -> None:
    """The agent composes on an interaction of the party, open or not."""
    interaction = latest(scene, party, type)
    send(
        scene,
        SendRequest(scene.agent(agent).id, body, interaction=interaction.id, send_to=send_to),
    )


@when(parse("{agent} previews a text to {party}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str) -> None:
    preview(scene, request(scene, agent, party))


@when(parse("{agent} previews a text to {party} at {phone}"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str, phone: str) -> None:
    preview(scene, request(scene, agent, party, send_to=phone))


@when(parse("{agent} previews a text to {party} at that number"))
@needs(Need.SEND)
def _(scene: Scene, agent: str, party: str) -> None:
    preview(scene, request(scene, agent, party, send_to=scene.that_number()))


@when(parse("{agent} sends it anyway"))
@needs(Need.SEND)
def _(scene: Scene, agent: str) -> None:
    send(scene, answered(scene, agent), confirmed=True)


@when(parse("{agent} declines"))
@needs(Need.SEND)
def _(scene: Scene, agent: str) -> None:
    filled_in = answered(scene, agent)
    scene.act()
    scene.acted(scene.instance.decline(filled_in))


def answered(scene: Scene, agent: str) -> SendRequest:
    """The send that the agent was warned about. Raises AssertionError without a warning."""
    outcome = scene.outcome
    if outcome.status != "warned" or outcome.request.agent != scene.agent(agent).id:
        raise AssertionError(
            f"{agent} was not warned, so there is nothing to confirm or decline; "
            f"the latest send was {outcome.status}."
        )
    scene.explained()
    return outcome.request


@when(parse("{agents} text {party} at the same moment"))
@needs(Need.SEND)
def _(scene: Scene, agents: tuple[str, ...], party: str) -> None:
    requests = [request(scene, agent, party, f"{agent} here") for agent in agents]
    scene.act()
    scene.acted(*scene.instance.send_at_once(requests))
