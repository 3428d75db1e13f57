"""The scenarios of the page benchmark: our own features, copied until there are 2,000."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from smslab.features import __file__ as features
from smslab.reports import load
from smslab.reports.journal_file import ScenarioRecord, StepLine
from smslab.reports.titles import status_of, title
from smslab.steps.engine.parsing import parse_file

SCENARIOS = 2000
"""The scenarios of the project."""


def write_features(folder: Path) -> None:
    """Write features with exactly :data:`SCENARIOS` scenarios into ``folder / "features"``.

    Raises RuntimeError where no choice of files makes up that number.
    """
    sources = sorted(Path(features).parent.glob("*.feature"))
    sizes = {source: len(parse_file(source, source.name)) for source in sources}
    copies, rest = divmod(SCENARIOS, sum(sizes.values()))
    chosen = [*([sources] * copies), _making_up(rest, sizes)]
    for number, files in enumerate(chosen, start=1):
        team = folder / "features" / f"team_{number}"
        team.mkdir(parents=True)
        for source in files:
            text = source.read_text(encoding="utf-8")
            copied = text.replace("Feature: ", f"Feature: Team {number}: ", 1)
            (team / source.name).write_text(copied, encoding="utf-8")


def _making_up(wanted: int, sizes: dict[Path, int]) -> list[Path]:
    """Files whose scenarios add up to ``wanted``."""
    found: dict[int, list[Path]] = {0: []}
    for source, size in sizes.items():
        for total, files in list(found.items()):
            found.setdefault(total + size, [*files, source])
    if wanted not in found:
        raise RuntimeError(f"no choice of feature files has {wanted} scenarios")
    return found[wanted]


def write_allure_results(journal: Path, results: Path) -> None:
    """Write what Allure's adaptors write: a file for each scenario, with its steps."""
    results.mkdir()
    for number, record in enumerate(load(journal).journal.scenarios):
        name = str(uuid.UUID(int=number))
        data = {"uuid": name, **_result(record)}
        (results / f"{name}-result.json").write_text(json.dumps(data), encoding="utf-8")


def _result(record: ScenarioRecord) -> dict[str, object]:
    scenario = record.scenario
    labels = [("feature", scenario.feature), ("story", scenario.rule or scenario.name)]
    labels += [("suite", scenario.feature), *(("tag", tag) for tag in scenario.tags)]
    return {
        "name": title(scenario),
        "fullName": scenario.scenario,
        "historyId": scenario.scenario,
        **_outcome(status_of(record)),
        "labels": [{"name": name, "value": value} for name, value in labels],
        "steps": [_step(step) for step in record.steps],
    }


def _step(step: StepLine) -> dict[str, object]:
    return {"name": f"{step.keyword} {step.text}", **_outcome(step.status)}


def _outcome(status: str) -> dict[str, object]:
    known = status if status in ("passed", "failed", "skipped") else "broken"
    return {"status": known, "stage": "finished", "start": 0, "stop": 1}
