"""Phone territories: the regions that phonenumbers knows, by their ISO code."""

from __future__ import annotations

from functools import cache

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from smslab.simulator.nearest import nearest

OTHER = "Other / Unknown"
"""The territory of a number that fits no territory (N-6), or belongs to none, as +800 does."""

_ALSO_CALLED = {"uk": "GB", "england": "GB", "usa": "US", "america": "US"}


class UnknownTerritory(ValueError):
    """No territory has this code; the message names the nearest."""


def known_territory(name: str) -> bool:
    """Whether ``name`` is the code of a territory, such as ``DE``."""
    return name in phonenumbers.SUPPORTED_REGIONS


def nearest_territory(name: str) -> str | None:
    """The code of the territory that ``name`` most likely means, or None.

    ``name`` may be a code in small letters, a mistyped code or the English name of a
    country: ``de``, ``UK`` and ``Germny`` are ``DE``, ``GB`` and ``DE``.
    """
    near = nearest(name.strip().lower(), _codes_by_name(), 0.6)
    return _codes_by_name()[near] if near else None


def checked_territory(name: str) -> str:
    """``name``, where it is the code of a territory. Raises UnknownTerritory where it is not."""
    if known_territory(name):
        return name
    near = nearest_territory(name)
    hint = f"did you mean {near!r}?" if near else "it is a region code such as 'US' or 'DE'."
    raise UnknownTerritory(f"There is no phone territory {name!r}; {hint}")


def territory_of_region(region: str | None) -> str:
    """The territory of a region that phonenumbers names, ``"Other / Unknown"`` if there is none."""
    return region if region is not None and known_territory(region) else OTHER


def main_territory(number: phonenumbers.PhoneNumber) -> str:
    """The first territory of a number's country code, ``"Other / Unknown"`` if it has none."""
    return territory_of_region(phonenumbers.region_code_for_country_code(number.country_code or 0))


@cache
def example_number(territory: str) -> tuple[str, str]:
    """A number of the territory, mobile where it has any: in national format, and in E.164."""
    number = phonenumbers.example_number_for_type(territory, PhoneNumberType.MOBILE)
    number = number or phonenumbers.example_number(territory)
    if number is None:
        raise UnknownTerritory(f"There is no example of a number of {territory!r}.")
    return (
        phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
    )


@cache
def _codes_by_name() -> dict[str, str]:
    """Region codes by code and by English name, all in small letters."""
    # Loading the names takes a second, which only a wrong territory has to pay.
    from phonenumbers.geodata.locale import LOCALE_DATA

    codes = {code.lower(): code for code in sorted(phonenumbers.SUPPORTED_REGIONS)}
    for code in sorted(phonenumbers.SUPPORTED_REGIONS & LOCALE_DATA.keys()):
        names = LOCALE_DATA[code]
        english = names.get("en", "")
        # The library writes "*aa" for "the same as in the language aa".
        codes.setdefault(names.get(english[1:], "") if english[:1] == "*" else english, code)
    return {name.lower(): code for name, code in {**codes, **_ALSO_CALLED}.items() if name}
