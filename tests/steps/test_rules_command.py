"""`smslab rules`: the catalogue for a terminal, with the scenarios of each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from smslab.simulator.rules import RULES
from smslab.steps.cli import app

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

FEATURE = """
    @R-1
    Feature: People
      @N-2 @smoke
      Scenario: a number
        Given a number

      @A-4
      Scenario Outline: a <kind> number
        Given a number
        @P-4
        Examples:
          | kind  |
          | fixed |
          | short |
        Examples:
          | kind  |
          | long  |
"""


def printed(*arguments: str) -> str:
    """What the command prints; it must succeed."""
    ended = CliRunner().invoke(app, ["rules", *arguments])
    assert ended.exit_code == 0, ended.output
    return ended.stdout


@pytest.fixture(autouse=True)
def people(folder: Folder) -> Folder:
    """A folder with one feature, and a file that is none."""
    folder.write("features/people.feature", FEATURE)
    folder.write("features/broken.feature", "Feature: broken\n  @A-4\n  Nonsense:\n")
    return folder


def test_a_rule_with_its_source_and_its_scenarios() -> None:
    assert printed("a-4", "@P-4").splitlines() == [
        "Whose number is it",
        "==================",
        "",
        "P-4   documented, implemented, 2 scenarios",
        "      A number moves by a new channel user profile for the new party and the",
        "      deactivation of the old one, which is never edited.",
        "      Source: Seed",
        "      - features/people.feature:8  a fixed number (and 1 more)",
        "",
        "An agent sends an SMS",
        "=====================",
        "",
        "A-4   documented, implemented, 3 scenarios",
        *printed("A-4").splitlines()[4:8],
        "      Switch: different_party_first = true (default)",
        "      - features/people.feature:8  a fixed number (and 2 more)",
        "",
        "Rules: 2, of them open: 0.",
        "Without a scenario: none.",
    ]


def test_all_rules_fit_a_terminal_of_80_columns() -> None:
    text = printed()
    assert max(map(len, text.splitlines())) <= 80
    shown = [line.split()[0] for line in text.splitlines() if ", implemented, " in line]
    assert shown == list(RULES)
    assert f"Rules: {len(RULES)}, of them open: " in text
    tail = " ".join(text.rpartition("Without a scenario: ")[2].split())
    tagged = {"R-1", "N-2", "A-4", "P-4"}
    assert tail == f"{', '.join(id for id in RULES if id not in tagged)}."


def test_only_open_rules_each_with_its_setting_or_why_it_has_none() -> None:
    text = printed("--open")
    opened = [rule for rule in RULES.values() if rule.settled == "open"]
    assert text.count(" open, implemented, ") == len(opened)
    assert "documented" not in text.replace("undocumented", "")
    assert "Switch: guest_profile = claim (default)" in text
    assert "No setting: the answer has one form" in text


def test_other_features_can_be_named(people: Folder) -> None:
    people.write("more/other.feature", "Feature: Other\n  @N-2\n  Scenario: other\n    Given x\n")
    assert "- more/other.feature:3  other" in printed("N-2", "--features", "more")
    one = printed("N-2", "--features", "features/people.feature")
    assert "- features/people.feature:4  a number" in one
    both = printed("N-2", "--features", "more", "--features", "features/people.feature")
    assert "N-2   documented, implemented, 2 scenarios" in both


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["X-9"], "There is no rule X-9; did you mean X-6?"),
        (["smoke"], "There is no rule smoke; smslab rules lists them all."),
        (["--features", "featurs"], "There is no file or folder featurs"),
    ],
)
def test_what_is_not_there_is_said(arguments: list[str], said: str) -> None:
    ended = CliRunner().invoke(app, ["rules", *arguments])
    assert ended.exit_code == 2
    assert said in ended.stderr
