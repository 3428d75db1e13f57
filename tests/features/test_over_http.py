"""Every feature on a served instance does, event by event, what it does in this process."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from smslab.reports import journal_file
from smslab.simulator.policy import Policy
from smslab.steps.engine.direct import run_planned
from smslab.steps.engine.stage import Stage
from smslab.steps.targets.choosing import chosen_target
from tests.features.conftest import written
from tests.rules_matter.breaking import planned
from tests.steps.targets.conftest import served


def test_the_journals_of_all_features_are_equal_byte_by_byte(journal: Path, tmp_path: Path) -> None:
    with served() as url:
        target = chosen_target(url, tmp_path)

        def stage(seed: int, policy: Policy) -> Stage:
            return target.stage(seed, policy, ())

        records = run_planned(planned(), stage_factory=stage)
        target.close()
    there = written(tmp_path / "journal.jsonl", records)
    assert Counter(r.result and r.result.status for r in records) == {"passed": len(planned())}
    assert _scenarios(there) == _scenarios(journal)  # says which scenario differs
    assert there.read_bytes() == journal.read_bytes()


def _scenarios(path: Path) -> dict[str, str]:
    """What the journal says of every scenario, by key."""
    found = journal_file.read(path)
    assert not found.damage
    return {r.scenario.scenario: journal_file.scenario_text(r) for r in found.scenarios}
