"""N-1, N-2 and N-4 on phonenumbers' own examples, in every region it knows."""

from __future__ import annotations

import re

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from smslab.simulator.numbers.phone_numbers import NumberRules, PhoneNumber, normalise
from smslab.simulator.numbers.territories import OTHER

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def examples_of(region: str) -> list[phonenumbers.PhoneNumber]:
    """The example number of a region, and its examples of every type of number."""
    found = [phonenumbers.example_number(region)]
    found += [phonenumbers.example_number_for_type(region, t) for t in PhoneNumberType.values()]
    return [number for number in found if number is not None]


def accepted(entry: str, territory: str | None, rules: NumberRules) -> PhoneNumber:
    answer = normalise(entry, territory, rules)
    assert isinstance(answer, PhoneNumber), answer
    return answer


def test_there_are_regions() -> None:
    assert len(REGIONS) > 240
    assert all(examples_of(region) for region in REGIONS)


@pytest.mark.parametrize("region", REGIONS)
def test_national_format_converts_to_e164(region: str) -> None:
    for number in examples_of(region):
        national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        answer = accepted(national, region, NumberRules())
        assert answer.e164 == phonenumbers.format_number(number, PhoneNumberFormat.E164)
        assert answer.territory == (phonenumbers.region_code_for_number(number) or OTHER)
        assert (answer.converted, answer.rule) == (True, "N-2")


@pytest.mark.parametrize("region", REGIONS)
def test_a_default_territory_converts_as_a_location_does(region: str) -> None:
    rules = NumberRules(default_territory=region)
    for number in examples_of(region):
        national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        answer = accepted(national, None, rules)
        assert answer.e164 == phonenumbers.format_number(number, PhoneNumberFormat.E164)
        assert answer.rule == "N-4"


@pytest.mark.parametrize("region", REGIONS)
def test_e164_is_accepted_unchanged_wherever_the_consumer_is(region: str) -> None:
    for number in examples_of(region):
        e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        for territory in (region, "US", "IT", None):
            answer = accepted(e164, territory, NumberRules())
            assert (answer.e164, answer.converted, answer.rule) == (e164, False, "N-1")


@pytest.mark.parametrize("region", REGIONS)
def test_international_format_loses_its_spaces_only(region: str) -> None:
    for number in examples_of(region):
        rules = NumberRules(allow_national_entry=False)
        written = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
        digits = re.sub(r"\D", "", written)
        answer = accepted(written, "US", rules)
        assert (answer.e164, answer.rule) == (f"+{digits}", "N-1")
