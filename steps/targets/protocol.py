"""What a run needs of a target, and how a target says that it cannot be used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.policy import Policy
from smslab.steps.engine.stage import Stage
from smslab.steps.needs import Need


class TargetFailed(Exception):
    """A target cannot be used, or stopped answering; the message says which, why, what to do.

    It never holds credentials.
    """


class TargetGone(TargetFailed):
    """A target that cannot be used any more: it does not answer, or is another run's now.

    A scenario that cannot even begin for it is the last one of a run.
    """


class Target(Protocol):
    """Where the scenarios of a run happen.

    ``name`` is what outputs call it; ``offers`` is what phrases may need of it. A scenario
    that needs more is skipped. ``shared``: all stages are on one instance, so that one
    scenario runs at a time.
    """

    @property
    def name(self) -> str:
        """What outputs call the target, without credentials."""

    @property
    def offers(self) -> frozenset[Need]:
        """What phrases may need."""

    @property
    def shared(self) -> bool:
        """Whether all stages are on one instance."""

    def stage(self, seed: int, policy: Policy, extensions: Sequence[type[ExtensionPoint]]) -> Stage:
        """A stage for one scenario. Raises TargetFailed."""

    def as_it_is(self, seed: int) -> Stage:
        """A stage under the settings that the target has of its own. Raises TargetFailed."""

    def simulated(self, seed: int, policy: Policy) -> Stage:
        """A stage of the simulator, seen as the target is seen."""

    def check(self, extensions: Sequence[type[ExtensionPoint]]) -> None:
        """Raise TargetFailed for what no scenario could use, before the first one."""

    def close(self) -> None:
        """The run has ended."""
