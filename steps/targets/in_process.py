"""The simulator in this process: the target of a run that names no other."""

from __future__ import annotations

from collections.abc import Sequence

from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.policy import Policy
from smslab.steps.engine.stage import Stage, simulator_stage
from smslab.steps.needs import EVERYTHING, Need


class InProcess:
    """A fresh simulator for every scenario."""

    name = "in process"
    offers: frozenset[Need] = EVERYTHING
    shared = False

    def stage(self, seed: int, policy: Policy, extensions: Sequence[type[ExtensionPoint]]) -> Stage:
        """A fresh simulator, extended."""
        return simulator_stage(seed, policy, extensions)

    def as_it_is(self, seed: int) -> Stage:
        """A fresh simulator with the defaults."""
        return simulator_stage(seed, Policy())

    def simulated(self, seed: int, policy: Policy) -> Stage:
        """A fresh simulator."""
        return simulator_stage(seed, policy)

    def check(self, extensions: Sequence[type[ExtensionPoint]]) -> None:
        """It is always there."""

    def close(self) -> None:
        """Nothing is left behind."""


IN_PROCESS = InProcess()
