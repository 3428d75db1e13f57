"""The nearest valid choice: offered only where it is like what was said."""

from __future__ import annotations

import pytest

from smslab.simulator.nearest import did_you_mean, nearest

STATES = ("Available", "Away", "Offline")


@pytest.mark.parametrize(
    ("word", "near"), [("Offlin", "Offline"), ("Awy", "Away"), ("xyz", None), ("", None)]
)
def test_the_nearest_is_like_the_word_or_there_is_none(word: str, near: str | None) -> None:
    assert nearest(word, STATES) == near


def test_how_like_it_must_be_can_be_said() -> None:
    assert nearest("Aisle", STATES, 0.9) is None
    assert nearest("Aisle", STATES, 0.0) is not None


def test_a_question_where_one_is_near_else_all_of_them() -> None:
    assert did_you_mean("Offlin", iter(STATES)) == "did you mean 'Offline'?"
    assert did_you_mean("xyz", iter(STATES)) == "there are: Available, Away, Offline."


def test_where_there_is_nothing_to_choose_from_it_says_so() -> None:
    assert did_you_mean("xyz", []) == "there is none yet."
