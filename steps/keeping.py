"""Keeping a run in the history, so that it never costs the run its reports."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smslab.reports.history.addresses import OFF, HistoryUnusable
from smslab.steps.last_run import facts_beside
from smslab.steps.selection import SHIPPED, shipped
from smslab.steps.settings import RunSettings, shown

if TYPE_CHECKING:
    from smslab.reports.history.trends import Trends
    from smslab.reports.run import Run

SUITE, TRENDS = "suite", "trends"
"""What the facts of a run (run.json) call its suite and its trends."""

_SHARD = "shard "


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of keeping a run: a line for the verdict, and the trends that it is now in."""

    said: str
    trends: Trends | None


def keep(run: Run, settings: RunSettings, started: datetime, seconds: Mapping[str, float]) -> Kept:
    """Keep a run. Never raises: where it cannot be kept, the line says why."""
    try:
        return _kept(run, settings, started, seconds)
    except HistoryUnusable as error:
        later = f"smslab history keep {shown(settings.results)}"
        return Kept(
            f"History: this run is not kept. {error} The reports are whole; keep it later with: "
            f"{later}",
            None,
        )


def _kept(run: Run, settings: RunSettings, started: datetime, seconds: Mapping[str, float]) -> Kept:
    # Imported here: what comes with SQLAlchemy is not for runs that are not kept.
    from smslab.reports.history.kept import History, Occasion

    with chdir(settings.config.invocation_params.dir):  # a step may have gone elsewhere
        history = History(settings.history)
        number = history.keep(run, Occasion(started, suite_of(settings), seconds))
        trends = history.trends(suite=suite_of(settings), until=number)
    return Kept(f"History: run {number} in {history.name}", trends)


def wanted(settings: RunSettings) -> bool:
    """Whether a run is to be kept: one that makes reports, unless its history is off."""
    return settings.reports and settings.history != OFF


def suite_of(settings: RunSettings) -> str:
    """Which features ran and how they were chosen: only runs of one suite are one trend.

    The order plays no part in it.
    """
    config = settings.config
    option = config.option
    parts = [" ".join(_called(Path(config.invocation_params.dir), each) for each in config.args)]
    parts += [f"tags {option.smslab_tags.strip()}"] if option.smslab_tags.strip() else []
    parts += [f'name "{name}"' for name in option.smslab_name]
    parts += ["what failed last time"] if option.smslab_last_failed else []
    parts += [f"{_SHARD}{option.smslab_shard}"] if option.smslab_shard else []
    return "; ".join(parts)


def without_shard(suite: str) -> str:
    """The suite of the whole run, from that of one of its shards."""
    return "; ".join(part for part in suite.split("; ") if not part.startswith(_SHARD))


def _called(folder: Path, argument: str) -> str:
    """What a suite calls features: the same on every machine, where that is possible."""
    path = Path(argument)
    if path == shipped():
        return SHIPPED
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else argument


def trends_beside(journal: Path) -> Trends | None:
    """The trends that a run was in when it ended, from the facts beside its journal."""
    from smslab.reports.history.trends import from_json

    return from_json(facts_beside(journal).get(TRENDS))


def moment_of(facts: Mapping[str, Any]) -> datetime | None:
    """When the run of these facts started; None where that is not known."""
    try:
        return datetime.fromisoformat(str(facts.get("started"))).astimezone(UTC)
    except ValueError:
        return None
