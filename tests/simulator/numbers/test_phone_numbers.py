"""N-1, N-2 and N-4 to N-8: what becomes of a number that somebody types."""

from __future__ import annotations

import phonenumbers
import pytest

from smslab.simulator.numbers.phone_numbers import (
    NumberRefusal,
    NumberRules,
    PhoneNumber,
    normalise,
)
from smslab.simulator.numbers.territories import OTHER

DEFAULTS = NumberRules()
LENIENT = NumberRules(strict=False)
INTERNATIONAL_ONLY = NumberRules(allow_national_entry=False)
NO_DEFAULT = NumberRules(default_territory="none")
ARABIC_DIGITS = "+49 151 23456789".translate({ord("0") + n: 0x660 + n for n in range(10)})
JAPANESE_ENTRY = "090-1234-5678".translate(
    {ord("0") + n: 0xFF10 + n for n in range(10)} | {ord("-"): 0x30FC}
)


def accepted(
    entry: str, territory: str | None = None, rules: NumberRules = DEFAULTS
) -> PhoneNumber:
    answer = normalise(entry, territory, rules)
    assert isinstance(answer, PhoneNumber), answer
    return answer


def refused(
    entry: str, territory: str | None = None, rules: NumberRules = DEFAULTS
) -> NumberRefusal:
    answer = normalise(entry, territory, rules)
    assert isinstance(answer, NumberRefusal), answer
    assert answer.entry == entry
    return answer


@pytest.mark.parametrize(
    "entry",
    [
        "+4915123456789",
        "+49 151 23456789",
        "(+49) 151-234.567/89",
        "+49 (0)151 23456789",
        "\N{FULLWIDTH PLUS SIGN}49\N{NO-BREAK SPACE}151\N{EN DASH}23456789",
        "\N{LEFT-TO-RIGHT EMBEDDING}+49 151 23456789\N{POP DIRECTIONAL FORMATTING}",
        "\n +49 151 23456789\t",
        ARABIC_DIGITS,
        "+49\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}15123456789",
    ],
)
def test_international_entry(entry: str) -> None:
    answer = accepted(entry, "US")
    assert answer == PhoneNumber("+4915123456789", "DE", entry != "+4915123456789", "N-1")


@pytest.mark.parametrize(
    ("territory", "entry", "e164", "owner"),
    [
        ("DE", "0151 23456789", "+4915123456789", "DE"),
        ("DE", "00 33 6 12 34 56 78", "+33612345678", "FR"),
        ("US", "011 49 151 23456789", "+4915123456789", "DE"),
        ("US", "(242) 345-6789", "+12423456789", "BS"),
        ("GB", "01481 256789", "+441481256789", "GG"),
        ("IT", "02 1234 5678", "+390212345678", "IT"),
        ("IT", "06 698 12345", "+390669812345", "VA"),
        ("RU", "8 (701) 234-56-78", "+77012345678", "KZ"),
        ("AR", "011 15-2345-6789", "+5491123456789", "AR"),
        ("MX", "222 123 4567", "+522221234567", "MX"),
        ("JM", "(876) 210-1234", "+18762101234", "JM"),
        ("JP", JAPANESE_ENTRY, "+819012345678", "JP"),
    ],
)
def test_national_entry(territory: str, entry: str, e164: str, owner: str) -> None:
    assert accepted(entry, territory) == PhoneNumber(e164, owner, True, "N-2")


def test_a_number_of_no_territory_is_other_or_unknown() -> None:
    answer = accepted("+80012345678", "DE")
    assert answer == PhoneNumber("+80012345678", OTHER, False, "N-1")


def test_the_default_territory_converts() -> None:
    assert accepted("(201) 555-0123") == PhoneNumber("+12015550123", "US", True, "N-4")
    german = NumberRules(default_territory="DE")
    assert accepted("0151 23456789", None, german).e164 == "+4915123456789"


def test_it_does_not_count_where_a_territory_was_found() -> None:
    german = NumberRules(default_territory="DE")
    assert accepted("06 12 34 56 78", "FR", german).e164 == "+33612345678"


def test_without_one_national_entry_is_refused() -> None:
    answer = refused("0151 23456789", None, NO_DEFAULT)
    assert answer.rule == "N-4"
    assert answer.reason == (
        '"0151 23456789" is national entry, and neither a location nor a default gives it a '
        "territory; a number starts with + and its country code, for example +12015550123."
    )


def test_without_one_a_territory_and_international_entry_still_work() -> None:
    assert accepted("0151 23456789", "DE", NO_DEFAULT).rule == "N-2"
    assert accepted("+4915123456789", None, NO_DEFAULT).rule == "N-1"


@pytest.mark.parametrize(
    "entry",
    [
        "1-800-FLOWERS",
        "(201) 555-0123 ext. 4",
        "+4915123456789x12",
        "tel:+4915123456789",
        "\N{ARABIC-INDIC DIGIT ZERO}151 \N{ARABIC LETTER HEH}",
        "151 23\N{LATIN SMALL LETTER SHARP S}",
        "nobody",
        "0151 2345678O",
    ],
)
@pytest.mark.parametrize("rules", [DEFAULTS, LENIENT, INTERNATIONAL_ONLY, NO_DEFAULT])
def test_letters_are_refused(entry: str, rules: NumberRules) -> None:
    assert refused(entry, "US", rules).rule == "N-5"


def test_phonenumbers_itself_would_accept_some() -> None:
    assert phonenumbers.is_valid_number(phonenumbers.parse("1-800-FLOWERS", "US"))


def test_the_reason_names_the_letter_and_what_fits() -> None:
    assert refused("0151 2345678O", "DE").reason == (
        '"0151 2345678O" holds the letter "O", and letters make a number invalid; '
        "a number of DE is written 01512 3456789 or +4915123456789."
    )


MISFITS = [
    ("0151 2345", "DE", "does not fit the format of DE", "+491512345"),
    ("01512345678901234", "DE", "is too long for a number of DE", "+491512345678901234"),
    ("+33 6 12 34 56", None, "is too short for a number of FR", "+336123456"),
    ("5", "DE", "is too short for a number", "+5"),
    ("555-0123", "US", "lacks the area code of a number of US", "+15550123"),
    ("(555) 555-0123", "US", "does not fit the format of US", "+15555550123"),
    ("+999 123456", "DE", "starts with a country code that nobody has", "+999123456"),
    ("1" * 40, "US", "is too long for a number", "+" + "1" * 40),
    (
        "0151 23456789 #12",
        "DE",
        'holds "#", which has no place in a number',
        "+491512345678912",
    ),
    ("+49+15123456789", "DE", 'holds "+", which has no place in a number', "+4915123456789"),
    (
        "0151\x0023456789",
        "DE",
        'holds "\\x00", which has no place in a number',
        "+4915123456789",
    ),
    ("+800 123", "DE", "is too short for a number of its country code", "+800123"),
]


@pytest.mark.parametrize(("entry", "territory", "problem", "kept"), MISFITS)
def test_strict_refuses(entry: str, territory: str | None, problem: str, kept: str) -> None:
    answer = refused(entry, territory)
    assert answer.rule == "N-6"
    assert f" {problem}; a number " in answer.reason


@pytest.mark.parametrize(("entry", "territory", "problem", "kept"), MISFITS)
def test_not_strict_keeps(entry: str, territory: str | None, problem: str, kept: str) -> None:
    assert accepted(entry, territory, LENIENT) == PhoneNumber(kept, OTHER, True, "N-6")


def test_what_is_kept_may_be_unchanged() -> None:
    assert accepted("+491512345", "DE", LENIENT) == PhoneNumber("+491512345", OTHER, False, "N-6")


def test_not_strict_leaves_numbers_that_fit_alone() -> None:
    assert accepted("0151 23456789", "DE", LENIENT) == accepted("0151 23456789", "DE")


@pytest.mark.parametrize("entry", ["", " ", "\t\n", "+", "()-", "\x00", "😀", "²"])
@pytest.mark.parametrize("rules", [DEFAULTS, LENIENT])
def test_no_digits(entry: str, rules: NumberRules) -> None:
    answer = refused(entry, "DE", rules)
    assert answer.rule == "N-6"
    assert "holds no digits" in answer.reason


def test_the_reason_shows_a_number_of_the_territory() -> None:
    assert refused("+39 02", "DE").reason == (
        '"+39 02" is too short for a number of IT; '
        "a number of IT is written 312 345 6789 or +393123456789."
    )


def test_a_very_long_entry() -> None:
    answer = refused("7" * 10_000, "DE")
    assert answer.rule == "N-6"
    assert len(answer.reason) < 250
    assert accepted("7" * 10_000, "DE", LENIENT).e164 == "+" + "7" * 10_000
    assert refused("\N{ARABIC-INDIC DIGIT THREE}" * 9_999 + "a", "DE", LENIENT).rule == "N-5"


def test_a_trunk_prefix_typed_twice_is_never_stored_as_another_number() -> None:
    entry = "8 8102450930"
    assert phonenumbers.is_valid_number(phonenumbers.parse(entry, "BY"))
    assert refused(entry, "BY").rule == "N-6"


@pytest.mark.parametrize("entry", ["0151 23456789", "0049 151 23456789", "15123456789"])
@pytest.mark.parametrize("strict", [True, False])
def test_switched_off(entry: str, strict: bool) -> None:
    rules = NumberRules(strict=strict, allow_national_entry=False)
    answer = refused(entry, "DE", rules)
    assert answer.rule == "N-7"
    assert "starts with + and its country code, for example +4915123456789." in answer.reason


def test_international_entry_is_still_accepted() -> None:
    assert accepted("+49 151 23456789", "US", INTERNATIONAL_ONLY).e164 == "+4915123456789"


def test_other_refusals_do_not_suggest_national_entry() -> None:
    reason = refused("+49 151 2", "DE", INTERNATIONAL_ONLY).reason
    assert "01512" not in reason
    assert "+4915123456789" in reason


def test_the_same_answer_without_parsing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = accepted("030 901820", "DE")

    def fail(*_: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr(phonenumbers, "parse", fail)
    assert accepted("030 901820", "DE") is first


def test_settings_are_part_of_what_is_remembered() -> None:
    assert refused("0151 2345", "DE").rule == "N-6"
    assert accepted("0151 2345", "DE", LENIENT).rule == "N-6"
    assert refused("0151 2345", "FR", INTERNATIONAL_ONLY).rule == "N-7"
