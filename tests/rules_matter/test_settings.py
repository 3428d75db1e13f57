"""Every setting matters: in its default, and in that a scenario can change it."""

from __future__ import annotations

import pytest

from smslab.simulator.policy import SETTINGS, Policy
from tests.rules_matter.breaking import noticed
from tests.rules_matter.settings import DEFAULTS


@pytest.mark.parametrize(("name", "value"), DEFAULTS)
def test_every_default_matters(name: str, value: str) -> None:
    assert noticed(SETTINGS[name].rule, Policy().changed(name, value))


@pytest.mark.parametrize("name", [name for name, _ in DEFAULTS])
def test_every_switch_is_obeyed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A scenario sets each switch away from its default, and fails where that has no effect."""
    monkeypatch.setattr(Policy, "changed", lambda policy, changed, value: policy)
    assert noticed(SETTINGS[name].rule)
