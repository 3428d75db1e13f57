"""What became of a scenario from one run to another; free of pandas, for the command line."""

from __future__ import annotations

REGRESSED = "regressed"
FIXED = "fixed"
OTHER_VERDICT = "other verdict"
DIFFERENT_STATES = "different states"
NEW = "new"
GONE = "gone"
SAME = "same"

KINDS = {
    REGRESSED: "did not fail in the first run, and does in the second",
    FIXED: "failed in the first run, and passed in the second",
    OTHER_VERDICT: "ended differently, and neither regressed nor was fixed",
    DIFFERENT_STATES: "ended the same way, but by other state changes",
    NEW: "only in the second run",
    GONE: "only in the first run",
    SAME: "ended the same way, by the same state changes",
}
"""Every kind, and what it means, in the order in which a reader wants them."""

HARMLESS = frozenset({"passed", "skipped"})
"""The statuses of scenarios that did not fail."""


def kind_of(first: str | None, second: str | None, *, same_states: bool) -> str:
    """The kind of a scenario by its status in each run (None: it is not in that run).

    Whatever ends neither passed nor skipped has failed, also where it was cut off.
    """
    if first is None:
        return NEW
    if second is None:
        return GONE
    if first in HARMLESS and second not in HARMLESS:
        return REGRESSED
    if first not in HARMLESS and second == "passed":
        return FIXED
    if first != second:
        return OTHER_VERDICT
    return SAME if same_states else DIFFERENT_STATES
