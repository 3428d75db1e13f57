"""A coroutine that nobody awaits fails its step; every other warning goes its way."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from smslab.steps.engine.unawaited import NeverAwaited, Unawaited

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

STEPS = """
    async def send():
        raise AssertionError("it runs")

    @given("it is dropped")
    def _():
        send()

    @given("it is dropped in a list")
    def _():
        return [send(), 1]

    @given("it is dropped by an async step")
    async def _():
        send()

    @given("it is dropped at the end")
    def _():
        yield
        send()

    @given("a warning")
    def _():
        import warnings
        warnings.warn("look out", RuntimeWarning, stacklevel=1)
"""


async def nothing() -> None: ...


def make_and_drop(function: Callable[[], object]) -> None:
    function()


@pytest.mark.parametrize(
    "step", ["dropped", "dropped in a list", "dropped by an async step", "dropped at the end"]
)
def test_a_dropped_coroutine_fails_its_step(folder: Folder, step: str) -> None:
    (record,) = folder.run(f"Feature: f\n  Scenario: s\n    Given it is {step}\n", STEPS)
    assert record.result is not None
    assert (record.result.status, record.result.step) == ("failed", 0)
    assert "'send' was called, but never awaited" in str(record.result.message)


def test_it_fails_every_time(folder: Folder) -> None:
    steps = "    Given it is dropped\n"
    scenarios = "".join(f"  Scenario: s{n}\n{steps}" for n in range(3))
    records = folder.run(f"Feature: f\n{scenarios}", STEPS)
    assert [r.result.status for r in records if r.result] == ["failed"] * 3


def test_other_warnings_are_heard_as_before(folder: Folder) -> None:
    with pytest.warns(RuntimeWarning, match="look out"):
        (record,) = folder.run("Feature: f\n  Scenario: s\n    Given a warning\n", STEPS)
    assert record.result is not None
    assert record.result.status == "passed"


def test_the_filters_of_the_process_are_what_they_were() -> None:
    before = list(warnings.filters)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Unawaited() as unawaited:
            make_and_drop(nothing)
            with pytest.raises(NeverAwaited, match="'nothing' was called"):
                unawaited.check()
            unawaited.check()
    assert warnings.filters == before


def test_a_fixture_that_drops_one_at_the_end_fails_the_scenario(folder: Folder) -> None:
    folder.write(
        "conftest.py",
        """
        import pytest
        from pytest_bdd import given

        async def send(): ...

        @pytest.fixture
        def sender():
            yield
            send()

        @given("a sender")
        def _(sender): ...
        """,
    )
    folder.write("a.feature", "Feature: f\n  Scenario: s\n    Given a sender\n")
    assert folder.pytest("-q", "--smslab-no-reports").returncode == 1
    assert folder.statuses() == {"f > s": "failed"}
