"""Phrases as Cucumber Expressions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cucumber_expressions.errors import CucumberExpressionError
from hypothesis import given
from hypothesis import strategies as st

from smslab.steps.language.parser import parse


@pytest.mark.parametrize(
    ("phrase", "text", "arguments"),
    [
        ("{party} texts {party}", "Ana texts Ben Otto", {"party": "Ana", "party2": "Ben Otto"}),
        ("{party}'s number", "Ana-Maria Öz's number", {"party": "Ana-Maria Öz"}),
        ("{party} has {int} message(s)", "Ana has 1 message", {"party": "Ana", "int": 1}),
        ("at {phone}", 'at "+49 151 (2)"', {"phone": "+49 151 (2)"}),
        ("says {string}", 'says "a \\"b\\" c"', {"string": 'a "b" c'}),
        ("row {rule} applies/fires", "row A-4 fires", {"rule": "A-4"}),
        ("after {duration}", "after 2 days", {"duration": timedelta(days=2)}),
        ("after {duration}", "after 1 hour 30 minutes", {"duration": timedelta(minutes=90)}),
        ("after {duration}", "after 1 hour and 1 second", {"duration": timedelta(seconds=3601)}),
    ],
)
def test_arguments_are_called_after_their_types(
    phrase: str, text: str, arguments: dict[str, object]
) -> None:
    assert parse(phrase).is_matching(text)
    assert parse(phrase).parse_arguments(text) == arguments


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("{party} texts {party}", "Ana texts ben"),
        ("{party} is here", "the agent is here"),
        ("{party} is here", "Ana is here now"),
        ("{party} is here", "so Ana is here"),
        ("after {duration}", "after 2"),
        ("row {rule}", "row A4"),
    ],
)
def test_other_texts_do_not_fit(phrase: str, text: str) -> None:
    assert not parse(phrase).is_matching(text)
    assert parse(phrase).parse_arguments(text) is None


def test_a_malformed_phrase_is_an_error_when_a_text_is_compared_with_it() -> None:
    with pytest.raises(CucumberExpressionError, match="nobody"):
        parse("{nobody} is here").is_matching("Ana is here")


@given(
    st.lists(
        st.sampled_from(
            ["{party}", "agent(s)", "at/on", "number", "the", "{int}", "x(y)z", "\\(a)"]
        ),
        min_size=1,
    )
)
def test_every_text_of_a_phrase_has_its_fixed_words(pieces: list[str]) -> None:
    sample = {"{party}": "Ana", "agent(s)": "agents", "at/on": "on", "{int}": "7", "x(y)z": "xz"}
    phrase = parse(" ".join(pieces))
    text = " ".join({**sample, "\\(a)": "(a)"}.get(piece, piece) for piece in pieces)
    assert phrase.is_matching(text)
    assert phrase.words <= set(text.split())
