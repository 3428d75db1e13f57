"""What an instance does when a scenario is played on it, without expecting anything.

A probe is a scenario of the features that sets a switch, played without the steps that set
it and without those that say what should follow. Two instances that behave alike give
equal lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

from smslab.simulator.errors import Refused
from smslab.simulator.instance import Instance
from smslab.simulator.journal import Event
from smslab.simulator.outcomes import SendOutcome
from smslab.simulator.policy import SETTINGS
from smslab.steps.engine.model import Scenario, Step
from smslab.steps.engine.planning import PlannedScenario
from smslab.steps.engine.registry import StepDefinition
from smslab.steps.engine.stage import Stage
from smslab.steps.language.scene import Scene
from smslab.steps.needs import Need, needs_of
from smslab.steps.targets.lacks import Lacks

SETTING = "the setting "
PATIENCE = timedelta(days=8)
AT_LAST = "8 days pass"
"""How long a probe of a timer waits in the end."""
ENOUGH = 200
"""So many lines of waiting are enough: what goes round in a circle tells nothing new."""
_FIRST_LOOK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Probe:
    """A scenario to be played, with the steps that are."""

    scenario: Scenario
    steps: tuple[tuple[Step, StepDefinition], ...]
    settings: Mapping[str, str]
    """What the scenario itself sets: the last value by the name of the setting."""

    @property
    def waits(self) -> bool:
        """Whether it goes on until every timer has run: it is about one, or waits for one."""
        is_of_timer = (SETTINGS[each].kind == "timer" for each in self.settings if each in SETTINGS)
        return any(is_of_timer) or Need.TIME in self._needs

    @property
    def place(self) -> str:
        """Where it stands, and what it is called."""
        return f"{self.scenario.file}:{self.scenario.at} {self.scenario.label}"

    def lacks(self, offers: frozenset[Need]) -> frozenset[Need]:
        """What it needs that a target does not offer."""
        needed = self._needs | ({Need.TIME} if self.waits else set())
        return needed - offers

    @property
    def _needs(self) -> frozenset[Need]:
        return frozenset[Need]().union(
            *(needs_of(each.function, partial(each.arguments, s.text)) for s, each in self.steps)
        )


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What happened, line by line, and when."""

    lines: tuple[str, ...]
    times: tuple[datetime, ...]


def probe_of(planned: PlannedScenario) -> Probe:
    """A scenario as a probe."""
    pairs = list(zip(planned.scenario.steps, planned.definitions, strict=True))
    played = [(s, d) for s, d in pairs if s.kind != "then" and not s.text.startswith(SETTING)]
    set_here = [s.text.split('"') for s, _ in pairs if s.text.startswith(SETTING)]
    return Probe(planned.scenario, tuple(played), {words[1]: words[3] for words in set_here})


def behaviour(probe: Probe, stage: Stage) -> Behaviour:
    """Play a probe on a stage. A step that cannot be done ends it, which is behaviour, too."""
    scene = _Unexpecting(cast(Instance, stage.instance))
    lines: list[str] = []
    for step, definition in probe.steps:
        before = len(stage.journal.events)
        scene.forget_answers()
        problem = _play(step, definition, scene)
        lines += [_line(step.text, event) for event in stage.journal.events[before:]]
        lines += [f"{step.text}: {answer}" for answer in scene.answers()]
        if problem:
            lines.append(f"{step.text}: stopped, because {problem}")
            break
    if probe.waits:
        lines += _waiting(stage)
    return Behaviour(tuple(lines), tuple(event.time for event in stage.journal.events))


def _waiting(stage: Stage) -> list[str]:
    """Wait for what the timers do, twice as long from look to look, until it is enough."""
    instance, journal = cast(Instance, stage.instance), stage.journal
    before = len(journal.events)
    left, next_look = PATIENCE, _FIRST_LOOK
    while left and len(journal.events) - before < ENOUGH:
        wait = min(left, next_look)
        instance.advance(wait)
        left, next_look = left - wait, next_look * 2
    return [_line(AT_LAST, event) for event in journal.events[before:]]


def _play(step: Step, definition: StepDefinition, scene: Scene) -> str | None:
    arguments = definition.arguments(step.text)
    arguments["scene"] = scene
    if step.table is not None:
        arguments["datatable"] = [list(row) for row in step.table]
    try:
        definition.function(**arguments)
    except (AssertionError, LookupError, ValueError, Refused, Lacks) as error:
        return str(error)
    return None


class _Unexpecting(Scene):
    """A scene in which nothing has to be explained."""

    def explain_or_fail(self) -> None:
        """Whatever happened is what there is to learn."""

    def forget_answers(self) -> None:
        """A new step begins."""
        self.form = self.validation = self.refused = self.bad_topic = None
        self._answered = self.outcomes

    def answers(self) -> Iterator[str]:
        """What the instance answered to the latest step."""
        found = (self.form, self.validation, self.bad_topic)
        yield from (str(answer) for answer in found if answer is not None)
        if self.refused is not None:
            yield f"refused: {self.refused}"
        if self.outcomes is not self._answered:
            yield from (_outcome(outcome) for outcome in self.outcomes)


def _outcome(outcome: SendOutcome) -> str:
    assessed = outcome.assessment
    said: list[Any] = [outcome.status, outcome.refusal, outcome.error_code]
    if assessed is not None:
        said += [assessed.decision.row.id, assessed.decision.number_row.id, assessed.warning]
    return "; ".join(str(each) for each in said if each is not None)


def _line(step: str, event: Event) -> str:
    rule = f", rule {event.rule}" if event.rule else ""
    change = f"{event.old} -> {event.new}" if event.old is not None else f"{event.new}"
    return (
        f"{step}: {event.time:%Y-%m-%d %H:%M:%S.%f} {event.entity} {event.id} "
        f"{event.field}: {change} ({event.actor}: {event.command}{rule})"
    )
