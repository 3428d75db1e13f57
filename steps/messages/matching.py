"""Which definitions a step has, in a form that can travel from the process that ran it."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers

from smslab.steps.engine.model import Scenario, Step
from smslab.steps.engine.places import shown_source
from smslab.steps.engine.registry import Registry, StepDefinition
from smslab.steps.engine.snippets import snippet
from smslab.steps.language.parser import parse

Matches = list[dict[str, Any]]
"""One object for each step: ``definitions``, and a ``snippet`` where there is none."""


def matches(scenario: Scenario, registry: Registry) -> Matches:
    """What the steps of a scenario matched; plain lists, texts and numbers."""
    return [_of_step(step, registry.lookup(step)) for step in scenario.steps]


def _of_step(step: Step, found: tuple[StepDefinition, ...]) -> dict[str, Any]:
    return {
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
