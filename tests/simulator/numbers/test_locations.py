"""N-3: the phone territory is searched from the location upwards."""

from __future__ import annotations

import pytest

from smslab.simulator.numbers.locations import territory_of
from smslab.simulator.records import Location


def tree(*places: tuple[str, str | None, str | None]) -> dict[str, Location]:
    """Locations by id, from (id, parent, territory)."""
    return {id: Location(id, id.title(), parent, territory) for id, parent, territory in places}


STREET_TO_COUNTRY = (
    ("germany", None, "DE"),
    ("berlin", "germany", None),
    ("street", "berlin", None),
)


def test_territory_of_the_location_itself() -> None:
    assert territory_of("germany", tree(*STREET_TO_COUNTRY)) == "DE"


@pytest.mark.parametrize("start", ["berlin", "street"])
def test_territory_of_a_parent_however_far_up(start: str) -> None:
    assert territory_of(start, tree(*STREET_TO_COUNTRY)) == "DE"


def test_the_nearest_territory_wins() -> None:
    island = tree(
        ("britain", None, "GB"), ("guernsey", "britain", "GG"), ("harbour", "guernsey", None)
    )
    assert territory_of("harbour", island) == "GG"
    assert territory_of("britain", island) == "GB"


def test_a_territory_below_the_location_is_not_looked_at() -> None:
    assert territory_of("europe", tree(("europe", None, None), ("germany", "europe", "DE"))) is None


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(None, id="no location"),
        pytest.param("atlantis", id="a location that nobody recorded"),
        pytest.param("lost", id="a parent that nobody recorded"),
        pytest.param("alone", id="no parent and no territory"),
        pytest.param("self", id="its own parent"),
        pytest.param("east", id="parents in a circle"),
        pytest.param("path", id="a path into a circle"),
    ],
)
def test_no_territory(start: str | None) -> None:
    locations = tree(
        ("germany", None, "DE"),
        ("lost", "atlantis", None),
        ("alone", None, None),
        ("self", "self", None),
        ("east", "south", None),
        ("south", "west", None),
        ("west", "east", None),
        ("path", "east", None),
    )
    assert territory_of(start, locations) is None


def test_a_circle_that_passes_a_territory() -> None:
    circle = tree(("east", "west", None), ("west", "east", "FR"))
    assert territory_of("east", circle) == "FR"


def test_a_tree_of_ten_thousand_levels() -> None:
    levels = 10_000
    places = [(str(level), str(level + 1), None) for level in range(levels)]
    bare = tree(*places, (str(levels), None, None))
    assert territory_of("0", bare) is None
    assert territory_of("0", bare | tree((str(levels), None, "JP"))) == "JP"
    assert territory_of("0", bare | tree(("5000", "5001", "KR"), (str(levels), None, "JP"))) == "KR"
