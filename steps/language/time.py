"""Phrases about time, which passes only when a scenario says so. All of it is UTC."""

from __future__ import annotations

from datetime import datetime, timedelta

from pytest_bdd import given, when

from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene
from smslab.steps.needs import Need, needs


@given(parse("it is {moment}"))
@needs(Need.TIME)
def _(scene: Scene, moment: datetime) -> None:
    now = scene.instance.clock.now
    if moment < now:
        raise AssertionError(f"it is {now:%Y-%m-%d %H:%M} already, and time does not go back.")
    if moment > now:
        let_pass(scene, moment - now)


@when(parse("{duration} pass/passes"))
@needs(Need.TIME)
def _(scene: Scene, duration: timedelta) -> None:
    let_pass(scene, duration)


def let_pass(scene: Scene, duration: timedelta) -> None:
    """Let time pass. Raises BadDuration for a duration that cannot; nothing is changed then."""
    scene.act()
    scene.instance.advance(duration)
