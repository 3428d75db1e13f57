"""What was typed, and what phonenumbers reads in it: what the rules N-1 to N-8 judge."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
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

    ``territory`` is a region code or ``"Other / Unknown"``; ``valid`` says that the number
    fits a territory of its country code.
    """

    e164: str
    territory: str
    valid: bool


def taken_apart(entry: str) -> Typed:
    """The entry by what was typed. Spaces, dashes, dots, slashes and brackets only separate."""
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


def read(written: str, home: str | None) -> Reading | None:
    """What phonenumbers reads in digits written in ``home``; None where it reads no number.

    ``home`` is a region code, or None for international entry. Where a trunk prefix is
    typed twice, what is read may be another number when it is read again. So it is read
    until nothing changes, and is valid only if every reading is: a stored number means
    itself.
    """
    return _read(written, home) if len(written) > LONGEST_CACHED else _read_cached(written, home)


def _read(written: str, home: str | None) -> Reading | None:
    number = _parsed(written, home)
    if number is None:
        return None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    # is_valid_number would look the region up once more, and that is what takes longest.
    region = phonenumbers.region_code_for_number(number)
    valid = region is not None and phonenumbers.is_valid_number_for_region(number, region)
    if e164 == written or _parsed(e164, None) == number:
        return Reading(e164, territory_of_region(region), valid)
    again = read(e164, None)
    if again is None:
        return Reading(e164, OTHER, valid=False)
    return Reading(again.e164, again.territory, valid and again.valid)


# International entry reads the same wherever a party lives, whose territory is asked for first.
_read_cached = lru_cache(maxsize=1 << 16)(_read)


def _parsed(written: str, home: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(written, home)
    except NumberParseException:
        return None


def misfit(typed: Typed, home: str | None) -> tuple[str, str | None]:
    """Why an entry is no number of any territory, and the territory it comes nearest to."""
    try:
        number = phonenumbers.parse(typed.written, home)
    except NumberParseException as error:
        problem = _NOT_READ.get(error.error_type, "is too short for a number")
        return _misplaced(typed) or problem, home
    nearest = main_territory(number)
    place = "its country code" if nearest == OTHER else nearest
    length = phonenumbers.is_possible_number_with_reason(number)
    problem = f"{_MISFITS.get(length, 'does not fit the format of')} {place}"
    return _misplaced(typed) or problem, home if nearest == OTHER else nearest


def shown(text: str, longest: int = 40) -> str:
    """The text in quotation marks, on one line and cut where it is longer than ``longest``."""
    cut = text if len(text) <= longest else f"{text[:longest]}…"
    visible = (c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
    return f'"{"".join(visible)}"'


def _misplaced(typed: Typed) -> str | None:
    if typed.misplaced is None:
        return None
    return f"holds {shown(typed.misplaced)}, which has no place in a number"
