"""Phrases about time, which passes only when a scenario says so."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import when

from smslab.steps.language.parser import parse
from smslab.steps.language.scene import Scene


@when(parse("{duration} pass(es)"))
def _(scene: Scene, duration: timedelta) -> None:
    scene.act()
    scene.instance.advance(duration)
