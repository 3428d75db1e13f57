"""The verdict in one sentence, and the scenarios that speak against it."""

from __future__ import annotations

from dataclasses import dataclass

from smslab.reports.journal_file import STATUSES
from smslab.reports.page.telling import anchor
from smslab.reports.page.text import count
from smslab.reports.run import Run
from smslab.reports.titles import CUT_OFF, status_of, title, withheld

HARMLESS = ("passed", "skipped")
"""The statuses of scenarios that are no failure."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind``: passed, failed, damaged or empty; ``counts``: (status, scenarios), none of 0."""

    kind: str
    sentence: str
    counts: list[tuple[str, int]]

    @property
    def passed(self) -> int:
        """Scenarios that passed."""
        return dict(self.counts).get("passed", 0)

    @property
    def bad(self) -> int:
        """Scenarios that are neither passed nor skipped."""
        return sum(number for status, number in self.counts if status not in HARMLESS)


def anchors(run: Run) -> dict[str, str]:
    """The fragment of every scenario on the page by its key; of two with one key, the first's."""
    found: dict[str, str] = {}
    for position, record in enumerate(run.journal.scenarios):
        found.setdefault(record.scenario.scenario, anchor(position))
    return found


def verdict(run: Run) -> Verdict:
    """The verdict on a run."""
    found = run.scenarios["status"].value_counts()
    counts = [(s, int(found[s])) for s in (*STATUSES, CUT_OFF) if s in found.index]
    by_status = dict(counts)
    total = len(run.scenarios)
    passed = by_status.get("passed", 0)
    more = withheld(run.journal.withheld)
    bad = {status: n for status, n in counts if status not in HARMLESS}
    if bad:
        said = f"{_what_went_wrong(bad, total)}; {passed:,} passed."
        return Verdict("failed", f"{said} {more}." if more else said, counts)
    if run.journal.damage:
        readable = f"{count(total, 'scenario')} can be read, and none of them failed"
        return Verdict("damaged", f"The journal is damaged: {readable}.", counts)
    if more:
        return Verdict("failed", f"{more}.", counts)
    if passed == 0:
        return Verdict("empty", "Nothing was tested: no scenario ran.", counts)
    skipped = by_status.get("skipped", 0)
    if skipped:
        return Verdict(
            "passed",
            f"{passed:,} of {count(total, 'scenario')} passed and none failed; "
            f"{skipped:,} {'was' if skipped == 1 else 'were'} skipped.",
            counts,
        )
    everything = "The only scenario" if total == 1 else f"All {total:,} scenarios"
    return Verdict("passed", f"{everything} passed.", counts)


def _what_went_wrong(bad: dict[str, int], total: int) -> str:
    others = {status: n for status, n in bad.items() if status != "failed"}
    parts = []
    if "failed" in bad:
        parts.append(f"{bad['failed']:,} of {count(total, 'scenario')} failed")
    if others:
        of_all = "" if parts else f" of {count(total, 'scenario')}"
        reasons = ", ".join(f"{n:,} {status}" for status, n in others.items())
        parts.append(f"{sum(others.values()):,}{of_all} did not run to the end ({reasons})")
    return " and ".join(parts)


def rules_exercised(run: Run) -> dict[str, int]:
    """How many rules are known, implemented, and exercised by scenarios that passed or failed."""
    rules = run.rules
    return {
        "known": len(rules),
        "implemented": int(rules["implemented"].sum()),
        "exercised": int(rules["exercised"].sum()),
    }


def flaky(run: Run) -> list[tuple[str, str, int]]:
    """Fragment, title and attempts of every scenario that passed only when tried again."""
    return [
        (anchor(position), title(record.scenario), record.result.attempts)
        for position, record in enumerate(run.journal.scenarios)
        if record.result is not None
        and record.result.status == "passed"
        and record.result.attempts > 1
    ]


def skipped(run: Run) -> list[tuple[str, list[str]]]:
    """Why scenarios were skipped, and the fragments of those: the most frequent reason first."""
    found: dict[str, list[str]] = {}
    for position, record in enumerate(run.journal.scenarios):
        if status_of(record) == "skipped":
            said = record.result.message if record.result else None
            found.setdefault(said or "without a reason", []).append(anchor(position))
    return sorted(found.items(), key=lambda reason: -len(reason[1]))
