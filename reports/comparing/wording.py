"""A comparison in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smslab.reports.comparing.kinds import DIFFERENT_STATES, GONE, KINDS, NEW, SAME

_AFTER_A_NUMBER = {
    DIFFERENT_STATES: "with different states",
    "other verdict": "with another verdict",
}


def sentence(counts: Mapping[str, int], names: tuple[str, str]) -> str:
    """How many scenarios are of each kind; ``names`` are those of the two runs."""
    one, other = names
    total = sum(counts.values())
    same = counts[SAME]
    if not total:
        return f"There is no scenario in {one} nor in {other}: nothing can be compared."
    if counts[NEW] + counts[GONE] == total:
        return f"No scenario is in both {one} and {other}: nothing can be compared."
    if same == total:
        every = "the only scenario is" if total == 1 else f"all {total:,} scenarios are"
        return f"Nothing changed from {one} to {other}: {every} the same."
    parts = [
        f"{counts[kind]:,} {_AFTER_A_NUMBER.get(kind, kind)}"
        for kind in KINDS
        if counts[kind] and kind != SAME
    ]
    return f"From {one} to {other}: {_listed(parts)}; {same:,} the same."


def first_difference(row: Mapping[str, Any] | None) -> dict[str, str] | None:
    """The change of each run in one row of the differences, in words; None for no row."""
    if row is None:
        return None
    return {side: change(row, side) for side in ("a", "b")}


def change(row: Mapping[str, Any], side: str) -> str:
    """What happened on one side of a difference: whose which record changed from what to what."""
    if row[f"sequence_{side}"] is None:
        return f"no such change of {row['record']}"
    whose = row[f"of_{side}"]
    of = f" of {whose}" if whose else ""
    field = "" if row["field"] == "state" else f" {row['field'].replace('_', ' ')}"
    old, new = (_value(row[f"{name}_{side}"]) for name in ("old", "new"))
    rule = row[f"rule_{side}"]
    at = int(row[f"step_{side}"])
    step = "outside the steps" if at < 0 else f"in step {at + 1}"
    cause = f"{rule}, {step}" if rule else step
    return f"{row['entity']} {row[f'id_{side}']}{of}:{field} {old} → {new} ({cause})"


def verdicts(row: Mapping[str, Any], names: tuple[str, str]) -> str:
    """How one scenario ended in each run."""
    first, second = row["status_a"], row["status_b"]
    if first is None:
        return f"{second} in {names[1]}"
    if second is None:
        return f"{first} in {names[0]}"
    if first == second:
        return f"{first} in both"
    return f"{first} in {names[0]}, {second} in {names[1]}"


def _value(text: str | None) -> str:
    return "-" if text is None else text


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
