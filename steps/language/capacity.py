"""Phrases about capacity: how much work agents take, and how much more they can."""

from __future__ import annotations

import math

from pytest_bdd import given, then, when

from smslab.simulator.records import SMS
from smslab.simulator.routing import workload
from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene, expect
from smslab.steps.needs import Need, needs


@given(parse("{agent} takes up to {int} SMS conversation/conversations"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, int: int) -> None:
    scene.instance.set_sms_capacity(scene.agent_introduced(agent).id, int)


@when(parse("{agent}'s capacity becomes {int} SMS conversation/conversations"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, int: int) -> None:
    scene.attempt(lambda: scene.instance.set_sms_capacity(scene.agent(agent).id, int))


@given(parse("{agent} takes up to {int} conversation/conversations of any type"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, int: int) -> None:
    scene.instance.set_capacity(scene.agent_introduced(agent).id, int)


@when(parse("{agent}'s capacity becomes {int} conversation/conversations of any type"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, int: int) -> None:
    scene.attempt(lambda: scene.instance.set_capacity(scene.agent(agent).id, int))


@then(parse("{agent} can take {int} more SMS conversation/conversations"))
@needs(Need.AGENT_WORK)
def _(scene: Scene, agent: str, int: int) -> None:
    store = scene.instance.store
    left = workload.room(store, scene.agent(agent), SMS, with_offers=False)
    expect(int, left if left == math.inf else round(left), f"what {agent} can still take")
