"""What changed since the compared run: scenarios by kind, and where their states part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smslab.reports.comparing import Comparison
from smslab.reports.comparing.kinds import DIFFERENT_STATES, GONE, KINDS, NEW, OTHER_VERDICT
from smslab.reports.frames.columns import rows_of

_OPEN_AT_MOST = 10
_SIGNS = {"regressed": "failed", "fixed": "passed"}


@dataclass(frozen=True, slots=True)
class ComparedScenario:
    """A scenario that is not the same in both runs; ``anchor`` is None where it is gone."""

    anchor: str | None
    title: str
    feature: str
    status_a: str | None
    status_b: str | None
    message: str | None
    first: Mapping[str, str] | None
    differences: int


@dataclass(frozen=True, slots=True)
class ComparedKind:
    """The scenarios of one kind. ``look`` is the status whose look it has; ``open``: unfolded."""

    name: str
    meaning: str
    look: str
    open: bool
    scenarios: list[ComparedScenario]


@dataclass(frozen=True, slots=True)
class CompareView:
    """The section: its sentence, then what makes the runs differ, then the scenarios by kind."""

    sentence: str
    names: tuple[str, str]
    damage: list[str]
    conditions: list[dict[str, Any]]
    kinds: list[ComparedKind]
    transitions: list[dict[str, Any]]


def compare_section(comparison: Comparison, links: Mapping[str, str]) -> CompareView:
    """The view of a comparison; ``links`` are fragments of the page by scenario key."""
    rows = comparison.rows()
    kinds = [
        _kind(kind, [row for row in rows if row["kind"] == kind], links)
        for kind, number in comparison.counts.items()
        if number and any(row["kind"] == kind for row in rows)
    ]
    changed = comparison.transitions
    changed = changed[changed["a"] != changed["b"]]
    return CompareView(
        comparison.sentence(),
        comparison.names,
        comparison.a.journal.damage,
        rows_of(comparison.conditions),
        kinds,
        rows_of(changed),
    )


def _kind(kind: str, rows: list[dict[str, Any]], links: Mapping[str, str]) -> ComparedKind:
    unfolded = kind in ("regressed", DIFFERENT_STATES, OTHER_VERDICT) and len(rows) <= _OPEN_AT_MOST
    return ComparedKind(
        kind,
        KINDS[kind],
        _SIGNS.get(kind, "yes" if kind in (NEW, GONE) else "changed"),
        unfolded or kind == "regressed",
        [_scenario(row, links) for row in rows],
    )


def _scenario(row: dict[str, Any], links: Mapping[str, str]) -> ComparedScenario:
    return ComparedScenario(
        links.get(row["scenario"]) if row["status_b"] is not None else None,
        row["title"],
        row["feature"],
        row["status_a"],
        row["status_b"],
        row["message_a"] if row["status_b"] is None else row["message_b"],
        row["first"],
        row["differences"],
    )
