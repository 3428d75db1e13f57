"""The features cover every case of the decision table and of the reassignment of numbers."""

from __future__ import annotations

from pathlib import Path

from smslab import reports
from smslab.reports.frames.grids import by_number, by_row, by_situation
from smslab.simulator.rules import RULES


def test_every_row_was_carried_out(run: reports.Run) -> None:
    rows = by_row(run.decisions)
    assert list(rows.loc[(rows["exercised"] == 0) & rows["implemented"], "row"]) == []


def test_every_situation_was_met(run: reports.Run) -> None:
    cells = by_situation(run.decisions)
    missing = cells[cells["possible"] & (cells["exercised"] == 0)]
    assert missing[["conversation", "conversation_party"]].values.tolist() == []


def test_every_reassignment_was_met(run: reports.Run) -> None:
    cells = by_number(run.decisions)
    missing = cells[cells["exercised"] == 0]
    assert missing[["number_standing", "began"]].values.tolist() == []


def test_every_implemented_rule_has_a_scenario(run: reports.Run) -> None:
    tagged = {tag for one in run.journal.scenarios for tag in one.scenario.tags}
    wanted = [rule.id for rule in RULES.values() if rule.implemented]
    assert [rule for rule in wanted if f"@{rule}" not in tagged] == []


def test_more_than_a_hundred_scenarios_passed(run: reports.Run) -> None:
    assert (run.scenarios["status"] == "passed").sum() > 100
    assert Path(run.journal.scenarios[0].scenario.file).suffix == ".feature"
