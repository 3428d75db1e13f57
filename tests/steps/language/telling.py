"""Scenarios as a QA engineer writes them, and what is said about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

SETTING = (
    'Given the company texts from "+49 30 901820"',
    "And Ana and Ben are consumers in Berlin",
    'And Ana\'s mobile number is "0151 23456789"',
    "And Bill and Cleo are agents",
)
"""The background of every scenario that is told; its steps are the lines 3 to 6."""


@dataclass(frozen=True)
class Said:
    """What became of a scenario; ``step`` is the text of the step at fault."""

    status: str
    message: str
    step: str | None
    line: int | None
    detail: str | None


Tell: TypeAlias = Callable[..., Said]


def feature(setting: Sequence[str], lines: Sequence[str]) -> str:
    """A feature file with the scenario that is told, and one before and after it."""
    sound = ['    When the number "+49 151 23456789" is validated for an unknown person']
    sound += ["    Then the number is converted"]
    told = ["Feature: f", "  Background:", *(f"    {line}" for line in setting)]
    told += ["  Scenario: b, told", *(f"    {line}" for line in lines)]
    told += ["  Scenario: a, before", *sound, "  Scenario: c, after", *sound]
    return "\n".join(told) + "\n"


FIRST = len(SETTING) + 4
"""The line of the first step that is told."""
