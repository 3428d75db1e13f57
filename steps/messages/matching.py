"""Which definitions a step has, in a form that can travel from the process that ran it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pytest_bdd import parsers

from smslab.steps.engine.model import Scenario, Step
from smslab.steps.engine.places import shown_source
from smslab.steps.engine.registry import Registry, StepDefinition
from smslab.steps.engine.snippets import snippet
from smslab.steps.language.parser import parse

Matches = list[dict[str, Any]]
"""One object for each step: ``definitions``, a ``snippet`` where there is none, and ``seconds``."""


def matches(scenario: Scenario, registry: Registry, seconds: Sequence[float] = ()) -> Matches:
    """What the steps of a scenario matched, and how long they took; plain texts and numbers.

    ``seconds`` are the durations of the steps that began, in their order; others took none.
    """
    took = [*seconds, *([0.0] * (len(scenario.steps) - len(seconds)))]
    pairs = zip(scenario.steps, took, strict=True)
    return [_of_step(step, registry.lookup(step), each) for step, each in pairs]


def _of_step(step: Step, found: tuple[StepDefinition, ...], seconds: float) -> dict[str, Any]:
    return {
        "seconds": seconds,
        "definitions": [_definition(definition, step.text) for definition in found],
        "snippet": None if found else snippet(step),
    }


def _definition(definition: StepDefinition, text: str) -> dict[str, Any]:
    parser = definition.parser
    regular = isinstance(parser, parsers.re)
    return {
        "file": shown_source(definition.file),
        "line": definition.line,
        "phrase": definition.phrase,
        "type": "REGULAR_EXPRESSION" if regular else "CUCUMBER_EXPRESSION",
        "arguments": parser.found_in(text) if isinstance(parser, parse) else [],
    }
