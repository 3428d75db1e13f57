"""What a history keeps of a run: its counts, and how each scenario ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from smslab.reports.comparing.normalised import digests, states
from smslab.reports.exercised import DECIDED
from smslab.reports.journal_file import JournalFile, ScenarioRecord
from smslab.reports.run import Run
from smslab.reports.titles import status_of, title

_COUNTED = ("passed", "failed", "skipped")
_LONGEST_SWITCHES = 2000


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the journal of a run does not say: when and how it was made.

    ``started`` is UTC; ``suite`` says which features ran and how they were chosen: only runs of
    one suite are compared with each other; ``seconds`` are durations by scenario key.
    """

    started: datetime
    suite: str = ""
    seconds: Mapping[str, float] | None = None


def run_row(run: Run, occasion: Occasion) -> dict[str, Any]:
    """The columns of the table of runs, without its number."""
    line, records = run.journal.run, run.journal.scenarios
    statuses = Counter(status_of(record) for record in records)
    decided = run.decisions[run.decisions["outcome"].isin(DECIDED)]
    return {
        "started": occasion.started.replace(tzinfo=None),
        "seconds": sum(occasion.seconds.values()) if occasion.seconds else None,
        "suite": storable(occasion.suite),
        "seed": None if line is None else str(line.seed)[:40],
        "smslab": None if line is None else storable(line.smslab)[:80],
        "switches": storable(_switches(run))[:_LONGEST_SWITCHES],
        "scenarios": len(records),
        **{status: statuses[status] for status in _COUNTED},
        "other": sum(number for status, number in statuses.items() if status not in _COUNTED),
        "flaky": sum(_attempts(r) > 1 and status_of(r) == "passed" for r in records),
        "events": sum(len(record.events) for record in records),
        "rules": int(run.rules["exercised"].sum()),
        "rows": int(decided["row"].nunique()),
        "damaged": bool(run.journal.damage),
    }


def scenario_rows(journal: JournalFile) -> dict[str, dict[str, str]]:
    """The columns of the table of scenarios but the id, by digest."""
    found = {}
    for record in journal.scenarios:
        line = record.scenario
        digest = digest_of(line.scenario)
        found[digest] = {
            "digest": digest,
            "scenario": storable(line.scenario),
            "feature": storable(line.feature),
            "title": storable(title(line)),
        }
    return found


def outcome_rows(run: Run, occasion: Occasion) -> dict[str, dict[str, Any]]:
    """The columns of the table of outcomes but run and scenario, by digest of the scenario."""
    by_scenario = digests(states(run))
    seconds = occasion.seconds or {}
    return {
        digest_of(record.scenario.scenario): {
            "status": status_of(record)[:20],
            "attempts": _attempts(record),
            "seconds": seconds.get(record.scenario.scenario),
            "states": by_scenario.get(record.scenario.scenario, ""),
        }
        for record in run.journal.scenarios
    }


def digest_of(key: str) -> str:
    """What stands for the key of a scenario in the database, however long it is."""
    return sha256(key.encode("utf-8", "replace")).hexdigest()


def storable(text: str) -> str:
    """Text that every database takes: PostgreSQL refuses NUL, and utf-8 lone surrogates."""
    return text.replace("\x00", "\u2400").encode("utf-8", "replace").decode("utf-8")


def _attempts(record: ScenarioRecord) -> int:
    return 1 if record.result is None else record.result.attempts


def _switches(run: Run) -> str:
    """The settings of the whole run that were not left at their default, as ``name=value``."""
    frame = run.settings
    changed = frame[frame["scenario"].isna() & frame["changed"]]
    return ", ".join(
        f"{name}={value}" for name, value in zip(changed["name"], changed["value"], strict=True)
    )
