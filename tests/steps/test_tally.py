"""The counts of a run and the verdict on it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, cast

import pytest

from smslab.simulator.policy import Policy
from smslab.simulator.rules import RULES
from smslab.steps.settings import RunSettings
from smslab.steps.tally import STATUSES, Tally, verdict


@pytest.mark.parametrize("status", STATUSES)
def test_only_passed_is_a_success_and_skipped_does_not_spoil_it(status: str) -> None:
    assert Tally(scenarios=Counter({status: 1})).passed == (status == "passed")
    with_another = Tally(scenarios=Counter({"passed": 3}) + Counter({status: 1}))
    assert with_another.passed == (status in ("passed", "skipped"))


def test_nothing_is_no_success() -> None:
    assert not Tally().passed


def test_the_verdict_names_every_status_rules_seed_and_switches() -> None:
    settings = RunSettings(7, Policy(), ("a=b",), Path("results"), cast(Any, None))
    tally = Tally(scenarios=Counter({"skipped": 1, "passed": 2, "broken": 1}), rules={"A-1"})
    assert verdict(tally, settings) == [
        "FAILED - 4 scenarios: 2 passed, 1 broken, 1 skipped",
        f"Rules exercised: 1 of {len(RULES)} known",
        "Seed: 7  Switches: a=b",
    ]


def report_of(nodeid: str, when: str, outcome: Any, **extra: Any) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid, (nodeid, 0, ""), {}, outcome, "the failure", cast(Any, when), duration=0.5, **extra
    )


def test_a_scenario_counts_once_with_its_rules_and_all_its_time() -> None:
    tally = Tally()
    heard: list[str] = []
    tally.on_scenario = heard.append
    result = {
        "scenario": "f > s", "status": "failed", "file": "f.feature", "at": 3,
        "rules": ["A-1"], "failure": "it failed",
    }  # fmt: skip
    tally.pytest_runtest_logreport(
        report_of("f.feature::s", "setup", "passed", smslab_scenario=True)
    )
    tally.pytest_runtest_logreport(
        report_of("f.feature::s", "call", "failed", smslab_scenario=True)
    )
    tally.pytest_runtest_logreport(
        report_of("f.feature::s", "teardown", "passed", smslab_scenario=True, smslab=result)
    )
    assert tally.scenarios == {"failed": 1}
    assert tally.rules == {"A-1"}
    assert tally.failures == [("f.feature", 3, "it failed")]
    assert tally.seconds == {"f > s": 1.5}
    assert heard == ["failed"]
    assert not tally.others


def test_the_rules_of_a_scenario_that_did_not_run_are_not_exercised() -> None:
    tally = Tally()
    result = {
        "scenario": "f > s", "status": "undefined", "file": "f.feature", "at": 3,
        "rules": ["A-1"], "failure": "no phrase",
    }  # fmt: skip
    tally.pytest_runtest_logreport(
        report_of("f.feature::s", "teardown", "passed", smslab_scenario=True, smslab=result)
    )
    assert not tally.rules


def test_a_dead_worker_and_a_failing_test_are_failures_of_another_kind() -> None:
    tally = Tally()
    tally.pytest_runtest_logreport(report_of("f.feature::s", "???", "failed"))
    tally.pytest_runtest_logreport(report_of("test_x.py::test_x", "call", "failed"))
    assert [text.splitlines()[0] for text in tally.others] == ["f.feature::s", "test_x.py::test_x"]
