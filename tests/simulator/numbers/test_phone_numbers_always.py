"""What holds for every entry, territory and setting."""

from __future__ import annotations

import re

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from smslab.simulator.numbers.number_reading import _read_cached, taken_apart
from smslab.simulator.numbers.phone_numbers import (
    NumberRefusal,
    NumberRules,
    PhoneNumber,
    _decide_cached,
    normalise,
)
from smslab.simulator.numbers.territories import OTHER

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
LENIENT = NumberRules(strict=False)
STORED = re.compile(r"\+[0-9]+")

number_rules = st.builds(
    NumberRules,
    strict=st.booleans(),
    allow_national_entry=st.booleans(),
    default_territory=st.sampled_from(["none", *REGIONS]),
)
territories = st.none() | st.sampled_from(REGIONS)
any_text = st.text(st.characters(codec=None), max_size=60)
like_numbers = st.text(
    "0123456789+ ()-./\N{FULLWIDTH PLUS SIGN}\N{ARABIC-INDIC DIGIT THREE}#*", max_size=24
)


@given(entry=any_text | like_numbers, territory=territories, rules=number_rules)
@example(entry="8 8102450930", territory="BY", rules=LENIENT)
@example(entry="8 8 912 345 67 89", territory="RU", rules=LENIENT)
@example(entry="+4900151 23456789", territory="DE", rules=LENIENT)
@example(entry="\ud800", territory="DE", rules=NumberRules())
@settings(max_examples=400, deadline=None)
def test_every_entry_has_an_answer(entry: str, territory: str | None, rules: NumberRules) -> None:
    answer = normalise(entry, territory, rules)
    if isinstance(answer, NumberRefusal):
        assert answer.rule in {"N-4", "N-5", "N-6", "N-7"}
        assert answer.reason.isprintable()
        assert not (answer.rule == "N-6" and not rules.strict and any(map(str.isdecimal, entry)))
        return
    assert STORED.fullmatch(answer.e164)
    assert answer.converted == (answer.e164 != entry)
    assert answer.territory in {OTHER, *REGIONS}
    again = normalise(answer.e164, territory, rules)
    assert isinstance(again, PhoneNumber)
    assert (again.e164, again.converted) == (answer.e164, False)


@given(entry=like_numbers, territory=territories, rules=number_rules)
@settings(max_examples=300, deadline=None)
def test_strict_accepts_valid_numbers_only(
    entry: str, territory: str | None, rules: NumberRules
) -> None:
    answer = normalise(entry, territory, rules)
    if isinstance(answer, PhoneNumber) and answer.rule != "N-6":
        assert phonenumbers.is_valid_number(phonenumbers.parse(answer.e164))
    assert not (rules.strict and isinstance(answer, PhoneNumber) and answer.rule == "N-6")


FULLWIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@given(entry=like_numbers | st.text(st.characters(max_codepoint=0x7F), max_size=24))
@example(entry=" (+49) 151-23/45.67[8]{9}~\t")
@example(entry="1\n2")
@settings(max_examples=300, deadline=None)
def test_digits_of_any_script_are_taken_apart_alike(entry: str) -> None:
    assert taken_apart(entry) == taken_apart(entry.translate(FULLWIDTH))


def read_plainly(written: str, region: str | None) -> tuple[str, bool, str | None] | None:
    """E.164, whether it is valid, and the region: by phonenumbers' plain calls, until it stands.

    None where phonenumbers reads no number.
    """
    valid, e164 = True, written
    try:
        while True:
            number = phonenumbers.parse(e164, region)
            valid = valid and phonenumbers.is_valid_number(number)
            before, e164 = e164, phonenumbers.format_number(number, PhoneNumberFormat.E164)
            if e164 == before:
                return e164, valid, phonenumbers.region_code_for_number(number)
            region = None
    except phonenumbers.NumberParseException:
        return None if e164 == written else (e164, False, None)


@st.composite
def entries_near_numbers(draw: st.DrawFn) -> tuple[str, str]:
    """A region, and an example of its numbers with some digits changed, lost or put in."""
    region = draw(st.sampled_from(REGIONS))
    kind = draw(st.sampled_from(PhoneNumberType.values()))
    number = phonenumbers.example_number_for_type(region, kind)
    number = number or phonenumbers.example_number(region)
    assert number is not None
    form = draw(st.sampled_from((PhoneNumberFormat.E164, PhoneNumberFormat.NATIONAL)))
    written = phonenumbers.format_number(number, form)
    for at in draw(st.lists(st.integers(1, 15), max_size=3)):
        digit = draw(st.sampled_from(("", *"0123456789")))
        written = written[:at] + digit + written[at + draw(st.integers(0, 1)) :]
    return region, written


@given(
    of=entries_near_numbers(), elsewhere=st.none() | st.sampled_from(REGIONS), rules=number_rules
)
@example(of=("BY", "8 8102450930"), elsewhere=None, rules=LENIENT)
@example(of=("DE", "+4900151 23456789"), elsewhere=None, rules=LENIENT)
@settings(max_examples=600, deadline=None)
def test_agrees_with_the_plain_calls_of_phonenumbers(
    of: tuple[str, str], elsewhere: str | None, rules: NumberRules
) -> None:
    region, entry = of
    territory = elsewhere or region
    answer = normalise(entry, territory, rules)
    typed = taken_apart(entry)
    if typed.letter or typed.misplaced or not typed.digits:
        return
    if not typed.international and not rules.allow_national_entry:
        assert isinstance(answer, NumberRefusal)
        assert answer.rule == "N-7"
        return
    read = read_plainly(typed.written, None if typed.international else territory)
    if read is not None and read[1]:
        rule = "N-1" if typed.international else "N-2"
        place = read[2] if read[2] in REGIONS else OTHER
        assert answer == PhoneNumber(read[0], str(place), read[0] != entry, rule)
    elif rules.strict:
        assert isinstance(answer, NumberRefusal)
        assert answer.rule == "N-6"
    else:
        kept = f"+{typed.digits}" if read is None else read[0]
        assert answer == PhoneNumber(kept, OTHER, kept != entry, "N-6")


def test_the_patterns_of_territories_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        (phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL), region)
        for region in REGIONS
        if (number := phonenumbers.example_number(region))
    ]
    found = [normalise(*each, NumberRules()) for each in entries]
    _read_cached.cache_clear()
    _decide_cached.cache_clear()
    monkeypatch.setattr(re, "compile", None)
    assert [normalise(*each, NumberRules()) for each in entries] == found
