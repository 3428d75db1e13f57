"""What becomes of a scenario, as the lines that the journal keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smslab.reports.journal_file import ResultLine, ScenarioLine, ScenarioRecord, StepLine
from smslab.steps.engine.model import Scenario, scenario_seed
from smslab.steps.engine.planning import PlannedScenario


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
    steps = [
        replace(line, status=mishap.status, message=mishap.message)
        if mishap is not None and index == mishap.step
        else replace(line, status="passed")
        if index < ran
        else line
        for index, line in enumerate(_step_lines(scenario))
    ]
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
    steps = _step_lines(scenario)
    for trouble in planned.troubles:
        if trouble.step is not None:
            line = steps[trouble.step]
            steps[trouble.step] = replace(line, status=trouble.status, message=trouble.message)
    message = "\n".join(
        [first.message, *(f"And in line {trouble.at}: {trouble.message}" for trouble in others)]
    )
    result = ResultLine(scenario.key, planned.status, first.step, first.at, message, None)
    return ScenarioRecord(_scenario_line(scenario, run_seed), steps, [], result)


def failed_around(record: ScenarioRecord, message: str, detail: str | None) -> ScenarioRecord:
    """The record with an error of the set-up or tear-down added; an earlier failure stays first."""
    result = record.result
    if result is not None and result.status == "passed":
        failed = ResultLine(result.scenario, "failed", None, record.scenario.at, message, detail)
        return replace(record, result=failed)
    return record


def _step_lines(scenario: Scenario) -> list[StepLine]:
    """The steps, none of which has run."""
    return [
        StepLine(
            scenario=scenario.key,
            step=index,
            keyword=step.keyword,
            text=step.text,
            at=step.at,
            background=step.background,
            table=step.table,
            docstring=step.docstring,
            status="skipped",
            message=None,
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
