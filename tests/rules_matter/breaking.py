"""How a rule is broken, and whether a scenario notices.

What is broken is the data and the functions of the simulator, one at a time, in this
process; the features run on it unchanged. A mutant that no scenario notices would be a
rule that nobody tests.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeAlias, TypeVar

import pytest

from smslab.reports.journal_file import ScenarioRecord
from smslab.simulator.policy import Policy
from smslab.steps.engine.direct import language, run_planned
from smslab.steps.engine.planning import PlannedScenario, plan_features

FEATURES = Path(__file__).parent.parent.parent / "features"
T = TypeVar("T")

Break: TypeAlias = Callable[[pytest.MonkeyPatch], None]
"""Breaks one rule for the duration of a test."""


@cache
def planned() -> list[PlannedScenario]:
    """Every scenario of the project, ready to run."""
    return list(plan_features([FEATURES], language()))


def run_all() -> list[ScenarioRecord]:
    """The records of a run of every scenario."""
    return run_planned(planned())


def noticed(rule: str, policy: Policy | None = None) -> bool:
    """Whether a scenario tagged with the rule fails."""
    records = run_planned(planned(), policy=policy, tags=f"@{rule}", stop_on_failure=True)
    assert records, f"no scenario is tagged @{rule}"
    result = records[-1].result
    return result is not None and result.status == "failed"


def replaced(rows: tuple[T, ...], position: int, row: T) -> tuple[T, ...]:
    """The rows with another one at a position."""
    return (*rows[:position], row, *rows[position + 1 :])


def left_out(rows: tuple[T, ...], position: int) -> tuple[T, ...]:
    """The rows without the one at a position."""
    return (*rows[:position], *rows[position + 1 :])
