"""Scenarios of one feature file, run as a QA engineer would."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from smslab.steps.engine.direct import run_features
from tests.steps.language.telling import SETTING, Said, Tell, feature


@pytest.fixture
def tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Run a scenario with these lines after the setting, between two that pass."""
    monkeypatch.chdir(tmp_path)

    def run(*lines: str, setting: Sequence[str] = SETTING) -> Said:
        file = tmp_path / "one.feature"
        file.write_text(feature(setting, lines), encoding="utf-8")
        records = run_features([file])
        results = {record.scenario.name: record.result for record in records}
        assert list(results) == ["a, before", "b, told", "c, after"]
        others = [results["a, before"], results["c, after"]]
        assert [result.status for result in others if result] == ["passed", "passed"]
        record, result = records[1], results["b, told"]
        assert result is not None
        at_fault = None if result.step is None else record.steps[result.step].text
        return Said(result.status, result.message or "", at_fault, result.at, result.detail)

    return run
