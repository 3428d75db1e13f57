"""Steps that are async are awaited; steps that yield are finished at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smslab.reports.journal_file import ResultLine, ScenarioRecord

if TYPE_CHECKING:
    from tests.steps.conftest import Folder


def result(record: ScenarioRecord) -> ResultLine:
    assert record.result is not None
    return record.result


def test_an_async_step_is_awaited(folder: Folder) -> None:
    failing, passing = folder.run(
        """
        Feature: f
          Scenario: a fails
            When it is awaited
            Then it is 2
          Scenario: b passes
            When it is awaited
            Then it is 1
        """,
        """
        import asyncio

        @when("it is awaited", target_fixture="value")
        async def _():
            await asyncio.sleep(0)
            return 1

        @then(parse("it is {int}"))
        async def _(int, value):
            assert value == int, f"expected {int}, got {value}"
        """,
    )
    assert result(passing).status == "passed"
    assert result(failing).status == "failed"
    assert "expected 2, got 1" in str(result(failing).message)


def test_what_a_plain_step_returns_is_awaited_too(folder: Folder) -> None:
    (record,) = folder.run(
        "Feature: f\n Scenario: s\n  Given a\n",
        """
        async def fails():
            raise AssertionError("awaited")

        @given("a")
        def _():
            return fails()
        """,
    )
    assert result(record).message == "awaited"


def test_an_async_step_that_yields_is_refused(folder: Folder) -> None:
    (record,) = folder.run(
        "Feature: f\n Scenario: s\n  Given a\n",
        """
        @given("a")
        async def _():
            yield 1
        """,
    )
    assert result(record).status == "failed"
    assert "cannot yield" in str(result(record).message)


def test_a_step_that_yields_is_finished_after_the_last_in_reverse(folder: Folder) -> None:
    source = """
        log = []

        @step(parse("open {word}"), target_fixture="opened")
        def _(word):
            log.append(word)
            yield word
            log.append(f"close {word}")

        @then(parse("{word} is open"))
        def _(word, opened):
            assert (opened, log) == (word, ["x", "y"])

        @step("fails on closing")
        def _():
            assert log == ["x", "y", "close y", "close x"], log
            yield
            raise AssertionError("cannot be closed")
    """
    passing, failing = folder.run(
        """
        Feature: f
          Scenario: a
            Given open x
            When open y
            Then y is open
          Scenario: b
            Given fails on closing
        """,
        source,
    )
    assert result(passing).status == "passed", result(passing).message
    assert result(failing).message == "cannot be closed"
