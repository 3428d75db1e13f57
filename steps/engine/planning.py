"""Strict before running: every step of a scenario is bound to one phrase, or named.

The messages say what was written, what was expected and the nearest phrases that exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from pathlib import Path
from typing import Literal

from smslab.steps.engine.keys import distinct
from smslab.steps.engine.model import Candidate, FeatureProblem, Scenario, Step
from smslab.steps.engine.parsing import parse_file
from smslab.steps.engine.places import shown_path
from smslab.steps.engine.registry import Registry, StepDefinition
from smslab.steps.engine.snippets import snippet


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a scenario cannot run. ``step`` is the position of the step, where it is one's fault.

    ``snippet`` is Python that would define the step, where nothing does.
    """

    status: Literal["undefined", "ambiguous", "broken"]
    message: str
    step: int | None
    at: int
    snippet: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedScenario:
    """A scenario and, if there is no trouble, the definition of each of its steps."""

    scenario: Scenario
    definitions: tuple[StepDefinition, ...]
    troubles: tuple[Trouble, ...]

    @property
    def status(self) -> str:
        """What the troubles make of the scenario; ``ready`` if there are none."""
        return min((t.status for t in self.troubles), key=_GRAVITY.index, default="ready")


_GRAVITY = ("ambiguous", "undefined", "broken")


def plan(candidate: Candidate, registry: Registry, *, strict: bool = False) -> PlannedScenario:
    """Bind every step of a scenario; a problem becomes the trouble of its stand-in.

    With ``strict`` what cannot be meant keeps the scenario from running, too.
    """
    if isinstance(candidate, FeatureProblem):
        trouble = Trouble("broken", candidate.message, None, candidate.line)
        return PlannedScenario(candidate.scenario, (), (trouble,))
    return _bound(candidate, registry, strict)


def _bound(scenario: Scenario, registry: Registry, strict: bool) -> PlannedScenario:
    definitions: list[StepDefinition] = []
    troubles: list[Trouble] = []
    for index, step in enumerate(scenario.steps):
        found = registry.lookup(step)
        trouble = _trouble(index, step, found, registry)
        if trouble:
            troubles.append(trouble)
        else:
            definitions.extend(found)
    if strict:
        troubles += [Trouble("broken", r.message, None, r.line) for r in scenario.remarks]
    return PlannedScenario(scenario, tuple(definitions), tuple(troubles))


def plan_features(
    paths: Iterable[Path],
    registry: Registry,
    *,
    strict: bool = False,
    allow_same_names: bool = False,
) -> list[PlannedScenario]:
    """The plan of feature files and of all feature files under folders, by key.

    Files are named relative to the current folder. Raises FileNotFoundError for a path
    that does not exist.
    """
    parsed = [
        candidate
        for file in feature_files(paths)
        for candidate in parse_file(
            file, shown_path(file, Path.cwd()), allow_same_names=allow_same_names
        )
    ]
    candidates = distinct(parsed, allow_same_names=allow_same_names)
    planned = [plan(candidate, registry, strict=strict) for candidate in candidates]
    return sorted(planned, key=lambda each: each.scenario.key)


def feature_files(paths: Iterable[Path]) -> list[Path]:
    """The feature files that the paths mean, each once. Raises FileNotFoundError."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        files = sorted(path.rglob("*.feature")) if path.is_dir() else [path]
        found.update((file.absolute(), None) for file in files)
    return list(found)


def _trouble(
    index: int, step: Step, found: tuple[StepDefinition, ...], registry: Registry
) -> Trouble | None:
    if not found:
        return Trouble("undefined", _undefined(step, registry), index, step.at, snippet(step))
    if len(found) > 1:
        return Trouble("ambiguous", _ambiguous(step, found), index, step.at)
    for name, given, noun in (
        ("datatable", step.table is not None, "table"),
        ("docstring", step.docstring is not None, "doc string"),
    ):
        if given and name not in found[0].parameters:
            said = f"`{step.text}` takes no {noun}, so what stands under it would be ignored"
        elif not given and name in found[0].required:
            said = f"`{step.text}` needs a {noun} under it"
        else:
            continue
        return Trouble("undefined", f"{said} ({found[0].place}).", index, step.at)
    return None


def _undefined(step: Step, registry: Registry) -> str:
    elsewhere = [d for d in registry.definitions if d.parser.is_matching(step.text)]
    if elsewhere:
        kinds = " or ".join(sorted({str(d.kind).capitalize() for d in elsewhere}))
        return (
            f"`{step.text}` is a phrase for {kinds}, but it stands where "
            f"{str(step.kind).capitalize()} is expected ({elsewhere[0].place})."
        )
    near = _nearest(step, registry.definitions)
    if not near:
        return f"no phrase says `{step.text}`, and nothing comes near it."
    listed = "".join(f"\n    {d.phrase}  ({d.place})" for d in near)
    return f"no phrase says `{step.text}`. The nearest are:{listed}"


def _ambiguous(step: Step, found: tuple[StepDefinition, ...]) -> str:
    listed = "".join(f"\n    {d.phrase}  ({d.place})" for d in found)
    return (
        f"several phrases say `{step.text}`, so it is not known which is meant:{listed}\n"
        "  Reword the step, or remove one of the definitions."
    )


_VALUE = re.compile(r'"[^"]*"|\{[^}]*\}|-?\d+|\b[A-Z]\w*')
_OTHER_FORMS = re.compile(r"\([^)]*\)|(?<=\w)/\w+")


def _nearest(step: Step, definitions: Iterable[StepDefinition]) -> list[StepDefinition]:
    likeness = _likeness(step)
    scored = ((likeness(definition), definition) for definition in definitions)
    best = nlargest(3, scored, key=lambda pair: pair[0])
    return [definition for score, definition in best if score > 0.5]


def _likeness(step: Step) -> Callable[[StepDefinition], float]:
    """How like a phrase is to the step: 0 to 1, more where the keyword fits, too."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_VALUE.sub("_", step.text).split())
    letters = SequenceMatcher(autojunk=False)
    letters.set_seq2(_VALUE.sub("_", step.text))

    def score(definition: StepDefinition) -> float:
        phrase = _VALUE.sub("_", _OTHER_FORMS.sub("", definition.phrase))
        matcher.set_seq1(phrase.split())
        letters.set_seq1(phrase)
        bonus = 0.05 if definition.kind == step.kind else 0.0
        return max(matcher.ratio(), letters.ratio()) + bonus

    return score
