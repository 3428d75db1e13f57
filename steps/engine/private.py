"""Every private name of pytest and pytest-bdd that the engine uses, and nothing else.

Neither offers these in public: the definitions behind pytest-bdd's decorators, and
fixtures for a test item that is not a Python function. ``CHECKED_WITH`` says with which
versions they were last tried; tests/steps/test_private.py fails when that falls behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any, cast

import pytest
from _pytest.fixtures import FixtureFunctionDefinition, TopRequest
from pytest_bdd.compat import inject_fixture
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

__all__ = ["CHECKED_WITH", "ItemFixtures", "StepFunctionContext", "contexts_in"]

CHECKED_WITH: Mapping[str, str] = {"pytest": "9.2.0", "pytest-bdd": "9.0.1"}


def contexts_in(module: ModuleType) -> Iterator[StepFunctionContext]:
    """The step definitions that pytest-bdd's decorators left in ``module``, in their order."""
    for value in list(vars(module).values()):
        if isinstance(value, FixtureFunctionDefinition):
            context = step_function_context_registry.get(value._get_wrapped_function())
            if context is not None:
                yield context


class ItemFixtures:
    """The fixtures of one test item."""

    def __init__(self, item: pytest.Item) -> None:
        self._item: Any = cast(Any, item)
        self._manager: Any = self._item.session._fixturemanager
        info = self._manager.getfixtureinfo(node=item, func=None, cls=None)
        self._item._fixtureinfo = info
        self._item.fixturenames = info.names_closure
        self._injected: list[str] = []
        self.renew()

    def renew(self) -> None:
        """Forget all values, as before the first or another run of the item."""
        self._item.funcargs = {}
        self._request: Any = TopRequest(self._item, _ispytest=True)
        self._item._request = self._request

    def set_up(self) -> None:
        """Make the fixtures that every test here has (autouse)."""
        self._request._fillfixtures()

    def value(self, name: str) -> object:
        """The value of a fixture. Raises pytest.FixtureLookupError where there is none."""
        return self._request.getfixturevalue(name)

    def provide(self, name: str, value: object) -> None:
        """Make ``value`` the fixture ``name``, for this item only."""
        inject_fixture(self._request, name, value)
        self._injected.append(name)

    def forget(self) -> None:
        """Drop what was provided: pytest would keep it until the session ends."""
        for name in self._injected:
            nodes = self._manager._arg2node2fixturedefs.get(name, {})
            nodes.pop(self._item, None)
            if not nodes:
                self._manager._arg2node2fixturedefs.pop(name, None)
        self._injected.clear()
