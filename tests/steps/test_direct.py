"""Features run without pytest, on the simulator or on another stage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from smslab.simulator.policy import Policy
from smslab.steps.engine.direct import run_features
from smslab.steps.engine.model import scenario_seed

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

FEATURE = """
    Feature: f
      Background:
        Given Ana and Ben are consumers in Berlin

      @A-1
      Scenario: a
        Given Ana's mobile number is "0151 23456789"

      @slow
      Scenario: b
        Given Zoe's mobile number is "0151 23456789"

      Scenario: c
        Given nobody wrote this phrase
"""


def test_the_language_runs_on_the_simulator(folder: Folder) -> None:
    records = run_features([folder.write("one.feature", FEATURE)])
    assert [(r.scenario.name, r.result.status) for r in records if r.result] == [
        ("a", "passed"),
        ("b", "failed"),
        ("c", "undefined"),
    ]
    numbers = [event.new for event in records[0].events if event.field == "mobile_phone"]
    assert numbers
    assert not records[2].events


def test_tags_select_and_a_failure_can_stop(folder: Folder) -> None:
    file = folder.write("one.feature", FEATURE)
    assert [r.scenario.name for r in run_features([file], tags="not @slow and @A-1")] == ["a"]
    assert [r.scenario.name for r in run_features([file], stop_on_failure=True)] == ["a", "b"]


def test_the_stage_gets_the_seed_of_the_scenario_and_the_policy(folder: Folder) -> None:
    made: list[tuple[int, Policy]] = []

    def factory(seed: int, policy: Policy) -> object:
        made.append((seed, policy))
        raise LookupError("no stage today")

    policy = Policy().changed("closed_by_send", "closed_abandoned")
    file = folder.write("one.feature", FEATURE)
    with pytest.raises(LookupError):
        run_features([file], policy=policy, seed=5, stage_factory=factory)  # type: ignore[arg-type]
    assert made == [(scenario_seed(5, "f > a"), policy)]


def test_fixtures_of_pytest_are_not_there(folder: Folder) -> None:
    (record,) = folder.run(
        "Feature: f\n Scenario: s\n  Given a\n", "@given('a')\ndef _(tmp_path): ..."
    )
    assert record.result is not None
    assert "'tmp_path' is there only when pytest runs" in str(record.result.message)


def test_a_missing_path() -> None:
    with pytest.raises(FileNotFoundError):
        run_features([Path("no.feature")])
