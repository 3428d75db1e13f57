"""Scenarios whose process died: nobody else can say what became of them."""

from __future__ import annotations

from pathlib import Path

from smslab.reports.journal_file import ScenarioRecord
from smslab.steps.engine.keys import distinct, item_name
from smslab.steps.engine.model import Scenario
from smslab.steps.engine.parsing import parse_file
from smslab.steps.engine.places import shown_path
from smslab.steps.engine.planning import PlannedScenario
from smslab.steps.engine.records import Mishap, record_of
from smslab.steps.settings import RunSettings

DIED = "the process that ran this scenario died before it ended; what its steps did is lost."


def crashed(nodeid: str, settings: RunSettings) -> ScenarioRecord | None:
    """The record of a scenario that was running when its worker died; None for other tests."""
    file, _, name = nodeid.partition("::")
    path = Path(settings.config.rootpath) / file
    if path.suffix != ".feature":
        return None
    shown = shown_path(path, settings.config.invocation_params.dir)
    same_names = settings.allow_same_names
    found = parse_file(path, shown, allow_same_names=same_names)
    for candidate in distinct(found, allow_same_names=same_names):
        scenario = candidate if isinstance(candidate, Scenario) else candidate.scenario
        if item_name(scenario) == name:
            planned = PlannedScenario(scenario, (), ())
            return record_of(planned, settings.seed, Mishap(None, "failed", DIED), 0)
    return None
