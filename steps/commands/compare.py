"""`smslab compare`: what became of each scenario from one run to another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from smslab.simulator.nearest import did_you_mean
from smslab.steps.commands.loading import loaded
from smslab.steps.commands.misuse import Misuse
from smslab.steps.commands.plain import plain

if TYPE_CHECKING:
    from smslab.reports.comparing import Comparison
    from smslab.reports.run import Run

ANY, FAILING, NOTHING = "any", "failing", "nothing"
MOST_SHOWN = 20


def compare(
    a: Annotated[Path, typer.Argument(help="Results folder, or journal, of the first run.")],
    b: Annotated[Path, typer.Argument(help="That of the second run.")],
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="regressed (default), fixed, other-verdict, different-states, new, gone, failing "
            "(whatever fails in B), any, or nothing; repeatable.",
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=f"Show every scenario, not {MOST_SHOWN} of a kind.")
    ] = False,
    page: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the page of B, with what changed.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a page that is there.")] = False,
    mask: Annotated[
        bool,
        typer.Option(
            "--mask", help="Stand-ins for phone numbers, names and texts, the same in both runs."
        ),
    ] = False,
) -> None:
    """Compare two runs: two releases, two policies, the simulator with a real instance.

    Each scenario is new, gone, fixed, regressed, passed or failed by other state changes, or
    the same; shown is the first state change in which the runs differ. The exit status is 1
    where --fail-on says so, or where a journal is damaged.
    """
    from smslab.reports.comparing import compare as compared

    gate = _gate(fail_on or ["regressed"])
    first, second = _both(a, b, mask=mask)
    # A path may name a person, too: masked, the runs are the first and the second.
    comparison = compared(first, second, None if mask else _names(a, b))
    for line in _lines(comparison, None if every else MOST_SHOWN):
        typer.echo(plain(line))
    for name, run in zip(comparison.names, (comparison.a, comparison.b), strict=True):
        for paragraph in run.journal.damage:
            typer.echo(plain(f"In {name}: {paragraph}"), err=True)
    if page is not None:
        _write_page(comparison, page, force)
    reasons = _reasons(comparison, gate)
    for reason in reasons:
        typer.echo(reason, err=True)
    raise typer.Exit(1 if reasons else 0)


def _both(a: Path, b: Path, *, mask: bool) -> list[Run]:
    """The two runs, masked where asked. Raises Misuse where one cannot be read."""
    runs = [loaded(a), loaded(b)]
    if not mask:
        return runs
    from smslab.reports.masking import masked_alike

    return masked_alike(*runs)


def _names(a: Path, b: Path) -> tuple[str, str]:
    """What the runs are called: their paths, told apart where they are the same."""
    return (str(a), str(b)) if str(a) != str(b) else (f"{a} (first)", f"{b} (second)")


def _gate(asked: list[str]) -> set[str]:
    """The kinds that make the exit status 1. Raises Misuse for an unknown one."""
    from smslab.reports.comparing.kinds import KINDS, SAME

    known = [_option(kind) for kind in KINDS if kind != SAME] + [FAILING, ANY, NOTHING]
    wanted = {word.strip() for each in asked for word in each.split(",")}
    for word in sorted(wanted):
        if word not in known:
            hint = did_you_mean(word, known)
            raise Misuse(f"--fail-on {word}: there is no such kind; {hint}")
    if NOTHING in wanted and len(wanted) > 1:
        raise Misuse("--fail-on nothing fits no other kind. Name either, not both.")
    return wanted


def _reasons(comparison: Comparison, gate: set[str]) -> list[str]:
    """Why the exit status is 1: a line for each kind that was found, and one for damage."""
    from smslab.reports.comparing.kinds import HARMLESS, SAME

    if NOTHING in gate:
        return []
    reasons = []
    for kind, number in comparison.counts.items():
        if number and kind != SAME and gate & {ANY, _option(kind)}:
            reasons.append(f"Failed on {_option(kind)}: {number}")
    failing = int((~comparison.scenarios["status_b"].dropna().isin(HARMLESS)).sum())
    if failing and FAILING in gate:
        reasons.append(f"Failed on {FAILING}: {failing}")
    if comparison.damage:
        reasons.append("Failed on damage: what is lost may wrongly look gone or new.")
    if not len(comparison.scenarios):
        reasons.append("Failed, because there is nothing to compare.")
    return reasons


def _option(kind: str) -> str:
    return kind.replace(" ", "-")


def _write_page(comparison: Comparison, page: Path, force: bool) -> None:
    from smslab.reports.page import render
    from smslab.steps.commands.files import write_new

    write_new(page, render(comparison.b, comparison=comparison), force=force)
    typer.echo(f"Page: {page}")


def _lines(comparison: Comparison, most: int | None) -> Iterator[str]:
    yield comparison.sentence()
    yield from _conditions(comparison)
    rows = comparison.rows()
    for kind in comparison.counts:
        found = [row for row in rows if row["kind"] == kind]
        yield from _of_kind(kind, found[:most], len(found), comparison.names)
    yield from _transitions(comparison)


def _conditions(comparison: Comparison) -> Iterator[str]:
    from smslab.reports.frames.columns import rows_of

    rows = rows_of(comparison.conditions)
    if rows:
        yield ""
        yield "Run under different conditions"
        for row in rows:
            first, second = (row[side] or "not known" for side in ("a", "b"))
            yield f"  {row['name']}: {first}, then {second}"


def _of_kind(
    kind: str, shown: list[dict[str, Any]], number: int, names: tuple[str, str]
) -> Iterator[str]:
    from smslab.reports.comparing.kinds import KINDS

    if number:
        yield ""
        yield f"{kind.capitalize()}: {number} ({KINDS[kind]})"
    for row in shown:
        yield from _scenario(row, names)
    if number > len(shown):
        yield f"  ... and {number - len(shown)} more; --all shows them"


def _scenario(row: dict[str, Any], names: tuple[str, str]) -> Iterator[str]:
    from smslab.reports.comparing.wording import verdicts

    yield f"  {row['file']}:{row['at']}  {row['title']}"
    yield f"    {verdicts(row, names)}"
    failed_in_b = row["status_b"] is not None and row["message_b"] is not None
    message = row["message_b"] if failed_in_b else row["message_a"]
    for line in (message or "").splitlines():
        yield f"      {line}"
    if row["first"] is not None:
        more = row["differences"] - 1
        yield f"    first difference{f' (of {more + 1})' if more else ''}:"
        for name, side in zip(names, ("a", "b"), strict=True):
            yield f"      {name}: {row['first'][side]}"


def _transitions(comparison: Comparison) -> Iterator[str]:
    from smslab.reports.frames.columns import rows_of

    rows = [row for row in rows_of(comparison.transitions) if row["a"] != row["b"]]
    if rows:
        yield ""
        yield "State changes that do not happen equally often"
    for row in rows:
        change = f"{row['entity']}: {row['from'] or '-'} → {row['to']}"
        yield f"  {change}  {row['a']}, then {row['b']}"
