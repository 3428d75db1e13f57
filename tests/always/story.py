"""A sequence of commands as a feature file: what happened, in the project's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its keyword, its text, and the rows of its table, the heading first."""

    keyword: str
    text: str
    table: tuple[tuple[str, ...], ...] = ()


def given(text: str, table: Iterable[tuple[str, ...]] = ()) -> Step:
    """A step that sets something up."""
    return Step("Given", text, tuple(table))


def when(text: str) -> Step:
    """A step in which something happens."""
    return Step("When", text)


def then(text: str) -> Step:
    """A step that says what has come of it, where a scenario may not leave it unsaid."""
    return Step("Then", text)


def feature(steps: Iterable[Step], name: str = "What was found") -> str:
    """The steps as one scenario of a feature file. It asserts nothing: running it does."""
    lines = [f"Feature: {name}", "", "  Scenario: The shortest sequence"]
    before = ""
    for step in steps:
        keyword = "And" if step.keyword == before else step.keyword
        lines.append(f"{_INDENT}{keyword} {step.text}")
        lines.extend(f"{_INDENT}  | {' | '.join(row)} |" for row in step.table)
        before = step.keyword
    return "\n".join(lines) + "\n"
