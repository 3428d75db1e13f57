"""Where a consumer's phone territory comes from: the tree of locations (N-3)."""

from __future__ import annotations

from collections.abc import Mapping

from smslab.simulator.records import Location


def territory_of(location_id: str | None, locations: Mapping[str, Location]) -> str | None:
    """The phone territory that holds at a location, or None where there is none.

    The search starts at the location itself and goes upwards through its parents; the
    first territory on the way wins (N-3). It ends without one at a location that has no
    parent, at one that nobody recorded, and where the parents lead back to a location
    already visited.
    """
    visited: set[str] = set()
    current = location_id
    while current is not None and current not in visited:
        location = locations.get(current)
        if location is None:
            return None
        if location.territory is not None:
            return location.territory
        visited.add(current)
        current = location.parent
    return None
