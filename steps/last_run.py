"""What a run left: its facts, and which of its scenarios did not pass."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smslab.reports.journal_file import JournalNotFound, read
from smslab.steps.settings import shown

FACTS = "run.json"
"""The file of what differs from run to run, in the folder of the results."""


class NothingFailed(LookupError):
    """There is nothing to run again; the message says why, and what to do instead."""


def failed_keys(results: Path) -> frozenset[str]:
    """The keys of the scenarios of the run in ``results`` that neither passed nor were skipped.

    One that was cut off when the run was stopped is among them. Raises NothingFailed.
    """
    try:
        journal = read(results)
    except JournalNotFound:
        raise NothingFailed(
            f"There is no last run in {shown(results)}. Run the features without --last-failed "
            "first, or name the folder of its results with --results."
        ) from None
    bad = frozenset(
        record.scenario.scenario
        for record in journal.scenarios
        if record.result is None or record.result.status not in ("passed", "skipped")
    )
    if not bad:
        number = len(journal.scenarios)
        raise NothingFailed(
            f"Nothing failed in the last run: its {number} scenario{'' if number == 1 else 's'} "
            f"passed ({shown(results)}). Leave out --last-failed to run all."
        )
    return bad


def seconds_of(facts: Mapping[str, Any]) -> dict[str, float]:
    """How long each scenario took, by key; nothing for what the facts do not say."""
    found = facts.get("seconds")
    if not isinstance(found, dict):
        return {}
    return {key: float(each) for key, each in found.items() if isinstance(each, (int, float))}


def facts_beside(journal: Path) -> dict[str, Any]:
    """What a run noted in the folder of its results; nothing where that is lost."""
    folder = journal if journal.is_dir() else journal.parent
    try:
        found = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
