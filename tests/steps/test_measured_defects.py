"""What other runners were measured to do wrong with features, and what happens here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from smslab.steps.engine.model import Step
from smslab.steps.engine.registry import Registry, StepDefinition

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.steps.conftest import Folder

CONFTEST = """
    from pytest_bdd import given, parsers

    @given("it holds")
    def _(): ...

    @given("it is awaited")
    async def _():
        raise AssertionError("awaited")

    @given("one of two")
    def _(): ...

    @given(parsers.re("one of t.*"))
    def _(): ...
"""


def scenario(name: str, step: str) -> str:
    return f"  Scenario: {name}\n    Given {step}\n"


@pytest.fixture
def project(folder: Folder) -> Folder:
    folder.write("conftest.py", CONFTEST)
    return folder


def test_of_two_scenarios_of_one_name_none_vanishes(project: Folder) -> None:
    project.write("a.feature", "Feature: f\n" + scenario("s", "it holds") * 2)
    assert project.pytest("-q", "--smslab-no-reports").returncode == 1
    assert project.statuses() == {"f > s": "passed", "f > s (2)": "broken"}


def test_an_async_step_is_awaited(project: Folder) -> None:
    project.write("a.feature", "Feature: f\n" + scenario("s", "it is awaited"))
    assert project.pytest("-q", "--smslab-no-reports").returncode == 1
    assert project.statuses() == {"f > s": "failed"}


def test_an_ambiguous_step_takes_no_definition(project: Folder) -> None:
    project.write("a.feature", "Feature: f\n" + scenario("s", "one of two"))
    assert project.pytest("-q", "--smslab-no-reports").returncode == 1
    assert project.statuses() == {"f > s": "ambiguous"}


@pytest.mark.parametrize("processes", [[], ["-n", "2"]])
def test_reports_hold_tables_doc_strings_rules_and_values_and_what_was_undefined(
    project: Folder, processes: list[str]
) -> None:
    project.write(
        "a.feature",
        "Feature: f\n  Rule: r\n    Scenario: s\n      Given <a>\n        | x |\n      And b\n"
        '        """\n        y\n        """\n      Examples:\n        | a |\n        | c |\n',
    )
    assert project.pytest("-q", "--smslab-no-reports", *processes).returncode == 1
    (record,) = project.journal().scenarios
    assert record.result is not None
    assert record.result.status == "undefined"
    assert (record.scenario.rule, record.scenario.examples) == ("r", {"a": "c"})
    assert record.steps[0].table == (("x",),)
    assert record.steps[1].docstring == "y"
    assert [step.status for step in record.steps] == ["undefined", "undefined"]


def test_what_a_step_provides_is_let_go_when_the_scenario_ends(project: Folder) -> None:
    project.write(
        "conftest.py",
        """
        import gc, weakref
        import pytest
        from pytest_bdd import given

        class Value: ...
        KEPT = []

        @pytest.fixture
        def user(value):
            return value

        @given("a value", target_fixture="value")
        def _():
            value = Value()
            KEPT.append(weakref.ref(value))
            return value

        @given("it is used")
        def _(user, value):
            assert user is value

        @given("nothing is kept")
        def _():
            gc.collect()
            assert [ref() for ref in KEPT] == [None] * 2
        """,
    )
    used = scenario("a", "a value") + "    And it is used\n" + scenario("b", "a value")
    project.write("a.feature", f"Feature: f\n{used}{scenario('c', 'nothing is kept')}")
    ended = project.pytest("-q", "--smslab-no-reports")
    assert ended.returncode == 0, ended.stdout


def test_tags_are_cucumber_expressions(project: Folder) -> None:
    tagged = (
        "  @smoke @slow\n" + scenario("a", "it holds") + "  @smoke\n" + scenario("b", "it holds")
    )
    project.write("a.feature", f"Feature: f\n{tagged}")
    assert (
        project.smslab(
            "run", "--no-reports", "--tags", "@smoke and not @slow", "a.feature"
        ).returncode
        == 0
    )
    assert project.statuses() == {"f > b": "passed"}


def test_an_empty_file_is_said_to_be_empty(project: Folder) -> None:
    project.write("a.feature", "")
    ended = project.pytest("-q", "--smslab-no-reports")
    assert ended.returncode == 1
    assert "the file is empty" in ended.stdout
    assert "KeyError" not in ended.stdout


@pytest.mark.parametrize("parser", ["parse", "parsers.parse", "parsers.cfparse"])
def test_a_text_is_compared_with_few_phrases_of_many(
    phrases: Callable[[str], Registry], monkeypatch: pytest.MonkeyPatch, parser: str
) -> None:
    names = [f"thing{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(200)]
    kind = "{int}" if parser == "parse" else "{int:d}"
    source = "".join(f'@given({parser}("the {n} costs {kind}"))\ndef _(int): ...\n' for n in names)
    registry = phrases(source)
    compared: list[str] = []
    fits = StepDefinition.fits

    def noted(self: StepDefinition, step: Step) -> bool:
        compared.append(self.phrase)
        return fits(self, step)

    monkeypatch.setattr(StepDefinition, "fits", noted)
    step = Step("Given", f"the {names[77]} costs 3", "given", 1, False)
    (found,) = registry.lookup(step)
    assert compared == [found.phrase]
    assert registry.lookup(step) == (found,)
    assert len(compared) == 1


def test_a_scenario_that_needs_no_instance_makes_none(project: Folder) -> None:
    project.write(
        "conftest.py",
        """
        import gc
        from pytest_bdd import given
        from smslab.simulator.instance import Instance

        @given("no instance")
        def _():
            assert not [each for each in gc.get_objects() if isinstance(each, Instance)]
        """,
    )
    project.write("a.feature", "Feature: f\n" + scenario("s", "no instance"))
    assert project.pytest("-q", "--smslab-no-reports").returncode == 0
