"""Every private name of pytest and pytest-bdd that the engine uses, and nothing else.

Neither offers these in public: the definitions behind pytest-bdd's decorators, and
fixtures for a test item that is not a Python function. ``CHECKED_WITH`` says with which
versions they were last tried; tests/steps/test_private.py fails when that falls behind.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import ModuleType
from typing import Any, cast

import pytest
from _pytest.fixtures import FixtureDef, FixtureFunctionDefinition, FuncFixtureInfo, TopRequest
from _pytest.logging import caplog_handler_key, caplog_records_key
from _pytest.outcomes import Skipped
from _pytest.runner import call_and_report, runtestprotocol
from pytest_bdd.compat import inject_fixture
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

__all__ = [
    "CHECKED_WITH",
    "PUT_ON_ITEMS",
    "FileFixtures",
    "ItemFixtures",
    "Skipped",
    "StepFunctionContext",
    "contexts_in",
    "place_of",
    "quiet_set_up",
    "quiet_tear_down",
    "report_tear_down",
    "run_item",
]

CHECKED_WITH: Mapping[str, str] = {"pytest": "9.2.0", "pytest-bdd": "9.0.1"}

PUT_ON_ITEMS = ("_fixtureinfo", "_request", "fixturenames", "funcargs")
"""What pytest looks for on an item that uses fixtures."""


def contexts_in(module: ModuleType) -> Iterator[StepFunctionContext]:
    """The step definitions that pytest-bdd's decorators left in ``module``, in their order."""
    for value in list(vars(module).values()):
        if isinstance(value, FixtureFunctionDefinition):
            context = step_function_context_registry.get(value._get_wrapped_function())
            if context is not None:
                yield context


def place_of(file: pytest.File) -> str:
    """How the locations of tests call a file: relative to the root folder."""
    place: str = cast(Any, file.session)._node_location_to_relpath(file.path)
    return place


class FileFixtures:
    """What the test items of one file share: which fixtures pytest sees from there.

    Of marks it knows those of the file, not those of its items. ``UNASKED`` are fixtures
    that are made for every run, and whose value no test gets that does not ask for them.
    """

    UNASKED = frozenset({"_session_faker"})

    def __init__(self, file: pytest.Collector) -> None:
        manager: Any = cast(Any, file.session)._fixturemanager
        self._info: Any = manager.getfixtureinfo(node=file, func=None, cls=None)
        self._initial = tuple(n for n in self._info.initialnames if n not in self.UNASKED)
        self._closure = [n for n in self._info.names_closure if n not in self.UNASKED]
        self._getfixturedefs: Any = lambda name: manager.getfixturedefs(name, file)

    @property
    def waiting(self) -> bool:
        """Whether fixtures that nobody asks for are still to be made for the next item."""
        return any(
            definitions[-1].scope != "session" or definitions[-1].cached_result is None
            for name, definitions in self._info.name2fixturedefs.items()
            if name not in self.UNASKED
        )

    def info(self) -> FuncFixtureInfo:
        """A copy for one item."""
        return FuncFixtureInfo(
            (),
            self._initial,
            list(self._closure),
            dict(self._info.name2fixturedefs),
        )

    def comes_from(self, name: str, module: str) -> bool:
        """Whether the fixture ``name`` is the one of ``module``, not one that overrides it."""
        found = self._getfixturedefs(name)
        return bool(found) and found[-1].func.__module__ == module


class ItemFixtures:
    """The fixtures of one test item. pytest is asked only for what the engine does not have.

    ``own`` are values that need no pytest: the makers of what the engine itself provides.
    """

    def __init__(
        self, item: pytest.Item, shared: FileFixtures, own: Mapping[str, Callable[[], object]]
    ) -> None:
        self._item: Any = cast(Any, item)
        self._shared = shared
        self._own = own
        self._request: Any = None
        self._known: dict[str, object] = {}
        self._waiting: dict[str, object] = {}
        self._injected: list[str] = []

    @property
    def used(self) -> bool:
        """Whether pytest was needed."""
        return self._request is not None

    @property
    def to_tear_down(self) -> bool:
        """Whether a fixture, or the user's own code, has something to do at the end."""
        if self._request is None:
            return False
        of_item, _ = self._item.session._setupstate.stack[self._item]
        definitions = self._request._fixture_defs.values()
        of_fixtures = [d._finalizers for d in definitions if d.scope == "function"]
        return not all(map(_only_pytests_own, [of_item, *of_fixtures]))

    def set_up(self) -> None:
        """Make the fixtures that every test here has (autouse)."""
        if self._shared.waiting or self._item.own_markers:
            self._top()._fillfixtures()

    def value(self, name: str) -> object:
        """The value of a fixture. Raises pytest.FixtureLookupError where there is none."""
        if name in self._known:
            return self._known[name]
        if name in self._own:
            return self._own[name]()
        request = self._top()
        while self._waiting:
            self._inject(request, *self._waiting.popitem())
        value = self._known[name] = request.getfixturevalue(name)
        return value

    def provide(self, name: str, value: object) -> None:
        """Make ``value`` the fixture ``name``, for this item only."""
        self._known[name] = self._waiting[name] = value

    def forget(self) -> None:
        """Drop what was provided: pytest would keep it until the session ends."""
        self._known.clear()
        self._waiting.clear()
        self._request = None
        for name in PUT_ON_ITEMS:
            with suppress(AttributeError):
                delattr(self._item, name)
        if not self._injected:
            return
        known = self._item.session._fixturemanager._arg2node2fixturedefs
        for name in self._injected:
            nodes = known.get(name, {})
            nodes.pop(self._item, None)
            if not nodes:
                known.pop(name, None)
        self._injected.clear()

    def _top(self) -> Any:
        """The request of the item, made when pytest is first needed."""
        if self._request is None:
            item = self._item
            manager = item.session._fixturemanager
            item._fixtureinfo = (
                manager.getfixtureinfo(node=item, func=None, cls=None)
                if item.own_markers
                else self._shared.info()
            )
            item.fixturenames = item._fixtureinfo.names_closure
            item.funcargs = {}
            self._request = item._request = TopRequest(item, _ispytest=True)
        return self._request

    def _inject(self, request: Any, name: str, value: object) -> None:
        inject_fixture(request, name, value)
        self._injected.append(name)


def _only_pytests_own(finalizers: Sequence[Callable[[], object]]) -> bool:
    """Whether, after the first, which always is pytest's own, fixtures are dropped, and no more."""
    return all(
        isinstance(each, partial) and getattr(each.func, "__func__", None) is FixtureDef.finish
        for each in finalizers[1:]
    )


def quiet_set_up(item: pytest.Item) -> None:
    """Set an item up where there is nothing to capture, to skip or to log while that is done."""
    item.stash[caplog_records_key] = {}
    cast(Any, item.session)._setupstate.setup(item)


def quiet_tear_down(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Tear an item down that runs no code of users, and is followed by one of the same file."""
    cast(Any, item.session)._setupstate.teardown_exact(nextitem)
    if caplog_records_key in item.stash:
        del item.stash[caplog_records_key]
    if caplog_handler_key in item.stash:
        del item.stash[caplog_handler_key]
    os.environ.pop("PYTEST_CURRENT_TEST", None)


def report_tear_down(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Tear an item down and report it; where the run is to stop, tear all down."""
    stopping = item.session.shouldfail or item.session.shouldstop
    call_and_report(item, "teardown", nextitem=None if stopping else nextitem)


def run_item(item: pytest.Item, nextitem: pytest.Item | None) -> list[pytest.TestReport]:
    """Set up, run and tear down an item; the reports of it, which nobody has heard of yet."""
    return runtestprotocol(item, log=False, nextitem=nextitem)
