"""What was typed, and what phonenumbers reads in it: what the rules N-1 to N-8 judge."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from smslab.simulator.numbers.territories import OTHER, main_territory, territory_of_region

LONGEST_CACHED = 64
"""The longest entry that is remembered, in characters: no number is longer."""

_PLUS_SIGNS = "+\N{FULLWIDTH PLUS SIGN}"
# Spaces, dashes, brackets, and the invisible characters that come with a pasted number.
_SEPARATOR_CATEGORIES = frozenset({"Zs", "Pd", "Ps", "Pe", "Cf"})
# The prolonged sound mark is a letter to Unicode, and a dash to whoever types in Japanese.
_SEPARATORS = frozenset(
    "./~\t\N{FULLWIDTH FULL STOP}\N{FULLWIDTH SOLIDUS}\N{MINUS SIGN}"
    "\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}"
)
_ASCII_SEPARATORS = {
    code: None
    for code in range(128)
    if chr(code) in _SEPARATORS or unicodedata.category(chr(code)) in _SEPARATOR_CATEGORIES
}
_NOT_READ = {
    NumberParseException.INVALID_COUNTRY_CODE: "starts with a country code that nobody has",
    NumberParseException.TOO_LONG: "is too long for a number",
}
_MISFITS = {
    ValidationResult.TOO_SHORT: "is too short for a number of",
    ValidationResult.TOO_LONG: "is too long for a number of",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "lacks the area code of a number of",
    ValidationResult.INVALID_LENGTH: "has the wrong length for a number of",
}

# Of all territories together there are more patterns than Python remembers by itself, and
# making one takes longer than all the rest. Their number is that of the library's metadata.
phonenumbers.enable_pattern_cache()


@dataclass(frozen=True, slots=True)
class Typed:
    """An entry by what was typed.

    ``digits`` are its digits, of any script, in ASCII; ``international`` says that a plus
    sign came before them. ``letter`` and ``misplaced`` are the first letter and the first
    other character that no phone number is written with, None where there is none.
    """

    digits: str
    international: bool
    letter: str | None
    misplaced: str | None

    @property
    def written(self) -> str:
        """The digits, with the plus sign of international entry."""
        return f"+{self.digits}" if self.international else self.digits


@dataclass(frozen=True, slots=True)
class Reading:
    """What phonenumbers makes of an entry.

    ``e164`` is None where it reads no number. ``territory`` is a region code or ``"Other /
    Unknown"``; ``valid`` says that the number fits a territory of its country code, and
    ``problem`` why it does not. ``nearest`` is the first territory of its country code, None
    where there is none.
    """

    e164: str | None
    territory: str
    valid: bool
    problem: str
    nearest: str | None


def taken_apart(entry: str) -> Typed:
    """The entry by what was typed. Spaces, dashes, dots, slashes and brackets only separate."""
    if entry.isascii():
        written = entry.strip().translate(_ASCII_SEPARATORS)
        digits = written.removeprefix("+")
        if digits.isdecimal():
            return Typed(digits, digits != written, letter=None, misplaced=None)
    return _taken_apart_slowly(entry)


def _taken_apart_slowly(entry: str) -> Typed:
    digits: list[str] = []
    international = False
    letter = misplaced = None
    for character in entry.strip():
        if character.isdecimal():
            digits.append(str(unicodedata.decimal(character)))
        elif character in _SEPARATORS or unicodedata.category(character) in _SEPARATOR_CATEGORIES:
            continue
        elif character in _PLUS_SIGNS and not digits and not international:
            international = True
        elif character.isalpha():
            letter = letter or character
        else:
            misplaced = misplaced or character
    return Typed("".join(digits), international, letter, misplaced)


def read(written: str, home: str | None) -> Reading:
    """What phonenumbers reads in digits written in ``home``.

    ``home`` is a region code, or None for international entry. Where a trunk prefix is
    typed twice, what is read may be another number when it is read again. So it is read
    until nothing changes, and is valid only if every reading is: a stored number means
    itself.
    """
    return _read(written, home) if len(written) > LONGEST_CACHED else _read_cached(written, home)


def _read(written: str, home: str | None) -> Reading:
    try:
        number = phonenumbers.parse(written, home)
    except NumberParseException as error:
        problem = _NOT_READ.get(error.error_type, "is too short for a number")
        return Reading(None, OTHER, valid=False, problem=problem, nearest=None)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if e164 == written:
        return _judged(number, e164)
    again = read(e164, None)
    if again.e164 == e164:
        return again
    first = _judged(number, e164)
    return replace(
        first,
        e164=again.e164 or e164,
        territory=again.territory,
        valid=first.valid and again.valid,
        problem=first.problem or _misfit(number, first.nearest),
    )


# International entry reads the same wherever a party lives, whose territory is asked for first.
_read_cached = lru_cache(maxsize=1 << 16)(_read)


def _judged(number: phonenumbers.PhoneNumber, e164: str) -> Reading:
    """A number as phonenumbers judges it."""
    # is_valid_number would look the region up once more, which takes long where several
    # territories share a country code.
    region = phonenumbers.region_code_for_number(number)
    valid = region is not None and phonenumbers.is_valid_number_for_region(number, region)
    main = main_territory(number)
    nearest = None if main == OTHER else main
    problem = "" if valid else _misfit(number, nearest)
    return Reading(e164, territory_of_region(region), valid, problem, nearest)


def _misfit(number: phonenumbers.PhoneNumber, nearest: str | None) -> str:
    """Why a number is none of any territory."""
    length = phonenumbers.is_possible_number_with_reason(number)
    place = nearest or "its country code"
    return f"{_MISFITS.get(length, 'does not fit the format of')} {place}"


def misplaced(typed: Typed) -> str | None:
    """What is wrong with an entry that holds a character which no number is written with."""
    if typed.misplaced is None:
        return None
    return f"holds {shown(typed.misplaced)}, which has no place in a number"


def shown(text: str, longest: int = 40) -> str:
    """The text in quotation marks, on one line and cut where it is longer than ``longest``."""
    cut = text if len(text) <= longest else f"{text[:longest]}…"
    visible = (c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
    return f'"{"".join(visible)}"'
