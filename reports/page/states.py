"""The business objects of a run: how many there were, and which states they went through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from smslab.reports.frames.columns import rows_of
from smslab.reports.run import Run

ENTITIES = ("interaction", "channel user profile", "message", "work item")
"""The entities that have states, in the order in which the page shows them."""


@dataclass(frozen=True, slots=True)
class EntityView:
    """One entity: its records, and its state changes (from, to, times, scenarios)."""

    name: str
    records: int
    changes: list[dict[str, Any]]


def entities(run: Run) -> list[EntityView]:
    """Every entity that has states, with what happened to it."""
    records = run.transitions[["scenario", "entity", "id"]].drop_duplicates()
    number = records["entity"].value_counts()
    pairs = run.transitions[["scenario", "entity", "from", "to"]].fillna({"from": ""})
    keys = ["entity", "from", "to"]
    counted = pairs.value_counts(keys, sort=False).rename("times").to_frame()
    counted["scenarios"] = pairs.drop_duplicates().value_counts(keys, sort=False)
    rows = rows_of(counted.sort_index().reset_index())
    return [
        EntityView(name, int(number.get(name, 0)), [row for row in rows if row["entity"] == name])
        for name in ENTITIES
    ]
