"""Every scenario with its steps and what they changed, and the numbers that changed hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from smslab.reports.frames.changes import followed
from smslab.reports.frames.columns import rows_of
from smslab.reports.journal_file import ScenarioRecord
from smslab.reports.page.attachments import Attached, by_step
from smslab.reports.page.verdict import anchor
from smslab.reports.run import Run
from smslab.reports.titles import status_of, title

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """One scenario: its lines of the journal, and its rows of each frame."""

    anchor: str
    title: str
    status: str
    record: ScenarioRecord
    changes: Rows
    decisions: Rows
    ownership: Rows
    messages: Rows
    attachments: dict[int, list[Attached]]


@dataclass(frozen=True, slots=True)
class FeatureView:
    """One feature: its scenarios, and how many of them have which status."""

    name: str
    counts: list[tuple[str, int]]
    scenarios: list[ScenarioView]


def features(run: Run) -> list[FeatureView]:
    """Every feature with its scenarios, in the order of the journal."""
    groups: dict[str, list[ScenarioView]] = {}
    for view in _views(run):
        groups.setdefault(view.record.scenario.feature, []).append(view)
    return [FeatureView(name, _counts(views), views) for name, views in groups.items()]


def moved_numbers(run: Run, links: dict[str, str]) -> Rows:
    """The numbers that had more than one owner within a scenario, with their spans in order."""
    titles = dict(zip(run.scenarios["scenario"], run.scenarios["title"], strict=True))
    sizes = run.ownership.groupby(["scenario", "number"])["owner"].transform("size")
    found: dict[tuple[str, str], Rows] = {}
    for row in rows_of(run.ownership[sizes > 1]):
        found.setdefault((row["scenario"], row["number"]), []).append(row)
    return [
        {"anchor": links[key], "title": titles[key], "number": number, "spans": spans}
        for (key, number), spans in found.items()
    ]


def _views(run: Run) -> Iterator[ScenarioView]:
    changes = _by_scenario(followed(run.changes))
    decisions = _by_scenario(run.decisions)
    ownership = _by_scenario(run.ownership)
    messages = _by_scenario(run.messages)
    for position, record in enumerate(run.journal.scenarios):
        key = record.scenario.scenario
        yield ScenarioView(
            anchor(position),
            title(record.scenario),
            status_of(record),
            record,
            changes.get(key, []),
            decisions.get(key, []),
            ownership.get(key, []),
            messages.get(key, []),
            by_step(record.attachments),
        )


def _by_scenario(frame: pd.DataFrame) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in rows_of(frame):
        found.setdefault(row["scenario"], []).append(row)
    return found


def _counts(views: list[ScenarioView]) -> list[tuple[str, int]]:
    statuses = [view.status for view in views]
    return [(status, statuses.count(status)) for status in dict.fromkeys(statuses)]
