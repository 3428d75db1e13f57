"""All of Gherkin is accepted, and what is none is refused with its line."""

from __future__ import annotations

import pytest

from smslab.steps.engine.model import FeatureProblem, Scenario
from smslab.steps.engine.parsing import parse_text

ACCEPTED = {
    "a table and then a doc string": """\
Feature: f
  Scenario: s
    Given a step
      | id |
      | 1  |
      \"\"\"
      text
      \"\"\"
""",
    "a doc string and then a table": """\
Feature: f
  Scenario: s
    Given a step
      ```json
      {}
      ```
      | id |
""",
    "comments inside descriptions": """\
Feature: f
  one
  # a remark
  two
  # another

  Scenario: s
    # a remark
    three
    Given a step
""",
    "spaces that are not ascii": (
        "\u00a0\n\u2003Feature: f\u2002\n\u2002Scenario: s\u00a0\n\u2003Given a\n"
    ),
    "windows line ends": "Feature: f\r\n  Scenario: s\r\n    Given a\r\n",
    "keywords of pictures": "# language: em\n📚: f\n  📕: s\n    😐a\n",
    "a language line with spaces": " #  language  :   no\nEgenskap: f\n Scenario: s\n  Gitt a\n",
    "rules with backgrounds": """\
@f
Feature: f
  Background:
    Given first
  @r
  Rule: one
    Background:
      Given second
    Example: s
      Given third
  Rule: two
    Example: s
      * fourth
""",
    "escaped pipes, backslashes and line ends": (
        "Feature: f\n Scenario: s\n  Given a\n   | \\| a | \\\\n |\n   | b\\nc |  |\n"
    ),
    "two tables of examples with tags": (
        "Feature: f\n Scenario Outline: <n>\n  Given <n>\n @a\n Examples: one\n  | n |\n  | 1 |\n"
        " @b\n Scenarios:\n  | n |\n  | 2 |\n"
    ),
    "a background without steps": "Feature: f\n Background:\n Scenario: s\n  Given a\n",
    "an outline without examples": "Feature: f\n Scenario Outline: s\n  Given a\n",
    "no line end at the end": "Feature: f\n Scenario Outline: s\n  Given a\n Examples:\n |n|\n |1|",
    "tags in a row, with a comment": "@a@b #@c\n@d\nFeature: f\n @e # g\n Scenario: s\n  Given a\n",
    "headings without names": "Feature:\n Rule:\n  Scenario:\n   Given a\n",
    "a star and what follows it": "Feature: f\n Scenario: s\n  * a\n  And b\n  But c\n",
}

REFUSED = {
    "rows of different length": (
        "Feature: f\n Scenario: s\n  Given a\n   | a | b |\n   | c |\n",
        5,
        "inconsistent cell count within the table",
    ),
    "examples of different length": (
        "Feature: f\n Scenario: s\n  Given a\n Examples:\n  | a | b |\n  | c |\n",
        6,
        "inconsistent cell count within the table",
    ),
    "a row that is not closed": (
        "Feature: f\n Scenario: s\n  Given a\n   | a | b |\n   | c | d \\",
        5,
        "inconsistent cell count within the table",
    ),
    "an unknown language": (
        "# language: enn\nFeature: f\n",
        1,
        "there is no spoken language 'enn'; did you mean en?",
    ),
    "a language like no other": (
        "# language: qqqqqq\nFeature: f\n",
        1,
        "there is no spoken language 'qqqqqq'; it is a code such as en, de or fr.",
    ),
    "no Gherkin at all": ("a letter\n", 1, "'a letter' is not expected here"),
    "a line between": ("Feature: f\n Scenario: s\n  Given a\n lost\n", 4, "'lost' is not expected"),
    "a second feature": (
        "Feature: f\n Scenario: s\n  Given a\nFeature: g\n",
        4,
        "'Feature: g' is not expected here",
    ),
    "a tag and then nothing": ("Feature: f\n @a\n", 3, "the file ends after a tag"),
    "a tag with a space": ("Feature: f\n @a b\n", 2, "a tag may not contain whitespace"),
    "a tag with a space of another kind": (
        "Feature: f\n @a\u00a0b\n Scenario: s\n  Given a\n",
        2,
        "a tag may not contain whitespace",
    ),
    "an open doc string": (
        'Feature: f\n Scenario: s\n  Given a\n   """\n   b\n',
        6,
        "the file ends inside a doc string",
    ),
    "two doc strings": (
        'Feature: f\n Scenario: s\n  Given a\n  """\n  """\n  """\n  """\n',
        6,
        "is not expected here",
    ),
}


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_what_gherkin_allows_gives_scenarios_to_run(text: str) -> None:
    found = parse_text(text, "f.feature")
    assert found
    assert [type(each) for each in found] == [Scenario] * len(found)


@pytest.mark.parametrize(("text", "line", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_gherkin_is_one_problem_at_its_line(text: str, line: int, said: str) -> None:
    (problem,) = parse_text(text, "f.feature")
    assert isinstance(problem, FeatureProblem)
    assert problem.line == line
    assert said in problem.message
