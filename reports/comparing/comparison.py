"""Comparing two runs, and what a comparison holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from smslab.reports.comparing import wording
from smslab.reports.comparing.differing import DIFFERENCES, differences, transition_counts
from smslab.reports.comparing.kinds import KINDS, SAME, kind_of
from smslab.reports.comparing.normalised import states
from smslab.reports.frames.columns import COUNT, TEXT, as_text, build, rows_of
from smslab.reports.run import Run

COMPARED_SCENARIOS = {
    "scenario": TEXT,
    "feature": TEXT,
    "title": TEXT,
    "file": TEXT,
    "at": COUNT,
    "kind": TEXT,
    "status_a": TEXT,
    "status_b": TEXT,
    "message_a": TEXT,
    "message_b": TEXT,
    "differences": COUNT,
}
"""One row per scenario of either run, by key. ``kind``: one of
:data:`smslab.reports.comparing.kinds.KINDS`; ``status_a`` and ``message_a``: how it ended in the
first run, ``status_b`` and ``message_b`` in the second, missing where it is not in that run;
``file`` and ``at``: where it is (in the second run, if it is there); ``differences``: how many
state changes are not the same in both, 0 for a scenario of one run alone. Scenarios of one key
within a run, which only a damaged journal has, are told apart as ``KEY (again: 2)``."""

CONDITIONS = {"name": TEXT, "a": TEXT, "b": TEXT}
"""One row per condition in which the runs differ: ``seed``, ``smslab`` (its version), or a switch,
property or timer; ``a`` and ``b``: what it was, missing where a run does not know it."""


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side: ``a`` is the first or earlier one, ``b`` the second or later.

    ``names`` are what a reader calls them.
    """

    a: Run
    b: Run
    names: tuple[str, str] = ("the first run", "the second run")

    @cached_property
    def scenarios(self) -> pd.DataFrame:
        """What became of each scenario: :data:`COMPARED_SCENARIOS`."""
        first, second = (_by_key(run.scenarios) for run in (self.a, self.b))
        keys = sorted({*first.index, *second.index})
        a, b = first.reindex(keys), second.reindex(keys)
        counted = self.differences.groupby("scenario").size().reindex(keys, fill_value=0)
        frame = pd.DataFrame({"scenario": keys}, dtype=TEXT)
        for name in ("feature", "title", "file", "at"):
            frame[name] = b[name].fillna(a[name]).array
        for name in ("status", "message"):
            frame[f"{name}_a"], frame[f"{name}_b"] = a[name].array, b[name].array
        frame["differences"] = counted.array
        frame["kind"] = [
            kind_of(row["status_a"], row["status_b"], same_states=row["differences"] == 0)
            for row in rows_of(frame)
        ]
        return frame[list(COMPARED_SCENARIOS)].astype(COMPARED_SCENARIOS)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Every state change of a scenario of both runs that is not the same in both.

        Columns: :data:`smslab.reports.comparing.differing.DIFFERENCES`.
        """
        common = set(self.a.scenarios["scenario"]) & set(self.b.scenarios["scenario"])
        first, second = (
            found[found["scenario"].isin(common)] for found in (states(self.a), states(self.b))
        )
        return differences(first, second).astype(DIFFERENCES)

    @cached_property
    def first_differences(self) -> pd.DataFrame:
        """The first of :attr:`differences` of each scenario that has any (same columns)."""
        return self.differences.drop_duplicates("scenario").reset_index(drop=True)

    @cached_property
    def transitions(self) -> pd.DataFrame:
        """How often each state change happened in each run.

        Columns: :data:`smslab.reports.comparing.differing.TRANSITION_COUNTS`.
        """
        return transition_counts(self.a.transitions, self.b.transitions)

    @cached_property
    def conditions(self) -> pd.DataFrame:
        """In what the runs themselves differ: :data:`CONDITIONS`."""
        first, second = _conditions(self.a), _conditions(self.b)
        rows = (
            (name, first.get(name), second.get(name)) for name in dict.fromkeys([*first, *second])
        )
        return build(CONDITIONS, (row for row in rows if row[1] != row[2]))

    @property
    def counts(self) -> dict[str, int]:
        """How many scenarios are of each kind, those of 0 included, in the order of the kinds."""
        found = self.scenarios["kind"].value_counts()
        return {kind: int(found.get(kind, 0)) for kind in KINDS}

    @property
    def damage(self) -> list[str]:
        """What could not be read of either journal: then scenarios may wrongly be new or gone."""
        return [*self.a.journal.damage, *self.b.journal.damage]

    def sentence(self) -> str:
        """The comparison in one sentence."""
        return wording.sentence(self.counts, self.names)

    def rows(self) -> list[dict[str, Any]]:
        """Every scenario that is not the same, as plain data, in the order of the kinds.

        The columns of :data:`COMPARED_SCENARIOS` and ``first``: None, or the first state change
        in which the runs differ, as ``a`` and ``b``, each a line of text.
        """
        changed = self.scenarios[self.scenarios["kind"] != SAME]
        firsts = {row["scenario"]: row for row in rows_of(self.first_differences)}
        order = {kind: position for position, kind in enumerate(KINDS)}
        found = [
            {**row, "first": wording.first_difference(firsts.get(row["scenario"]))}
            for row in rows_of(changed)
        ]
        return sorted(found, key=lambda row: order[row["kind"]])


def compare(a: Run, b: Run, names: tuple[str, str] | None = None) -> Comparison:
    """Compare two runs: ``a`` the first or earlier one, ``b`` the second or later.

    ``names`` are what a reader calls them, such as the folders of their results.
    """
    return Comparison(a, b) if names is None else Comparison(a, b, names)


def _by_key(scenarios: pd.DataFrame) -> pd.DataFrame:
    """The scenarios by key; a second one of the same key is called ``KEY (again: 2)``."""
    nth = scenarios.groupby("scenario").cumcount() + 1
    keys = [
        key if number == 1 else f"{key} (again: {number})"
        for key, number in zip(scenarios["scenario"], nth, strict=True)
    ]
    return scenarios.set_index(pd.Index(keys, dtype=TEXT))


def _conditions(run: Run) -> dict[str, str | None]:
    line = run.journal.run
    if line is None:
        return {}
    values = {"seed": line.seed, "smslab": line.smslab, **line.policy}
    return {name: as_text(value) for name, value in values.items()}
