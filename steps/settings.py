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
from smslab.steps.targets.in_process import IN_PROCESS
from smslab.steps.targets.protocol import Target, TargetFailed


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
    target: Target = IN_PROCESS
    """Where the scenarios happen."""
    target_options: tuple[str, ...] = ()
    """The options of `smslab run` that name the target."""

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
        words += self.target_options
        return shlex.join(words)


_KEY = pytest.StashKey[RunSettings]()


def configure_settings(config: pytest.Config) -> None:
    """Read the options. Raises pytest.UsageError for one that cannot be used."""
    folder = config.invocation_params.dir
    switches = tuple(config.getoption("smslab_switch"))
    policy_file = config.getoption("smslab_policy")
    modules = tuple(config.getoption("smslab_extension"))
    extensions = extensions_of(modules, folder)
    config.stash[_KEY] = RunSettings(
        seed=config.getoption("smslab_seed"),
        policy=policy_of(switches, policy_file and folder / policy_file),
        switches=switches,
        policy_file=policy_file,
        modules=modules,
        extensions=extensions,
        results=(folder / config.getoption("smslab_results")).absolute(),
        config=config,
        reports=not config.getoption("smslab_no_reports"),
        strict=config.getoption("smslab_strict"),
        allow_same_names=config.getoption("smslab_allow_same_names"),
        messages=_messages(config),
        history=config.getoption("smslab_history") or os.environ.get(HISTORY_VARIABLE) or OFF,
        target=target_of(config, extensions),
        target_options=_target_options(config),
    )


def _messages(config: pytest.Config) -> Path | None:
    file = config.getoption("smslab_messages")
    return (config.invocation_params.dir / file).absolute() if file else None


def target_of(config: pytest.Config, extensions: tuple[type[ExtensionPoint], ...]) -> Target:
    """The target that the options name. Raises pytest.UsageError in words."""
    named, record, replay = (config.getoption(f"smslab_{each}") for each in _OF_TARGET)
    if config.option.collectonly or not (named or record or replay):
        return IN_PROCESS
    from smslab.steps.targets.choosing import chosen_target

    folder = config.invocation_params.dir
    try:
        target = chosen_target(
            named, folder, record and folder / record, replay and folder / replay
        )
        target.check(extensions)
    except TargetFailed as error:
        raise pytest.UsageError(str(error)) from None
    if target.shared and config.getoption("numprocesses", None):
        raise pytest.UsageError(
            f"{target.name} is one instance, which runs one scenario at a time: leave -n out."
        )
    return target


_OF_TARGET = ("target", "record", "replay")


def _target_options(config: pytest.Config) -> tuple[str, ...]:
    given = {name: config.getoption(f"smslab_{name}") for name in _OF_TARGET if name != "record"}
    return tuple(word for name, value in given.items() if value for word in (f"--{name}", value))


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
