"""A builder for one scenario of a journal, as the simulator and the harness would write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from smslab.reports.journal_file import (
    ResultLine,
    RunLine,
    ScenarioLine,
    ScenarioRecord,
    StepLine,
)
from smslab.simulator.journal import Event, Value
from smslab.simulator.policy import Policy

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
NUMBER = "+4915123456789"
COMPANY = "+4930901820"


def run_line(seed: int = 7, **switches: str) -> RunLine:
    policy = Policy()
    for name, value in switches.items():
        policy = policy.changed(name, value)
    return RunLine(seed, dict(policy.as_dict()), "0.1.0")


@dataclass
class Story:
    """One scenario in the making; every event belongs to the step given last."""

    name: str
    feature: str = "Reassigning a number"
    rule: str | None = None
    tags: tuple[str, ...] = ()
    examples: dict[str, str] | None = None
    file: str = "features/reassignment.feature"
    at: int = 10
    description: str = ""
    steps: list[StepLine] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    now: datetime = START
    decisions: int = 0

    @property
    def key(self) -> str:
        values = ", ".join(f"{k}={v}" for k, v in (self.examples or {}).items())
        return " > ".join(filter(None, (self.feature, self.rule, self.name, values)))

    def step(
        self,
        keyword: str,
        text: str,
        status: str = "passed",
        *,
        table: tuple[tuple[str, ...], ...] | None = None,
        docstring: str | None = None,
        message: str | None = None,
        background: bool = False,
    ) -> Story:
        position = len(self.steps)
        self.steps.append(
            StepLine(
                self.key,
                position,
                keyword,
                text,
                self.at + 1 + position,
                background,
                table,
                docstring,
                status,
                message,
            )
        )
        self.now += timedelta(seconds=1)
        return self

    def change(
        self,
        entity: str,
        id: str,
        name: str,
        old: Value,
        new: Value,
        *,
        rule: str | None = None,
        command: str = "send",
        actor: str = "Cleo",
    ) -> Story:
        self.events.append(
            Event(
                len(self.events) + 1,
                self.now,
                len(self.steps) - 1,
                entity,
                id,
                name,
                old,
                new,
                command,
                rule,
                actor,
            )
        )
        return self

    def create(
        self, entity: str, id: str, *, rule: str | None = None, command: str = "send", **new: Value
    ) -> Story:
        return self.insert(entity, id, new, rule=rule, command=command)

    def insert(
        self,
        entity: str,
        id: str,
        fields: Mapping[str, Value],
        *,
        rule: str | None = None,
        command: str = "send",
    ) -> Story:
        for name, value in fields.items():
            if value is not None:
                self.change(entity, id, name, None, value, rule=rule, command=command)
        return self

    def decide(self, outcome: str, row: str | None = None, **fields: Value) -> Story:
        self.decisions += 1
        known: dict[str, Value] = {"command": "send", "outcome": outcome, "row": row, **fields}
        return self.insert("decision", f"decision-{self.decisions}", known)

    def passed(self) -> ScenarioRecord:
        return self.ended("passed")

    def ended(
        self,
        status: str,
        step: int | None = None,
        message: str | None = None,
        detail: str | None = None,
    ) -> ScenarioRecord:
        at = None if step is None else self.steps[step].at
        return self._record(ResultLine(self.key, status, step, at, message, detail))

    def cut_off(self) -> ScenarioRecord:
        return self._record(None)

    def _record(self, result: ResultLine | None) -> ScenarioRecord:
        line = ScenarioLine(
            self.key,
            self.feature,
            self.file,
            self.at,
            self.rule,
            self.name,
            self.tags,
            self.examples,
            4711,
            self.description,
        )
        return ScenarioRecord(line, self.steps, self.events, result)
