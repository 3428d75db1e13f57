"""The stage of a scenario: a fresh instance, and the scene through which phrases use it.

What makes a stage is injected, so that the same features can run on another target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.journal import Journal
from smslab.simulator.policy import Policy


class Clock(Protocol):
    """Virtual time; ``listeners`` hear of every move."""

    listeners: list[Callable[[datetime], None]]

    @property
    def now(self) -> datetime:
        """Virtual time, in UTC."""


class Scene(Protocol):
    """What the engine needs of a scene."""

    def close(self) -> None:
        """Raise AssertionError for what the scenario left unexplained, such as a refusal."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What one scenario runs on.

    ``instance`` and ``scene`` are the fixtures of these names; ``journal`` and ``clock``
    are those of the instance.
    """

    instance: object
    scene: Scene
    journal: Journal
    clock: Clock


StageFactory: TypeAlias = Callable[[int, Policy], Stage]
"""Makes the stage of one scenario from the scenario's seed and the policy of the run."""


def simulator_stage(
    seed: int, policy: Policy, extensions: Iterable[type[ExtensionPoint]] = ()
) -> Stage:
    """A fresh simulator in this process, extended: the stage unless a run is told otherwise."""
    from smslab.simulator.instance import Instance as Simulator
    from smslab.steps.extensions import made
    from smslab.steps.language.scene import Scene as SimulatorScene

    instance = Simulator(policy=policy, seed=seed)
    for extension in extensions:
        instance.register_extension(made(extension))
    return Stage(instance, SimulatorScene(instance), instance.core.journal, instance.core.clock)
