"""Running a story that the machine wrote, with the phrases that ship with smslab."""

from __future__ import annotations

from pathlib import Path

from smslab.reports.journal_file import ResultLine
from smslab.simulator.instance import Instance
from smslab.simulator.policy import Policy
from smslab.steps.engine.direct import run_features
from smslab.steps.engine.stage import Stage
from smslab.steps.language.scene import Scene


def retell(story: str, folder: Path) -> tuple[ResultLine, Instance]:
    """Write the story to a feature file and run it: its result, and the instance it ran on."""
    file = folder / "found.feature"
    file.write_text(story, encoding="utf-8")
    instances: list[Instance] = []

    def stage(seed: int, policy: Policy) -> Stage:
        instance = Instance(policy, seed)
        instances.append(instance)
        return Stage(instance, Scene(instance), instance.journal, instance.clock)

    (record,) = run_features([file], stage_factory=stage)
    assert record.result is not None
    assert instances, record.result.message
    return record.result, instances[0]
