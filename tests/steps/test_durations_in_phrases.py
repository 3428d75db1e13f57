"""Durations and times that cannot be, written in a scenario: said clearly, and the run goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from smslab.steps.engine.direct import run_features

FEATURE = """\
Feature: Time
  Scenario: First
    {step}
  Scenario: Second
    When 2 days pass
"""


@pytest.mark.parametrize(
    ("step", "status", "says"),
    [
        ("When 0 minutes pass", "failed", "longer than 0 and at most 36525 days"),
        ("When 40000 days pass", "failed", "longer than 0 and at most 36525 days"),
        ("When 99999999999999 weeks pass", "failed", "too long to count"),
        ("When -5 minutes pass", "undefined", "{duration} pass/passes"),
        ("Given it is 2026-02-30 09:00", "failed", "no such date"),
        ("Given it is 2026-01-01 09:00", "failed", "time does not go back"),
        ('Given the setting "agent_response" is "-5 minutes"', "failed", "'-5 minutes'"),
        ('Given the messaging action "Nudge" is inactive', "failed", "'Nudge'"),
    ],
)
def test_is_said_clearly_and_the_run_goes_on(
    tmp_path: Path, step: str, status: str, says: str
) -> None:
    (tmp_path / "time.feature").write_text(FEATURE.format(step=step), encoding="utf-8")
    first, second = sorted(run_features([tmp_path], seed=1), key=lambda r: r.scenario.at)
    assert first.result is not None
    assert second.result is not None
    assert (first.result.status, second.result.status) == (status, "passed")
    assert says in str(first.result.message)
    assert "Traceback" not in str(first.result.detail)
