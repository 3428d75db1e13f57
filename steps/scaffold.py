"""A first feature for a rule: the plainest shipped scenario that shows it, to start from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from smslab.simulator.nearest import nearest
from smslab.simulator.rules import RULES, Rule
from smslab.steps.engine.model import Scenario
from smslab.steps.engine.parsing import parse_file
from smslab.steps.engine.places import shown_path
from smslab.steps.gherkin_text import feature_text

_WIDTH = 88


class NoExample(LookupError):
    """There is no such rule, or no scenario that shows it; the message says what there is."""


@dataclass(frozen=True, slots=True)
class FirstFeature:
    """The text of a feature file, and the shipped scenario that it is made from."""

    text: str
    example: Scenario


def rule_named(id: str) -> Rule:
    """The rule of this id, in any case of letters. Raises NoExample with the nearest."""
    known = id.strip().removeprefix("@").upper()
    if known in RULES:
        return RULES[known]
    near = nearest(known, RULES)
    if near:
        rule = RULES[near]
        hint = f"did you mean {rule.id}? {rule.sentence}"
    else:
        hint = "a rule is such as A-4 or P-2; smslab gaps lists those without a scenario."
    raise NoExample(f"There is no rule {id!r}; {hint}")


def first_feature(rule: Rule, scenarios: Iterable[Scenario]) -> FirstFeature:
    """A feature with the plainest of ``scenarios`` that shows ``rule``. Raises NoExample."""
    example = plainest(scenarios, rule.id)
    if example is None:
        raise NoExample(
            f"{rule.id} has no scenario to start from: {rule.sentence} Write one with the "
            "phrases of: smslab phrases"
        )
    tags = tuple(dict.fromkeys([f"@{rule.id}", *example.tags]))
    scenario = replace(example, tags=tags)
    opened = " This rule is open: no source settles it." if rule.settled == "open" else ""
    said = textwrap.wrap(f"{rule.sentence}{opened}", _WIDTH)
    description = "\n".join([*said, f"Started from {example.file}:{example.at}."])
    return FirstFeature(feature_text(f"{rule.id}, a first feature", description, scenario), example)


def scenarios_of(files: Iterable[Path]) -> Iterator[Scenario]:
    """The scenarios of feature files that can be read."""
    for file in files:
        for candidate in parse_file(file, shown_path(file, Path.cwd())):
            if isinstance(candidate, Scenario):
                yield candidate


def plainest(scenarios: Iterable[Scenario], rule: str) -> Scenario | None:
    """The scenario with the tag of a rule that has the fewest rules, and then steps, to it."""
    tagged = [each for each in scenarios if f"@{rule}" in each.tags and each.language == "en"]
    return min(tagged, key=_plainness, default=None)


def _plainness(scenario: Scenario) -> tuple[bool, bool, int, int, str]:
    tables = sum(len(step.table or ()) for step in scenario.steps)
    is_row = scenario.examples is not None
    sets = any(step.text.startswith("the setting ") for step in scenario.steps)
    return is_row, sets, len(scenario.tags), len(scenario.steps) + tables, scenario.key
