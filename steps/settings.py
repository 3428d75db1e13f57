"""What a run was told: its seed, its policy, its target and where its results go."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from smslab.simulator.policy import Policy
from smslab.steps.engine.stage import Stage

DEFAULT_SEED = 1
DEFAULT_RESULTS = "results/latest"


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The settings of one run. ``switches`` are the NAME=VALUE that made ``policy``."""

    seed: int
    policy: Policy
    switches: tuple[str, ...]
    results: Path
    config: pytest.Config

    def stage(self, seed: int) -> Stage:
        """A fresh stage from the target of the run."""
        stage: Stage = self.config.hook.pytest_smslab_make_stage(seed=seed, policy=self.policy)
        return stage

    def rerun_command(self, file: str, at: int) -> str:
        """The command that runs just the scenario in line ``at`` again, the same way."""
        words = ["smslab", "run", f"{file}:{at}", "--seed", str(self.seed)]
        words += [word for switch in self.switches for word in ("--switch", switch)]
        return shlex.join(words)


_KEY = pytest.StashKey[RunSettings]()


def configure_settings(config: pytest.Config) -> None:
    """Read the options. Raises pytest.UsageError for an unknown switch or value."""
    switches = tuple(config.getoption("smslab_switch"))
    config.stash[_KEY] = RunSettings(
        seed=config.getoption("smslab_seed"),
        policy=policy_of(switches),
        switches=switches,
        results=(config.invocation_params.dir / config.getoption("smslab_results")).absolute(),
        config=config,
    )


def settings_of(config: pytest.Config) -> RunSettings:
    """The settings of the run."""
    return config.stash[_KEY]


def policy_of(switches: Iterable[str]) -> Policy:
    """The default policy with ``NAME=VALUE`` changes. Raises pytest.UsageError in words."""
    policy = Policy()
    for switch in switches:
        name, equals, value = switch.partition("=")
        if not equals:
            raise pytest.UsageError(f"A switch is set as NAME=VALUE, not {switch!r}.")
        try:
            policy = policy.changed(name.strip(), value.strip())
        except ValueError as error:
            raise pytest.UsageError(str(error)) from None
    return policy


def shown(path: Path) -> str:
    """A path for reading: relative to the current folder where it lies inside."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
