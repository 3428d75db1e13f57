"""People with names of their country and mobile numbers of its territory.

Names are Faker's, one generator per locale for the life of the process, because making
one takes far longer than seeding it. Numbers are ours: Faker's are often invalid, so the
digits of an example of the territory are drawn anew until phonenumbers finds them valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, cycle, islice
from random import Random
from typing import TYPE_CHECKING

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from smslab.simulator.numbers.territories import checked_territory

if TYPE_CHECKING:
    from faker import Faker

FALLBACK_LOCALE = "en_US"
NAME = re.compile(r"[^\W\d_a-z][\w.]*(?:[ -][^\W\d_a-z][\w.]*)*")
"""What a name looks like that a feature can speak of: words that begin with a capital."""

_LOCALES = {"CH": "de_CH", "BE": "fr_BE", "CA": "en_CA", "IN": "en_IN"}  # of several, this one
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_NUMERALS = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_TRIES = 1_000


class NoMobileNumbers(ValueError):
    """The territory has too few mobile numbers, or none that are known."""


@dataclass(frozen=True, slots=True)
class Person:
    """A name, a mobile number in E.164 and the territory of both."""

    name: str
    mobile: str
    territory: str


def people(number: int, territories: Sequence[str], seed: int) -> Iterator[Person]:
    """``number`` people, the territories in turn; no name and no number comes twice.

    The same arguments give the same people. Raises UnknownTerritory for a territory that
    is none, NoMobileNumbers where a territory has not enough.
    """
    for territory in territories:
        checked_territory(territory)
    random = Random(seed)
    names = {t: _names(t, random.getrandbits(32)) for t in dict.fromkeys(territories)}
    numbers = {t: _numbers(t, random) for t in dict.fromkeys(territories)}
    taken: set[str] = set()
    for territory in islice(cycle(territories), number):
        name = next(n for n in names[territory] if n not in taken)
        taken.add(name)
        yield Person(name, next(numbers[territory]), territory)


def locale_of(territory: str) -> str:
    """Faker's locale for a territory, English where it has none."""
    if territory in _LOCALES:
        return _LOCALES[territory]
    from faker.config import AVAILABLE_LOCALES  # slow to import, and few runs need it

    fitting = sorted(locale for locale in AVAILABLE_LOCALES if locale.endswith(f"_{territory}"))
    return fitting[0] if fitting else FALLBACK_LOCALE


@cache
def _faker(locale: str) -> Faker:
    from faker import Faker

    return Faker(locale)


def _names(territory: str, seed: int) -> Iterator[str]:
    """Different names without end: of the locale, then of the fallback, then with a number."""
    random = Random(seed)
    drawn: set[str] = set()
    for locale in (locale_of(territory), FALLBACK_LOCALE):
        while (name := _new_name(locale, random, drawn)) is not None:
            drawn.add(name)
            yield name
    for ordinal in count(2):
        yield from (f"{name} {_roman(ordinal)}" for name in sorted(drawn))


def _new_name(locale: str, random: Random, drawn: set[str]) -> str | None:
    """A name that a feature can speak of and that was not drawn; None after many tries."""
    faker = _faker(locale)
    for _ in range(_TRIES):
        faker.seed_instance(random.getrandbits(32))
        name = f"{faker.first_name()} {faker.last_name()}"
        if name not in drawn and NAME.fullmatch(name):
            return name
    return None


def _roman(number: int) -> str:
    """A Roman numeral, because a name has no digits: Ana Ruiz II."""
    numeral = ""
    for value, letters in _NUMERALS:
        numeral += letters * (number // value)
        number %= value
    return numeral


def _numbers(territory: str, random: Random) -> Iterator[str]:
    """Different valid mobile numbers of a territory."""
    example = phonenumbers.example_number_for_type(territory, PhoneNumberType.MOBILE)
    if example is None:
        raise NoMobileNumbers(f"No mobile number of {territory} is known; choose another country.")
    digits = str(example.national_number)
    drawn: set[str] = set()
    while True:
        for attempt in range(_TRIES):
            kept = len(digits) - (6 if attempt < _TRIES // 2 else len(digits) - 2)
            rest = "".join(str(random.randrange(10)) for _ in digits[kept:])
            drawn_number = PhoneNumber(
                example.country_code,
                int(digits[:kept] + rest),
                italian_leading_zero=example.italian_leading_zero,
            )
            e164 = phonenumbers.format_number(drawn_number, PhoneNumberFormat.E164)
            if e164 not in drawn and _is_mobile(drawn_number, territory):
                drawn.add(e164)
                yield e164
                break
        else:
            raise NoMobileNumbers(f"{territory} has no more than {len(drawn)} mobile numbers here.")


def _is_mobile(number: PhoneNumber, territory: str) -> bool:
    return (
        phonenumbers.is_valid_number_for_region(number, territory)
        and phonenumbers.number_type(number) in _MOBILE
    )
