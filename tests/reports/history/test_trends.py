"""Trends: what changed from run to run, what goes on failing, and what is not steady."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smslab.reports import Run
from smslab.reports.history.kept import History, Occasion
from smslab.reports.history.trends import MOST, Trends, from_json
from smslab.reports.journal_file import ScenarioRecord
from tests.reports.story import Story, run_line
from tests.reports.synthetic import journal_of

WAYS = {
    "steady": "pppp",
    "fails": "pfff",
    "back": "fppf",
    "up and down": "pfpf",
    "late": "--pp",
    "leaves": "ppp-",
    "waits": "psps",
    "mended": "ffpp",
}
"""How each scenario ends in four runs: passed, failed, skipped, or not in it."""

_STATUS = {"p": "passed", "f": "failed", "s": "skipped"}


def record(name: str, sign: str) -> ScenarioRecord:
    return Story(name, feature="F").step("When", "it happens").ended(_STATUS[sign])


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Four runs of one suite, and one of another between them."""
    history = History(str(tmp_path / "history.sqlite"))
    for number in range(4):
        records = [record(n, way[number]) for n, way in WAYS.items() if way[number] != "-"]
        run = Run(journal_of(*records, run=run_line(seed=7 if number < 3 else 8)))
        history.keep(run, Occasion(datetime(2026, 1, 1 + number, tzinfo=UTC), "all"))
        if number == 1:
            other = Run(journal_of(record("steady", "f")))
            history.keep(other, Occasion(datetime(2026, 1, 9, tzinfo=UTC), "smoke"))
    return history


def test_only_runs_of_one_suite_are_put_together(history: History) -> None:
    assert [run["number"] for run in history.trends().runs] == [1, 2, 4, 5]
    assert [run["number"] for run in history.trends(suite="smoke").runs] == [3]
    assert [run["number"] for run in history.trends(limit=2, suite="all").runs] == [4, 5]
    assert [run["number"] for run in history.trends(suite="all", until=4).runs] == [1, 2, 4]
    assert history.trends(suite="unheard of").runs == []


def test_what_changed_since_the_run_before(history: History) -> None:
    assert history.trends().since == {
        "regressed": ["F > back", "F > up and down"],
        "fixed": [],
        "other verdict": ["F > waits"],
        "different states": [],
        "new": [],
        "gone": ["F > leaves"],
    }
    since = history.trends(suite="all", until=4).since
    assert since["fixed"] == ["F > mended", "F > up and down"]
    assert since["new"] == ["F > late"]


def test_what_fails_and_since_when(history: History) -> None:
    found = [(row["title"], row["since"], row["runs"]) for row in history.trends().failing]
    assert found == [("fails", 2, 3), ("back", 5, 1), ("up and down", 5, 1)]


def test_what_is_not_steady(history: History) -> None:
    found = {row["title"]: row for row in history.trends().unsteady}
    assert list(found) == ["up and down", "back"]
    assert found["up and down"]["statuses"] == ["passed", "failed", "passed", "failed"]
    assert [found[name]["changes"] for name in found] == [3, 2]


def test_other_states_are_noticed_though_the_verdict_is_the_same(tmp_path: Path) -> None:
    history = History(str(tmp_path / "history.sqlite"))
    for number, end in enumerate(["Closed Complete", "Closed Complete", "Faulted"]):
        story = Story("s", feature="F").step("When", "it happens")
        story.create("interaction", f"IMS{number:07d}", state="New")
        story.change("interaction", f"IMS{number:07d}", "state", "New", end)
        occasion = Occasion(datetime(2026, 1, 1 + number, tzinfo=UTC))
        history.keep(Run(journal_of(story.passed())), occasion)
    assert history.trends().since["different states"] == ["F > s"]
    assert not any(history.trends(until=2).since.values()), "only the number differed"


def test_lists_are_as_long_as_a_reader_can_take(tmp_path: Path) -> None:
    history = History(str(tmp_path / "history.sqlite"))
    for number, sign in enumerate("pfpf"):
        run = Run(journal_of(*(record(f"s {n}", sign) for n in range(MOST + 5))))
        history.keep(run, Occasion(datetime(2026, 1, 1 + number, tzinfo=UTC)))
    trends = history.trends()
    assert len(trends.failing) == len(trends.unsteady) == MOST


def test_trends_survive_json(history: History) -> None:
    trends = history.trends()
    again = from_json(json.loads(json.dumps(trends.as_json())))
    assert again == trends


@pytest.mark.parametrize("data", [None, [], {}, "x", {"runs": []}, {"runs": [], "since": {}}, 7])
def test_what_describes_no_trends_makes_none(data: object) -> None:
    assert from_json(data) is None
    for runs in ([], "x", ["x"], [{"number": 1}]):
        assert from_json({**Trends().as_json(), "runs": runs}) is None
