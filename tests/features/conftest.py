"""The run of all features of this repository, made once."""

from __future__ import annotations

import pytest

from smslab import reports
from smslab.reports import journal_file
from smslab.reports.journal_file import JournalFile, RunLine
from smslab.simulator.policy import Policy
from tests.rules_matter.breaking import run_all


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> reports.Run:
    path = tmp_path_factory.mktemp("run") / "journal.jsonl"
    line = RunLine(seed=1, policy=dict(Policy().as_dict()), smslab="0")
    journal_file.write(path, JournalFile(line, run_all(), []))
    return reports.load(path)
