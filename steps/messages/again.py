"""The messages of a run that is over, from its results and the feature files: nothing runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from smslab.reports.journal_file import JournalFile
from smslab.reports.titles import status_of
from smslab.steps.custom_steps import Phrases
from smslab.steps.engine.keys import distinct
from smslab.steps.engine.model import Scenario
from smslab.steps.engine.parsing import parse_file
from smslab.steps.engine.places import path_of
from smslab.steps.last_run import seconds_of
from smslab.steps.messages.matching import Matches, matches
from smslab.steps.messages.writing import Told, write_messages


def write_messages_again(
    journal: JournalFile, facts: Mapping[str, Any], path: Path, plugins: Iterable[str] = ()
) -> None:
    """Write the messages of ``journal``, whose features are found from the current folder.

    ``facts`` are what the run noted beside its journal; of a run that was killed there are
    none, and its scenarios took no time. Steps have no durations. Raises OSError where the
    file cannot be written, CannotLoad for steps of the user's own that cannot be imported.
    """
    root = Path.cwd()
    started = _moment(facts.get("started")) or datetime.fromtimestamp(0, UTC)
    told = Told(
        root=root,
        started=started,
        finished=_moment(facts.get("finished")) or started,
        seconds=seconds_of(facts),
        matches=_matches(journal, root, Phrases(plugins)),
        succeeded=_succeeded(journal),
    )
    write_messages(journal, told, path)


def _moment(text: object) -> datetime | None:
    """The time that ``text`` gives; none where it is lost."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _succeeded(journal: JournalFile) -> bool:
    statuses = [status_of(record) for record in journal.scenarios]
    whole = not journal.damage and not journal.withheld
    return whole and "passed" in statuses and {"passed", "skipped"}.issuperset(statuses)


def _matches(journal: JournalFile, root: Path, phrases: Phrases) -> dict[str, Matches]:
    """What the steps of every scenario match today, by scenario key."""
    files = dict.fromkeys(record.scenario.file for record in journal.scenarios)
    found = [
        (path, candidate)
        for shown in files
        if (path := path_of(shown, root)).suffix == ".feature" and path.is_file()
        for candidate in parse_file(path, shown, allow_same_names=True)
    ]
    candidates = distinct([each for _, each in found], allow_same_names=True)
    return {
        candidate.key: matches(candidate, phrases.of(path))
        for (path, _), candidate in zip(found, candidates, strict=True)
        if isinstance(candidate, Scenario)
    }
