"""The decision table and the reassignment cases as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from smslab.reports.exercised import DECIDED
from smslab.reports.frames.columns import rows_of
from smslab.reports.frames.grids import COUNTS, by_number, by_row, by_situation
from smslab.reports.page.rules import setting_rows
from smslab.reports.run import Run
from smslab.simulator.decision_table import NUMBER_ROWS
from smslab.simulator.rules import RULES


@dataclass(frozen=True, slots=True)
class Matrix:
    """A grid: one line per ``lines`` entry, in it one cell per ``heads`` entry, with its head."""

    corner: str
    heads: list[str]
    lines: list[tuple[str, list[tuple[str, dict[str, Any]]]]] = field(default_factory=list)


LINKED = 8
"""Scenarios of a row that are linked by name; the filter shows all of them."""


def row_table(run: Run, links: dict[str, str]) -> list[dict[str, Any]]:
    """The decision rows with their counts.

    Added to each row of :func:`by_row`: ``settled`` (documented or open, None where this version
    does not know the row), ``switches`` (the settings that settle it, as :func:`setting_rows`
    has them), ``in_scenarios`` (how many exercised it) and ``links`` to the first of those.
    """
    rows = rows_of(by_row(run.decisions))
    names = dict(zip(run.scenarios["scenario"], run.scenarios["name"], strict=True))
    decided = run.decisions[run.decisions["outcome"].isin(DECIDED)]
    scenarios = _scenarios_by_row(decided)
    settings = setting_rows(run)
    for row in rows:
        keys = scenarios.get(row["row"], [])
        rule = RULES.get(row["row"])
        row["settled"] = None if rule is None else rule.settled
        row["switches"] = [each for each in settings if each["rule"] == row["row"]]
        row["in_scenarios"] = len(keys)
        row["links"] = [(links[key], names[key]) for key in keys[:LINKED]]
    return rows


def untried_rows(run: Run) -> list[str]:
    """The decision rows that this version implements and no scenario exercised."""
    return [
        str(row["row"])
        for row in rows_of(by_row(run.decisions))
        if row["implemented"] and not row["exercised"]
    ]


def matrix(run: Run, kind: Literal["situation", "number"]) -> Matrix:
    """Situations of the line (who has the conversation by whose it is), or reassignment cases."""
    if kind == "situation":
        frame = by_situation(run.decisions)
        return _matrix(frame, "The conversation is with", "conversation", "conversation_party")
    return _matrix(by_number(run.decisions), "The number was", "number_standing", "began")


def number_effects() -> dict[str, list[str]]:
    """What settling the number means, by whose it was, in words (:data:`NUMBER_ROWS`)."""
    found: dict[str, list[str]] = {}
    for row in NUMBER_ROWS:
        words = "; ".join(map(str, row.effects)) or "nothing changes"
        if row.warns:
            words = f"the agent is warned; once confirmed, {words}"
        if row.switch is not None:
            words = f"{row.switch[0]} = {row.switch[1]}: {words}"
        found.setdefault(str(row.standing), []).append(f"{row.id}: {words}")
    return found


def _matrix(frame: pd.DataFrame, corner: str, down: str, across: str) -> Matrix:
    heads = list(dict.fromkeys(frame[across]))
    nothing: dict[str, Any] = {**dict.fromkeys(COUNTS, 0), "possible": False}
    cells = {(row[down], row[across]): row for row in rows_of(frame)}
    lines = [
        (name, [(head, cells.get((name, head), nothing)) for head in heads])
        for name in dict.fromkeys(frame[down])
    ]
    return Matrix(corner, heads, lines)


def _scenarios_by_row(decided: pd.DataFrame) -> dict[str, list[str]]:
    pairs = decided[["row", "scenario"]].dropna().drop_duplicates()
    return {str(row): list(keys) for row, keys in pairs.groupby("row")["scenario"]}
