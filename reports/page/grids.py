"""The decision table and the reassignment cases as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from smslab.reports.frames.columns import rows_of
from smslab.reports.frames.decisions import DECIDED
from smslab.reports.frames.grids import COUNTS, by_number, by_row, by_situation
from smslab.reports.run import Run
from smslab.simulator.decision_table import NUMBER_ROWS


@dataclass(frozen=True, slots=True)
class Matrix:
    """A grid: one line per ``lines`` entry, one cell per ``heads`` entry."""

    corner: str
    heads: list[str]
    lines: list[tuple[str, list[dict[str, Any]]]] = field(default_factory=list)


def row_table(run: Run, links: dict[str, str]) -> list[dict[str, Any]]:
    """The decision rows with their counts and the scenarios that exercised them."""
    rows = rows_of(by_row(run.decisions))
    names = dict(zip(run.scenarios["scenario"], run.scenarios["name"], strict=True))
    decided = run.decisions[run.decisions["outcome"].isin(DECIDED)]
    scenarios = _scenarios_by_row(decided)
    for row in rows:
        keys = scenarios.get(row["row"], [])
        row["links"] = [(links[key], names[key]) for key in keys]
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
        (name, [cells.get((name, head), nothing) for head in heads])
        for name in dict.fromkeys(frame[down])
    ]
    return Matrix(corner, heads, lines)


def _scenarios_by_row(decided: pd.DataFrame) -> dict[str, list[str]]:
    pairs = decided[["row", "scenario"]].dropna().drop_duplicates()
    return {str(row): list(keys) for row, keys in pairs.groupby("row")["scenario"]}
