"""What a run would do: the scenarios in their order, and what could not run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from smslab.steps.engine.items import SESSION, ScenarioItem
from smslab.steps.engine.planning import PlannedScenario, plan
from smslab.steps.problem_lines import lines_of


@dataclass(frozen=True, slots=True)
class DryRun:
    """``scenarios`` and ``problems`` are lines to show; ``ready`` counts what could run."""

    scenarios: list[str]
    problems: list[str]
    ready: int

    @property
    def succeeded(self) -> bool:
        """Whether there is something to run, and all of it could."""
        return bool(self.ready) and self.ready == len(self.scenarios)

    @property
    def verdict(self) -> str:
        """The outcome in a line."""
        if not self.scenarios:
            return "No scenario would run."
        total = len(self.scenarios)
        would = f"{self.ready} scenario{'' if self.ready == 1 else 's'} would run"
        return would if self.succeeded else f"{would}, {total - self.ready} could not"


def dry_run(items: Iterable[pytest.Item]) -> DryRun:
    """Bind the steps of every scenario to their phrases, and run none."""
    planned = [_planned(item) for item in items if isinstance(item, ScenarioItem)]
    return DryRun(
        [f"{p.scenario.file}:{p.scenario.at}  {p.scenario.label}" for p in planned],
        [line for each in planned for line in lines_of(each)],
        sum(not each.troubles for each in planned),
    )


def _planned(item: ScenarioItem) -> PlannedScenario:
    return plan(item.candidate, item.config.stash[SESSION].registry(item.path))
