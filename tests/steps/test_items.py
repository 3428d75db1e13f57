"""Scenarios as tests of pytest: with the user's own steps and fixtures, on any target."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.steps.conftest import Folder


def test_a_step_definition_of_a_folder_counts_there_only(folder: Folder) -> None:
    definition = "from pytest_bdd import given\n@given('here')\ndef _(): ...\n"
    folder.write("a/conftest.py", definition)
    for name in ("a", "b"):
        folder.write(f"{name}/one.feature", f"Feature: {name}\n Scenario: s\n  Given here\n")
    folder.pytest("-q", "--smslab-no-reports", "--import-mode=importlib")
    assert folder.statuses() == {"a > s": "passed", "b > s": "undefined"}


def test_fixtures_of_the_user_see_the_running_instance_and_what_steps_provide(
    folder: Folder,
) -> None:
    folder.write(
        "conftest.py",
        """
        import pytest
        from pytest_bdd import given, then

        @pytest.fixture(autouse=True)
        def begun(instance):
            return instance.core.clock.now

        @pytest.fixture
        def doubled(value):
            return 2 * value

        @given("a value", target_fixture="value")
        def _():
            return 21

        @then("all is the same")
        def _(instance, scene, doubled, begun, request):
            assert scene.instance is instance
            assert doubled == 42
            assert request.node.name == "s"
        """,
    )
    folder.write("a.feature", "Feature: f\n Scenario: s\n  Given a value\n  Then all is the same\n")
    ended = folder.pytest("-q", "--smslab-no-reports")
    assert ended.returncode == 0, ended.stdout


def test_another_target_can_make_the_stage(folder: Folder) -> None:
    folder.write(
        "conftest.py",
        """
        from pytest_bdd import given
        from smslab.steps.engine.stage import Stage, simulator_stage

        def pytest_smslab_make_stage(seed, policy):
            stage = simulator_stage(seed, policy)
            return Stage("another target", stage.scene, stage.journal, stage.clock)

        @given("another target")
        def _(instance):
            assert instance == "another target"
        """,
    )
    folder.write("a.feature", "Feature: f\n Scenario: s\n  Given another target\n")
    assert folder.pytest("-q", "--smslab-no-reports").returncode == 0
