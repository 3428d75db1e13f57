"""Phrases that set up what is going on before the story: conversations and interactions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from pytest_bdd import given, when

from smslab.simulator.decision_table import Conversation
from smslab.simulator.records import Interaction, Party
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import InteractionState, InteractionType, StateReason
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene
from smslab.steps.needs import Need, needs

With: TypeAlias = tuple[Conversation, str | None]


def conversation_needs(arguments: Mapping[str, Any]) -> list[Need]:
    """What it takes to begin a conversation: see :func:`begin`."""
    _, agent = arguments["conversation"]
    if agent and "party" in arguments:
        return [Need.SEND]
    is_queued = arguments["conversation"][0] is Conversation.QUEUE
    return [Need.INBOUND, Need.AGENT_WORK] if agent or is_queued else [Need.INBOUND]


@given(parse("{party} has an SMS conversation {conversation}"))
@needs(conversation_needs)
def _(scene: Scene, party: str, conversation: With) -> None:
    record = scene.party(party)
    begin(scene, record, conversation, scene.e164(scene.number_of(record), record))


@given(parse("{party} has an SMS conversation {conversation} at that number"))
@needs(conversation_needs)
def _(scene: Scene, party: str, conversation: With) -> None:
    begin(scene, scene.party(party), conversation, scene.that_number())


@given(parse("{party} has an SMS conversation {conversation} at {phone}"))
@needs(conversation_needs)
def _(scene: Scene, party: str, conversation: With, phone: str) -> None:
    record = scene.party(party)
    begin(scene, record, conversation, scene.e164(phone, record))


@given(parse("{party} has an SMS conversation {conversation} through {phone}"))
@needs(conversation_needs)
def _(scene: Scene, party: str, conversation: With, phone: str) -> None:
    record = scene.party(party)
    number = scene.e164(scene.number_of(record), record)
    begin(scene, record, conversation, number, scene.e164(phone))


@given(parse("{party} has an SMS conversation {conversation} at that number through {phone}"))
@needs(conversation_needs)
def _(scene: Scene, party: str, conversation: With, phone: str) -> None:
    begin(scene, scene.party(party), conversation, scene.that_number(), scene.e164(phone))


@given(parse("{party} has an SMS conversation {conversation} at {phone} through {phone}"))
@needs(conversation_needs)
def _(scene: Scene, party: str, conversation: With, phone: str, phone2: str) -> None:
    record = scene.party(party)
    begin(scene, record, conversation, scene.e164(phone, record), scene.e164(phone2))


@given(parse("a guest has an SMS conversation {conversation} at {phone}"))
@needs(conversation_needs)
def _(scene: Scene, conversation: With, phone: str) -> None:
    begin(scene, None, conversation, scene.e164(phone))


@given(parse("a guest has an SMS conversation {conversation} at {phone} through {phone}"))
@needs(conversation_needs)
def _(scene: Scene, conversation: With, phone: str, phone2: str) -> None:
    begin(scene, None, conversation, scene.e164(phone), scene.e164(phone2))


def begin(
    scene: Scene, party: Party | None, conversation: With, number: str, through: str | None = None
) -> None:
    """Begin a conversation as in life: the agent texts the party, or the party the company.

    Raises AssertionError where what follows is not a new conversation with this party.
    """
    with_whom, agent = conversation
    if agent and party:
        agent_begins(scene, party, agent, number, through)
    else:
        requester_begins(scene, party, number, through)
        interaction = scene.interaction_with(party.id if party else None)
        if agent:
            scene.instance.assign(interaction.id, scene.agent_introduced(agent).id)
        elif with_whom is Conversation.QUEUE:
            scene.instance.put_in_queue(interaction.id)
    scene.number = number


def agent_begins(scene: Scene, party: Party, agent: str, number: str, through: str | None) -> None:
    """An agent's first text to a party."""
    outcome = scene.instance.send(
        SendRequest(
            scene.agent_introduced(agent).id, "Hello", party.id, send_to=number, send_from=through
        ),
        confirmed=True,
    )
    if outcome.status != "sent" or outcome.assessment is None or outcome.assessment.existing:
        raise AssertionError(
            f"{agent} cannot begin a conversation with {party.name} at {number}: "
            f"{outcome.refusal or 'a conversation is going on there already'}."
        )


def requester_begins(scene: Scene, party: Party | None, number: str, through: str | None) -> None:
    """A requester's first text to the company."""
    company = through or scene.company_number()
    message = scene.instance.requester_texts(number, company, "Hello")
    reached = scene.instance.store.interactions[message.interaction].party if message else None
    wanted = party.id if party else None
    if reached != wanted:
        raise AssertionError(
            f"a text from {number} reaches {scene.name_of(reached)}, "
            f"not {scene.name_of(wanted)}; whose number is it in this scenario?"
        )


@given(parse("{party}'s interaction of type {interaction type} is open with agent {agent}"))
@when(parse("{party}'s interaction of type {interaction type} is opened by {agent}"))
@needs(Need.INTERACTIONS)
def _(scene: Scene, party: str, interaction_type: InteractionType, agent: str) -> None:
    opener = scene.agent_introduced(agent)
    scene.instance.open_interaction(interaction_type, [scene.party(party).id], opener.id)


@given(
    parse(
        "{party}'s interaction of type {interaction type}, opened for {party}, "
        + "is open with agent {agent}"
    )
)
@needs(Need.INTERACTIONS)
def _(scene: Scene, party: str, interaction_type: InteractionType, party2: str, agent: str) -> None:
    parties = [scene.party(party).id, scene.party(party2).id]
    opener = scene.agent_introduced(agent)
    scene.instance.open_interaction(interaction_type, parties, opener.id)


@given(parse("an interaction of type {interaction type} with nobody is open with agent {agent}"))
@needs(Need.INTERACTIONS)
def _(scene: Scene, interaction_type: InteractionType, agent: str) -> None:
    scene.instance.open_interaction(interaction_type, [], scene.agent_introduced(agent).id)


@given(parse("{party}'s interaction of type {interaction type} has become {interaction state}"))
@when(parse("{party}'s interaction of type {interaction type} becomes {interaction state}"))
@needs(Need.INTERACTIONS)
def _(
    scene: Scene, party: str, interaction_type: InteractionType, interaction_state: InteractionState
) -> None:
    end(scene, latest(scene, party, interaction_type), interaction_state)


@given(parse("the guest's interaction has become {interaction state}"))
@needs(Need.INTERACTIONS)
def _(scene: Scene, interaction_state: InteractionState) -> None:
    end(scene, scene.interaction_with(None), interaction_state)


def latest(scene: Scene, party: str, type: InteractionType) -> Interaction:
    """A party's latest interaction of a type. Raises AssertionError where there is none."""
    record = scene.party(party)
    found = [
        row
        for row in scene.instance.store.interactions
        if row.type is type and row.party == record.id
    ]
    if not found:
        raise AssertionError(f"there is no interaction of type {type} with {party}.")
    return found[-1]


def end(scene: Scene, interaction: Interaction, state: InteractionState) -> None:
    """Bring an interaction into a state that ends its conversation."""
    reasons = {
        InteractionState.CLOSED_COMPLETE: StateReason.AGENT_ENDED,
        InteractionState.CLOSED_ABANDONED: StateReason.NO_ACTIVITY,
        InteractionState.FAULTED: StateReason.ERROR,
    }
    if state is InteractionState.WRAP_UP:
        scene.instance.wrap_up(interaction.id)
    elif state in reasons:
        scene.instance.close(interaction.id, reasons[state])
    else:
        raise AssertionError(f"an interaction does not become {state} by being ended.")
