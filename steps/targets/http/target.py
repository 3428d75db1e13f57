"""The target of a run on a served instance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.instance import Instance
from smslab.simulator.policy import Policy
from smslab.steps.engine.stage import Stage, simulator_stage
from smslab.steps.language.scene import Scene
from smslab.steps.needs import EVERYTHING, Need
from smslab.steps.targets.carrier import Carrier
from smslab.steps.targets.client import Request, Transport
from smslab.steps.targets.credentials import Credentials
from smslab.steps.targets.http.control import Control
from smslab.steps.targets.http.remote import RemoteInstance
from smslab.steps.targets.protocol import TargetFailed

CLOCK = "/control/clock"


class HttpTarget:
    """A served instance of ours, reset before every scenario. It has all that phrases need."""

    offers: frozenset[Need] = EVERYTHING
    shared = True

    def __init__(self, name: str, url: str, transport: Transport, credentials: Credentials) -> None:
        self.name = name
        self._transport = transport
        self._carrier = Carrier(url, credentials)
        self._control = Control(transport)

    def stage(self, seed: int, policy: Policy, extensions: Sequence[type[ExtensionPoint]]) -> Stage:
        """The instance, begun anew. Raises TargetFailed."""
        return self._begun(seed, policy)

    def as_it_is(self, seed: int) -> Stage:
        """The instance, begun anew with its own settings. Raises TargetFailed."""
        return self._begun(seed, None)

    def simulated(self, seed: int, policy: Policy) -> Stage:
        """The simulator in this process, whose journal is the same."""
        return simulator_stage(seed, policy)

    def _begun(self, seed: int, policy: Policy | None) -> Stage:
        instance = RemoteInstance(self._control, self._carrier, seed, policy)
        scene = Scene(cast(Instance, instance))  # it has the same commands and tables
        return Stage(instance, scene, instance.journal, instance.clock)

    def check(self, extensions: Sequence[type[ExtensionPoint]]) -> None:
        """Ask the control area the time. Raises TargetFailed."""
        if extensions:
            raise TargetFailed(
                "Code does not travel: give --extension to smslab serve, where the instance runs."
            )
        clock = self._control.body_of(self._control.ask(Request("GET", CLOCK)), CLOCK)
        if "now" not in clock:
            raise TargetFailed(f"{self.name} is no smslab serve: {CLOCK} tells no time.")

    def close(self) -> None:
        """Let the connection go."""
        self._transport.close()
