"""What a run was told: its seed, its policy, its target and where its results go."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from smslab.reports.history.addresses import OFF
from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.policy import Policy
from smslab.simulator.policy_file import BadPolicyFile, read_policy
from smslab.steps.defaults import HISTORY_VARIABLE
from smslab.steps.engine.stage import Stage
from smslab.steps.extensions import BadExtension, extensions_of_run


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The settings of one run.

    ``switches`` (NAME=VALUE) and ``policy_file`` made ``policy``; ``modules`` are those that
    the user named, ``extensions`` their classes and those of installed packages.
    """

    seed: int
    policy: Policy
    switches: tuple[str, ...]
    results: Path
    config: pytest.Config
    policy_file: str | None = None
    modules: tuple[str, ...] = ()
    extensions: tuple[type[ExtensionPoint], ...] = ()
    reports: bool = True
    """Whether to make the page and the JUnit XML; the journal is always written."""
    strict: bool = False
    """Whether nothing runs until everything could run, and is meant."""
    allow_same_names: bool = False
    """Whether scenarios of one name are numbered, instead of refused."""
    messages: Path | None = None
    """Where to write Cucumber Messages, if anywhere."""
    history: str = OFF
    """The address of the history that the run is kept in, or ``off``."""

    def stage(self, seed: int) -> Stage:
        """A fresh stage from the target of the run."""
        stage: Stage = self.config.hook.pytest_smslab_make_stage(
            seed=seed, policy=self.policy, extensions=self.extensions
        )
        return stage

    def rerun_command(self, file: str, at: int) -> str:
        """The command that runs just the scenario in line ``at`` again, the same way."""
        words = ["smslab", "run", f"{file}:{at}", "--seed", str(self.seed)]
        words += ["--policy", self.policy_file] if self.policy_file else []
        words += [word for switch in self.switches for word in ("--switch", switch)]
        words += [word for module in self.modules for word in ("--extension", module)]
        words += ["--allow-same-names"] if self.allow_same_names else []
        return shlex.join(words)


_KEY = pytest.StashKey[RunSettings]()


def configure_settings(config: pytest.Config) -> None:
    """Read the options. Raises pytest.UsageError for one that cannot be used."""
    folder = config.invocation_params.dir
    switches = tuple(config.getoption("smslab_switch"))
    policy_file = config.getoption("smslab_policy")
    modules = tuple(config.getoption("smslab_extension"))
    config.stash[_KEY] = RunSettings(
        seed=config.getoption("smslab_seed"),
        policy=policy_of(switches, policy_file and folder / policy_file),
        switches=switches,
        policy_file=policy_file,
        modules=modules,
        extensions=extensions_of(modules, folder),
        results=(folder / config.getoption("smslab_results")).absolute(),
        config=config,
        reports=not config.getoption("smslab_no_reports"),
        strict=config.getoption("smslab_strict"),
        allow_same_names=config.getoption("smslab_allow_same_names"),
        messages=_messages(config),
        history=config.getoption("smslab_history") or os.environ.get(HISTORY_VARIABLE) or OFF,
    )


def _messages(config: pytest.Config) -> Path | None:
    file = config.getoption("smslab_messages")
    return (config.invocation_params.dir / file).absolute() if file else None


def settings_of(config: pytest.Config) -> RunSettings:
    """The settings of the run."""
    return config.stash[_KEY]


def extensions_of(modules: Iterable[str], folder: Path) -> tuple[type[ExtensionPoint], ...]:
    """The extensions of modules and installed packages. Raises pytest.UsageError in words."""
    try:
        return extensions_of_run(modules, folder)
    except BadExtension as error:
        raise pytest.UsageError(str(error)) from None


def policy_of(switches: Iterable[str], file: Path | None = None) -> Policy:
    """The policy of a file, else the default one, with ``NAME=VALUE`` changes.

    Raises pytest.UsageError in words.
    """
    try:
        policy = read_policy(file) if file else Policy()
    except BadPolicyFile as error:
        raise pytest.UsageError(str(error)) from None
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
