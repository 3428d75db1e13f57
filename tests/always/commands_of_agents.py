"""Commands of agents: sends of every kind, and what they do about conversations."""

from __future__ import annotations

from smslab.simulator.sending import SendRequest
from smslab.simulator.states import InteractionState, InteractionType, Presence, StateReason
from smslab.steps.language.conversations import latest
from tests.always.story import given, when
from tests.always.world import COMPANY_NUMBERS, NUMBERS, Command, Draw, Talk, World, kind

BODIES = ("Hello", "Your parcel is here. " * 9, "Grüße 👋")
TYPES = (InteractionType.PHONE, InteractionType.CHAT)
REASONS = ("Busy", "Not Qualified", "Lunch")


def can_send(world: World) -> bool:
    """Whether there is somebody to write, somebody to write to, and a number to write from."""
    return bool(world.agents and world.parties and world.numbers)


def has_talk(world: World) -> bool:
    """Whether there is a conversation and an agent."""
    return bool(world.agents and world.talks)


def held(world: World) -> list[Talk]:
    """The conversations that an agent has."""
    return [talk for talk in world.talks if talk.agent]


def drawn_request(world: World, draw: Draw) -> tuple[SendRequest, str]:
    """What an agent fills in, at a number of somebody's or nobody's, and the phrase for it."""
    agent, party = draw.one_of(world.agents), draw.one_of(world.parties)
    send_to, send_from = draw.one_of(tuple(NUMBERS)), draw.one_of(world.numbers)
    body = draw.one_of(BODIES)
    form = world.scene.form_of(agent, party)
    request = SendRequest(
        agent.id,
        body,
        party=None if form else party.id,
        interaction=form.id if form else None,
        send_to=send_to,
        send_from=send_from,
    )
    return request, f'{agent.name} texts {party.name} at "{send_to}" from "{send_from}" "{body}"'


@kind("send", needs=can_send, weight=3)
def send(world: World, draw: Draw) -> Command:
    request, told = drawn_request(world, draw)
    confirmed = draw.one_of((True, True, False))
    return Command(lambda: world.instance.send(request, confirmed), (when(told),))


@kind("send", needs=can_send)
def send_with_what_the_form_fills_in(world: World, draw: Draw) -> Command:
    agent, party = draw.one_of(world.agents), draw.one_of(world.parties)
    form = world.scene.form_of(agent, party)
    request = SendRequest(
        agent.id,
        "Hello",
        party=None if form else party.id,
        interaction=form.id if form else None,
    )
    told = when(f'{agent.name} texts {party.name} "Hello"')
    return Command(lambda: world.instance.send(request, True), (told,))


@kind("send", needs=can_send)
def send_what_cannot_be(world: World, draw: Draw) -> Command:
    agent, party = draw.one_of(world.agents), draw.one_of(world.parties)
    to = draw.one_of(("Ana", "12", "+49151234567890123", None))
    sender = draw.one_of(("+4940123456", "Parcels", None))
    attachments = draw.one_of(((), ("virus.exe",)))
    known = draw.maybe()
    request = SendRequest(
        agent.id if known else "agent-99",
        "Hello",
        party=party.id,
        send_to=to if to or sender or attachments else "Ana",
        send_from=sender or world.numbers[0],
        attachments=attachments,
    )
    return Command(lambda: world.instance.send(request, True))


@kind("send", needs=can_send)
def reply(world: World, draw: Draw) -> Command:
    agent, party, type = draw.one_of(world.agents), draw.one_of(world.parties), draw.one_of(TYPES)
    try:
        on_form = latest(world.scene, party.name, type).id
    except AssertionError:
        on_form = "IMS9999999"
    request = SendRequest(agent.id, "Hello", interaction=on_form)
    told = when(f'{agent.name} replies to {party.name}\'s interaction of type {type} with "Hello"')
    return Command(lambda: world.instance.send(request, True), (told,))


@kind("send_at_once", needs=lambda world: can_send(world) and len(world.agents) > 1)
def send_at_once(world: World, draw: Draw) -> Command:
    party, to = draw.one_of(world.parties), draw.one_of(tuple(NUMBERS))
    sender = draw.one_of(world.numbers)
    agents = world.agents[:2] if draw.maybe() else world.agents[-2:]
    requests = []
    for agent in agents:
        form = world.scene.form_of(agent, party)
        requests.append(
            SendRequest(
                agent.id,
                f"{agent.name} here",
                party=None if form else party.id,
                interaction=form.id if form else None,
                send_to=to,
                send_from=sender,
            )
        )
    names = " and ".join(agent.name for agent in agents)
    told = when(f'{names} text {party.name} at "{to}" from "{sender}" at the same moment')
    return Command(lambda: world.instance.send_at_once(requests), (told,))


@kind("preview", needs=can_send)
def preview(world: World, draw: Draw) -> Command:
    request, _ = drawn_request(world, draw)
    return Command(lambda: world.instance.preview(request))


@kind("decline", needs=can_send)
def decline(world: World, draw: Draw) -> Command:
    request, _ = drawn_request(world, draw)
    return Command(lambda: world.instance.decline(request))


@kind("compose_form", needs=can_send)
def open_the_form(world: World, draw: Draw) -> Command:
    agent, party = draw.one_of(world.agents), draw.one_of(world.parties)
    form = world.scene.form_of(agent, party)
    interaction = form.id if form else None
    return Command(lambda: world.instance.compose_form(agent.id, interaction, party.id))


@kind("validate_phone_number", "validate_profile", needs=lambda world: world.parties)
def validate(world: World, draw: Draw) -> Command:
    party, number = draw.one_of(world.parties), draw.one_of(tuple(NUMBERS))
    entry, line = draw.one_of((number, NUMBERS[number], "Ana")), draw.one_of(COMPANY_NUMBERS)

    def act() -> None:
        world.instance.validate_phone_number(entry, party.id)
        world.instance.validate_profile(number, party.id, line)

    return Command(act)


@kind("open_interaction", needs=lambda world: world.agents and world.parties)
def open_interaction(world: World, draw: Draw) -> Command:
    agent, party, type = draw.one_of(world.agents), draw.one_of(world.parties), draw.one_of(TYPES)
    told = when(f"{party.name}'s interaction of type {type} is opened by {agent.name}")
    return Command(lambda: world.instance.open_interaction(type, [party.id], agent.id), (told,))


@kind("close", needs=lambda world: world.parties)
def close_interaction(world: World, draw: Draw) -> Command:
    party, type = draw.one_of(world.parties), draw.one_of(TYPES)
    try:
        interaction = latest(world.scene, party.name, type).id
    except AssertionError:
        interaction = "IMS9999999"
    told = when(f"{party.name}'s interaction of type {type} becomes Closed Complete")
    return Command(lambda: world.instance.close(interaction), (told,))


@kind("assign", needs=has_talk, weight=2)
def take(world: World, draw: Draw) -> Command:
    talk, agent = draw.one_of(world.talks), draw.one_of(world.agents)
    told = when(f"{agent.name} takes the {talk.told}")
    return Command(lambda: world.instance.assign(talk.interaction, agent.id), (told,))


@kind("put_in_queue", needs=has_talk, weight=3)
def put_in_queue(world: World, draw: Draw) -> Command:
    talk = draw.one_of(world.talks)
    told = when(f"the {talk.told} is put in the queue")
    return Command(lambda: world.instance.put_in_queue(talk.interaction), (told,))


@kind("wrap_up", needs=has_talk, weight=2)
def wrap_up(world: World, draw: Draw) -> Command:
    talk = draw.one_of(world.talks)
    told = when(f"the {talk.told} goes to Wrap Up")
    return Command(lambda: world.instance.wrap_up(talk.interaction), (told,))


@kind("end_wrap_up", needs=has_talk)
def end_wrap_up(world: World, draw: Draw) -> Command:
    wrapped_up = [talk for talk in world.talks if talk.state is InteractionState.WRAP_UP]
    talk, agent = draw.one_of(wrapped_up or world.talks), draw.one_of(world.agents)
    told = when(f"{agent.name} ends the wrap-up of the {talk.told}")
    return Command(lambda: world.instance.end_wrap_up(talk.interaction, agent.id), (told,))


@kind("close", needs=has_talk)
def close(world: World, draw: Draw) -> Command:
    talk, reason = draw.one_of(world.talks), draw.one_of(tuple(StateReason))
    told = when(f'the {talk.told} ends because of "{reason}"')
    return Command(lambda: world.instance.close(talk.interaction, reason), (told,))


@kind("agent_ends", needs=has_talk)
def agent_ends(world: World, draw: Draw) -> Command:
    talk = draw.one_of(held(world) or world.talks)
    agent = draw.one_of([agent for agent in world.agents if agent.id == talk.agent] or world.agents)
    told = when(f"{agent.name} ends the {talk.told}")
    return Command(lambda: world.instance.agent_ends(talk.interaction, agent.id), (told,))


@kind("set_presence", needs=lambda world: world.agents)
def become_available(world: World, draw: Draw) -> Command:
    agent = draw.one_of(world.agents)
    told = given(f"{agent.name} is available")
    return Command(lambda: world.instance.set_presence(agent.id, "Available"), (told,))


@kind("set_presence", needs=lambda world: world.agents, weight=2)
def set_presence(world: World, draw: Draw) -> Command:
    agent, presence = draw.one_of(world.agents), draw.one_of((*Presence, "Here"))
    told = when(f"{agent.name} becomes {presence.lower()}")
    return Command(lambda: world.instance.set_presence(agent.id, presence), (told,))


@kind("accept", needs=has_talk, weight=2)
def accept(world: World, draw: Draw) -> Command:
    talk, agent = draw.one_of(world.talks), draw.one_of(world.agents)
    told = when(f"{agent.name} accepts the {talk.told}")
    return Command(lambda: world.instance.accept(talk.interaction, agent.id), (told,))


@kind("accept", needs=lambda world: any(_offered(world)), weight=3)
def accept_what_is_offered(world: World, draw: Draw) -> Command:
    agent = draw.one_of(_offered(world))
    interaction = world.store.work_items.find("offered_to", agent)[-1].interaction
    told = when(f"{world.store.agents[agent].name} accepts it")
    return Command(lambda: world.instance.accept(interaction, agent), (told,))


@kind("reject", needs=lambda world: any(_offered(world)), weight=2)
def reject(world: World, draw: Draw) -> Command:
    agent, reason = draw.one_of(_offered(world)), draw.one_of(REASONS)
    interaction = world.store.work_items.find("offered_to", agent)[-1].interaction
    told = when(f'{world.store.agents[agent].name} rejects it because of "{reason}"')
    return Command(lambda: world.instance.reject(interaction, agent, reason), (told,))


def _offered(world: World) -> list[str]:
    """The agents to whom something is offered."""
    return [a.id for a in world.agents if world.store.work_items.count("offered_to", a.id)]


@kind("transfer", needs=has_talk, weight=2)
def transfer(world: World, draw: Draw) -> Command:
    talk, taker = draw.one_of(held(world) or world.talks), draw.one_of(world.agents)
    giver = world.store.agents.get(talk.agent) or draw.one_of(world.agents)
    told = when(f"{giver.name} transfers the {talk.told} to {taker.name}")
    return Command(lambda: world.instance.transfer(talk.interaction, giver.id, taker.id), (told,))


@kind("add_reject_reason")
def add_reject_reason(world: World, draw: Draw) -> Command:
    reason, again = draw.one_of(REASONS), draw.maybe()
    asked = "may be asked again" if again else "is not asked again"
    told = given(f'there is the reject reason "{reason}", after which the agent {asked}')
    return Command(lambda: world.instance.add_reject_reason(reason, again), (told,))


@kind("set_sms_capacity", needs=lambda world: world.agents)
def set_sms_capacity(world: World, draw: Draw) -> Command:
    agent, limit = draw.one_of(world.agents), draw.number(-1, 2)
    told = when(f"{agent.name}'s capacity becomes {limit} SMS conversations")
    return Command(lambda: world.instance.set_sms_capacity(agent.id, limit), (told,))


@kind("set_capacity", needs=lambda world: world.agents)
def set_capacity(world: World, draw: Draw) -> Command:
    agent, limit = draw.one_of(world.agents), draw.number(-1, 2)
    told = when(f"{agent.name}'s capacity becomes {limit} conversations of any type")
    return Command(lambda: world.instance.set_capacity(agent.id, limit), (told,))
