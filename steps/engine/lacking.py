"""What a scenario needs that the target of the run does not have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from smslab.steps.engine.planning import PlannedScenario
from smslab.steps.needs import EVERYTHING, Need, needs_of


@dataclass(frozen=True, slots=True)
class Lacking:
    """The first step that needs what is not there, and all that the scenario lacks."""

    step: int
    needs: tuple[Need, ...]

    @property
    def message(self) -> str:
        """Why the scenario is not run."""
        return f"not run: the target lacks {' and '.join(self.needs)}."


def lacking(planned: PlannedScenario, offers: frozenset[Need]) -> Lacking | None:
    """What a scenario without troubles lacks on a target that offers this; None for nothing."""
    if offers == EVERYTHING:
        return None
    lacks = [
        needs_of(definition.function, partial(definition.arguments, step.text)) - offers
        for definition, step in zip(planned.definitions, planned.scenario.steps, strict=True)
    ]
    short = [index for index, needs in enumerate(lacks) if needs]
    if not short:
        return None
    missing = frozenset[Need]().union(*lacks)
    return Lacking(short[0], tuple(need for need in Need if need in missing))
