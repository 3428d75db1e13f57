"""The project of the engine benchmark: the same features and phrases for every runner.

Every phrase does the same work everywhere: it appends the values of the step to a list
that lives as long as its scenario. Ours and stock pytest-bdd share one ``conftest.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILES, OUTLINES = 50, 2


@dataclass(frozen=True, slots=True)
class Size:
    """What is in each of the 50 files: so many plain scenarios, and rows in two outlines."""

    plain: int
    rows: int

    @property
    def scenarios(self) -> int:
        """The scenarios of the project, with six steps each."""
        return FILES * (self.plain + OUTLINES * self.rows)


LARGE = Size(plain=20, rows=10)
SMALL = Size(plain=6, rows=2)

STEPS = ("Given", "And", "When", "And", "Then", "And")
_KINDS = ("given", "given", "when", "when", "then", "then")
_WORDS = ("order", "parcel", "letter", "invoice", "refund", "ticket", "claim", "visit", "call")

CONFTEST = """\
import pytest
from pytest_bdd import given, parsers, then, when

@pytest.fixture
def world():
    return []
"""
BEHAVE = "from behave import given, then, when\n"
ENVIRONMENT = "def before_scenario(context, scenario):\n    context.world = []\n"
CUCUMBER = """\
const { Before, Given, When, Then } = require('@cucumber/cucumber')
Before(function () { this.world = [] })
"""
STOCK = "from pytest_bdd import scenarios\nscenarios('features')\n"


def write_project(folder: Path, phrases: int, size: Size = LARGE) -> None:
    """Write features, and the vocabulary of so many phrases for each runner, into ``folder``."""
    features = folder / "features"
    (features / "steps").mkdir(parents=True)
    (folder / "stock").mkdir()
    for number in range(FILES):
        text = "\n".join(_feature(number, phrases, size)) + "\n"
        (features / f"feature_{number:02}.feature").write_text(text)
    conftest = CONFTEST + "".join(_pytest_step(n) for n in range(phrases))
    (folder / "conftest.py").write_text(conftest)
    (folder / "stock" / "test_features.py").write_text(STOCK.replace("features", "../features"))
    behave = BEHAVE + "".join(_behave_step(n) for n in range(phrases))
    (features / "steps" / "steps.py").write_text(behave)
    (features / "environment.py").write_text(ENVIRONMENT)
    cucumber = CUCUMBER + "".join(_cucumber_step(n) for n in range(phrases))
    (folder / "steps.js").write_text(cucumber)


def _phrase(number: int) -> tuple[str, str, str, bool]:
    """Kind, text before the number, text before the name, and whether it takes a table."""
    word = _WORDS[number % len(_WORDS)]
    return _KINDS[number % 6], f"the {word} {_letters(number)} counts", "for", number % 6 == 1


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


def _pytest_step(number: int) -> str:
    kind, before, between, table = _phrase(number)
    arguments = "world, n, name, datatable" if table else "world, n, name"
    return (
        f"\n@{kind}(parsers.parse('{before} {{n:d}} {between} \"{{name}}\"'))\n"
        f"def _({arguments}):\n    world.append((n, name))\n"
    )


def _behave_step(number: int) -> str:
    kind, before, between, _ = _phrase(number)
    return (
        f"\n@{kind}('{before} {{n:d}} {between} \"{{name}}\"')\n"
        f"def step_{number}(context, n, name):\n    context.world.append((n, name))\n"
    )


def _cucumber_step(number: int) -> str:
    kind, before, between, table = _phrase(number)
    arguments = "n, name, table" if table else "n, name"
    return (
        f"{kind.capitalize()}('{before} {{int}} {between} {{string}}', "
        f"function ({arguments}) {{ this.world.push([n, name]) }})\n"
    )


def _feature(number: int, phrases: int, size: Size) -> Iterator[str]:
    yield f"Feature: Feature {number}"
    for position in range(size.plain):
        yield f"  Scenario: Scenario {position}"
        yield from _steps(number * 7 + position, phrases, f"{position}", "Ana")
    for position in range(OUTLINES):
        yield f"  Scenario Outline: Outline {position}"
        yield from _steps(number * 5 + position, phrases, "<count>", "<name>")
        yield "    Examples:"
        yield "      | count | name |"
        yield from (f"      | {row} | Ben {row} |" for row in range(size.rows))


def _steps(start: int, phrases: int, count: str, name: str) -> Iterator[str]:
    for position, keyword in enumerate(STEPS):
        fitting = range(position, phrases, 6) or range(_KINDS.index(_KINDS[position]), phrases, 6)
        _, before, between, table = _phrase(chosen := fitting[start % len(fitting)])
        yield f'    {keyword} {before} {count} {between} "{name}"'
        if table:
            yield f"      | item | {chosen} |"
            yield f"      | owner | {name} |"
