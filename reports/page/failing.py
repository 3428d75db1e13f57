"""The scenarios that speak against a run, with what was expected and what came."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from smslab.reports.diagrams import sequence
from smslab.reports.journal_file import ScenarioRecord, StepLine
from smslab.reports.page.step_html import reason_html
from smslab.reports.page.telling import anchor
from smslab.reports.page.verdict import HARMLESS
from smslab.reports.run import Run
from smslab.reports.titles import CUT_OFF, status_of, title

MOST_DRAWN = 25
"""Failures that are drawn in their own section; the others are drawn in their scenario."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A scenario that did not pass: where, at which step, and why.

    ``reason``: expected and got in words, where the message says both. ``rerun``: the place by
    which it can be run again. ``drawing``: its sequence, empty where nothing happened.
    """

    anchor: str
    status: str
    feature: str
    title: str
    place: str
    rerun: str
    step: StepLine | None
    reason: Markup
    detail: str | None
    seed: int
    drawing: Markup


def failures(run: Run) -> list[Failure]:
    """Every scenario that is neither passed nor skipped, in the order of the journal."""
    found: list[Failure] = []
    for position, record in enumerate(run.journal.scenarios):
        if status_of(record) not in HARMLESS:
            found.append(_failure(anchor(position), record, drawn=len(found) < MOST_DRAWN))
    return found


def _failure(fragment: str, record: ScenarioRecord, *, drawn: bool) -> Failure:
    status, scenario, result = status_of(record), record.scenario, record.result
    message = _message(None if result is None else result.message, status)
    at = scenario.at if result is None or result.at is None else result.at
    return Failure(
        fragment,
        status,
        scenario.feature,
        title(scenario),
        f"{scenario.file}:{at}",
        f"{scenario.file}:{scenario.at}",
        _failing_step(record.steps, None if result is None else result.step),
        Markup(reason_html(message)),
        None if result is None else result.detail,
        scenario.seed,
        sequence(record, f"{fragment}f") if drawn and record.events else Markup(),
    )


def _failing_step(steps: list[StepLine], position: int | None) -> StepLine | None:
    return next((step for step in steps if step.step == position), None)


def _message(message: str | None, status: str) -> str:
    if message:
        return message
    if status == CUT_OFF:
        return "The journal ends within this scenario: the run was stopped, or the file was cut."
    return f"The scenario is {status}; the journal gives no reason."
