"""The words by which phrases are found are in every text that fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_bdd import parsers
from pytest_bdd.parsers import StepParser

from smslab.steps.engine.words import fixed_words, text_words
from smslab.steps.language.parser import parse

PHRASES: list[tuple[StepParser, set[str]]] = [
    (parsers.parse("the Order {n:d} of {name}, paid"), {"the", "order", "of", "paid"}),
    (parsers.parse("a{n:d} b"), {"b"}),
    (parsers.parse("{when:%Y-%m-%d %H:%M} it rings"), {"it", "rings"}),
    (parsers.cfparse("{names:Name+} come", extra_types={"Name": str}), {"come"}),
    (parsers.re(r"the order (?P<n>\d+) is"), {"the", "order"}),
    (parsers.re(r"^the orders? of"), {"the"}),
    (parsers.re(r"all of it"), {"all", "of", "it"}),
    (parsers.re(r"this|that"), set()),
    (parsers.re(r"(?i)this one"), set()),
    (parsers.re(r"this one", 2), set()),
    (parsers.re(r"ab{2} c"), set()),
    (parse("{party} texts {string}"), {"texts"}),
]


@pytest.mark.parametrize(("parser", "words"), PHRASES, ids=[p.name for p, _ in PHRASES])
def test_fixed_words(parser: StepParser, words: set[str]) -> None:
    assert fixed_words(parser) == words


@given(st.data())
def test_a_fitting_text_has_the_fixed_words(data: st.DataObject) -> None:
    literal = data.draw(st.text(alphabet="abKſs ıİi{}?*.", min_size=1, max_size=12))
    for make in (parsers.parse, parsers.re):
        try:
            parser = make(literal)
        except Exception:
            continue
        text = data.draw(st.text(alphabet="abkKſsS ıİiI.", max_size=14))
        for candidate in (text, literal.upper(), literal):
            if parser.is_matching(candidate):
                assert fixed_words(parser) <= set(text_words(candidate))
