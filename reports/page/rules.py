"""Rule coverage and settings as the page shows them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from smslab.reports.frames.columns import rows_of
from smslab.reports.run import Run
from smslab.simulator.rules import SECTIONS


def rule_groups(run: Run) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rule coverage by section of the catalogue."""
    groups: dict[int, list[dict[str, Any]]] = {}
    for row in rows_of(run.rules):
        groups.setdefault(int(row["section"]), []).append(row)
    return [(SECTIONS.get(number, f"Section {number}"), rows) for number, rows in groups.items()]


def setting_rows(run: Run) -> list[dict[str, Any]]:
    """One row per setting of the run, changed ones first, with what scenarios set it to."""
    rows = rows_of(run.settings)
    elsewhere: dict[str, Counter[str]] = {}
    for name, value, _ in dict.fromkeys(
        (row["name"], row["value"], row["scenario"]) for row in rows if row["scenario"]
    ):
        elsewhere.setdefault(name, Counter())[value] += 1
    of_run = [row for row in rows if row["scenario"] is None]
    named = {row["name"] for row in of_run}
    for row in rows:
        if row["name"] not in named:
            named.add(row["name"])
            of_run.append({**row, "value": None, "changed": False})
    for row in of_run:
        row["elsewhere"] = sorted(elsewhere.get(row["name"], Counter()).items())
    return sorted(of_run, key=lambda row: not row["changed"])
