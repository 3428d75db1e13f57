"""pytest as `smslab run` starts it: without the plugins that features have no use for."""

from __future__ import annotations

import pytest

_LEFT_OUT = (
    "cacheprovider",
    "doctest",
    "faulthandler",
    "junitxml",
    "pastebin",
    "setuponly",
    "setupplan",
    "stepwise",
    "terminal",
    "threadexception",
    "unittest",
    "unraisableexception",
    "warnings",
)
PLUGINS = (*(f"no:{name}" for name in _LEFT_OUT), "smslab.steps.plugin")
"""What ``-p`` is given: many hooks of the plugins left out would be called for every scenario."""


class LightPytest:
    """What stands in for the plugins left out."""

    def pytest_addhooks(self, pluginmanager: pytest.PytestPluginManager) -> None:
        """Know pytest-bdd's hooks, which a conftest.py may have, without loading its generator."""
        from pytest_bdd import hooks

        if not pluginmanager.has_plugin("pytest_bdd.plugin"):
            pluginmanager.add_hookspecs(hooks)
