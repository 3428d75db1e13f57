"""`smslab compare`: what it says, what it exits with, and the page it writes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from smslab.reports.journal_file import write
from smslab.steps.cli import app
from tests.reports.hostile import hostile_journal
from tests.reports.story import NUMBER, Story, run_line
from tests.reports.synthetic import claimed_guest, first_contact, journal_of, reassignment

if TYPE_CHECKING:
    from pathlib import Path

    from smslab.reports.journal_file import JournalFile


def compared(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["compare", *arguments])


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two journals: one scenario regressed, one has other states, one is new."""
    monkeypatch.chdir(tmp_path)
    closed = claimed_guest().change("interaction", "IMS0000001", "state", "New", "Faulted")
    keep("a", journal_of(first_contact().passed(), claimed_guest().passed()))
    keep(
        "b",
        journal_of(
            first_contact().ended("failed", 1, "expected: Ben\n     got: Ana"),
            closed.passed(),
            reassignment().passed(),
            run=run_line(queued_interaction="close_and_create"),
        ),
    )
    return tmp_path


def keep(name: str, journal: JournalFile) -> None:
    from pathlib import Path

    write(Path(name) / "journal.jsonl", journal)


def test_it_says_what_changed_in_words(two: Path) -> None:
    ended = compared("a", "b")
    assert ended.exit_code == 1
    assert ended.stdout.splitlines()[:8] == [
        "From a to b: 1 regressed, 1 with different states and 1 new; 0 the same.",
        "",
        "Run under different conditions",
        "  queued_interaction: take_over, then close_and_create",
        "",
        "Regressed: 1 (did not fail in the first run, and does in the second)",
        "  features/reassignment.feature:10  A first message",
        "    passed in a, failed in b",
    ]
    assert "      expected: Ben\n           got: Ana\n" in ended.stdout
    assert (
        "    passed in both\n"
        "    first difference:\n"
        "      a: no such change of interaction 1\n"
        "      b: interaction IMS0000001 of Ana: New → Faulted (in step 2)\n"
    ) in ended.stdout
    assert "  interaction: New → Faulted  0, then 1\n" in ended.stdout
    assert ended.stderr == "Failed on regressed: 1\n"


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ([], 1),
        (["regressed"], 1),
        (["fixed"], 0),
        (["other-verdict"], 0),
        (["gone"], 0),
        (["new"], 1),
        (["different-states"], 1),
        (["failing"], 1),
        (["any"], 1),
        (["nothing"], 0),
        (["fixed", "new"], 1),
        (["fixed,gone"], 0),
        (["fixed, new"], 1),
    ],
)
def test_the_exit_status_is_what_fail_on_says(two: Path, wanted: list[str], status: int) -> None:
    assert compared("a", "b", *(f"--fail-on={kind}" for kind in wanted)).exit_code == status


def test_the_same_run_fails_on_nothing(two: Path) -> None:
    ended = compared("a", "a", "--fail-on", "any")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout == (
        "Nothing changed from a (first) to a (second): all 2 scenarios are the same.\n"
    )


def test_what_fails_in_both_fails_only_where_that_is_asked_for(two: Path) -> None:
    keep("c", journal_of(Story("s").ended("failed")))
    assert compared("c", "c").exit_code == 0
    assert compared("c", "c", "--fail-on", "failing").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a", "b", "--fail-on", "regresed"], "there is no such kind; did you mean 'regressed'?"),
        (["a", "b", "--fail-on", "same"], "--fail-on same: there is no such kind"),
        (["a", "b", "--fail-on", "nothing,new"], "Name either, not both."),
        (["a", "c"], "There is no file or folder c. The nearest journal is "),
        (["a", "b", "--page", "a/journal.jsonl"], "is there already."),
    ],
)
def test_what_cannot_be_done_is_said_and_is_status_2(
    two: Path, arguments: list[str], said: str
) -> None:
    before = (two / "a/journal.jsonl").read_bytes()
    ended = compared(*arguments)
    assert ended.exit_code == 2
    assert said in ended.stderr
    assert (two / "a/journal.jsonl").read_bytes() == before


def test_a_damaged_journal_fails_unless_nothing_is_to_fail(two: Path) -> None:
    journal = two / "a/journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-30])
    ended = compared("a", "a", "--fail-on", "new")
    assert ended.exit_code == 1
    assert "In a (first): journal.jsonl" in ended.stderr
    assert "Failed on damage: what is lost may wrongly look gone or new." in ended.stderr
    assert compared("a", "a", "--fail-on", "nothing").exit_code == 0


def test_no_scenario_at_all_is_no_success(two: Path) -> None:
    keep("none", journal_of())
    ended = compared("none", "none")
    assert ended.exit_code == 1
    assert "there is nothing to compare" in ended.stderr


def test_of_many_scenarios_a_kind_shows_twenty_and_says_how_many_more(two: Path) -> None:
    keep("few", journal_of(Story("s 0").passed()))
    keep("many", journal_of(*(Story(f"s {number}").passed() for number in range(31))))
    short = compared("few", "many").stdout
    assert short.count("passed in many") == 20
    assert "  ... and 10 more; --all shows them\n" in short
    whole = compared("few", "many", "--all").stdout
    assert whole.count("passed in many") == 30
    assert "more" not in whole


def test_hostile_texts_reach_the_terminal_as_text(two: Path) -> None:
    keep("hostile", hostile_journal())
    ended = compared("a", "hostile", "--all")
    assert ended.exit_code == 0
    assert all(sign.isprintable() for sign in ended.stdout.replace("\n", ""))


def test_the_page_of_the_second_run_says_what_changed(two: Path) -> None:
    ended = compared("a", "b", "--page", "changed.html")
    assert "Page: changed.html\n" in ended.stdout
    page = (two / "changed.html").read_text(encoding="utf-8")
    assert "From a to b: 1 regressed, 1 with different states and 1 new; 0 the same." in page
    assert compared("a", "b", "--page", "changed.html").exit_code == 2
    assert compared("a", "b", "--page", "changed.html", "--force").exit_code == 1
    assert (two / "changed.html").read_text(encoding="utf-8") == page


def test_masked_it_tells_the_same_of_both_runs_and_no_original(two: Path) -> None:
    plain = compared("a", "b", "--page", "plain.html")
    masked = compared("a", "b", "--mask", "--page", "masked.html")
    sentence = "From the first run to the second run: 1 regressed, 1 with different states and 1 "
    assert masked.stdout.startswith(f"{sentence}new; 0 the same.\n")
    assert (masked.exit_code, masked.stderr) == (plain.exit_code, plain.stderr)
    page = (two / "masked.html").read_text(encoding="utf-8")
    assert f"{sentence}new" in page
    assert "Ana" in plain.stdout
    for text in (masked.stdout, page):
        assert [each for each in ("Ana", "Ben", "Cleo", NUMBER) if each in text] == []


def test_the_command_starts_without_pandas_and_sqlalchemy(two: Path) -> None:
    code = (
        "import sys\n"
        "from smslab.steps import cli, plugin\n"
        "sys.exit(', '.join({'pandas', 'sqlalchemy', 'jinja2'} & set(sys.modules)) or 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ
    )
    assert ended.stderr == ""
    assert ended.returncode == 0
