"""The engine benchmark compares like with like: one project, which every runner runs whole."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest

from smslab.steps.engine.planning import plan_features
from smslab.steps.engine.registry import Registry
from tests.benchmarks.engine_project import SMALL, write_project
from tests.benchmarks.engine_runners import Runner, alone, with_reports
from tests.benchmarks.shares import part_of


@pytest.mark.parametrize("phrases", [10, 60, 200])
def test_the_project_has_the_scenarios_it_says_and_a_phrase_for_each_step(
    tmp_path: Path, phrases: int
) -> None:
    write_project(tmp_path, phrases, SMALL)
    conftest = ModuleType("conftest_of_the_project")
    exec((tmp_path / "conftest.py").read_text(), conftest.__dict__)
    registry = Registry([conftest])
    planned = plan_features([tmp_path / "features"], registry, strict=True)
    assert len(registry.definitions) == phrases
    assert len(planned) == SMALL.scenarios
    assert {each.status for each in planned} == {"ready"}
    assert {len(each.scenario.steps) for each in planned} == {6}
    assert any(each.scenario.examples for each in planned)


@pytest.mark.parametrize("runners", [alone, with_reports])
def test_every_runner_is_compared_with_one_that_is_measured_too(
    runners: Callable[[Path | None], list[Runner]],
) -> None:
    found = {runner.name: runner for runner in runners(Path("there"))}
    assert {each.against for each in found.values() if each.against} <= set(found)
    assert found["smslab run"].against == "cucumber-js"
    assert found["pytest"].against == "behave"


def frame_in(*modules: str) -> FrameType:
    """The innermost of frames in functions of these modules, the outermost first."""
    call: Callable[[], Any] = sys._getframe
    for module in reversed(modules):
        scope: dict[str, Any] = {"__name__": module, "call": call}
        exec("def function():\n    return call()", scope)
        call = scope["function"]
    frame: FrameType = call()
    return frame


@pytest.mark.parametrize(
    ("modules", "part"),
    [
        (("_pytest.runner", "smslab.steps.engine.runner"), "engine"),
        (("smslab.steps.language.time", "smslab.simulator.clock"), "simulator"),
        (("smslab.simulator.core", "phonenumbers.data"), "simulator"),
        (("smslab.simulator.core", "smslab.simulator.journal"), "journal"),
        (("smslab.steps.recording", "smslab.reports.journal_part", "json"), "journal"),
        (("smslab.steps.recording", "smslab.reports.page.rendering"), "reports"),
        (("smslab.steps.engine.parsing", "gherkin.parser"), "reading features"),
    ],
)
def test_time_belongs_to_the_innermost_part_that_is_known(
    modules: tuple[str, ...], part: str
) -> None:
    assert part_of(frame_in(*modules)) == part
