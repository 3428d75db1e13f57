"""`smslab gaps`: what no scenario of a run exercised, and scenarios for it."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smslab.steps.commands.misuse import Misuse
from smslab.steps.defaults import DEFAULT_RESULTS

if TYPE_CHECKING:
    from smslab.simulator.rules import Rule
    from smslab.steps.engine.model import Scenario
    from smslab.steps.gaps import Gaps, RowGap, ValueGap


def gaps(
    results: Annotated[Path, typer.Argument(help="The results of a run, or its journal.")] = Path(
        DEFAULT_RESULTS
    ),
) -> None:
    """List the rules, decision rows and switch values that no scenario of a run exercised.

    For each it proposes a scenario: one that comes with smslab, or the steps to begin with.
    The exit status is 1 where there is a gap.
    """
    from smslab.reports.journal_file import JournalNotFound, read
    from smslab.steps.engine.planning import feature_files
    from smslab.steps.gaps import gaps as found_in
    from smslab.steps.scaffold import scenarios_of
    from smslab.steps.selection import shipped

    try:
        journal = read(results)
    except JournalNotFound as error:
        raise Misuse(str(error)) from None
    found = found_in(journal)
    known = list(scenarios_of(feature_files([shipped()])))
    for line in _lines(found, known):
        typer.echo(line)
    for paragraph in journal.damage:
        typer.echo(paragraph, err=True)
    raise typer.Exit(0 if found.none else 1)


def _lines(found: Gaps, known: list[Scenario]) -> Iterator[str]:
    yield from _part("Rules that no scenario exercised", [_rule(r, known) for r in found.rules])
    yield from _part("Decision rows never carried out", [_row(r, known) for r in found.rows])
    yield from _part("Settings with values never used", [_value(v, known) for v in found.values])
    if found.none:
        yield "Every rule, decision row and switch value that can be is exercised."
    if found.not_simulated:
        ids = ", ".join(rule.id for rule in found.not_simulated)
        yield from _wrapped(f"Not simulated yet, so no scenario can show them: {ids}", 0)


def _part(title: str, paragraphs: Sequence[Iterable[str]]) -> Iterator[str]:
    if paragraphs:
        yield f"{title}: {len(paragraphs)}\n"
        for paragraph in paragraphs:
            yield from paragraph


def _rule(rule: Rule, known: list[Scenario]) -> Iterator[str]:
    from smslab.steps.scaffold import plainest

    yield from _wrapped(f"{rule.id}  {rule.sentence}", 2)
    example = plainest(known, rule.id)
    if example is not None:
        yield f"      begin with: smslab new {rule.id}"
        yield f"      as in {example.file}:{example.at}"
    yield ""


def _row(row: RowGap, known: list[Scenario]) -> Iterator[str]:
    from smslab.steps.scaffold import plainest

    switch = f" ({row.switch[0]} = {row.switch[1]})" if row.switch else ""
    yield from _wrapped(f"{row.id}  {row.when}{switch}", 2)
    yield from _proposal(plainest(known, row.id), row.switch)


def _value(gap: ValueGap, known: list[Scenario]) -> Iterator[str]:
    from smslab.steps.gaps import example_with
    from smslab.steps.scaffold import plainest

    setting = gap.setting
    yield from _wrapped(f"{setting.name}: {', '.join(gap.values)}", 2)
    yield from _wrapped(f"{setting.rule}: {setting.question}", 6)
    value = gap.values[0] if gap.values[0] in setting.values else "..."
    shown = example_with(setting.name, value, known)
    if shown is not None:
        yield f"      as in {shown.file}:{shown.at}"
        yield ""
    else:
        yield from _proposal(plainest(known, setting.rule), (setting.name, value))


def _proposal(example: Scenario | None, switch: tuple[str, str] | None) -> Iterator[str]:
    """A scenario to begin with: the plainest of the rule up to what is expected."""
    from smslab.steps.gherkin_text import step_lines

    if example is None:
        yield ""
        return
    yield f"      begin with (from {example.file}:{example.at}):"
    if switch is not None:
        yield f'        Given the setting "{switch[0]}" is "{switch[1]}"'
    acts = [step for step in example.steps if step.kind != "then"]
    yield from step_lines(acts if switch else example.steps, 8)
    if switch is not None:
        yield "        Then ... what this value makes different"
    yield ""


def _wrapped(text: str, indent: int) -> list[str]:
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    space = " " * indent
    return textwrap.wrap(text, width, initial_indent=space, subsequent_indent=space + "     ")
