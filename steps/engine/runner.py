"""Run one scenario: its steps in order on a fresh stage, then the record of what happened."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from types import AsyncGeneratorType, GeneratorType
from typing import TYPE_CHECKING, Protocol

import pytest

from smslab.reports.journal_file import ScenarioRecord
from smslab.steps.engine import stopwatch
from smslab.steps.engine.failures import explain
from smslab.steps.engine.model import Step
from smslab.steps.engine.planning import PlannedScenario
from smslab.steps.engine.records import Mishap, record_of
from smslab.steps.engine.registry import StepDefinition
from smslab.steps.engine.stage import StageOnDemand
from smslab.steps.engine.unawaited import Unawaited

if TYPE_CHECKING:
    import asyncio


class Fixtures(Protocol):
    """Where the arguments come from that a step text does not give."""

    def value(self, name: str) -> object:
        """The value of a fixture; raises what the fixture raises."""

    def provide(self, name: str, value: object) -> None:
        """Set a fixture for the rest of the scenario (``target_fixture``)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The record of a scenario that was run, and the error that stopped it, if one did.

    ``seconds`` are the real durations of the steps that began, in their order.
    """

    record: ScenarioRecord
    error: BaseException | None
    seconds: tuple[float, ...]


def run_scenario(
    planned: PlannedScenario, run_seed: int, stage: StageOnDemand, fixtures: Fixtures
) -> Outcome:
    """Run the steps of a scenario without troubles. Raises only KeyboardInterrupt and the like."""
    with Unawaited() as unawaited:
        run = _Run(planned, stage, fixtures, unawaited)
        mishap = run.steps() or run.clean_up() or run.close_scene()
    record = record_of(planned, run_seed, mishap, run.ran)
    if stage.made is not None:
        record.events.extend(stage.made.journal.events)
    stage.keep_attachments_in(record)
    return Outcome(record, mishap.error if mishap else None, tuple(run.seconds))


class _Run:
    """One scenario while it runs."""

    def __init__(
        self,
        planned: PlannedScenario,
        stage: StageOnDemand,
        fixtures: Fixtures,
        unawaited: Unawaited,
    ) -> None:
        self.scenario = planned.scenario
        self.definitions = planned.definitions
        self.stage = stage
        self.fixtures = fixtures
        self.unawaited = unawaited
        self.ran = 0
        self.seconds: list[float] = []
        self.loop: asyncio.Runner | None = None
        self.unfinished: list[tuple[int, Iterator[object]]] = []

    def steps(self) -> Mishap | None:
        try:
            pairs = zip(self.scenario.steps, self.definitions, strict=True)
            for index, (step, definition) in enumerate(pairs):
                self.stage.step = index
                began = stopwatch.seconds()
                mishap = self._step(index, step, definition)
                self.seconds.append(stopwatch.seconds() - began)
                if mishap:
                    self.clean_up()
                    return mishap
                self.ran += 1
        finally:
            self.stage.step = -1
        return None

    def clean_up(self) -> Mishap | None:
        """Finish steps that yielded, last first, and the event loop of async steps."""
        mishap = None
        while self.unfinished:
            index, generator = self.unfinished.pop()
            try:
                next(generator, None)
                self.unawaited.check()
            except Exception as error:
                mishap = _mishap(index, error, self.definitions[index])
        if self.loop:
            self.loop.close()
        return mishap

    def close_scene(self) -> Mishap | None:
        """What the scenario left unexplained is the fault of its last When."""
        if self.stage.made is None:
            return None
        try:
            self.stage.made.scene.close()
        except AssertionError as error:
            whens = [i for i, step in enumerate(self.scenario.steps) if step.kind == "when"]
            index = whens[-1] if whens else len(self.scenario.steps) - 1
            return _mishap(index, error, self.definitions[index])
        return None

    def _step(self, index: int, step: Step, definition: StepDefinition) -> Mishap | None:
        try:
            value = self._called(index, step, definition)
            if definition.target_fixture is not None:
                self.fixtures.provide(definition.target_fixture, value)
            value = None  # what nobody holds any more is dropped here, and noticed
            self.unawaited.check()
        except (Exception, pytest.skip.Exception, pytest.fail.Exception) as error:
            return _mishap(index, error, definition)
        return None

    def _called(self, index: int, step: Step, definition: StepDefinition) -> object:
        arguments = definition.arguments(step.text)
        if step.table is not None:
            arguments["datatable"] = [list(row) for row in step.table]
        if step.docstring is not None:
            arguments["docstring"] = step.docstring
        for name in definition.required:
            if name not in arguments:
                arguments[name] = self.fixtures.value(name)
        value = definition.function(**arguments)
        return value if value is None else self._finished(index, value)

    def _finished(self, index: int, value: object) -> object:
        if isinstance(value, GeneratorType):
            self.unfinished.append((index, value))
            return next(value)
        if isinstance(value, AsyncGeneratorType):
            raise TypeError("a step that is async cannot yield; return the value")
        return self._awaited(value) if inspect.isawaitable(value) else value

    def _awaited(self, value: Awaitable[object]) -> object:
        import asyncio  # slow, and few runs need it

        if self.loop is None:
            self.loop = asyncio.Runner()

        async def wait() -> object:
            return await value

        return self.loop.run(wait())


def _mishap(index: int, error: BaseException, definition: StepDefinition) -> Mishap:
    if isinstance(error, pytest.skip.Exception):
        return Mishap(index, "skipped", str(error), error=error)
    if isinstance(error, NotImplementedError):
        said = str(error) or f"the step is not written yet ({definition.place})"
        return Mishap(index, "pending", said, error=error)
    message, detail = explain(error, definition.function)
    return Mishap(index, "failed", message, detail, error)
