"""Strict before running: what is undefined, ambiguous or ignored is said, and nothing runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smslab.steps.engine.parsing import parse_text
from smslab.steps.engine.planning import PlannedScenario, plan, plan_features
from smslab.steps.engine.registry import Registry

Phrases = Callable[[str], Registry]

SOURCE = """
    @given(parse("{party} is a consumer"))
    def _(party): ...

    @given(parse("{party} is a consumer in {string}"))
    def _(party, string): ...

    @when(parse("{party} texts {string}"))
    def _(party, string): ...

    @when(parse('{party} texts "hello"'))
    def _(party): ...

    @then("these states change")
    def _(datatable): ...

    @then("the text is")
    def _(docstring): ...
"""


def planned(phrases: Phrases, steps: str) -> PlannedScenario:
    (candidate,) = parse_text(f"Feature: f\n Scenario: s\n{steps}\n", "a.feature")
    return plan(candidate, phrases(SOURCE))


def test_every_step_of_a_sound_scenario_is_bound(phrases: Phrases) -> None:
    sound = planned(phrases, '  Given Ana is a consumer\n  When Ana texts "x"')
    assert sound.status == "ready"
    assert [d.phrase for d in sound.definitions] == [
        "{party} is a consumer",
        "{party} texts {string}",
    ]


def test_an_undefined_step_names_the_nearest_phrases(phrases: Phrases) -> None:
    (trouble,) = planned(phrases, "  Given Ana is a consumr").troubles
    assert (trouble.status, trouble.step, trouble.at) == ("undefined", 0, 3)
    first, nearest, *_ = trouble.message.splitlines()
    assert "no phrase says `Ana is a consumr`" in first
    assert nearest.strip().startswith("{party} is a consumer  (")
    assert "phrases.py:" in nearest


def test_all_undefined_steps_are_named_not_only_the_first(phrases: Phrases) -> None:
    both = planned(phrases, "  Given Ana is a consumr\n  When Ana txts\n  Then zzz")
    assert [trouble.at for trouble in both.troubles] == [3, 4, 5]
    assert "nothing comes near" in both.troubles[2].message


def test_a_phrase_under_the_wrong_keyword(phrases: Phrases) -> None:
    (trouble,) = planned(phrases, "  Then Ana is a consumer").troubles
    assert trouble.status == "undefined"
    assert "a phrase for Given, but it stands where Then is expected" in trouble.message


def test_an_ambiguous_step_names_all_definitions(phrases: Phrases) -> None:
    (trouble,) = planned(phrases, '  When Ana texts "hello"').troubles
    assert trouble.status == "ambiguous"
    places = [line for line in trouble.message.splitlines() if "phrases.py:" in line]
    assert len(places) == 2


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("  Given Ana is a consumer\n   | a |", "takes no table"),
        ('  Given Ana is a consumer\n   """\n   a\n   """', "takes no doc string"),
        ("  Then these states change", "needs a table"),
        ("  Then the text is", "needs a doc string"),
    ],
)
def test_a_table_or_doc_string_too_many_or_too_few(phrases: Phrases, steps: str, said: str) -> None:
    (trouble,) = planned(phrases, steps).troubles
    assert said in trouble.message


def test_ambiguous_weighs_more_than_undefined(phrases: Phrases) -> None:
    assert planned(phrases, '  Given x\n  When Ana texts "hello"').status == "ambiguous"


def test_the_plan_of_folders_is_in_the_order_of_keys(phrases: Phrases, tmp_path: Path) -> None:
    for name in ("b", "a"):
        file = tmp_path / name / "one.feature"
        file.parent.mkdir()
        file.write_text(f"Feature: {name}\n Scenario: s\n  Given Ana is a consumer\n")
    plans = plan_features([tmp_path / "b", tmp_path], phrases(SOURCE))
    assert [each.scenario.key for each in plans] == ["a > s", "b > s"]


def test_a_path_that_does_not_exist(phrases: Phrases, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        plan_features([tmp_path / "no"], phrases(SOURCE))
