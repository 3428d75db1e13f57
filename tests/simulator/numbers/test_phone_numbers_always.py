"""What holds for every entry, territory and setting."""

from __future__ import annotations

import re

import phonenumbers
from hypothesis import example, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat

from smslab.simulator.numbers.phone_numbers import (
    NumberRefusal,
    NumberRules,
    PhoneNumber,
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


def valid_e164(written: str, region: str | None) -> str | None:
    """The E.164 that phonenumbers gives, None where it reads no valid number."""
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


@given(
    region=st.sampled_from(REGIONS),
    changes=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9))),
)
@settings(max_examples=300, deadline=None)
def test_agrees_with_phonenumbers_on_plain_digits(
    region: str, changes: list[tuple[int, int]]
) -> None:
    number = phonenumbers.example_number(region)
    assert number is not None
    national = phonenumbers.national_significant_number(number)
    for position, digit in changes:
        at = position % len(national)
        national = national[:at] + str(digit) + national[at + 1 :]
    e164 = valid_e164(national, region)
    expected = e164 if e164 is not None and valid_e164(e164, None) == e164 else None
    answer = normalise(national, region, NumberRules())
    assert (answer.e164 if isinstance(answer, PhoneNumber) else None) == expected
