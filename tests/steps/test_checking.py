"""Everything is found before anything runs: with file, line, nearest phrases and a snippet."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from smslab.steps.engine.checking import Problem, check
from smslab.steps.engine.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.steps.conftest import Folder

SOURCE = """
    @given(parse("{party} is here"))
    def _(party): ...

    @when(parse("{party} leaves"))
    def _(party): ...

    @when(parse("{party} lea{word}"))
    def _(party, word): ...

    @then("a table follows")
    def _(datatable): ...
"""


def found(folder: Folder, phrases: Callable[[str], Registry], text: str) -> list[Problem]:
    folder.write("a.feature", dedent(text))
    return check([Path("a.feature")], phrases(SOURCE.replace("{word}", "{int}")))


PROBLEMS = {
    "undefined": (
        "Feature: f\n  Scenario: s\n    Given Ana is heer\n",
        ("undefined", 3, "{party} is here"),
    ),
    "wrong keyword": (
        "Feature: f\n  Scenario: s\n    Then Ana is here\n",
        ("undefined", 3, "is a phrase for Given"),
    ),
    "table missing": (
        "Feature: f\n  Scenario: s\n    Then a table follows\n",
        ("undefined", 3, "needs a table"),
    ),
    "same name": (
        "Feature: f\n  Scenario: s\n    Given Ana is here\n  Scenario: s\n    Given Ben is here\n",
        ("broken", 4, 'the name "s" is already that of the scenario in line 2'),
    ),
    "empty feature": ("Feature: f\n", ("broken", 1, "the feature has no scenario")),
    "empty file": ("", ("broken", 1, "the file is empty")),
    "unused column": (
        "Feature: f\n  Scenario: s\n    Given <name> is here\n    Examples:\n"
        "      | name | nothing |\n      | Ana  | 1       |\n",
        ("broken", 5, "no step uses the Examples column 'nothing'"),
    ),
    "unknown placeholder": (
        "Feature: f\n  Scenario: <name>\n    Given <nam> is here\n    Examples:\n"
        "      | name |\n      | Ana  |\n",
        ("broken", 3, "<nam> is no column of the Examples in line 5; did you mean <name>?"),
    ),
    "unknown tag": (
        "@slow @A-4\nFeature: f\n  @A-44 @fine-1x\n  Scenario: s\n    Given Ana is here\n",
        ("broken", 3, "@A-44 looks like a rule, but the catalogue has none"),
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_each_problem_is_found_at_its_line(
    folder: Folder, phrases: Callable[[str], Registry], name: str
) -> None:
    text, (kind, line, said) = PROBLEMS[name]
    problems = [p for p in found(folder, phrases, text) if said in p.message]
    assert [(p.file, p.kind, p.line) for p in problems] == [("a.feature", kind, line)]


def test_placeholders_count_wherever_gherkin_fills_them_in(
    folder: Folder, phrases: Callable[[str], Registry]
) -> None:
    text = """
        Feature: f
          Scenario: <in name>
            Given <in step> is here
            Then a table follows
              | <in cell> |
            Examples:
              | in name | in step | in cell |
              | a       | Ana     | b       |
    """
    assert found(folder, phrases, text) == []


def test_rows_of_an_outline_that_share_a_problem_name_it_once(
    folder: Folder, phrases: Callable[[str], Registry]
) -> None:
    rows = "".join(f"      | Ana | {n} |\n" for n in range(5))
    text = "Feature: f\n  Scenario: s\n    Given <a> is here\n    Given no\n    Examples:\n"
    problems = found(folder, phrases, f"{text}      | a | b |\n{rows}")
    assert [(p.kind, p.line) for p in problems] == [("undefined", 4), ("broken", 6)]


def test_both_definitions_of_an_ambiguous_step_are_named(
    folder: Folder, phrases: Callable[[str], Registry]
) -> None:
    folder.write("a.feature", "Feature: f\n  Scenario: s\n    Given two fit\n")
    source = '@given("two fit")\ndef _(): ...\n@given(parsers.re("two .*"))\ndef _(): ...\n'
    (problem,) = check([Path("a.feature")], phrases(source))
    assert problem.kind == "ambiguous"
    assert "phrases.py:4" in problem.message
    assert "phrases.py:6" in problem.message


def test_a_definition_that_says_what_another_says_can_never_be_reached(
    folder: Folder, phrases: Callable[[str], Registry]
) -> None:
    folder.write("a.feature", "Feature: f\n  Scenario: s\n    Given b\n")
    source = '@given("a")\ndef _(): ...\n@when("a")\ndef _(): ...\n@step("a")\ndef _(): ...\n'
    source += '@given("b")\ndef _(): ...\n'
    (problem,) = check([Path("a.feature")], phrases(source))
    assert (problem.kind, problem.line) == ("unreachable", 8)
    assert "`a` is said by phrases.py:4, too" in problem.message


def test_a_file_with_steps_that_nothing_loads_is_named(
    folder: Folder, phrases: Callable[[str], Registry]
) -> None:
    folder.write("a.feature", "Feature: f\n  Scenario: s\n    Given Ana is here\n")
    folder.write("steps/more.py", "from pytest_bdd import given\n\n@given('x')\ndef _(): ...\n")
    folder.write("steps/none.py", "import pytest_bdd\n")
    folder.write("steps/wrong.py", "import pytest_bdd\n@given('x'\n")
    (problem,) = check([Path("a.feature")], phrases(SOURCE.replace("{word}", "{int}")))
    assert (problem.file, problem.line, problem.kind) == ("steps/more.py", 3, "unreachable")


def test_two_scenarios_of_one_name_can_be_allowed(
    folder: Folder, phrases: Callable[[str], Registry]
) -> None:
    text, _ = PROBLEMS["same name"]
    folder.write("a.feature", text)
    registry = phrases(SOURCE.replace("{word}", "{int}"))
    assert check([Path("a.feature")], registry, allow_same_names=True) == []


def test_keys_are_compared_across_files_with_phrases_of_their_own(
    folder: Folder, phrases: Callable[[str], Registry]
) -> None:
    for name in ("a", "b"):
        folder.write(f"{name}.feature", f"Feature: f\n  Scenario: s\n    Given {name}\n")
    known = {n: phrases(f'@given("{n}")\ndef _(): ...\n') for n in ("a", "b")}
    (problem,) = check([Path()], lambda file: known[file.stem])
    assert problem.file == "b.feature"
    assert "already that of a.feature:2" in problem.message


def test_the_features_that_come_with_smslab_mean_what_they_say() -> None:
    import smslab.features
    from smslab.steps.engine.direct import language

    kinds = {p.kind for p in check([Path(smslab.features.__path__[0])], language())}
    assert not kinds & {"broken", "unreachable", "ambiguous"}
