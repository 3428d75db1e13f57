"""Every scenario of a file comes out of it, as a scenario or as a problem that says why not."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from smslab.steps.engine.model import Scenario
from smslab.steps.engine.parsing import Candidate, FeatureProblem, distinct, parse_file, parse_text


def parsed(text: str) -> list[Candidate]:
    return distinct(parse_text(dedent(text).lstrip("\n"), "a.feature"))


def problems(text: str) -> list[tuple[int, str]]:
    return [(c.line, c.message) for c in parsed(text) if isinstance(c, FeatureProblem)]


def scenarios(text: str) -> list[Scenario]:
    return [c for c in parsed(text) if isinstance(c, Scenario)]


WHOLE = """
    @feature
    Feature: Sending
      What it is for.

      Background:
        Given a

      @rule
      Rule: Numbers
        Background:
          Given b
        @outline
        Scenario Outline: To <who>
          * c <who>
          When d
            | <who> | 2 |
          And e
            \"\"\"text
            to <who>
            \"\"\"
          @rows
          Examples:
            | who | n |
            | Ana | 1 |
            | Ben | 2 |
"""


def test_an_outline_in_a_rule_gives_a_scenario_per_row_with_all_it_inherits() -> None:
    ana, ben = scenarios(WHOLE)
    assert ana.key == "Sending > Numbers > To Ana > who=Ana, n=1"
    assert ben.key == "Sending > Numbers > To Ben > who=Ben, n=2"
    assert ana.tags == ("@feature", "@rule", "@outline", "@rows")
    assert (ana.at, ben.at, ana.heading_at) == (24, 25, 13)
    assert [s.text for s in ben.steps] == ["a", "b", "c Ben", "d", "e"]
    assert [s.background for s in ben.steps] == [True, True, False, False, False]
    assert ben.steps[3].table == (("Ben", "2"),)
    assert ben.steps[4].docstring == "to Ben"
    assert [s.at for s in ben.steps] == [6, 11, 14, 15, 17]


def test_and_and_star_continue_the_kind_of_the_step_before() -> None:
    (scenario,) = scenarios("""
        Feature: f
          Scenario: s
            Given a
            * b
            When c
            And d
            * e
            Then f
            But g
    """)
    assert [s.kind for s in scenario.steps] == [
        *("given", "given", "when", "when", "when", "then", "then")
    ]
    assert [s.keyword for s in scenario.steps] == ["Given", "*", "When", "And", "*", "Then", "But"]


def test_a_star_at_the_beginning_may_be_any_kind() -> None:
    (scenario,) = scenarios("Feature: f\n Scenario: s\n  * a\n  And b\n  When c\n")
    assert [s.kind for s in scenario.steps] == [None, None, "when"]


def test_a_feature_in_another_language() -> None:
    (scenario,) = scenarios("""
        # language: de
        Funktionalität: Senden
          Szenario: Erstens
            Angenommen Ana ist da
            Dann ist alles gut
    """)
    assert scenario.language == "de"
    assert [s.kind for s in scenario.steps] == ["given", "then"]


def test_a_file_with_a_mark_and_windows_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "a.feature"
    file.write_bytes(b"\xef\xbb\xbfFeature: f\r\n  Scenario: s\r\n    Given a\r\n")
    (scenario,) = parse_file(file, "a.feature")
    assert isinstance(scenario, Scenario)
    assert scenario.steps[0].text == "a"


def test_two_scenarios_of_one_name_the_second_is_a_problem() -> None:
    text = """
        Feature: f
          Scenario: s
            Given a
          Scenario: s
            Given b
          Scenario: t
            Given c
    """
    assert [s.key for s in scenarios(text)] == ["f > s", "f > t"]
    ((line, message),) = problems(text)
    assert line == 4
    assert 'the name "s" is already that of the scenario in line 2' in message
    keys = [c.scenario.key for c in parsed(text) if isinstance(c, FeatureProblem)]
    assert keys == ["f > s (2)"]


def test_one_name_in_two_rules_is_no_problem() -> None:
    text = """
        Feature: f
          Rule: q
            Scenario: s
              Given a
          Rule: r
            Scenario: s
              Given a
    """
    assert [s.key for s in scenarios(text)] == ["f > q > s", "f > r > s"]


def test_identical_rows_even_in_two_tables_are_a_problem() -> None:
    text = """
        Feature: f
          Scenario Outline: s
            Given <n>
            Examples:
              | n |
              | 1 |
            Examples:
              | n |
              | 1 |
              | 2 |
    """
    assert [s.examples for s in scenarios(text)] == [{"n": "1"}, {"n": "2"}]
    ((line, message),) = problems(text)
    assert line == 9
    assert "the same as the one in line 6" in message


def test_the_same_key_in_two_files_whatever_their_order() -> None:
    text = "Feature: f\n Scenario: s\n  Given a\n"
    a, b = parse_text(text, "a.feature"), parse_text(text, "b.feature")
    for order in ([*a, *b], [*b, *a]):
        found = distinct(order)
        kept = [c.file for c in found if isinstance(c, Scenario)]
        refused = [c for c in found if isinstance(c, FeatureProblem)]
        assert kept == ["a.feature"]
        assert [c.file for c in refused] == ["b.feature"]
        assert "a.feature:2" in refused[0].message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "the file is empty"),
        ("# a comment\n", 1, "the file is empty"),
        ("Feature: f\n", 1, "the feature has no scenario"),
        ("Feature: f\n Background:\n  Given a\n", 1, "the feature has no scenario"),
        ("Feature: f\n Rule: r\n", 1, "the feature has no scenario"),
        ("Feature: f\n Scenario: s\n", 2, "the scenario has no steps"),
        ("Feature: f\n Scenario: s\n  Given a\n  Whn b\n", 4, "'Whn b' is not expected here"),
        ("Feature: f\n Scenario: s\n  Given a\n   | 1 |\n   | 1 | 2 |\n", 5, "inconsistent cell"),
        ("Feature: f\n Scenario: s\n  Given a\n   \"\"\"\n", 5, "ends inside a doc string"),
        ("# language: xx\nFeature: f\n", 1, "no spoken language 'xx'"),
        (
            "Feature: f\n Scenario Outline: s\n  Given <n>\n  Examples:\n   | n |\n",
            2,
            "no example rows",
        ),
        ("Feature: f\n Scenario Outline: s\n  Given <n>\n  Examples:\n", 2, "no example rows"),
    ],
)  # fmt: skip
def test_what_cannot_run_is_one_problem_at_its_line(text: str, line: int, said: str) -> None:
    (candidate,) = distinct(parse_text(text, "a.feature"))
    assert isinstance(candidate, FeatureProblem)
    assert candidate.line == line
    assert said in candidate.message


def test_a_scenario_without_steps_of_its_own_is_a_problem_despite_the_background() -> None:
    text = "Feature: f\n Background:\n  Given a\n Scenario: s\n Scenario: t\n  Given b\n"
    assert [s.name for s in scenarios(text)] == ["t"]
    assert [line for line, _ in problems(text)] == [4]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Feature: f\n Scenario: s\n  Gvn a\n  Whn b\n", "`Gvn a` is read as its description"),
        ("Feature: f\n Scenaro: s\n", "`Scenaro: s` is read as its description"),
    ],
)
def test_a_mistyped_first_keyword_is_hinted_at(text: str, read: str) -> None:
    ((_, message),) = problems(text)
    assert read in message


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    file = tmp_path / "a.feature"
    file.write_bytes(b"Feature: f\n Scenario: \xff\n")
    (candidate,) = parse_file(file, "a.feature")
    assert isinstance(candidate, FeatureProblem)
    assert (candidate.line, candidate.message) == (
        2,
        "the file is not utf-8 text. Save it as UTF-8.",
    )


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    (candidate,) = parse_file(tmp_path / "no.feature", "no.feature")
    assert isinstance(candidate, FeatureProblem)
    assert "cannot be read" in candidate.message
