"""Phrases about messaging actions: what is done when a message is not answered in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pytest_bdd import given, then, when

from smslab.simulator.commands import INSTANCE
from smslab.simulator.errors import Refused
from smslab.simulator.journal import Event
from smslab.simulator.messaging_actions.messaging_action_records import (
    ActionKind,
    MessagingEvent,
    Prompt,
)
from smslab.simulator.records import Message, WorkItem
from smslab.simulator.states import InteractionState, PartyKind
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, expect
from smslab.steps.needs import Need, needs

COLUMNS = ["at", "messaging action", "with"]
_COMMAND = "messaging action "


@given(
    parse(
        "the messaging action {string} prompts the agent {duration} "
        + "after {messaging event} without a response"
    )
)
@needs(Need.SETTINGS)
def _(scene: Scene, string: str, duration: timedelta, messaging_event: MessagingEvent) -> None:
    add(scene, string, messaging_event, ActionKind.PROMPT_AGENT, duration)


@given(
    parse(
        "the messaging action {string} prompts the requester {duration} "
        + "after {messaging event} without a response"
    )
)
@needs(Need.SETTINGS)
def _(scene: Scene, string: str, duration: timedelta, messaging_event: MessagingEvent) -> None:
    add(scene, string, messaging_event, ActionKind.PROMPT_REQUESTER, duration)


@given(
    parse(
        "the messaging action {string} reassigns the interaction {duration} "
        + "after {messaging event} without a response"
    )
)
@needs(Need.SETTINGS)
def _(scene: Scene, string: str, duration: timedelta, messaging_event: MessagingEvent) -> None:
    add(scene, string, messaging_event, ActionKind.REASSIGN, duration)


@given(
    parse(
        "the messaging action {string} makes the interaction {interaction state} {duration} "
        + "after {messaging event} without a response"
    )
)
@needs(Need.SETTINGS)
def _(
    scene: Scene,
    string: str,
    interaction_state: InteractionState,
    duration: timedelta,
    messaging_event: MessagingEvent,
) -> None:
    add(scene, string, messaging_event, ActionKind.SET_STATE, duration, state=interaction_state)


def add(
    scene: Scene,
    name: str,
    event: MessagingEvent,
    action: ActionKind,
    duration: timedelta,
    **fields: InteractionState,
) -> None:
    """Set a messaging action up; a refusal must be said by the scenario."""
    scene.attempt(
        lambda: scene.instance.add_messaging_action(name, event, action, duration, **fields),
        "the messaging action",
    )


@then(parse("the messaging action is refused by rule {rule}, which says {string}"))
@needs(Need.SETTINGS)
def _(scene: Scene, rule: str, string: str) -> None:
    refused = scene.refused
    expect(rule, refused.rule if refused else "no refusal")
    expect(True, refused is not None and string in refused.reason, f"what {refused} says")
    expect(True, scene.is_as_before(), "a refused command changes nothing")
    scene.explained()


@given(parse("the messaging action {string} is inactive"))
@when(parse("the messaging action {string} becomes inactive"))
@needs(Need.SETTINGS)
def _(scene: Scene, string: str) -> None:
    change(scene, string, active=False)


@when(parse("the messaging action {string} becomes active"))
@needs(Need.SETTINGS)
def _(scene: Scene, string: str) -> None:
    change(scene, string, active=True)


@given(parse("the messaging action {string} is only for conversations with {party kind}s"))
@needs(Need.SETTINGS)
def _(scene: Scene, string: str, party_kind: PartyKind) -> None:
    change(scene, string, party_kind=party_kind)


@given(parse("the messaging action {string} is only for conversations through {phone}"))
@needs(Need.SETTINGS)
def _(scene: Scene, string: str, phone: str) -> None:
    change(scene, string, provider_number=scene.e164(phone))


@given(parse("the messaging action {string} is only for conversations that {agent} has"))
@needs(Need.SETTINGS)
def _(scene: Scene, string: str, agent: str) -> None:
    change(scene, string, assigned_to=scene.agent(agent).id)


def change(scene: Scene, name: str, **changes: Any) -> None:
    """Change a messaging action. Raises AssertionError where the instance does not do it."""
    scene.act()
    try:
        scene.instance.change_messaging_action(name, **changes)
    except (LookupError, Refused) as error:
        raise AssertionError(str(error)) from None


@then(parse("{agent} has been prompted about the conversation with {party}"))
@needs(Need.INTERNALS)
def _(scene: Scene, agent: str, party: str) -> None:
    expect_prompts_of_agent(scene, agent, party, 1)


@then(parse("{agent} has been prompted {int} times about the conversation with {party}"))
@needs(Need.INTERNALS)
def _(scene: Scene, agent: str, int: int, party: str) -> None:
    expect_prompts_of_agent(scene, agent, party, int)


@then(parse("{agent} has not been prompted about the conversation with {party}"))
@needs(Need.INTERNALS)
def _(scene: Scene, agent: str, party: str) -> None:
    expect_prompts_of_agent(scene, agent, party, 0)


def expect_prompts_of_agent(scene: Scene, agent: str, party: str, times: int) -> None:
    """Raise AssertionError unless an agent was prompted so often in the latest conversation."""
    interaction = scene.interaction_with(scene.party(party).id)
    prompted = [
        prompt
        for prompt in scene.instance.store.prompts.find("interaction", interaction.id)
        if prompt.agent == scene.agent(agent).id
    ]
    expect(times, len(prompted), f"how often {agent} was prompted about {interaction.id}")


@then(parse("{party} has been prompted to answer"))
@needs(Need.INTERNALS)
def _(scene: Scene, party: str) -> None:
    expect_prompts_of_requester(scene, party, 1)


@then(parse("{party} has been prompted {int} times to answer"))
@needs(Need.INTERNALS)
def _(scene: Scene, party: str, int: int) -> None:
    expect_prompts_of_requester(scene, party, int)


@then(parse("{party} has not been prompted to answer"))
@needs(Need.INTERNALS)
def _(scene: Scene, party: str) -> None:
    expect_prompts_of_requester(scene, party, 0)


def expect_prompts_of_requester(scene: Scene, party: str, times: int) -> None:
    """Raise AssertionError unless a requester was prompted so often in the latest conversation."""
    interaction = scene.interaction_with(scene.party(party).id)
    messages = scene.instance.store.messages.find("interaction", interaction.id)
    prompted = [message for message in messages if message.author == INSTANCE]
    expect(times, len(prompted), f"how often {party} was prompted in {interaction.id}")


@then("these messaging actions run")
@needs(Need.INTERNALS)
def _(scene: Scene, datatable: list[list[str]]) -> None:
    expect(COLUMNS, datatable[0], "the columns of the table")
    events = scene.instance.journal.events[scene.began_at :]
    ran = dict.fromkeys(
        run_of(scene, event) for event in events if event.command.startswith(_COMMAND)
    )
    expect([tuple(row) for row in datatable[1:]], list(ran), "what the journal says")


def run_of(scene: Scene, event: Event) -> tuple[str, str, str]:
    """When a messaging action ran that caused an event, its name, and with whom."""
    store = scene.instance.store
    records: dict[str, Mapping[str, Prompt | Message | WorkItem]] = {
        "prompt": store.prompts.by_id,
        "message": store.messages.by_id,
        "work item": store.work_items.by_id,
    }
    of_interaction = records.get(event.entity)
    interaction = of_interaction[event.id].interaction if of_interaction else event.id
    party = scene.name_of(store.interactions[interaction].party)
    return f"{event.time:%Y-%m-%d %H:%M}", event.command.removeprefix(_COMMAND), party
