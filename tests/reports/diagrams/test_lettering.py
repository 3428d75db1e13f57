"""Text of drawings fits its room, on one line, and hides nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smslab.reports.diagrams.lettering import clean, fitted, width


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert fitted("Ana & Ben", 200) == "Ana &amp; Ben"


def test_a_text_that_does_not_fit_is_shortened_and_has_all_of_it_as_title() -> None:
    assert fitted("Work In Progress", 60) == "Work I…<title>Work In Progress</title>"


def test_an_endless_text_has_a_title_that_ends() -> None:
    assert len(fitted("W" * 10_000, 100)) < 500


def test_bold_letters_take_more_room() -> None:
    assert width("Closed Complete", bold=True) > width("Closed Complete")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\tand  blanks", "two lines and blanks"),
        ("\u202egnihtyreve sesrever\u2066", "gnihtyreve sesrever"),
        ("a\x00b\ufffe", "a\ufffdb\ufffd"),
        ("e" + "\u0301" * 9, "e\u0301\u0301"),
        ("مرحبا", "مرحبا"),
    ],
)
def test_signs_that_cannot_be_seen_or_turn_others_around_are_gone(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text(max_size=60), st.integers(20, 300))
def test_no_text_is_wider_than_its_room(text: str, room: int) -> None:
    shown = fitted(text, room).partition("<title>")[0]
    for sign, entity in (("<", "&lt;"), (">", "&gt;"), ("'", "&#39;"), ('"', "&#34;")):
        shown = shown.replace(entity, sign)
    assert width(shown.replace("&amp;", "&")) <= room
