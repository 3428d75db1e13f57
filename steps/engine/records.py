"""What becomes of a scenario, as the lines that the journal keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smslab.reports.journal_file import ResultLine, ScenarioLine, ScenarioRecord, StepLine
from smslab.steps.engine.model import Scenario, scenario_seed
from smslab.steps.engine.planning import PlannedScenario
from smslab.steps.engine.snippets import conftest


@dataclass(frozen=True, slots=True)
class Mishap:
    """What stopped a scenario: the step, what it became, what to say about it.

    ``step`` is None where no step is at fault, as in an error of the set-up.
    """

    step: int | None
    status: str
    message: str
    detail: str | None = None
    error: BaseException | None = None


def record_of(
    planned: PlannedScenario, run_seed: int, mishap: Mishap | None, ran: int
) -> ScenarioRecord:
    """The record, without events, of a scenario of which the first ``ran`` steps were run."""
    scenario = planned.scenario
    steps = _step_lines(scenario, ran)
    if mishap is not None and mishap.step is not None:
        line = steps[mishap.step]
        steps[mishap.step] = replace(line, status=mishap.status, message=mishap.message)
    result = ResultLine(scenario.key, "passed", None, None, None, None)
    if mishap is not None:
        at = scenario.at if mishap.step is None else scenario.steps[mishap.step].at
        result = ResultLine(
            scenario.key, mishap.status, mishap.step, at, mishap.message, mishap.detail
        )
    return ScenarioRecord(_scenario_line(scenario, run_seed), steps, [], result)


def record_of_trouble(planned: PlannedScenario, run_seed: int) -> ScenarioRecord:
    """The record of a scenario that cannot run: its troubles, and no step carried out."""
    scenario = planned.scenario
    first, *others = planned.troubles
    steps = _step_lines(scenario, 0)
    for trouble in planned.troubles:
        if trouble.step is not None:
            line = steps[trouble.step]
            steps[trouble.step] = replace(line, status=trouble.status, message=trouble.message)
    message = "\n".join(
        [first.message, *(f"And in line {trouble.at}: {trouble.message}" for trouble in others)]
    )
    snippets = [trouble.snippet for trouble in planned.troubles if trouble.snippet]
    detail = f"# to begin with, in a conftest.py:\n{conftest(snippets)}" if snippets else None
    result = ResultLine(scenario.key, planned.status, first.step, first.at, message, detail)
    return ScenarioRecord(_scenario_line(scenario, run_seed), steps, [], result)


def failed_around(record: ScenarioRecord, message: str, detail: str | None) -> ScenarioRecord:
    """The record with an error of the set-up or tear-down added; an earlier failure stays first."""
    result = record.result
    if result is not None and result.status == "passed":
        failed = ResultLine(result.scenario, "failed", None, record.scenario.at, message, detail)
        return replace(record, result=failed)
    return record


def _step_lines(scenario: Scenario, ran: int) -> list[StepLine]:
    """The steps, of which the first ``ran`` have run and passed."""
    key = scenario.key
    return [
        StepLine(
            key,
            index,
            step.keyword,
            step.text,
            step.at,
            step.background,
            step.table,
            step.docstring,
            "passed" if index < ran else "skipped",
            None,
        )
        for index, step in enumerate(scenario.steps)
    ]


def _scenario_line(scenario: Scenario, run_seed: int) -> ScenarioLine:
    return ScenarioLine(
        scenario=scenario.key,
        feature=scenario.feature,
        file=scenario.file,
        at=scenario.at,
        rule=scenario.rule,
        name=scenario.name,
        tags=scenario.tags,
        examples=scenario.examples,
        seed=scenario_seed(run_seed, scenario.key),
        description=scenario.description,
    )
