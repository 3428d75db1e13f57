"""A scenario runs step by step, and its record says what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from smslab.reports.journal_file import ResultLine, ScenarioRecord

if TYPE_CHECKING:
    from tests.steps.conftest import Folder


def result(record: ScenarioRecord) -> ResultLine:
    assert record.result is not None
    return record.result


def statuses(record: ScenarioRecord) -> list[str]:
    return [step.status for step in record.steps]


FOUR = """
    Feature: f
      Scenario: s
        Given a
        When b
        Then c
        And d
"""


def test_arguments_tables_doc_strings_and_targets_reach_the_steps(folder: Folder) -> None:
    (record,) = folder.run(
        """
        Feature: f
          Scenario: s
            Given Ana has 2 letters
              | to  | text |
              | Ben | hi   |
            When she reads
              \"\"\"
              one
              two
              \"\"\"
            Then all is there
        """,
        """
        @given(parse("{party} has {int} letters"), target_fixture="letters")
        def _(party, int, datatable):
            return party, int, datatable

        @when("she reads", target_fixture="read")
        def _(docstring):
            return docstring

        @then("all is there")
        def _(letters, read, optional="default"):
            assert letters == ("Ana", 2, [["to", "text"], ["Ben", "hi"]])
            assert read == "one\\ntwo"
            assert optional == "default"
        """,
    )
    assert result(record).status == "passed", result(record).message
    assert record.steps[0].table == (("to", "text"), ("Ben", "hi"))
    assert record.steps[1].docstring == "one\ntwo"


def test_after_a_failure_the_other_steps_are_skipped(folder: Folder) -> None:
    (record,) = folder.run(
        FOUR,
        """
        @step("a")
        @step("c")
        @step("d")
        def _(): ...

        @step("b")
        def _():
            raise AssertionError("expected Ana, got Ben")
        """,
    )
    assert statuses(record) == ["passed", "failed", "skipped", "skipped"]
    assert result(record) == ResultLine("f > s", "failed", 1, 4, "expected Ana, got Ben", None)
    assert record.steps[1].message == "expected Ana, got Ben"


def test_an_unexpected_error_is_said_with_its_place_and_a_short_traceback(folder: Folder) -> None:
    (record,) = folder.run(
        "Feature: f\n Scenario: s\n  Given a\n",
        """
        def helper():
            return {}["x"]

        @given("a")
        def _():
            helper()
        """,
    )
    ended = result(record)
    assert ended.status == "failed"
    assert ended.message is not None
    assert ended.message.startswith("KeyError: 'x' (")
    assert ended.message.endswith("phrases.py:6)")
    assert ended.detail is not None
    assert "runner.py" not in ended.detail
    assert ended.detail.endswith("KeyError: 'x'")


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ("raise NotImplementedError", "pending", "the step is not written yet"),
        ("raise NotImplementedError('after the move')", "pending", "after the move"),
        ("pytest.skip('not on this target')", "skipped", "not on this target"),
        ("pytest.fail('not so')", "failed", "not so"),
        ("assert False", "failed", "does not hold"),
    ],
)
def test_how_a_step_can_end(folder: Folder, body: str, status: str, said: str) -> None:
    (record,) = folder.run(
        "Feature: f\n Scenario: s\n  Given a\n  Then b\n",
        f"""
        @given("a")
        def _():
            {body}

        @then("b")
        def _(): ...
        """,
    )
    assert statuses(record) == [status, "skipped"]
    assert result(record).status == status
    assert said in str(result(record).message)


def test_what_the_scene_complains_about_at_the_end_is_the_fault_of_the_last_when(
    folder: Folder,
) -> None:
    (record,) = folder.run(
        FOUR,
        """
        @step("a")
        @step("c")
        @step("d")
        def _(): ...

        @when("b")
        def _(scene):
            scene.unexplained = "the send was refused, and no step says so"
        """,
    )
    assert statuses(record) == ["passed", "failed", "passed", "passed"]
    assert (result(record).step, result(record).at) == (1, 4)
    assert result(record).message == "the send was refused, and no step says so"


def test_events_carry_the_position_of_the_step_that_caused_them(folder: Folder) -> None:
    (record,) = folder.run(
        FOUR,
        """
        from datetime import UTC, datetime

        @step("a")
        @step("c")
        def _(): ...

        @step("b")
        @step("d")
        def _(instance):
            instance.journal.record(
                time=datetime(2026, 1, 5, tzinfo=UTC), entity="message", id="m", field="state",
                old=None, new="sent", command="send", rule=None, actor="agent-1",
            )
        """,
    )
    assert [(event.sequence, event.step) for event in record.events] == [(1, 1), (2, 3)]


def test_a_fixture_that_nobody_provides(folder: Folder) -> None:
    (record,) = folder.run(
        "Feature: f\n Scenario: s\n  Given a\n", "@given('a')\ndef _(nobodys): ..."
    )
    assert result(record).status == "failed"
    assert "'nobodys'" in str(result(record).message)


def test_scenarios_share_nothing(folder: Folder) -> None:
    records = folder.run(
        """
        Feature: f
          Scenario: a
            Given it is provided
          Scenario: b
            Then it is there
        """,
        """
        @given("it is provided", target_fixture="it")
        def _():
            return 1

        @then("it is there")
        def _(it): ...
        """,
    )
    assert [result(record).status for record in records] == ["passed", "failed"]
