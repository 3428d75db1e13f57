"""How a served instance begins: its seed, policy, time and extensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from smslab.simulator.clock import LATEST, START
from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.http.codec import Undecodable, decode
from smslab.simulator.http.encoding import encode
from smslab.simulator.instance import Instance
from smslab.simulator.policy import Policy

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an instance is made from; equal beginnings make equal instances.

    ``extensions`` make those that every instance of the server has; they are no part of
    what a state file keeps, because code does not travel.
    """

    seed: int = 1
    policy: Policy = field(default_factory=Policy)
    at: datetime = START
    extensions: tuple[Callable[[], ExtensionPoint], ...] = ()

    def instance(self) -> Instance:
        """A fresh instance."""
        made = Instance(self.policy, self.seed, self.at)
        for extension in self.extensions:
            made.register_extension(extension())
        return made

    def as_json(self) -> dict[str, Any]:
        """Seed, policy and time as JSON."""
        return {"seed": self.seed, "policy": self.policy.as_dict(), "at": encode(self.at)}

    def changed(self, data: Mapping[str, Any]) -> Beginning:
        """This beginning with what JSON says instead.

        Without a ``policy`` it keeps its own; ``at`` may be null for the usual time.

        Raises Undecodable, UnknownSetting or BadValue.
        """
        policy = decode(Mapping[str, str | bool], data.get("policy", {}), "policy")
        at = decode(datetime | None, data.get("at"), "at")
        if at is not None and not _EARLIEST <= at < LATEST:
            raise Undecodable("at", f"expected a time from {_EARLIEST:%Y} to {LATEST.year - 1}")
        return Beginning(
            seed=decode(int, data.get("seed", self.seed), "seed"),
            policy=self.policy if data.get("policy") is None else Policy.from_dict(policy),
            at=at or START,
            extensions=self.extensions,
        )
