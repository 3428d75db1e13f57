"""Steps: what was asked, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from smslab.reports.frames.columns import COUNT, TEXT, TRUTH, build
from smslab.reports.journal_file import ScenarioRecord, StepLine

STEPS = {
    "scenario": TEXT,
    "step": COUNT,
    "keyword": TEXT,
    "text": TEXT,
    "at": COUNT,
    "background": TRUTH,
    "status": TEXT,
    "message": TEXT,
    "table_rows": COUNT,
    "docstring": TEXT,
    "attachments": COUNT,
}
"""One row per step, in the order of the scenario. ``keyword``: as the feature has it (Given, And).
``at``: its line. ``background``: whether it stands in a background. ``status``: passed, failed,
undefined, ambiguous, pending or skipped. ``message``: expected and got in words.
``table_rows``: rows of its table, the head included; missing without a table. ``docstring``: the
text below it. ``attachments``: how much it attached."""


def steps(records: Iterable[ScenarioRecord]) -> pd.DataFrame:
    """Every step (columns: :data:`STEPS`), by scenario and position."""
    return build(STEPS, (_row(record, step) for record in records for step in record.steps))


def _row(record: ScenarioRecord, step: StepLine) -> tuple[object, ...]:
    return (
        record.scenario.scenario,
        step.step,
        step.keyword,
        step.text,
        step.at,
        step.background,
        step.status,
        step.message,
        None if step.table is None else len(step.table),
        step.docstring,
        sum(attached.step == step.step for attached in record.attachments),
    )
