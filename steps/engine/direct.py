"""Run features without pytest: for checks that run all of them many times."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from cucumber_tag_expressions import parse as parse_tags

from smslab.reports.journal_file import ScenarioRecord
from smslab.simulator.policy import Policy
from smslab.steps.engine.attaching import Attach
from smslab.steps.engine.model import scenario_seed
from smslab.steps.engine.planning import PlannedScenario, plan_features
from smslab.steps.engine.records import record_of_trouble
from smslab.steps.engine.registry import Registry, language_modules
from smslab.steps.engine.runner import run_scenario
from smslab.steps.engine.stage import StageFactory, StageOnDemand, simulator_stage


@cache
def language() -> Registry:
    """The phrases that ship with smslab, indexed once."""
    return Registry(language_modules())


def run_features(
    paths: Iterable[Path],
    *,
    policy: Policy | None = None,
    seed: int = 1,
    stop_on_failure: bool = False,
    tags: str | None = None,
    stage_factory: StageFactory = simulator_stage,
) -> list[ScenarioRecord]:
    """Run feature files, or the files under folders, with the phrases that ship with smslab.

    ``tags`` is a Cucumber tag expression. With ``stop_on_failure`` the last record is the
    first that did not pass. Raises FileNotFoundError for a path that does not exist. For
    many runs of the same files call :func:`run_planned` with one plan.
    """
    return run_planned(
        plan_features(paths, language()),
        policy=policy,
        seed=seed,
        stop_on_failure=stop_on_failure,
        tags=tags,
        stage_factory=stage_factory,
    )


def run_planned(
    planned: Iterable[PlannedScenario],
    *,
    policy: Policy | None = None,
    seed: int = 1,
    stop_on_failure: bool = False,
    tags: str | None = None,
    stage_factory: StageFactory = simulator_stage,
) -> list[ScenarioRecord]:
    """As :func:`run_features`, for scenarios that are already planned; in their order."""
    wanted = parse_tags(tags or "")  # type: ignore[no-untyped-call]
    policy = policy or Policy()
    records = []
    for each in planned:
        if not wanted.evaluate(list(each.scenario.tags)):
            continue
        record = _run(each, policy, seed, stage_factory)
        records.append(record)
        if stop_on_failure and record.result is not None and record.result.status != "passed":
            break
    return records


def _run(
    planned: PlannedScenario, policy: Policy, seed: int, stage_factory: StageFactory
) -> ScenarioRecord:
    if planned.troubles:
        return record_of_trouble(planned, seed)
    stage = StageOnDemand(lambda: stage_factory(scenario_seed(seed, planned.scenario.key), policy))
    stage.get()
    return run_scenario(planned, seed, stage, _StageFixtures(stage, planned.scenario.key)).record


class _StageFixtures:
    """The fixtures of a scenario where there is no pytest: the stage and what steps provide."""

    def __init__(self, stage: StageOnDemand, scenario: str) -> None:
        self._stage = stage
        self._provided: dict[str, object] = {"attach": Attach(scenario, stage)}

    def value(self, name: str) -> object:
        if name in self._provided:
            return self._provided[name]
        if name in ("instance", "scene"):
            return getattr(self._stage.get(), name)
        raise LookupError(f"the fixture {name!r} is there only when pytest runs the features")

    def provide(self, name: str, value: object) -> None:
        self._provided[name] = value
