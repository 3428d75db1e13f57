"""The history of runs: keeping one, reading them as frames, and removing old ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

import pandas as pd
from sqlalchemy import Connection, Select, delete, insert, select

from smslab.reports.frames.columns import COUNT, TEXT, TIME, TRUTH, build
from smslab.reports.history.addresses import DEFAULT_ADDRESS, HistoryUnusable
from smslab.reports.history.database import Database
from smslab.reports.history.facts import Occasion, outcome_rows, run_row, scenario_rows
from smslab.reports.history.schema import OUTCOMES, RUNS, SCENARIOS
from smslab.reports.history.trends import Trends, trends
from smslab.reports.run import Run

SECONDS = "Float64"

KEPT_RUNS = {
    "number": COUNT,
    "started": TIME,
    "seconds": SECONDS,
    "suite": TEXT,
    "seed": TEXT,
    "smslab": TEXT,
    "switches": TEXT,
    "scenarios": COUNT,
    "passed": COUNT,
    "failed": COUNT,
    "skipped": COUNT,
    "other": COUNT,
    "flaky": COUNT,
    "events": COUNT,
    "rules": COUNT,
    "rows": COUNT,
    "damaged": TRUTH,
}
"""One row per kept run, oldest first. ``number``: its name in the history; ``started``: wall-clock
time in UTC; ``seconds``: how long its scenarios took together, missing where that is not known;
``suite``: which features ran and how they were chosen; ``seed`` and ``smslab`` (its version),
missing where the journal had lost them; ``switches``: those not left at their default; ``passed``,
``failed``, ``skipped`` and ``other`` (any other status) add up to ``scenarios``; ``flaky``: how
many passed only when tried again; ``events``: how many state changes there were; ``rules``: how
many were exercised; ``rows``: how many decision rows were carried out; ``damaged``: whether its
journal could not be read whole."""

KEPT_OUTCOMES = {
    "number": COUNT,
    "scenario": TEXT,
    "feature": TEXT,
    "title": TEXT,
    "status": TEXT,
    "attempts": COUNT,
    "seconds": SECONDS,
    "states": TEXT,
}
"""One row per scenario of a kept run, by number and scenario key. ``status``: how it ended;
``attempts``: more than 1 where it was tried again; ``states``: a text that is the same for the
same state changes, whatever the ids of their records."""

_AT_A_TIME = 500

_T = TypeVar("_T")


class History:
    """The runs kept at an address: the path of an SQLite file, or any address of SQLAlchemy.

    Every method raises HistoryUnusable where the database cannot be used, in words and without
    its password; none of them waits for long.
    """

    def __init__(self, address: str = DEFAULT_ADDRESS) -> None:
        self._database = Database(address)

    @property
    def name(self) -> str:
        """What a reader calls it: the address without its password."""
        return self._database.name

    def keep(self, run: Run, occasion: Occasion | None = None) -> int:
        """Keep a run, and return its number. One that is kept already is not kept twice.

        The same run is one that started at the same moment with as many scenarios.
        """
        known = occasion or Occasion(datetime.now(UTC))
        row = run_row(run, known)
        scenarios, outcomes = scenario_rows(run.journal), outcome_rows(run, known)

        def work(connection: Connection) -> int:
            same = select(RUNS.c.number).where(
                RUNS.c.started == row["started"], RUNS.c.scenarios == row["scenarios"]
            )
            number: int | None = connection.scalar(same)
            if number is None:
                written = connection.execute(insert(RUNS).values(row))
                number = int(next(iter(written.inserted_primary_key or ())))
                ids = _ids(connection, scenarios)
                _insert_outcomes(connection, number, ids, outcomes)
            return number

        return self._database.write(work)

    def runs(
        self, limit: int | None = None, suite: str | None = None, until: int | None = None
    ) -> pd.DataFrame:
        """The newest ``limit`` runs, of one suite or of all: :data:`KEPT_RUNS`.

        With ``until``, those up to the run of that number.
        """
        wanted = select(RUNS).order_by(RUNS.c.number.desc()).limit(limit)
        wanted = wanted if suite is None else wanted.where(RUNS.c.suite == suite)
        rows = self._rows(wanted if until is None else wanted.where(RUNS.c.number <= until))
        return build(KEPT_RUNS, ((n, _utc(at), *rest) for n, at, *rest in reversed(rows)))

    def outcomes(self, numbers: Sequence[int]) -> pd.DataFrame:
        """How each scenario ended in the runs of these numbers: :data:`KEPT_OUTCOMES`."""
        columns = (SCENARIOS.c[name] for name in ("scenario", "feature", "title"))
        ended = (OUTCOMES.c[name] for name in ("status", "attempts", "seconds", "states"))
        wanted = select(OUTCOMES.c.run, *columns, *ended).join(SCENARIOS)
        rows: list[Sequence[Any]] = []
        for some in _parts(sorted(set(numbers))):
            rows += self._rows(wanted.where(OUTCOMES.c.run.in_(some)))
        return build(KEPT_OUTCOMES, sorted(rows, key=lambda row: (row[0], row[1])))

    def trends(self, limit: int = 30, suite: str | None = None, until: int | None = None) -> Trends:
        """How the newest ``limit`` runs of a suite went; of the newest run's, if none is named.

        With ``until``, they end with the run of that number.
        """
        if suite is None:
            newest = self.runs(1)
            suite = newest["suite"].iloc[0] if len(newest) else ""
        kept = self.runs(limit, suite, until)
        return trends(kept, self.outcomes([int(number) for number in kept["number"]]))

    def prune(self, keep: int | None = None, before: datetime | None = None) -> int:
        """Remove old runs, and return how many.

        All but the newest ``keep`` of each suite, or those that started ``before`` a moment; given
        both, only those that are neither among the newest nor late enough. Raises ValueError
        where neither is given.
        """
        if keep is None and before is None:
            raise ValueError("say how many runs to keep, or which are too old")
        if self._database.absent:
            return 0

        def work(connection: Connection) -> int:
            known = select(RUNS.c.number, RUNS.c.suite, RUNS.c.started)
            rows = connection.execute(known.order_by(RUNS.c.number.desc())).all()
            numbers = _superfluous([(n, s, at) for n, s, at in rows], keep, before)
            for some in _parts(numbers):
                connection.execute(delete(OUTCOMES).where(OUTCOMES.c.run.in_(some)))
                connection.execute(delete(RUNS).where(RUNS.c.number.in_(some)))
            connection.execute(
                delete(SCENARIOS).where(SCENARIOS.c.id.not_in(select(OUTCOMES.c.scenario)))
            )
            return len(numbers)

        removed = self._database.write(work)
        if removed:
            self._database.shrink()
        return removed

    def _rows(self, wanted: Select[Any]) -> list[Sequence[Any]]:
        if self._database.absent:
            return []
        with self._database.reading() as connection:
            return [tuple(row) for row in connection.execute(wanted)]


def _ids(connection: Connection, scenarios: dict[str, dict[str, str]]) -> dict[str, int]:
    """The id of each scenario by digest; those that are new are written, in one fixed order."""
    ids = _known_ids(connection, scenarios)
    new = [scenarios[digest] for digest in sorted(scenarios.keys() - ids.keys())]
    if new:
        connection.execute(insert(SCENARIOS), new)
        ids |= _known_ids(connection, [row["digest"] for row in new])
    return ids


def _known_ids(connection: Connection, digests: Sequence[str] | dict[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _parts(list(digests)):
        wanted = select(SCENARIOS.c.digest, SCENARIOS.c.id).where(SCENARIOS.c.digest.in_(some))
        found |= {row.digest: row.id for row in connection.execute(wanted)}
    return found


def _insert_outcomes(
    connection: Connection, number: int, ids: dict[str, int], outcomes: dict[str, dict[str, Any]]
) -> None:
    rows = [{"run": number, "scenario": ids[d], **outcome} for d, outcome in outcomes.items()]
    if rows:
        connection.execute(insert(OUTCOMES), rows)


def _superfluous(
    rows: list[tuple[int, str, datetime]], keep: int | None, before: datetime | None
) -> list[int]:
    """The numbers of the runs to remove, of rows that begin with the newest run."""
    limit = None if before is None else before.astimezone(UTC).replace(tzinfo=None)
    seen: dict[str, int] = {}
    found = []
    for number, suite, started in rows:
        seen[suite] = seen.get(suite, 0) + 1
        if (keep is None or seen[suite] > keep) and (limit is None or started < limit):
            found.append(number)
    return found


def _parts(values: Sequence[_T]) -> Iterator[list[_T]]:
    """The values in lists as long as every database takes them."""
    rest = iter(values)
    while some := list(islice(rest, _AT_A_TIME)):
        yield some


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


__all__ = ["KEPT_OUTCOMES", "KEPT_RUNS", "History", "HistoryUnusable", "Occasion"]
