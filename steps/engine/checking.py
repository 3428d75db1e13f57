"""Strict before running: everything that keeps features from running, or cannot be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from smslab.steps.engine.keys import distinct
from smslab.steps.engine.parsing import parse_file
from smslab.steps.engine.places import shown_path
from smslab.steps.engine.planning import PlannedScenario, feature_files, plan
from smslab.steps.engine.registry import Registry
from smslab.steps.engine.unreachable import unloaded_steps, unreachable_steps


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right before features run.

    ``file`` is as messages call it; ``message`` is a paragraph without the place, its first
    line enough to know what is wrong; ``snippet`` is Python that would define an undefined
    step.
    """

    file: str
    line: int
    kind: Literal["undefined", "ambiguous", "broken", "unreachable"]
    message: str
    snippet: str | None = None


def check(
    paths: Iterable[Path],
    registry: Registry | Callable[[Path], Registry],
    *,
    allow_same_names: bool = False,
) -> list[Problem]:
    """The problems of feature files, and of files under folders, by file and line; each once.

    ``registry`` holds the phrases, or says which a file can use. Files are named relative
    to the current folder. Raises FileNotFoundError for a path that does not exist.
    """
    paths = list(paths)
    files = feature_files(paths)
    phrases = registry if callable(registry) else lambda file: registry
    parsed = [
        (file, candidate)
        for file in files
        for candidate in parse_file(
            file, shown_path(file, Path.cwd()), allow_same_names=allow_same_names
        )
    ]
    candidates = distinct([each for _, each in parsed], allow_same_names=allow_same_names)
    problems = [
        problem
        for (file, _), candidate in zip(parsed, candidates, strict=True)
        for problem in problems_of(plan(candidate, phrases(file), strict=True))
    ]
    problems += step_problems({id(r): r for r in map(phrases, files)}.values(), files)
    return sorted(dict.fromkeys(problems), key=lambda each: (each.file, each.line))


def problems_of(planned: PlannedScenario) -> Iterator[Problem]:
    """The troubles of a scenario as problems."""
    for each in planned.troubles:
        file = planned.scenario.file
        yield Problem(file, each.at, each.status, each.message, each.snippet)


def step_problems(registries: Iterable[Registry], files: Iterable[Path]) -> list[Problem]:
    """The step definitions of users that no feature can reach."""
    definitions = [each for registry in registries for each in unreachable_steps(registry)]
    found = [*definitions, *unloaded_steps({file.parent for file in files})]
    return [
        Problem(shown_path(each.file, Path.cwd()), each.line, "unreachable", each.message)
        for each in found
    ]
