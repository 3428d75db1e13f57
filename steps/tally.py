"""Counting a run as its results come in, and the verdict on it in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from smslab.reports.exercised import exercised
from smslab.reports.journal_file import ScenarioRecord
from smslab.simulator.rules import RULES
from smslab.steps.settings import RunSettings
from smslab.steps.targets.in_process import IN_PROCESS

SCENARIO = "smslab_scenario"
"""The attribute that marks every report of a scenario, whatever its phase."""

REPORT = "smslab"
"""The attribute of a report that says what became of a scenario; see :func:`result_of`."""

OF_SCENARIO = "smslab_scenario"
"""The attribute of every report of a scenario, or of what stands for a problem."""

STATUSES = ("passed", "failed", "undefined", "ambiguous", "pending", "broken", "skipped")
"""What can become of a scenario, in the order of the verdict."""


@dataclass(slots=True, eq=False)
class Tally:
    """The counts of a run. ``on_scenario`` hears of each scenario when it has ended.

    ``scenarios`` counts by status; ``failures`` are file, line and paragraph; ``others`` are
    the failures of tests that are no scenarios; ``seconds`` are durations by scenario key;
    ``flaky`` are file, line and name of what passed only when tried again; ``written`` says
    where the results are; ``to_run`` is how many scenarios there were to run; ``selection``
    says how they were chosen, and ``notes`` what of that fitted nothing; ``matches`` are the
    definitions of steps by scenario key, where messages are asked for; ``details`` are
    paragraphs in Markdown for the summary of a CI job, where there is one; ``lacks`` counts
    the scenarios that were not run by what they need and the target lacks, ``not_run`` all;
    ``withheld`` counts those that did not run because others have to be put right first.
    """

    scenarios: Counter[str] = field(default_factory=Counter)
    rules: set[str] = field(default_factory=set)
    failures: list[tuple[str, int, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    to_run: int = 0
    selection: str = ""
    notes: list[str] = field(default_factory=list)
    flaky: list[tuple[str, int, str]] = field(default_factory=list)
    matches: dict[str, Any] = field(default_factory=dict)
    details: list[str] = field(default_factory=list)
    lacks: Counter[str] = field(default_factory=Counter)
    not_run: int = 0
    withheld: int = 0
    on_scenario: Callable[[str], None] = lambda status: None
    _running: dict[str, float] = field(default_factory=dict)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Count what is there to run, in a run in one process."""
        self.to_run = _scenarios(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Count what is there to run, in a run in many processes."""
        self.to_run = _scenarios(ids)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count one report: a scenario when its tear-down has ended."""
        self._running[report.nodeid] = self._running.get(report.nodeid, 0.0) + report.duration
        result = result_of(report)
        if result is not None:
            self._count(result, self._running.pop(report.nodeid))
        elif getattr(report, OF_SCENARIO, False):
            return
        elif report.failed and ".feature" not in report.nodeid.partition("::")[0]:
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
        lacks = result.get("lacks", ())
        self.lacks.update(lacks)
        self.not_run += bool(lacks)
        if "matches" in result:
            self.matches[key] = result["matches"]
        if status in ("passed", "failed"):
            self.rules.update(result["rules"])
        if result["failure"] is not None:
            self.failures.append((result["file"], result["at"], result["failure"]))
        if status == "passed" and result["attempts"] > 1:
            said = f"{result['scenario']} (passed at attempt {result['attempts']})"
            self.flaky.append((result["file"], result["at"], said))
        self.on_scenario(status)


def _scenarios(nodeids: Iterable[str]) -> int:
    return sum(nodeid.partition("::")[0].endswith(".feature") for nodeid in nodeids)


def told_of(
    record: ScenarioRecord,
    status: str,
    attempts: int,
    failure: str | None,
    lacked: Iterable[str] = (),
) -> dict[str, Any]:
    """What the report of a scenario says of it; :func:`result_of` reads it."""
    scenario = record.scenario
    return {
        "scenario": scenario.scenario,
        "status": status,
        "attempts": attempts,
        "file": scenario.file,
        "at": scenario.at,
        "rules": sorted(exercised(record)),
        "lacks": list(lacked),
        "failure": failure,
    }


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
    flaky = f" ({len(tally.flaky)} flaky)" if tally.flaky else ""
    counts = ", ".join(
        f"{tally.scenarios[status]} {status}{flaky if status == 'passed' else ''}"
        for status in STATUSES
        if tally.scenarios[status]
    )
    scenarios = f"{total} scenario{'' if total == 1 else 's'}: {counts}"
    said = "PASSED" if tally.passed and not tally.others else "FAILED"
    lines = [f"{said} - {scenarios}" if total else f"{said} - No scenario ran."]
    lines += [f"Flaky: {file}:{at}  {what}" for file, at, what in sorted(tally.flaky)]
    lines += _not_run(tally, settings)
    if tally.to_run > total:
        lines.append(f"Stopped early: {tally.to_run - total} of {tally.to_run} did not run")
    lines += [f"Selected: {tally.selection}"] if tally.selection else []
    lines += [] if settings.target is IN_PROCESS else [f"Target: {settings.target.name}"]
    lines += tally.notes
    lines.append(f"Rules exercised: {len(tally.rules)} of {len(RULES)} known")
    switches = f"  Switches: {', '.join(settings.switches)}" if settings.switches else ""
    lines.append(f"Seed: {settings.seed}{switches}")
    lines += tally.written
    return lines


def _not_run(tally: Tally, settings: RunSettings) -> list[str]:
    """How many scenarios the target could not run, and what it lacks for them."""
    if not tally.not_run:
        return []
    counts = ", ".join(f"{need} ({number})" for need, number in tally.lacks.most_common())
    was = "1 scenario was" if tally.not_run == 1 else f"{tally.not_run} scenarios were"
    return [f"NOT TESTED: {was} skipped, because the target {settings.target.name} lacks: {counts}"]
