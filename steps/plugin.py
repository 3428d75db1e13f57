"""The pytest plugin: feature files are tests, without a Python file for each.

Set ``smslab_collect = false`` where another plugin, such as pytest-bdd itself, runs the
feature files. The plugin stays light: what only reports need is imported when they are made.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import pytest

from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.policy import Policy
from smslab.steps.engine.items import SESSION, FeatureFile, ScenarioItem, Vocabulary, settle
from smslab.steps.engine.registry import Registry, language_modules
from smslab.steps.engine.stage import Clock, Stage, simulator_stage
from smslab.steps.fixtures import instance, scene, smslab_stage
from smslab.steps.frozen_time import FrozenTime
from smslab.steps.recording import Recorder
from smslab.steps.settings import (
    DEFAULT_RESULTS,
    DEFAULT_SEED,
    RunSettings,
    configure_settings,
    settings_of,
)
from smslab.steps.tally import Tally, verdict

__all__ = ["instance", "scene", "smslab_stage"]


class Hooks:
    """The hook that this plugin adds."""

    @pytest.hookspec(firstresult=True)
    def pytest_smslab_make_stage(
        self, seed: int, policy: Policy, extensions: Sequence[type[ExtensionPoint]]
    ) -> Stage | None:
        """Make the stage of a scenario: implement it to run the features on another target.

        ``extensions`` are the classes to register; an implementation may leave the argument
        out, as it may any other.
        """


@pytest.hookimpl(trylast=True)
def pytest_smslab_make_stage(
    seed: int, policy: Policy, extensions: Sequence[type[ExtensionPoint]]
) -> Stage:
    """The simulator in this process."""
    return simulator_stage(seed, policy, extensions)


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the hook."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the setting."""
    group = parser.getgroup("smslab", "features on the simulated instance")
    group.addoption(
        "--smslab-seed", type=int, default=DEFAULT_SEED, metavar="N", help="seed of the run"
    )
    group.addoption(
        "--smslab-results",
        default=DEFAULT_RESULTS,
        metavar="DIR",
        help=f"folder for journal, page and JUnit XML (default: {DEFAULT_RESULTS})",
    )
    group.addoption(
        "--smslab-switch",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a switch or property of the instance; may be given several times",
    )
    group.addoption(
        "--smslab-policy",
        metavar="FILE",
        help="TOML file with switches, properties and timers; --smslab-switch comes after it",
    )
    group.addoption(
        "--smslab-extension",
        action="append",
        default=[],
        metavar="MODULE",
        help="register the extensions of a module or .py file; may be given several times",
    )
    parser.addini("smslab_collect", "collect .feature files", type="bool", default=True)


def pytest_configure(config: pytest.Config) -> None:
    """Read the options and get ready to record."""
    configure_settings(config)
    session = PluginSession(config)
    config.stash[SESSION] = session
    tally = Tally()
    config.pluginmanager.register(session, "smslab_session")
    config.pluginmanager.register(tally, "smslab_tally")
    config.pluginmanager.register(Recorder(settings_of(config), tally), "smslab_recorder")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> FeatureFile | None:
    """Collect feature files."""
    if file_path.suffix != ".feature" or not parent.config.getini("smslab_collect"):
        return None
    return FeatureFile.from_parent(parent, path=file_path)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """See to it that every scenario has a key of its own."""
    settle(items)


class PluginSession:
    """What the items of a run share: settings, phrases and the frozen clock."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._settings: RunSettings = settings_of(config)
        self._vocabulary = Vocabulary(language_modules())
        self._registries: dict[Path, Registry] = {}
        self._time = FrozenTime()

    @property
    def seed(self) -> int:
        """The seed of the run."""
        return self._settings.seed

    def stage(self, seed: int) -> Stage:
        """A fresh stage from the target of the run."""
        return self._settings.stage(seed)

    def rerun_command(self, file: str, at: int) -> str:
        """The command that runs one scenario again."""
        return self._settings.rerun_command(file, at)

    def follow(self, clock: Clock) -> None:
        """Show the time of ``clock`` as the wall clock."""
        self._time.follow(clock)

    def registry(self, file: Path) -> Registry:
        """The phrases for ``file``."""
        if file not in self._registries:
            plugins = self._config.pluginmanager.get_plugins()
            ordered = sorted(plugins, key=lambda plugin: getattr(plugin, "__name__", ""))
            self._registries[file] = self._vocabulary.registry(file, ordered)
        return self._registries[file]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        """Freeze the wall clock from the first scenario to the last one in a row."""
        if isinstance(item, ScenarioItem):
            self._time.start()
        result = yield
        if not isinstance(nextitem, ScenarioItem):
            self._time.stop()
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Let the wall clock go on after an interrupted run."""
        self._time.stop()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The verdict, below pytest's own."""
    tally = config.pluginmanager.get_plugin("smslab_tally")
    if tally is not None and tally.scenarios:
        terminalreporter.section("smslab")
        for line in verdict(tally, settings_of(config)):
            terminalreporter.write_line(line)
