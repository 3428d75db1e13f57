"""The quick parser answers as the official one does, only sooner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gherkin.dialect import DIALECTS
from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

import smslab.features
from smslab.steps.engine.official_gherkin import document_of, pickles_of

SHIPPED = sorted(Path(smslab.features.__path__[0]).glob("*.feature"))

EVERYTHING = '''
@a @b #not a tag
Feature: f
  What it is about,
  with a | and an @ and a * in it.
  # a comment

  Background:
    Given a start

  @c
  Scenario Outline: <one>
    * a step of <one>
      | a\\|b | \\\\ | <two> |
      |      | x\\ny |     |
    When text
      """json
      Given no step
        @no tag
      \\"\\"\\"
      """
    Then other text
      ```
      | no table |
      ```
    @d
    @e
    Examples: first
      About them.
      | one | two |
      | 1   | <3> |
    Examples:

  Rule: r
    Background:
      Given another start
    Example: s
      But the end
'''

BAD = {
    "empty": "",
    "no feature": "Scenario: s\n  Given a\n",
    "a step before a scenario": "Feature: f\n  Given a\n",
    "cells": "Feature: f\n Scenario: s\n  Given a\n   | a |\n   | a | b |\n",
    "open text": 'Feature: f\n Scenario: s\n  Given a\n   """\n   text\n',
    "a tag with a space": "@a b\nFeature: f\n Scenario: s\n  Given a\n",
    "tags at the end": "Feature: f\n Scenario: s\n  Given a\n @a\n",
    "a language that is none": "# language: xx\nFeature: f\n",
    "many": "Feature: f\n" + " Scenario: s\n  nothing\n  | a |\n  nothing\n" * 12,
}


def every_keyword(language: str) -> str:
    """A feature with all the keywords of a language."""
    words: dict[str, Any] = dict(DIALECTS[language])
    lines = [f"# language: {language}", f"{words['feature'][-1]}: f"]
    lines += [f"  {words['background'][-1]}:", f"    {words['given'][-1]}a"]
    for kind in ("scenario", "scenarioOutline"):
        for heading in words[kind]:
            lines.append(f"  {heading}: {kind} of {heading}")
            for step in ("given", "when", "then", "and", "but"):
                lines += [f"    {keyword}a {step}" for keyword in words[step]]
    for heading in words["examples"]:
        lines += [f"    {heading}:", "      | a |", "      | 1 |"]
    for heading in words["rule"]:
        lines += [f"  {heading}: r", f"    {words['scenario'][0]}: in it"]
    return "\n".join(lines)


def said(parse: Callable[[str], Any], source: str) -> Any:
    """The document, or what is wrong with the source."""
    try:
        return parse(source)
    except CompositeParserException as error:
        return [str(each) for each in error.errors]
    except ParserException as error:
        return str(error)


def assert_same(source: str) -> None:
    document: Any = said(Parser().parse, source)
    assert said(document_of, source) == document
    if isinstance(document, dict) and "feature" in document:
        official: Any = Compiler()
        document["uri"] = "a.feature"
        assert pickles_of(document) == official.compile(document)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_the_features_that_ship_are_read_the_same(file: Path) -> None:
    assert_same(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", sorted(DIALECTS))
def test_every_keyword_of_every_language_is_read_the_same(language: str) -> None:
    source = every_keyword(language)
    assert "feature" in said(document_of, source)
    assert_same(source)


def test_everything_that_gherkin_has_is_read_the_same() -> None:
    assert_same(EVERYTHING)
    assert_same(EVERYTHING.replace("\n", "\r\n"))


@pytest.mark.parametrize("source", BAD.values(), ids=BAD)
def test_what_is_wrong_is_told_the_same(source: str) -> None:
    assert_same(source)


@pytest.mark.parametrize("column", ["price (EUR)", "a+b", "[0-9]", ".*", "what?", "a\\d"])
def test_the_name_of_a_column_is_text(column: str) -> None:
    document = document_of(
        f"Feature: f\n Scenario Outline: of <{column}>\n  Given <{column}> and <else>\n"
        f"  Examples:\n   | {column} | else |\n   | 7 | 8 |\n"
    )
    header = document["feature"]["children"][0]["scenario"]["examples"][0]["tableHeader"]
    assert header["cells"][0]["value"] == column
    (pickle,) = pickles_of(document | {"uri": "a.feature"})
    assert pickle["name"] == "of 7"
    assert pickle["steps"][0]["text"] == "7 and 8"
