"""How runs went one after another: what a page shows of a history, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from smslab.reports.comparing.kinds import HARMLESS, KINDS, SAME, kind_of

if TYPE_CHECKING:
    import pandas as pd

MOST = 20
"""How many scenarios a list of trends names."""

_NEEDED = ("number", "started", "scenarios", "passed", "failed", "other", "suite", "switches")

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Trends:
    """Runs of one suite, oldest first; the last is the one that a reader looks at.

    ``runs``: the columns of the kept runs, ``started`` as text. ``since``: for each kind but
    "same", what became so since the run before. ``failing``: what failed in the last run, since
    which run, and in how many runs in a row. ``unsteady``: what most often changed between
    failing and not, with how it ended in each run (None: not in it).
    """

    runs: Rows = field(default_factory=list)
    since: dict[str, list[str]] = field(default_factory=dict)
    failing: Rows = field(default_factory=list)
    unsteady: Rows = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """What :func:`from_json` makes the same trends of."""
        return asdict(self)


def from_json(data: Any) -> Trends | None:
    """The trends that :meth:`Trends.as_json` described; None where it describes none."""
    names = Trends.__dataclass_fields__
    if not isinstance(data, dict) or set(data) != set(names):
        return None
    runs = data["runs"]
    if not isinstance(runs, list) or not runs:
        return None
    if not all(isinstance(run, dict) and run.keys() >= set(_NEEDED) for run in runs):
        return None
    return Trends(**data)


def trends(runs: pd.DataFrame, outcomes: pd.DataFrame) -> Trends:
    """The trends of kept runs (oldest first) and of their outcomes."""
    from smslab.reports.frames.columns import rows_of

    kept = rows_of(runs)
    for row in kept:
        row["started"] = f"{row['started']:%Y-%m-%d %H:%M}"
    numbers = [row["number"] for row in kept]
    ended: dict[str, dict[int, dict[str, Any]]] = {}
    for row in rows_of(outcomes):
        ended.setdefault(row["scenario"], {})[row["number"]] = row
    return Trends(
        kept,
        _since(ended, numbers[-2:]),
        _failing(ended, numbers),
        _unsteady(ended, numbers),
    )


def _since(ended: dict[str, dict[int, dict[str, Any]]], last: list[int]) -> dict[str, list[str]]:
    """The keys of the scenarios of each kind between the last two runs."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS if kind != SAME}
    if len(last) < 2:
        return found
    for scenario, by_run in ended.items():
        before, after = by_run.get(last[0]), by_run.get(last[1])
        if before is None and after is None:
            continue
        first, second = (None if row is None else row["status"] for row in (before, after))
        same = before is not None and after is not None and before["states"] == after["states"]
        kind = kind_of(first, second, same_states=same)
        if kind != SAME:
            found[kind].append(scenario)
    return found


def _failing(ended: dict[str, dict[int, dict[str, Any]]], numbers: list[int]) -> Rows:
    found = []
    for scenario, by_run in ended.items():
        row = by_run.get(numbers[-1])
        if row is None or row["status"] in HARMLESS:
            continue
        streak = list(_streak(by_run, numbers))
        found.append(
            {
                "scenario": scenario,
                "title": row["title"],
                "status": row["status"],
                "since": streak[-1],
                "runs": len(streak),
            }
        )
    return sorted(found, key=lambda row: (-row["runs"], row["scenario"]))[:MOST]


def _streak(by_run: dict[int, dict[str, Any]], numbers: list[int]) -> Iterator[int]:
    """The numbers of the last runs in which a scenario failed, newest first."""
    for number in reversed(numbers):
        row = by_run.get(number)
        if row is None:
            continue
        if row["status"] in HARMLESS:
            return
        yield number


def _unsteady(ended: dict[str, dict[int, dict[str, Any]]], numbers: list[int]) -> Rows:
    found = []
    for scenario, by_run in ended.items():
        rows = [by_run.get(number) for number in numbers]
        good = [row["status"] in HARMLESS for row in rows if row is not None]
        changes = sum(one != other for one, other in pairwise(good))
        if changes > 1:
            last = next(row for row in reversed(rows) if row is not None)
            statuses = [row and row["status"] for row in rows]
            found.append(
                {
                    "scenario": scenario,
                    "title": last["title"],
                    "changes": changes,
                    "statuses": statuses,
                }
            )
    return sorted(found, key=lambda row: (-row["changes"], row["scenario"]))[:MOST]
