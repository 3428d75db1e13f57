"""What a scenario exercised: its tags, but of the decision rows those that it carried out."""

from __future__ import annotations

import pytest

from smslab.reports.exercised import exercised
from tests.reports.story import Story


def told(outcome: str, *tags: str) -> set[str]:
    story = Story("s", tags=tags).step("When", "Cleo texts Ana")
    story.create("decision", "decision-1", row="A-1", outcome=outcome)
    return exercised(story.passed())


@pytest.mark.parametrize("outcome", ["sent", "received", "undone"])
def test_a_row_that_was_carried_out_is_exercised_whatever_the_tags_say(outcome: str) -> None:
    assert told(outcome) == {"A-1"}
    assert told(outcome, "@A-4", "@P-2", "@smoke") == {"A-1", "P-2"}


@pytest.mark.parametrize("outcome", ["warned", "declined", "refused"])
def test_a_row_that_was_only_looked_at_is_not(outcome: str) -> None:
    assert told(outcome, "@A-1", "@P-5") == {"P-5"}
