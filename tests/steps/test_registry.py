"""Which phrase does a step call?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smslab.steps.engine.model import Kind, Step
from smslab.steps.engine.registry import Registry, language_modules

Phrases = Callable[[str], Registry]

SOURCE = """
    @given(parse("{party} is a consumer"))
    def _(party): ...

    @given("nobody is here")
    def _(): ...

    @when(parsers.parse("it rains {n:d} times"))
    def _(n): ...

    @then(parsers.re("it is (?P<what>wet|dry)"))
    def _(what): ...

    @step("anything")
    def _(): ...

    @given("it works")
    @then("it works")
    def _(): ...
"""


def found(registry: Registry, text: str, kind: Kind | None = "given") -> list[str]:
    step = Step("*", text, kind, 1, background=False)
    return [definition.phrase for definition in registry.lookup(step)]


def test_every_parser_of_pytest_bdd_and_ours_is_found(phrases: Phrases) -> None:
    registry = phrases(SOURCE)
    assert found(registry, "Ana is a consumer") == ["{party} is a consumer"]
    assert found(registry, "nobody is here") == ["nobody is here"]
    assert found(registry, "it rains 3 times", "when") == ["it rains {n:d} times"]
    assert found(registry, "it is dry", "then") == ["it is (?P<what>wet|dry)"]


def test_the_kind_of_the_step_counts(phrases: Phrases) -> None:
    registry = phrases(SOURCE)
    assert found(registry, "nobody is here", "when") == []
    assert found(registry, "nobody is here", None) == ["nobody is here"]
    assert found(registry, "anything", "then") == ["anything"]
    assert found(registry, "it works", "given") == found(registry, "it works", "then")
    assert len(found(registry, "it works", None)) == 2


def test_answers_stay_the_same_when_asked_again(phrases: Phrases) -> None:
    registry = phrases(SOURCE)
    assert found(registry, "Ana is a consumer") == found(registry, "Ana is a consumer")
    assert found(registry, "Ana is a consumer", "when") == []


def test_a_definition_imported_twice_is_one(phrases: Phrases) -> None:
    modules = language_modules()
    assert len(Registry(modules).definitions) == len(Registry([*modules, *modules]).definitions)


def test_the_index_finds_what_a_comparison_with_every_phrase_finds(phrases: Phrases) -> None:
    source = "\n".join(
        f'@given(parse("{{party}} {a} the {b}(s) {{int}}"))\ndef _(party): ...'
        for a in ("takes", "gives", "takes/gives")
        for b in ("number", "agent", "name")
    )
    registry = phrases(source)
    for verb in ("takes", "gives", "drops"):
        for noun in ("number", "agents", "names"):
            step = Step("*", f"Ana {verb} the {noun} 1", "given", 1, background=False)
            compared = [d.phrase for d in registry.definitions if d.fits(step)]
            assert sorted(found(registry, step.text)) == sorted(compared)


def test_arguments_are_converted_and_only_those_that_the_function_takes(phrases: Phrases) -> None:
    registry = phrases("""
        @given(parsers.parse("{a} and {b}"), converters={"a": int})
        def _(a): ...
    """)
    (definition,) = registry.definitions
    assert definition.arguments("1 and 2") == {"a": 1}


def test_a_definition_knows_its_place(phrases: Phrases) -> None:
    (definition,) = phrases("@given('a')\ndef _(): ...").definitions
    assert definition.place.endswith("phrases.py:4")


@pytest.mark.parametrize("kind", ["given", "when", "then"])
def test_the_language_that_ships_is_there(kind: Kind) -> None:
    assert [d for d in Registry(language_modules()).definitions if d.kind == kind]
