"""Where the states of two runs part: every change that is not the same in both."""

from __future__ import annotations

import pandas as pd

from smslab.reports.comparing.normalised import COMPARED, KEY
from smslab.reports.frames.columns import COUNT, TEXT, TIME

_OF_A_SIDE = {
    "sequence": COUNT,
    "time": TIME,
    "step": COUNT,
    "id": TEXT,
    "of": TEXT,
    "old": TEXT,
    "new": TEXT,
    "rule": TEXT,
    "command": TEXT,
}

DIFFERENCES = {
    "scenario": TEXT,
    "entity": TEXT,
    "record": TEXT,
    "field": TEXT,
    **{f"{name}_a": dtype for name, dtype in _OF_A_SIDE.items()},
    **{f"{name}_b": dtype for name, dtype in _OF_A_SIDE.items()},
}
"""One row per change that is in one run only, or not the same in both. ``record``: its kind and
its number within the scenario; then the change in the first run (``_a``) and in the second
(``_b``) with the columns of :data:`smslab.reports.frames.changes.CHANGES`, missing where that run
has no such change. Of each scenario, the first difference comes first."""

TRANSITION_COUNTS = {"entity": TEXT, "from": TEXT, "to": TEXT, "a": COUNT, "b": COUNT}
"""One row per state change that either run has: how often it happened in each."""


def differences(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """What is not the same in two frames of states (columns: :data:`DIFFERENCES`).

    Only scenarios that are in both frames of states are worth passing in: those of one run
    alone differ in everything.
    """
    joined = first.merge(second, on=KEY, how="outer", suffixes=("_a", "_b"))
    differs = joined["sequence_a"].isna() | joined["sequence_b"].isna()
    for name in COMPARED:
        one, other = joined[f"{name}_a"], joined[f"{name}_b"]
        differs |= ~((one == other).fillna(False) | (one.isna() & other.isna()))
    found = joined[differs].copy()
    found["entity"] = found["entity_a"].fillna(found["entity_b"])
    found["_first"] = found[["sequence_a", "sequence_b"]].min(axis=1)
    found = found.sort_values(["scenario", "_first", "record", "field"], kind="stable")
    for side in ("a", "b"):
        for name in COMPARED:
            found[f"{name}_{side}"] = found[f"said_{name}_{side}"]
    return found[list(DIFFERENCES)].reset_index(drop=True)


def transition_counts(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """How often each state change happened (columns: :data:`TRANSITION_COUNTS`), by entity.

    ``first`` and ``second`` are the transitions of two runs. ``from`` is missing for new records.
    """
    by = ["entity", "from", "to"]
    counted = [
        frame.groupby(by, dropna=False, sort=False).size().rename(side).reset_index()
        for frame, side in ((first, "a"), (second, "b"))
    ]
    joined = counted[0].merge(counted[1], on=by, how="outer").fillna({"a": 0, "b": 0})
    joined = joined.sort_values(by, na_position="first", kind="stable")
    return joined.astype(TRANSITION_COUNTS)[list(TRANSITION_COUNTS)].reset_index(drop=True)
