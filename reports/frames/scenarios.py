"""Scenarios and how they ended."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from smslab.reports.frames.columns import COUNT, TEXT, build
from smslab.reports.journal_file import ScenarioRecord
from smslab.reports.titles import status_of, title

SCENARIOS = {
    "scenario": TEXT,
    "feature": TEXT,
    "rule": TEXT,
    "name": TEXT,
    "title": TEXT,
    "file": TEXT,
    "at": COUNT,
    "tags": TEXT,
    "seed": COUNT,
    "status": TEXT,
    "failed_step": COUNT,
    "failed_at": COUNT,
    "message": TEXT,
    "detail": TEXT,
    "steps": COUNT,
    "events": COUNT,
}
"""One row per scenario (per example of an outline). ``rule``: the Gherkin rule it stands under.
``title``: rule, name and example values. ``file`` and ``at``: where it is. ``tags``: with ``@``,
joined by blanks. ``status``: passed, failed, undefined, ambiguous, pending, skipped, broken, or
cut off (no result in the journal). ``failed_step``, ``failed_at``: position and line of the
failing step. ``message``: expected and got in words; ``detail``: technical. ``steps`` and
``events``: how many there are."""


def scenarios(records: Iterable[ScenarioRecord]) -> pd.DataFrame:
    """Every scenario (columns: :data:`SCENARIOS`), by key."""
    return build(SCENARIOS, map(_row, records))


def _row(record: ScenarioRecord) -> tuple[object, ...]:
    scenario, result = record.scenario, record.result
    return (
        scenario.scenario,
        scenario.feature,
        scenario.rule,
        scenario.name,
        title(scenario),
        scenario.file,
        scenario.at,
        " ".join(scenario.tags),
        scenario.seed,
        status_of(record),
        result and result.step,
        result and result.at,
        result and result.message,
        result and result.detail,
        len(record.steps),
        len(record.events),
    )
