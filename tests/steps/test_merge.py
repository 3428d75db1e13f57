"""`smslab merge`: the results of shards become those of the whole run, or are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from smslab.reports.journal_file import (
    JournalFile,
    ResultLine,
    RunLine,
    ScenarioLine,
    ScenarioRecord,
    read,
    write,
)
from smslab.steps.cli import app
from tests.steps.test_messages import timeless

if TYPE_CHECKING:
    from pathlib import Path

    from tests.steps.conftest import Folder

RUN = RunLine(1, {"wrap_up": False, "closed_by_send": "closed_complete"}, "0.1.0")
FEATURE = """
    Feature: F
      Scenario Outline: o
        Given Ana is a consumer in <place>
        Examples:
          | place   |
          | Berlin  |
          | Hamburg |
          | Madrid  |
          | Milan   |
          | Paris   |
"""


def smslab_(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def record(name: str, status: str = "passed") -> ScenarioRecord:
    key = f"F > {name}"
    line = ScenarioLine(key, "F", "f.feature", 2, None, name, (), None, 1, "")
    return ScenarioRecord(line, [], [], ResultLine(key, status, None, None, None, None))


def shard(
    folder: Folder,
    name: str,
    *records: ScenarioRecord,
    run: RunLine = RUN,
    shard: str | None = None,
    withheld: int = 0,
) -> Path:
    """A results folder."""
    path = folder.path / name
    write(path / "journal.jsonl", JournalFile(run, list(records), withheld=withheld))
    seconds = {each.scenario.scenario: 1.5 for each in records}
    (path / "run.json").write_text(json.dumps({"shard": shard, "seconds": seconds}))
    return path


def test_shards_make_the_very_journal_of_the_whole_run(folder: Folder) -> None:
    folder.write("features/f.feature", FEATURE)
    assert folder.smslab("run", "--results", "whole").returncode == 0
    parts = [f"part-{number}" for number in (1, 2)]
    for number, part in enumerate(parts, start=1):
        ended = folder.smslab("run", "--no-reports", "--results", part, "--shard", f"{number}/2")
        assert ended.returncode == 0, ended.stdout
    merged = smslab_("merge", *parts, "--to", "all")
    assert "PASSED - 5 scenarios of 2 parts: 5 passed" in merged.stdout
    whole, joined = (folder.path / name / "journal.jsonl" for name in ("whole", "all"))
    assert joined.read_bytes() == whole.read_bytes()
    assert (folder.path / "all/report.html").read_bytes() == (
        folder.path / "whole/report.html"
    ).read_bytes()


def test_durations_are_joined(folder: Folder) -> None:
    shard(folder, "a", record("one"))
    shard(folder, "b", record("two"))
    assert smslab_("merge", "a", "b", "--to", "all").exit_code == 0
    assert 'time="3.000"' in (folder.path / "all/junit.xml").read_text()


def test_a_failure_is_that_of_the_whole(folder: Folder) -> None:
    shard(folder, "a", record("one"))
    shard(folder, "b", record("two", "failed"), record("three", "undefined"))
    ended = smslab_("merge", "a", "b", "--to", "all")
    assert ended.exit_code == 1
    assert "FAILED - 3 scenarios of 2 parts" in ended.stdout


def test_what_the_parts_did_not_run_is_added_up(folder: Folder) -> None:
    shard(folder, "a", record("one"), withheld=2)
    shard(folder, "b", record("two"), withheld=3)
    shard(folder, "c", record("three"))
    ended = smslab_("merge", "a", "b", "c", "--to", "all")
    assert ended.exit_code == 1
    assert "FAILED - 3 scenarios of 3 parts" in ended.stdout
    assert "5 more scenarios were not run: " in ended.stdout
    assert read(folder.path / "all").withheld == 5


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (replace(RUN, seed=2), "seed: 1 and 2"),
        (replace(RUN, smslab="9"), "smslab: 0.1.0 and 9"),
        (replace(RUN, policy={**RUN.policy, "wrap_up": True}), "wrap_up: false and true"),
        (replace(RUN, policy={"wrap_up": False}), "closed_by_send: closed_complete and not there"),
    ],
)
def test_parts_of_different_runs_are_refused(folder: Folder, run: RunLine, said: str) -> None:
    shard(folder, "a", record("one"))
    shard(folder, "b", record("two"), run=run)
    ended = smslab_("merge", "a", "b", "--to", "all")
    assert ended.exit_code == 2
    assert said in ended.stderr
    assert not (folder.path / "all").exists()


def test_a_scenario_in_two_parts_is_refused(folder: Folder) -> None:
    shard(folder, "a", record("one"), record("two"))
    shard(folder, "b", record("two"))
    ended = smslab_("merge", "a", "b", "--to", "all")
    assert ended.exit_code == 2
    assert "A scenario is in " in ended.stderr
    assert "F > two" in ended.stderr
    assert "a is given twice" in smslab_("merge", "a", "a", "--to", "all").stderr


def test_a_shard_that_is_missing_is_refused(folder: Folder) -> None:
    shard(folder, "a", record("one"), shard="1/3")
    shard(folder, "b", record("two"), shard="3/3")
    ended = smslab_("merge", "a", "b", "--to", "all")
    assert ended.exit_code == 2
    assert "The shard 2/3 is missing" in ended.stderr
    shard(folder, "c", record("three"), shard="2/4")
    assert "different divisions" in smslab_("merge", "a", "b", "c", "--to", "all").stderr


def test_a_damaged_part_is_refused(folder: Folder) -> None:
    shard(folder, "a", record("one"))
    path = shard(folder, "b", record("two")) / "journal.jsonl"
    path.write_bytes(path.read_bytes()[:-5])
    ended = smslab_("merge", "a", "b", "--to", "all")
    assert ended.exit_code == 2
    assert "b is damaged" in ended.stderr
    assert "Run that shard again" in ended.stderr


def test_results_that_are_there_are_kept_unless_told(folder: Folder) -> None:
    shard(folder, "a", record("one"))
    shard(folder, "all", record("old"))
    ended = smslab_("merge", "a", "--to", "all")
    assert ended.exit_code == 2
    assert "--force" in ended.stderr
    assert read(folder.path / "all").scenarios[0].scenario.name == "old"
    assert smslab_("merge", "a", "--to", "all", "--force").exit_code == 0
    assert read(folder.path / "all").scenarios[0].scenario.name == "one"


def test_what_is_not_there_is_said_with_the_nearest(folder: Folder) -> None:
    shard(folder, "part-1", record("one"))
    ended = smslab_("merge", "part-2", "--to", "all")
    assert ended.exit_code == 2
    assert "The nearest journal is part-1" in ended.stderr


def test_the_messages_of_shards_are_those_of_the_whole_run_but_for_durations(
    folder: Folder,
) -> None:
    folder.write("features/f.feature", FEATURE)
    assert folder.smslab("run", "--no-reports", "--messages", "whole.ndjson").returncode == 0
    for number in (1, 2):
        folder.smslab(
            "run", "--no-reports", "--results", f"part-{number}", "--shard", f"{number}/2"
        )
    merged = smslab_("merge", "part-1", "part-2", "--to", "all", "--messages", "all.ndjson")
    assert "Messages: all.ndjson" in merged.stdout
    whole, joined = (
        [timeless(json.loads(line)) for line in (folder.path / name).read_text().splitlines()]
        for name in ("whole.ndjson", "all.ndjson")
    )
    assert joined == whole


def test_the_summary_of_the_whole_stands_where_ci_shows_it(folder: Folder) -> None:
    summary = folder.path / "summary.md"
    parts = [str(shard(folder, name, record(name))) for name in ("a", "b")]
    github = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    ended = CliRunner(env=github).invoke(app, ["merge", *parts, "--to", str(folder.path / "all")])
    assert ended.exit_code == 0, ended.output
    assert summary.read_text(encoding="utf-8").startswith("## smslab: All 2 scenarios passed.")
