"""Scenarios through pytest's run protocol, without the parts of it that nobody listens to."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, Literal, TypeAlias

import pytest

from smslab.steps.engine.items import ScenarioItem
from smslab.steps.engine.private import quiet_set_up, quiet_tear_down, report_tear_down
from smslab.steps.engine.unawaited import Unawaited
from smslab.steps.recording import Recorder

Phase: TypeAlias = Literal["setup", "call", "teardown"]

STOPPING = (pytest.exit.Exception, KeyboardInterrupt)
"""What ends a run, and is no matter of a scenario."""

_HOOKS = (
    *("runtest_protocol", "runtest_setup", "runtest_call", "runtest_teardown"),
    *("runtest_makereport", "runtest_logreport", "fixture_post_finalizer"),
)
_KNOWN = frozenset(
    {
        "assertion",
        "capturemanager",
        "dsession",
        "faulthandler",
        "hypothesispytest",
        "lfplugin",
        "logging-plugin",
        "pytest-bdd",
        "runner",
        "session",
        "setuponly",
        "skipping",
        "smslab_light_protocol",
        "smslab_recorder",
        "smslab_session",
        "smslab_tally",
        "terminalreporter",
        "threadexception",
        "tmpdir",
        "unittest",
        "unraisableexception",
        "warnings",
        "workerinteractor",
    }
)
"""The plugins that need no report of a set-up or tear-down that went well."""


class LightProtocol:
    """Runs a scenario as pytest does, but reports a set-up and a tear-down only if they fail.

    Where a plugin that is not known here, a mark or an option asks for more, pytest itself
    runs the scenario.
    """

    def __init__(self, config: pytest.Config, recorder: Recorder) -> None:
        self._config = config
        self._recorder = recorder

    @pytest.hookimpl
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> bool | None:
        """Run a scenario, where nothing needs all of the protocol."""
        if not isinstance(item, ScenarioItem) or not self._enough:
            return None
        if next(item.iter_markers(), None) is not None:
            return None
        _Running(item, nextitem, self._recorder).run()
        item.let_go()
        return True

    @cached_property
    def _enough(self) -> bool:
        """Whether every plugin is known that takes part in running tests."""
        option = self._config.option
        wanted = ("usepdb", "setupshow", "setuponly", "setupplan", "trace")
        if any(getattr(option, name, False) for name in wanted):
            return False
        hooks = [getattr(self._config.hook, f"pytest_{name}") for name in _HOOKS]
        return all(
            implementation.plugin_name in _KNOWN
            for hook in hooks
            for implementation in hook.get_hookimpls()
        )


class _Running:
    """One scenario on its way through set-up, call and tear-down."""

    def __init__(
        self, item: ScenarioItem, nextitem: pytest.Item | None, recorder: Recorder
    ) -> None:
        self._item = item
        self._next = nextitem
        self._recorder = recorder
        self._hooks = item.ihook

    def run(self) -> None:
        item = self._item
        self._hooks.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        began = self._call("setup", self._set_up)
        if began.excinfo is not None:
            self._report(began)
            report_tear_down(item, self._next)
        else:
            self._go_on()
        self._hooks.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)

    def _go_on(self) -> None:
        item, hooks = self._item, self._hooks
        call = self._call("call", partial(hooks.pytest_runtest_call, item=item))
        if call.excinfo is not None:
            self._report(call)
            report_tear_down(item, self._next)
            return
        report = hooks.pytest_runtest_makereport(item=item, call=call)
        ended = self._call("teardown", self._tear_down)
        if ended.excinfo is None:
            self._recorder.ended(item, report)
            hooks.pytest_runtest_logreport(report=report)
        else:
            hooks.pytest_runtest_logreport(report=report)
            self._report(ended)

    def _set_up(self) -> None:
        if self._item.parent.fixtures.waiting:
            self._hooks.pytest_runtest_setup(item=self._item)
        else:
            quiet_set_up(self._item)

    def _tear_down(self) -> None:
        following = self._next
        same_file = following is not None and following.parent is self._item.parent
        if not same_file or self._item.has_to_tear_down:
            self._hooks.pytest_runtest_teardown(item=self._item, nextitem=following)
        elif self._item.uses_fixtures:
            with Unawaited() as unawaited:
                quiet_tear_down(self._item, following)
            unawaited.check()
        else:
            quiet_tear_down(self._item, following)

    def _call(self, when: Phase, function: Callable[[], object]) -> pytest.CallInfo[Any]:
        return pytest.CallInfo.from_call(function, when, STOPPING)

    def _report(self, call: pytest.CallInfo[Any]) -> None:
        """Report a phase that failed."""
        report = self._hooks.pytest_runtest_makereport(item=self._item, call=call)
        self._hooks.pytest_runtest_logreport(report=report)
        if not report.skipped:
            self._hooks.pytest_exception_interact(node=self._item, call=call, report=report)
