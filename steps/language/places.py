"""Places that features may name without describing them: cities, countries, territories."""

from __future__ import annotations

from smslab.simulator.nearest import nearest
from smslab.steps.language.scene import Scene, UnknownName

COUNTRIES: dict[str, str] = {
    "Argentina": "AR",
    "Australia": "AU",
    "Austria": "AT",
    "Brazil": "BR",
    "Canada": "CA",
    "China": "CN",
    "Dominican Republic": "DO",
    "France": "FR",
    "Germany": "DE",
    "Guernsey": "GG",
    "India": "IN",
    "Ireland": "IE",
    "Italy": "IT",
    "Jamaica": "JM",
    "Japan": "JP",
    "Kazakhstan": "KZ",
    "Mexico": "MX",
    "Netherlands": "NL",
    "New Zealand": "NZ",
    "Norway": "NO",
    "Poland": "PL",
    "Singapore": "SG",
    "South Africa": "ZA",
    "South Korea": "KR",
    "Spain": "ES",
    "Sweden": "SE",
    "Switzerland": "CH",
    "United Kingdom": "GB",
    "United States": "US",
    "Vatican City": "VA",
}
"""Countries by name, with the phone territory that their location gets."""

CITIES: dict[str, str] = {
    "Berlin": "Germany",
    "Boston": "United States",
    "Buenos Aires": "Argentina",
    "Hamburg": "Germany",
    "Kingston": "Jamaica",
    "London": "United Kingdom",
    "Madrid": "Spain",
    "Mexico City": "Mexico",
    "Milan": "Italy",
    "Paris": "France",
    "Rome": "Italy",
    "Sydney": "Australia",
    "Tokyo": "Japan",
    "Toronto": "Canada",
    "Vienna": "Austria",
    "Zurich": "Switzerland",
}
"""Cities by name, with their country."""


def location_of(scene: Scene, place: str) -> str:
    """The id of the location of this name, made from the tables above where it is new.

    Raises UnknownName with the nearest place.
    """
    found = scene.instance.store.locations.find("name", place)
    if found:
        return found[0].id
    if place in CITIES:
        country = location_of(scene, CITIES[place])
        return scene.instance.add_location(place, parent=country).id
    if place in COUNTRIES:
        return scene.instance.add_location(place, territory=COUNTRIES[place]).id
    own = [location.name for location in scene.instance.store.locations]
    near = nearest(place, [*own, *CITIES, *COUNTRIES], 0.5)
    hint = f"did you mean {near}?" if near else 'introduce it with: a location "..." in "..."'
    raise UnknownName(f"there is no place {place!r}; {hint}")
