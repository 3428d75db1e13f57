"""Segments: the text comes back, nothing is too long or split, and there are as few as can be."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smslab.simulator.segments import (
    BASIC,
    EXTENSION,
    ROOMS,
    Encoding,
    encoding_of,
    segmented,
    units,
)

gsm = st.text(st.sampled_from(sorted(BASIC | EXTENSION)), max_size=500)
mostly_pairs = st.text(st.sampled_from("a€{}~"), min_size=140, max_size=340)
emoji = st.text(st.sampled_from("aя👍🇩"), min_size=60, max_size=220)
texts = st.one_of(gsm, mostly_pairs, emoji, st.text(max_size=300))


def test_the_alphabet_is_that_of_the_standard() -> None:
    """3GPP TS 23.038: 128 places, one of them the escape; ten characters behind it."""
    assert len(BASIC) == 127
    assert len(EXTENSION) == 10
    assert not BASIC & EXTENSION


def octets_needed(text: str) -> int:
    """The units of a text, counted anew: septets with escapes, or UTF-16."""
    if encoding_of(text) is Encoding.UCS_2:
        return len(text.encode("utf-16-be")) // 2
    return len(text) + sum(text.count(character) for character in "\f^{}\\[~]|€")


@given(texts)
@example("a" * 152 + "€")
@example("a" * 151 + "€" + "a" * 10)
@example("я" * 66 + "👍")
@example("")
def test_the_segments_are_the_text(text: str) -> None:
    assert "".join(segmented(text).segments) == text


@given(texts)
def test_no_segment_is_too_long_and_none_but_an_empty_text_is_empty(text: str) -> None:
    found = segmented(text)
    room = ROOMS[found.encoding]
    limit = room.single if found.count == 1 else room.concatenated
    for segment in found.segments:
        assert units(segment, found.encoding) <= limit
        assert segment or not text


@given(texts)
def test_units_are_septets_or_utf_16(text: str) -> None:
    assert units(text, encoding_of(text)) == octets_needed(text)


@given(texts)
def test_no_pair_is_split(text: str) -> None:
    """Each segment can be written on its own: it has no half of a pair at its ends."""
    found = segmented(text)
    if found.encoding is Encoding.UCS_2:
        written = b"".join(part.encode("utf-16-be") for part in found.segments)
        assert written.decode("utf-16-be") == text
    assert sum(units(part, found.encoding) for part in found.segments) == units(
        text, found.encoding
    )


@given(st.one_of(mostly_pairs, emoji))
def test_there_are_as_few_as_can_be(text: str) -> None:
    """Tried every way: from each position, a segment may end wherever it is not too long."""
    found = segmented(text)
    room = ROOMS[found.encoding]
    costs = [units(character, found.encoding) for character in text]

    @cache
    def fewest(start: int) -> int:
        if start == len(text):
            return 0
        used, end, best = 0, start, len(text)
        while end < len(text) and used + costs[end] <= room.concatenated:
            used += costs[end]
            end += 1
            if room.concatenated - used < 2 or end == len(text):
                best = min(best, 1 + fewest(end))
        return best

    alone = sum(costs) <= room.single
    assert found.count == (1 if alone else fewest(0))


@pytest.mark.parametrize(
    ("text", "encoding", "lengths"),
    [
        ("", Encoding.GSM_7, [0]),
        ("a" * 160, Encoding.GSM_7, [160]),
        ("a" * 161, Encoding.GSM_7, [153, 8]),
        ("€" * 80, Encoding.GSM_7, [80]),
        ("€" * 81, Encoding.GSM_7, [76, 5]),
        ("a" * 152 + "€" + "b" * 8, Encoding.GSM_7, [152, 9]),
        ("a" * 151 + "€" + "b" * 8, Encoding.GSM_7, [152, 8]),
        ("{" + "a" * 158, Encoding.GSM_7, [159]),
        ("я" * 70, Encoding.UCS_2, [70]),
        ("я" * 71, Encoding.UCS_2, [67, 4]),
        ("👍" * 35, Encoding.UCS_2, [35]),
        ("👍" * 36, Encoding.UCS_2, [33, 3]),
        ("я" * 66 + "👍" + "я" * 5, Encoding.UCS_2, [66, 6]),
        ("e\u0301", Encoding.UCS_2, [2]),
        ("\u00e9", Encoding.GSM_7, [1]),
        ("\uffff", Encoding.UCS_2, [1]),
        ("line\r\nline\f", Encoding.GSM_7, [11]),
        ("a\tb", Encoding.UCS_2, [3]),
        ("`", Encoding.UCS_2, [1]),
        ("ç", Encoding.UCS_2, [1]),
        ("\x1b", Encoding.UCS_2, [1]),
    ],
)
def test_well_known_examples(text: str, encoding: Encoding, lengths: list[int]) -> None:
    found = segmented(text)
    assert (found.encoding, [len(part) for part in found.segments]) == (encoding, lengths)
