"""People in numbers: valid, different, and the same for the same seed."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslab.simulator.numbers.territories import UnknownTerritory
from smslab.simulator.population.people import (
    NAME,
    NoMobileNumbers,
    locale_of,
    people,
)

WITH_MOBILES = sorted(
    region
    for region in phonenumbers.SUPPORTED_REGIONS
    if phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
)


def test_the_same_seed_gives_the_same_people() -> None:
    assert list(people(60, ["DE", "FR", "JP"], 7)) == list(people(60, ["DE", "FR", "JP"], 7))


def test_another_seed_gives_other_people() -> None:
    one, other = list(people(20, ["DE"], 7)), list(people(20, ["DE"], 8))
    assert {person.mobile for person in one}.isdisjoint(person.mobile for person in other)
    assert [person.name for person in one] != [person.name for person in other]


def test_the_territories_take_turns() -> None:
    assert [p.territory for p in people(5, ["DE", "FR"], 1)] == ["DE", "FR", "DE", "FR", "DE"]


def test_names_are_of_the_country() -> None:
    assert all(character > "\u3000" for p in people(9, ["JP"], 1) for character in p.name[:1])


@settings(max_examples=60)
@given(st.sampled_from(WITH_MOBILES), st.integers(0, 2**63 - 1))
def test_everybody_has_a_name_and_a_mobile_number_of_their_own(region: str, seed: int) -> None:
    found = list(people(12, [region], seed))
    assert len({person.name for person in found}) == len({p.mobile for p in found}) == 12
    for person in found:
        number = phonenumbers.parse(person.mobile)
        assert NAME.fullmatch(person.name)
        assert phonenumbers.is_valid_number_for_region(number, region)


def test_more_people_than_a_locale_has_names_still_differ() -> None:
    found = [person.name for person in people(9_000, ["US"], 3)]
    assert len(set(found)) == 9_000


def test_a_territory_without_mobile_numbers_is_said() -> None:
    with pytest.raises(NoMobileNumbers, match="TA"):
        list(people(1, ["TA"], 1))


def test_a_territory_that_is_none_is_said() -> None:
    with pytest.raises(UnknownTerritory, match="Germany"):
        list(people(1, ["Germany"], 1))


@pytest.mark.parametrize(
    ("territory", "locale"), [("DE", "de_DE"), ("CH", "de_CH"), ("ZZ", "en_US")]
)
def test_the_locale_of_a_territory(territory: str, locale: str) -> None:
    assert locale_of(territory) == locale
