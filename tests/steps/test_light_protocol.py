"""The light protocol leaves out only what nobody hears: all else is as in pytest's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

FEATURE = """
Feature: f
  Scenario: a value
    Given a value
  Scenario: a value that is torn down
    Given a value that is torn down
  Scenario: a value with a finalizer
    Given a value with a finalizer
  Scenario: a finalizer of the scenario
    Given a finalizer of the scenario
  Scenario: a value of all scenarios
    Given a value of all scenarios
  Scenario: a tear-down that fails
    Given a tear-down that fails
  Scenario: nothing
    Given nothing
  Scenario: a value at the end
    Given a value
"""

CONFTEST = """
import pytest
from pathlib import Path
from pytest_bdd import given

def note(what):
    print(f"said: {what}")
    with Path("notes.txt").open("a") as notes:
        notes.write(f"{what}\\n")

@pytest.fixture
def value():
    note("value")
    return 1

@pytest.fixture
def torn_down(value):
    yield value
    note("torn down")

@pytest.fixture
def finalized(request):
    request.addfinalizer(lambda: note("finalized"))

@pytest.fixture(scope="session")
def of_all():
    note("made for all")
    yield
    note("torn down for all")

@pytest.fixture
def failing():
    yield
    note("about to fail")
    assert False, "it fails"

@given("a value")
def _(value): ...

@given("a value that is torn down")
def _(torn_down): ...

@given("a value with a finalizer")
def _(finalized): ...

@given("a finalizer of the scenario")
def _(request):
    request.node.addfinalizer(lambda: note("scenario finalized"))

@given("a value of all scenarios")
def _(of_all): ...

@given("a tear-down that fails")
def _(failing): ...

@given("nothing")
def _(): note("nothing")
"""

ALL_OF_IT = """

def pytest_runtest_teardown(item):
    pass
"""
"""A hook that the light protocol does not know, so that pytest runs the scenarios."""

MADE = ["value", "value", "torn down", "finalized", "scenario finalized", "made for all"]
NOTES = [*MADE, "about to fail", "nothing", "value", "torn down for all"]


@pytest.mark.parametrize("more", ["", ALL_OF_IT], ids=["light", "all of it"])
def test_what_is_set_up_is_torn_down_in_the_same_order(folder: Folder, more: str) -> None:
    folder.write("a.feature", FEATURE)
    folder.write("conftest.py", CONFTEST + more)
    ended = folder.pytest("-q", "--smslab-no-reports")
    assert (folder.path / "notes.txt").read_text().splitlines() == NOTES
    statuses = folder.statuses()
    assert statuses.pop("f > a tear-down that fails") == "failed"
    assert set(statuses.values()) == {"passed"}
    # what is said while things are torn down is kept for whoever looks at the failure
    assert "said: torn down\n" not in ended.stdout
    assert "Captured stdout teardown" in ended.stdout
    assert "said: about to fail" in ended.stdout


@pytest.mark.parametrize("more", ["", ALL_OF_IT], ids=["light", "all of it"])
def test_a_value_that_is_a_coroutine_nobody_awaits_fails_its_scenario(
    folder: Folder, more: str
) -> None:
    conftest = """
import pytest
from pytest_bdd import given

async def send(): ...

@pytest.fixture
def sent():
    return [send()]

@given("it is sent")
def _(sent): ...
"""
    folder.write("conftest.py", conftest + more)
    steps = "    Given it is sent\n"
    folder.write("a.feature", f"Feature: f\n  Scenario: s\n{steps}  Scenario: t\n{steps}")
    ended = folder.pytest("-q", "--smslab-no-reports")
    assert folder.statuses() == {"f > s": "failed", "f > t": "failed"}
    assert "'send' was called, but never awaited" in ended.stdout


def test_hooks_of_a_folder_hear_of_its_scenarios_only(folder: Folder) -> None:
    for name in ("a", "b"):
        folder.write(
            f"{name}/conftest.py",
            f"""
            from pathlib import Path
            from pytest_bdd import given

            def pytest_runtest_logstart(nodeid, location):
                with Path("{name}.txt").open("a") as heard:
                    heard.write(f"{{nodeid}} {{location[0]}}:{{location[1]}}\\n")

            @given("it is {name}")
            def _(): ...
            """,
        )
        folder.write(
            f"{name}/one.feature", f"Feature: {name}\n\n Scenario: s\n  Given it is {name}\n"
        )
    ended = folder.pytest("-q", "--smslab-no-reports", "--import-mode=importlib")
    assert ended.returncode == 0, ended.stdout
    for name in ("a", "b"):
        heard = (folder.path / f"{name}.txt").read_text().splitlines()
        assert heard == [f"{name}/one.feature::s {name}/one.feature:2"]


def test_the_faker_of_a_user_is_there_for_who_asks(folder: Folder) -> None:
    folder.write(
        "conftest.py",
        """
        from pytest_bdd import given

        @given("a name")
        def _(faker):
            assert faker.name()
        """,
    )
    folder.write("a.feature", "Feature: f\n Scenario: s\n  Given a name\n")
    ended = folder.pytest("-q", "--smslab-no-reports", "-pfaker.contrib.pytest.plugin")
    assert ended.returncode == 0, ended.stdout
