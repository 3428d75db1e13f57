"""What no map plans for: illegal transitions and unknown states, which still must be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from smslab.reports.diagrams.statemap_layouts import HIGH, WIDE, Layout, Point

_BEND = 90
"""How far a curve leaves the straight line: its count stands beside that of a straight arrow."""

MOST_UNKNOWN = 9
"""Unknown states that are drawn."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A curved arrow: begin, the point that bends it, end."""

    begin: Point
    bend: Point
    end: Point

    def points(self) -> Iterator[Point]:
        """Points along it, those in the middle first."""
        for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82):
            yield self._at(share)

    def _at(self, share: float) -> Point:
        back = 1 - share
        x, y = (
            back * back * a + 2 * back * share * b + share * share * c
            for a, b, c in zip(self.begin, self.bend, self.end, strict=True)
        )
        return round(x), round(y)


def curve(begin: Point, end: Point, *, is_new: bool = False) -> Curve:
    """The arrow between the boxes around two centres; a loop where they are one.

    ``is_new``: it begins at the dot of new records, not at a box.
    """
    if begin == end:
        x, y = begin[0] + WIDE // 2 - 24, begin[1] - HIGH // 2
        return Curve((x, y), (x + 12, y - 56), (x + 18, y))
    across, down = end[0] - begin[0], end[1] - begin[1]
    length = (across * across + down * down) ** 0.5
    bend = (
        round((begin[0] + end[0]) / 2 - down / length * _BEND),
        round((begin[1] + end[1]) / 2 + across / length * _BEND),
    )
    return Curve(begin if is_new else _border(begin, bend), bend, _border(end, bend))


def _border(centre: Point, towards: Point) -> Point:
    across, down = towards[0] - centre[0], towards[1] - centre[1]
    shares = [half / abs(d) for half, d in ((WIDE / 2, across), (HIGH / 2, down)) if d]
    share = min(shares, default=0.0)
    return round(centre[0] + across * share), round(centre[1] + down * share)


@dataclass(slots=True)
class Boxes:
    """What is taken already: centre, width and height of boxes with text."""

    taken: list[tuple[Point, int, int]] = field(default_factory=list)

    def take(self, centre: Point, wide: int, high: int) -> None:
        """Nothing else may stand here."""
        self.taken.append((centre, wide, high))

    def first_free(self, centres: Iterable[Point], wide: int, high: int) -> Point | None:
        """The first of these centres at which a box of this size touches no other."""
        return next((c for c in centres if self._is_free(c, wide, high)), None)

    def _is_free(self, centre: Point, wide: int, high: int) -> bool:
        return all(
            2 * abs(centre[0] - other[0]) >= wide + other_wide + 4
            or 2 * abs(centre[1] - other[1]) >= high + other_high + 4
            for other, other_wide, other_high in self.taken
        )


def place_unknown(names: Iterable[str], layout: Layout) -> dict[str, Point]:
    """Centres below the map for states that it does not know."""
    in_a_row = max(1, layout.wide // (WIDE + 30))
    first = (layout.wide - (in_a_row - 1) * (WIDE + 30)) // 2
    return {
        name: (
            first + place % in_a_row * (WIDE + 30),
            layout.high + HIGH + place // in_a_row * (HIGH + 50),
        )
        for place, name in enumerate(list(names)[:MOST_UNKNOWN])
    }
