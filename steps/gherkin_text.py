"""Scenarios back into the text of a feature file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from smslab.steps.engine.model import Scenario, Step


def feature_text(name: str, description: str, scenario: Scenario) -> str:
    """A feature with one scenario, its steps of the background set apart; ends with a line end."""
    background = [step for step in scenario.steps if step.background]
    lines = [f"Feature: {name}", *_indented(description.splitlines(), 2), ""]
    if background:
        lines += ["  Background:", *step_lines(background, 4), ""]
    lines += scenario_lines(scenario, 2)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def scenario_lines(scenario: Scenario, indent: int) -> Iterator[str]:
    """The scenario without its background; an example row with its values filled in."""
    space = " " * indent
    if scenario.tags:
        yield space + " ".join(scenario.tags)
    yield f"{space}Scenario: {scenario.name}"
    own = [step for step in scenario.steps if not step.background]
    yield from step_lines(own, indent + 2)


def step_lines(steps: Iterable[Step], indent: int) -> Iterator[str]:
    """Steps with what stands under them."""
    for step in steps:
        yield f"{' ' * indent}{step.keyword} {step.text}"
        if step.docstring is not None:
            quotes = '"""' if '"""' not in step.docstring else "```"
            body = [quotes, *step.docstring.splitlines(), quotes]
            yield from _indented(body, indent + 2)
        yield from _indented(table_lines(step.table or ()), indent + 2)


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows of a table, columns aligned."""
    if not rows:
        return []
    cells = [[_escaped(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _indented(lines: Iterable[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}".rstrip() for line in lines]
