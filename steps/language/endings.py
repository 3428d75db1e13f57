"""Phrases about how conversations end: by the requester, by the agent, or idle."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, then, when

from smslab.simulator.records import Interaction
from smslab.simulator.states import InteractionState
from smslab.steps.language.parser import parse
from smslab.steps.language.routing import conversation
from smslab.steps.language.scene import Scene, expect
from smslab.steps.needs import Need, needs


@when(parse("{party} leaves the conversation"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, party: str) -> None:
    interaction = conversation(scene, party)
    scene.attempt(lambda: scene.instance.requester_leaves(interaction.id))


@when("the guest leaves the conversation")
@needs(Need.AGENT_WORK)
def _(scene: Scene) -> None:
    interaction = scene.interaction_with(None)
    scene.attempt(lambda: scene.instance.requester_leaves(interaction.id))


@when(parse("{party} leaves the conversation for a search"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, party: str) -> None:
    interaction = conversation(scene, party)
    scene.attempt(lambda: scene.instance.requester_leaves(interaction.id, for_a_search=True))


@when(parse("{agent} ends the conversation with {party}"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, party: str) -> None:
    interaction, ender = conversation(scene, party), scene.agent(agent)
    scene.attempt(lambda: scene.instance.agent_ends(interaction.id, ender.id))


@given(parse("SMS conversations may be idle for {duration}"))
@when(parse("SMS conversations may be idle for {duration} from now on"))
@needs(Need.SETTINGS)
def _(scene: Scene, duration: timedelta) -> None:
    scene.instance.set_idle_timeout(duration)


@then(parse("{party}'s interaction is {interaction state} because of {string}"))
@needs(Need.READ)
def _(scene: Scene, party: str, interaction_state: InteractionState, string: str) -> None:
    expect_ended(conversation(scene, party), interaction_state, string)


@then(parse("the guest's interaction is {interaction state} because of {string}"))
@needs(Need.READ)
def _(scene: Scene, interaction_state: InteractionState, string: str) -> None:
    expect_ended(scene.interaction_with(None), interaction_state, string)


def expect_ended(interaction: Interaction, state: InteractionState, reason: str) -> None:
    """Raise AssertionError unless an interaction ended in a state for a reason (S-5)."""
    got = f"{interaction.state}, {interaction.state_reason or 'without a reason'}"
    expect(f"{state}, {reason}", got, f"how {interaction.id} ended")


@then(parse("{party}'s interaction was ended by rule {rule}"))
@needs(Need.INTERNALS)
def _(scene: Scene, party: str, rule: str) -> None:
    interaction = conversation(scene, party)
    endings = [
        event.rule
        for event in scene.instance.journal.events
        if event.entity == "interaction" and event.id == interaction.id
        if event.field == "state_reason"
    ]
    expect([rule], endings, f"the rules by which {interaction.id} ended, in the journal")
