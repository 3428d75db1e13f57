"""Counting a run as its results come in, and the verdict on it in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from smslab.simulator.rules import RULES
from smslab.steps.settings import RunSettings

SCENARIO = "smslab_scenario"
"""The attribute that marks every report of a scenario, whatever its phase."""

REPORT = "smslab"
"""The attribute of a report that says what became of a scenario; see :func:`result_of`."""

STATUSES = ("passed", "failed", "undefined", "ambiguous", "pending", "broken", "skipped")
"""What can become of a scenario, in the order of the verdict."""


@dataclass(slots=True, eq=False)
class Tally:
    """The counts of a run. ``on_scenario`` hears of each scenario when it has ended.

    ``scenarios`` counts by status; ``failures`` are file, line and paragraph; ``others`` are
    the failures of tests that are no scenarios; ``seconds`` are durations by scenario key;
    ``written`` says where the results are.
    """

    scenarios: Counter[str] = field(default_factory=Counter)
    rules: set[str] = field(default_factory=set)
    failures: list[tuple[str, int, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    on_scenario: Callable[[str], None] = lambda status: None
    _running: dict[str, float] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count one report: a scenario when its tear-down has ended."""
        self._running[report.nodeid] = self._running.get(report.nodeid, 0.0) + report.duration
        result = result_of(report)
        if result is not None:
            self._count(result, self._running.pop(report.nodeid))
        elif report.failed and not hasattr(report, SCENARIO):
            self.others.append(f"{report.nodeid}\n{report.longreprtext}")
        elif report.failed and report.when not in ("setup", "call", "teardown"):
            self.others.append(f"{report.nodeid}\n  {report.longreprtext}")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note what could not be collected."""
        if report.failed:
            self.others.append(f"{report.nodeid or 'collection'}\n{report.longreprtext}")

    @property
    def passed(self) -> bool:
        """Whether something passed, and nothing did anything else than pass or be skipped."""
        ran = self.scenarios["passed"]
        return bool(ran) and ran + self.scenarios["skipped"] == self.scenarios.total()

    def _count(self, result: Mapping[str, Any], seconds: float) -> None:
        status, key = result["status"], result["scenario"]
        self.scenarios[status] += 1
        self.seconds[key] = seconds
        if status in ("passed", "failed"):
            self.rules.update(rule for rule in result["rules"] if rule in RULES)
        if result["failure"] is not None:
            self.failures.append((result["file"], result["at"], result["failure"]))
        self.on_scenario(status)


def result_of(report: pytest.TestReport) -> Mapping[str, Any] | None:
    """What a report says of a scenario: key, status, place, rules and failure.

    It is on the report of the tear-down, the last of a scenario, and travels with it from
    a worker.
    """
    result: Mapping[str, Any] | None = getattr(report, REPORT, None)
    return result


def verdict(tally: Tally, settings: RunSettings) -> list[str]:
    """The verdict in a few lines: scenarios, rules, seed, switches, and where the results are."""
    total = tally.scenarios.total()
    counts = ", ".join(f"{tally.scenarios[s]} {s}" for s in STATUSES if tally.scenarios[s])
    scenarios = f"{total} scenario{'' if total == 1 else 's'}: {counts}"
    said = "PASSED" if tally.passed and not tally.others else "FAILED"
    lines = [f"{said} - {scenarios}" if total else f"{said} - No scenario ran."]
    lines.append(f"Rules exercised: {len(tally.rules)} of {len(RULES)} known")
    switches = f"  Switches: {', '.join(settings.switches)}" if settings.switches else ""
    lines.append(f"Seed: {settings.seed}{switches}")
    lines += tally.written
    return lines
