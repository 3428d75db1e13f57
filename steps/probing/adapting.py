"""Probes for targets on which what most features begin with gets nowhere.

What is played is the same on the target and on the simulator. So it may be something else
than the features say, but it must get somewhere: a number that is refused ends every probe
at its first step, and a requester who is not recognised is a guest in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from smslab.simulator.numbers.phone_numbers import NumberRules, PhoneNumber, normalise
from smslab.steps.language.places import CITIES, COUNTRIES
from smslab.steps.probing.behaviour import Probe

_PEOPLE = re.compile(r"\b((?:is a|are) )consumer(s?)\b")
_QUOTED = re.compile(r'"([0-9(][0-9 ()/-]{5,})"')
_ELSEWHERE = "US"


def with_international_numbers(probe: Probe) -> Probe:
    """The same probe, with every number that it enters as ``+`` and digits."""
    territories = _territories(step.text for step, _ in probe.steps)

    def international(found: re.Match[str]) -> str:
        read = (normalise(found[1], territory, NumberRules()) for territory in territories)
        number = next((each.e164 for each in read if isinstance(each, PhoneNumber)), found[1])
        return f'"{number}"'

    return _rewritten(probe, lambda text: _QUOTED.sub(international, text))


def with_contacts(probe: Probe) -> Probe:
    """The same probe, with contacts in place of consumers."""
    return _rewritten(probe, lambda text: _PEOPLE.sub(r"\1contact\2", text))


def _rewritten(probe: Probe, rewrite: Callable[[str], str]) -> Probe:
    steps = ((replace(step, text=rewrite(step.text)), phrase) for step, phrase in probe.steps)
    return replace(probe, steps=tuple(steps))


def _territories(texts: Iterable[str]) -> list[str]:
    """The territories of the places that are named, and at last one for parties without."""
    words = " ".join(texts)
    countries = [COUNTRIES[country] for city, country in CITIES.items() if city in words]
    countries += [code for country, code in COUNTRIES.items() if country in words]
    return list(dict.fromkeys([*countries, _ELSEWHERE]))


ADAPTATIONS: Mapping[str, Callable[[Probe], Probe]] = MappingProxyType(
    {
        "glide.phone_number_e164.allow_national_entry": with_international_numbers,
        "match_consumers": with_contacts,
    }
)
"""How the probes of other settings are changed where one of these is off."""
