"""What the last run left: which of its scenarios did not pass."""

from __future__ import annotations

from pathlib import Path

from smslab.reports.journal_file import JournalNotFound, read
from smslab.steps.settings import shown


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
