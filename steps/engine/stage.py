"""The stage of a scenario: a fresh instance, and the scene through which phrases use it.

What makes a stage is injected, so that the same features can run on another target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from smslab.reports.journal_file import AttachmentLine, ScenarioRecord
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


class StageOnDemand:
    """The stage of one scenario, made when something first asks for it.

    ``made`` is None until then. ``step`` is the position of the running step, -1 between
    steps; the journal of the stage knows it from the start. ``attachments`` are what the
    steps of the scenario attached.
    """

    __slots__ = ("_make", "_step", "attachments", "made")

    def __init__(self, make: Callable[[], Stage]) -> None:
        self._make = make
        self._step = -1
        self.made: Stage | None = None
        self.attachments: list[AttachmentLine] = []

    def get(self) -> Stage:
        """The stage. Raises what making it raises."""
        if self.made is None:
            self.made = self._make()
            self.made.journal.step = self._step
        return self.made

    def keep_attachments_in(self, record: ScenarioRecord) -> None:
        """Move what was attached to the record, and what will be, too."""
        record.attachments.extend(self.attachments)
        self.attachments = record.attachments

    @property
    def step(self) -> int:
        """The position of the running step."""
        return self._step

    @step.setter
    def step(self, position: int) -> None:
        self._step = position
        if self.made is not None:
            self.made.journal.step = position


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
