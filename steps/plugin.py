"""The pytest plugin: feature files are tests, without a Python file for each.

Set ``smslab_collect = false`` where another plugin, such as pytest-bdd itself, runs the
feature files. The plugin stays light: what only reports need is imported when they are made.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import cached_property
from pathlib import Path

import pytest

from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.policy import Policy
from smslab.steps.defaults import DEFAULT_RESULTS, DEFAULT_SEED
from smslab.steps.engine.items import SESSION, FeatureFile, ScenarioItem, settle
from smslab.steps.engine.registry import Registry, language_modules
from smslab.steps.engine.stage import Clock, Stage
from smslab.steps.engine.unawaited import Unawaited
from smslab.steps.engine.vocabulary import Vocabulary
from smslab.steps.fixtures import attach, instance, scene, smslab_stage
from smslab.steps.frozen_time import FrozenTime
from smslab.steps.github import OnGithub, on_github
from smslab.steps.light_protocol import LightProtocol
from smslab.steps.needs import EVERYTHING, Need
from smslab.steps.rare_collections import RareCollections
from smslab.steps.recording import Recorder
from smslab.steps.retrying import Retrying
from smslab.steps.selecting import Selecting, add_options
from smslab.steps.settings import RunSettings, configure_settings, settings_of
from smslab.steps.strictness import Strictness
from smslab.steps.tally import Tally, verdict
from smslab.steps.targets.protocol import TargetFailed, TargetGone

__all__ = ["attach", "instance", "scene", "smslab_stage"]


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
        "--smslab-messages", default="", metavar="FILE", help="write Cucumber Messages (NDJSON)"
    )
    group.addoption(
        "--smslab-no-reports", action="store_true", help="write the journal, but no page or XML"
    )
    group.addoption(
        "--smslab-history",
        default="",
        metavar="ADDRESS",
        help="keep the run in an SQLite file or another database; better set SMSLAB_HISTORY where "
        "the address has a password",
    )
    group.addoption(
        "--smslab-strict", action="store_true", help="run nothing until all is put right"
    )
    group.addoption(
        "--smslab-allow-same-names", action="store_true", help="number scenarios of one name"
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
    add_options(group)
    group.addoption(
        "--smslab-retry",
        type=int,
        default=0,
        metavar="N",
        help="try a scenario that failed up to N times more",
    )
    group.addoption(
        "--smslab-target", default="", metavar="URL|NAME", help="where the scenarios happen"
    )
    group.addoption(
        "--smslab-record", default="", metavar="FILE", help="record what the target answers"
    )
    group.addoption(
        "--smslab-replay", default="", metavar="FILE", help="run on a recording, offline"
    )
    parser.addini("smslab_collect", "collect .feature files", type="bool", default=True)


def pytest_configure(config: pytest.Config) -> None:
    """Read the options and get ready to record."""
    configure_settings(config)
    tally = Tally()
    session = PluginSession(config, tally)
    config.stash[SESSION] = session
    config.pluginmanager.register(session, "smslab_session")
    config.pluginmanager.register(tally, "smslab_tally")
    if on_github() and not hasattr(config, "workerinput"):
        config.pluginmanager.register(OnGithub(tally, settings_of(config)), "smslab_github")
    config.pluginmanager.register(Selecting(config, tally), "smslab_selecting")
    config.pluginmanager.register(RareCollections(), "smslab_rare_collections")
    strictness = Strictness(tally, settings_of(config).strict)
    config.pluginmanager.register(strictness, "smslab_strictness")
    if config.option.smslab_retry > 0:
        config.pluginmanager.register(Retrying(config.option.smslab_retry), "smslab_retrying")
    recorder = Recorder(settings_of(config), tally)
    config.pluginmanager.register(recorder, "smslab_recorder")
    config.pluginmanager.register(LightProtocol(config, recorder), "smslab_light_protocol")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> FeatureFile | None:
    """Collect feature files."""
    if file_path.suffix != ".feature" or not parent.config.getini("smslab_collect"):
        return None
    return FeatureFile.from_parent(parent, path=file_path)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """See to it that every scenario has a key of its own."""
    settle(items, allow_same_names=settings_of(config).allow_same_names)


class PluginSession:
    """What the items of a run share: settings, phrases and the frozen clock."""

    def __init__(self, config: pytest.Config, tally: Tally) -> None:
        self._config = config
        self._tally = tally
        self._settings: RunSettings = settings_of(config)
        self._vocabulary = Vocabulary(language_modules())
        self._registries: dict[Path, Registry] = {}
        self._time = FrozenTime()

    @property
    def seed(self) -> int:
        """The seed of the run."""
        return self._settings.seed

    @property
    def allow_same_names(self) -> bool:
        """Whether scenarios of one name are numbered, instead of refused."""
        return self._settings.allow_same_names

    @cached_property
    def offers(self) -> frozenset[Need]:
        """What phrases may need of the target; a target of the user's own says nothing."""
        return self._settings.target.offers if self._is_ours else EVERYTHING

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Keep what can be told to stop."""
        self._running = session

    def stage(self, seed: int) -> Stage:
        """A fresh stage from the target of the run, which ends where the target is gone."""
        try:
            return self._settings.stage(seed)
        except TargetGone as error:
            self._running.shouldfail = str(error)
            raise

    def rerun_command(self, file: str, at: int) -> str:
        """The command that runs one scenario again."""
        return self._settings.rerun_command(file, at)

    @property
    def stage_can_wait(self) -> bool:
        """Whether the target is our own: another one may notice when its stages are made."""
        return self._is_ours

    @cached_property
    def _is_ours(self) -> bool:
        makers = self._config.hook.pytest_smslab_make_stage.get_hookimpls()
        return all(isinstance(maker.plugin, PluginSession) for maker in makers)

    @pytest.hookimpl(trylast=True)
    def pytest_smslab_make_stage(
        self, seed: int, policy: Policy, extensions: Sequence[type[ExtensionPoint]]
    ) -> Stage:
        """A stage on the target that the run was given."""
        return self._settings.target.stage(seed, policy, extensions)

    def rewind(self) -> None:
        """Show the time at which every scenario begins as the wall clock."""
        self._time.rewind()

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

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """A coroutine that a fixture drops at the end is an error of the tear-down."""
        if not isinstance(item, ScenarioItem):
            return (yield)
        with Unawaited() as unawaited:
            result = yield
        unawaited.check()
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Let the wall clock go on after an interrupted run, and the target go."""
        self._time.stop()
        try:
            self._settings.target.close()
        except TargetFailed as error:
            self._tally.others.append(str(error))
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The verdict, below pytest's own."""
    tally = config.pluginmanager.get_plugin("smslab_tally")
    if tally is not None and (tally.scenarios or tally.notes):
        terminalreporter.section("smslab")
        for line in verdict(tally, settings_of(config)):
            terminalreporter.write_line(line)
