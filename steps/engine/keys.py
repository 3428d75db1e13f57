"""Keys of scenarios: results are kept by key, so no two scenarios may share one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smslab.steps.engine.model import Candidate, FeatureProblem, Scenario


def distinct(candidates: Sequence[Candidate], *, allow_same_names: bool = False) -> list[Candidate]:
    """The same candidates in the same order, but no key comes twice.

    Of the scenarios that share a key the first, by file and line, runs; the others become
    problems, or, where ``allow_same_names`` says so, get a number. A problem whose key is
    taken gets a numbered one, too.
    """
    result = list(candidates)
    first: dict[str, Scenario] = {}
    taken = {_scenario(candidate).key for candidate in candidates}
    for index, candidate in sorted(enumerate(candidates), key=_placed):
        if isinstance(candidate, Scenario):
            known = first.setdefault(candidate.key, candidate)
            if known is not candidate:
                result[index] = (
                    numbered(candidate, taken) if allow_same_names else _duplicate(candidate, known)
                )
    taken = {each.key for each in result if isinstance(each, Scenario)}
    for index, candidate in sorted(enumerate(result), key=_placed):
        if isinstance(candidate, FeatureProblem):
            found = candidate.scenario
            if found.key in taken:
                result[index] = replace(candidate, scenario=numbered(found, taken))
            taken.add(found.key)
    return result


def numbered(scenario: Scenario, taken: set[str]) -> Scenario:
    """The scenario with a number after its key, which is then in ``taken``."""
    number = 2
    while (key := f"{scenario.key} ({number})") in taken:
        number += 1
    taken.add(key)
    return replace(scenario, key=key)


def item_name(scenario: Scenario) -> str:
    """The name of a scenario in pytest, which keeps ``::`` for itself."""
    return scenario.label.replace("::", ": :")


def by_place(candidate: Candidate) -> tuple[str, int]:
    """File and line."""
    scenario = _scenario(candidate)
    return scenario.file, scenario.at


def _placed(entry: tuple[int, Candidate]) -> tuple[str, int]:
    return by_place(entry[1])


def _scenario(candidate: Candidate) -> Scenario:
    return candidate if isinstance(candidate, Scenario) else candidate.scenario


def _duplicate(scenario: Scenario, first: Scenario) -> FeatureProblem:
    if scenario.examples is not None and scenario.heading_at == first.heading_at:
        what = f"this example row is the same as the one in line {first.at}"
        advice = "Change a value, or remove the row."
    else:
        what = f'the name "{scenario.name}" is already that of {first.file}:{first.heading_at}'
        advice = "Give one of them another name: results are kept by feature, rule and name."
    return FeatureProblem(scenario.file, scenario.at, f"{what}. {advice}", scenario)
