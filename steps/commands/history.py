"""`smslab history`: the runs that were kept, how they went, and removing old ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from smslab.reports.history.addresses import DEFAULT_ADDRESS, OFF, HistoryUnusable
from smslab.steps.commands.loading import loaded, say_damage
from smslab.steps.commands.misuse import Misuse
from smslab.steps.commands.plain import plain
from smslab.steps.defaults import DEFAULT_RESULTS, HISTORY_VARIABLE

if TYPE_CHECKING:
    from smslab.reports.history.kept import History
    from smslab.reports.history.trends import Trends

history = typer.Typer(no_args_is_help=False, help="List, show, keep and remove kept runs.")

Address = Annotated[
    str, typer.Option("--history", metavar="ADDRESS", help="A file, or a database's address.")
]
_BARS = "▁▂▃▄▅▆▇█"


@history.callback(invoke_without_command=True)
def _history(
    context: typer.Context,
    address: Annotated[
        str,
        typer.Option(
            "--history",
            metavar="ADDRESS",
            envvar=HISTORY_VARIABLE,
            help="A file, or a database's address.",
        ),
    ] = DEFAULT_ADDRESS,
) -> None:
    """The runs that were kept; without a command, list the newest of them."""
    context.obj = address
    if context.invoked_subcommand is None:
        list_(context)


@history.command("list")
def list_(
    context: typer.Context,
    address: Address = "",
    most: Annotated[
        int, typer.Option("--most", min=1, metavar="N", help="Only the newest N.")
    ] = 20,
) -> None:
    """List the newest kept runs, newest first."""
    from smslab.reports.frames.columns import rows_of

    with _opened(address or context.obj) as kept:
        rows = rows_of(kept.runs(most))[::-1]
        _or_nothing(len(rows), kept)
        for row in rows:
            typer.echo(plain(_line(row)))


@history.command()
def show(
    context: typer.Context,
    number: Annotated[
        int | None,
        typer.Argument(metavar="[RUN]", help="A number of the list; the newest, if none."),
    ] = None,
    address: Address = "",
    most: Annotated[
        int, typer.Option("--most", min=2, metavar="N", help="Over the last N runs.")
    ] = 30,
) -> None:
    """Show how a run and those before it went: what changed, what fails, what is not steady.

    Only runs of the same features, chosen the same way, are put together.
    """
    with _opened(address or context.obj) as kept:
        rows = kept.runs()
        _or_nothing(len(rows), kept)
        wanted = rows if number is None else rows[rows["number"] == number]
        if not len(wanted):
            numbers = ", ".join(str(each) for each in rows["number"].tail(5))
            raise Misuse(f"There is no run {number} in {kept.name}; the newest are {numbers}.")
        run = wanted.iloc[-1]
        for line in _trend_lines(kept.trends(most, run["suite"], int(run["number"]))):
            typer.echo(plain(line))


@history.command()
def keep(
    context: typer.Context,
    results: Annotated[Path, typer.Argument(help="The results of a run, or its journal.")] = Path(
        DEFAULT_RESULTS
    ),
    address: Address = "",
) -> None:
    """Keep a run that has ended: one of merged shards, or one that could not be kept at its end.

    The exit status is 1 if the journal is damaged; what can be read is kept.
    """
    from smslab.reports.history.kept import Occasion
    from smslab.steps.keeping import SUITE, moment_of
    from smslab.steps.last_run import facts_beside, seconds_of

    run = loaded(results)
    facts = facts_beside(results)
    started = moment_of(facts) or datetime.now(UTC)
    with _opened(address or context.obj) as kept:
        number = kept.keep(run, Occasion(started, str(facts.get(SUITE) or ""), seconds_of(facts)))
        typer.echo(f"Run {number} in {kept.name}")
    raise typer.Exit(say_damage(run))


@history.command()
def prune(
    context: typer.Context,
    address: Address = "",
    newest: Annotated[
        int | None,
        typer.Option("--keep", min=0, metavar="N", help="Keep the newest N of the same features."),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(
            "--older-than", min=0, metavar="DAYS", help="Only runs older than so many days."
        ),
    ] = None,
) -> None:
    """Remove old runs; with both options, those that are old and not among the newest."""
    if newest is None and days is None:
        raise Misuse("Say what may go: --keep N keeps the newest N, --older-than DAYS the younger.")
    before = None if days is None else datetime.now(UTC) - timedelta(days=days)
    with _opened(address or context.obj) as kept:
        removed = kept.prune(newest, before)
        left = len(kept.runs())
        typer.echo(f"Removed {_many(removed)}; {_many(left)} left in {kept.name}")


@contextmanager
def _opened(address: str) -> Iterator[History]:
    """The history at an address; what is wrong with it is said, and the exit status is 2."""
    from smslab.reports.history.kept import History

    if address == OFF:
        raise Misuse(f"The history is off ({HISTORY_VARIABLE}); name one with --history ADDRESS.")
    try:
        yield History(address)
    except HistoryUnusable as error:
        raise Misuse(str(error)) from None


def _or_nothing(runs: int, kept: History) -> None:
    if not runs:
        typer.echo(f"No run is kept in {kept.name}. smslab run keeps each run there.")
        raise typer.Exit


def _many(runs: int) -> str:
    return f"{runs} run{'' if runs == 1 else 's'}"


def _line(row: dict[str, Any]) -> str:
    bad = row["failed"] + row["other"]
    parts = [f"{row['passed']} of {row['scenarios']} passed"]
    parts += [f"{bad} did not"] if bad else []
    parts += [f"{row[name]} {name}" for name in ("skipped", "flaky") if row[name]]
    parts += ["journal damaged"] if row["damaged"] else []
    about = [f"seed {row['seed'] or 'not known'}"]
    about += [row["switches"]] if row["switches"] else []
    about += [row["suite"]] if row["suite"] else []
    started = f"{row['started']:%Y-%m-%d %H:%M}"
    return f"{row['number']:>5}  {started}  {', '.join(parts)}  ({'; '.join(about)})"


def _trend_lines(trends: Trends) -> Iterator[str]:
    runs = trends.runs
    first, last = runs[0], runs[-1]
    yield f"Runs {first['number']} to {last['number']}, {first['started']} to {last['started']} UTC"
    yield f"  Features: {last['suite'] or 'not known'}"
    for title, values in (
        ("Did not pass", [run["failed"] + run["other"] for run in runs]),
        ("Scenarios", [run["scenarios"] for run in runs]),
        ("Rules exercised", [run["rules"] for run in runs]),
        ("Seconds", [run["seconds"] for run in runs]),
    ):
        yield f"  {title:<16} {_bars(values)}  now {_said(values[-1])}"
    yield from _since(trends)
    if trends.failing:
        yield ""
        yield "Failing now"
    for row in trends.failing:
        streak = "" if row["runs"] == 1 else f", {row['runs']} runs in a row"
        yield f"  {row['status']} since run {row['since']}{streak}: {row['scenario']}"
    if trends.unsteady:
        yield ""
        yield "Not steady (oldest run first; · was not in the run)"
    for row in trends.unsteady:
        yield f"  {''.join(map(_sign, row['statuses']))}  {row['scenario']}"


def _since(trends: Trends) -> Iterator[str]:
    from smslab.reports.history.trends import MOST

    if len(trends.runs) < 2:
        return
    changed = {kind: keys for kind, keys in trends.since.items() if keys}
    yield ""
    yield f"Since run {trends.runs[-2]['number']}{'' if changed else ': nothing changed'}"
    for kind, keys in changed.items():
        yield f"  {kind}: {len(keys)}"
        yield from (f"    {key}" for key in keys[:MOST])
        if len(keys) > MOST:
            yield f"    ... and {len(keys) - MOST} more"


def _bars(values: Sequence[float | None]) -> str:
    """A bar for each value, from 0 to the largest; a blank for what is not known."""
    top = max((value for value in values if value is not None), default=0) or 1
    return "".join(
        " " if value is None else _BARS[round(value / top * (len(_BARS) - 1))] for value in values
    )


def _said(value: float | None) -> str:
    if value is None:
        return "not known"
    return str(value) if isinstance(value, int) else f"{value:.1f}"


def _sign(status: str | None) -> str:
    from smslab.reports.comparing.kinds import HARMLESS

    if status is None:
        return "·"
    return "✓" if status in HARMLESS else "✗"
