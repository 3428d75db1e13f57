"""The run of all features of this repository, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from smslab import reports
from smslab.reports import journal_file
from smslab.reports.journal_file import JournalFile, RunLine, ScenarioRecord
from smslab.simulator.policy import Policy
from tests.rules_matter.breaking import run_all


def written(path: Path, records: list[ScenarioRecord]) -> Path:
    """The journal of a run of all features, on the disk."""
    line = RunLine(seed=1, policy=dict(Policy().as_dict()), smslab="0")
    journal_file.write(path, JournalFile(line, records, []))
    return path


@pytest.fixture(scope="session")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of all features, run in this process."""
    return written(tmp_path_factory.mktemp("run") / "journal.jsonl", run_all())


@pytest.fixture(scope="session")
def run(journal: Path) -> reports.Run:
    """What the journal says."""
    return reports.load(journal)
