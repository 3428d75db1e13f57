"""Territories by name, and what a wrong one gets."""

from __future__ import annotations

import pytest

from smslab.simulator.numbers.phone_numbers import NumberRules, normalise
from smslab.simulator.numbers.territories import (
    UnknownTerritory,
    example_number,
    known_territory,
    nearest_territory,
)


@pytest.mark.parametrize("name", ["DE", "GG", "TA", "XK"])
def test_known_territories(name: str) -> None:
    assert known_territory(name)


@pytest.mark.parametrize("name", ["de", "Germany", "UK", "001", "ZZ", "", "none"])
def test_unknown_territories(name: str) -> None:
    assert not known_territory(name)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("de", "DE"),
        (" De ", "DE"),
        ("Germany", "DE"),
        ("Germny", "DE"),
        ("UK", "GB"),
        ("united kingdom", "GB"),
        ("South Korea", "KR"),
        ("DEU", "DE"),
        ("", None),
        ("@@@@", None),
    ],
)
def test_the_nearest_territory(name: str, nearest: str | None) -> None:
    assert nearest_territory(name) == nearest


def test_a_wrong_territory_is_an_error_that_names_the_nearest() -> None:
    expected = "There is no phone territory 'Germany'; did you mean 'DE'?"
    with pytest.raises(UnknownTerritory) as from_location:
        normalise("0151 23456789", "Germany", NumberRules())
    assert str(from_location.value) == expected
    with pytest.raises(UnknownTerritory) as from_default:
        NumberRules(default_territory="Germany")
    assert str(from_default.value) == expected


def test_a_name_that_is_near_to_nothing_gets_examples() -> None:
    with pytest.raises(UnknownTerritory, match="it is a region code such as 'US' or 'DE'"):
        NumberRules(default_territory="@@@@")


def test_an_example_is_a_mobile_number_where_there_is_one() -> None:
    assert example_number("DE") == ("01512 3456789", "+4915123456789")
    assert example_number("TA") == ("8999", "+2908999")
