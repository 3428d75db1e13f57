"""Strict before running: where anything has to be put right first, nothing else runs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from smslab.steps.engine.checking import Problem, step_problems
from smslab.steps.engine.items import FeatureFile, ScenarioItem
from smslab.steps.engine.model import FeatureProblem, Scenario
from smslab.steps.problem_lines import paragraph
from smslab.steps.tally import Tally

NOTHING_RAN = "Nothing was run. Put this right"


class Strictness:
    """Leaves only what is in trouble, which then is reported, and not run.

    Without ``strict`` what can run runs, and what cannot be meant is a note.
    """

    def __init__(self, tally: Tally, strict: bool) -> None:
        self._tally = tally
        self._strict = strict

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Look at every scenario that was chosen, before the first one runs."""
        ours = [item for item in items if isinstance(item, ScenarioItem)]
        if not ours or config.option.collectonly:
            return
        problems = self._problems(ours)
        if not self._strict:
            self._tally.notes += [paragraph(p.file, p.line, p.message) for p in problems]
            return
        stand_ins = [_stand_in(session, problem) for problem in problems]
        troubled = [item for item in ours if item.bind(strict=True).troubles]
        if troubled or stand_ins:
            in_trouble = set(troubled)
            config.hook.pytest_deselected(items=[i for i in items if i not in in_trouble])
            items[:] = [*troubled, *stand_ins]
            self._tally.withheld = len(ours) - len(troubled)
            self._tally.notes.append(_nothing_ran(self._tally.withheld))

    def _problems(self, items: Iterable[ScenarioItem]) -> list[Problem]:
        """What is no trouble of one scenario; without strictness all that keeps none back."""
        files = {item.parent.path: item.parent.registry for item in items}
        registries = {id(registry): registry for registry in files.values()}
        found = step_problems(registries.values(), files)
        if not self._strict:
            found += [
                Problem(item.scenario.file, remark.line, "broken", remark.message)
                for item in items
                for remark in item.scenario.remarks
            ]
        return sorted(dict.fromkeys(found), key=lambda each: (each.file, each.line))


def _nothing_ran(others: int) -> str:
    if not others:
        return f"{NOTHING_RAN}."
    scenarios = f"{others} scenario{'' if others == 1 else 's'}"
    return f"{NOTHING_RAN}, or run what can run ({scenarios}) with --no-strict."


def _stand_in(session: pytest.Session, problem: Problem) -> ScenarioItem:
    """A test that stands for a problem outside of scenarios, so that every report has it."""
    file, line = problem.file, problem.line
    key = f"{file}:{line}"
    scenario = Scenario(key, file, file, "en", "", None, Path(file).name, (), None, line, line, ())
    parent = FeatureFile.from_parent(session, path=Path.cwd() / file)
    candidate = FeatureProblem(file, line, problem.message, scenario)
    return ScenarioItem.from_parent(parent, name=f"line {line}", candidate=candidate)
