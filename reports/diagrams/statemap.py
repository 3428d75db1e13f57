"""The states of an entity as SVG: how often each transition was seen, and which never was."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from markupsafe import Markup, escape

from smslab.reports.diagrams.frame import framed
from smslab.reports.diagrams.lettering import clean, fitted
from smslab.reports.diagrams.statemap_arrows import Arrow, arrows, counted, short
from smslab.reports.diagrams.statemap_layouts import HIGH, LAYOUTS, WIDE, Layout, Point
from smslab.reports.diagrams.statemap_unplanned import Boxes, curve, place_unknown
from smslab.reports.run import Run

ENTITIES = tuple(LAYOUTS)
"""The entities that have a map."""

MOST_ILLEGAL = 12
"""Illegal transitions that are named under the map; the last line counts the others."""

_LINE = 20
_BIG = 500
_CLASSES = {"seen": "A", "never": "AV", "illegal": "AX"}


def state_map(run: Run, entity: str, prefix: str, compared: Run | None = None) -> Markup:
    """The map of an entity (:data:`ENTITIES`) as SVG in a box that scrolls.

    Each arrow has the number of times that its transition was seen; legal ones that never were
    are dashed, illegal ones are in alarm and named under the map. With ``compared``, a run to
    compare with, each arrow says by how much it differs. ``prefix`` begins the ids and must be
    unique in the page. Raises ValueError for an entity without a map.
    """
    if entity not in LAYOUTS:
        raise ValueError(f"There is no state map of {entity!r}; there are {', '.join(ENTITIES)}.")
    before = None if compared is None else counted(compared, entity)
    drawing = _Drawing(LAYOUTS[entity], arrows(entity, counted(run, entity), before))
    drawing.draw()
    return framed(
        prefix,
        kind="map big" if drawing.layout.wide > _BIG else "map",
        title=f"States of the {entity}",
        description="; ".join(arrow.in_words() for arrow in drawing.arrows[:60]) + ".",
        size=(drawing.layout.wide, drawing.high),
        content=drawing.content(),
    )


class _Drawing:
    """One map: boxes and routes that are planned, and curves for what is not."""

    def __init__(self, layout: Layout, all: list[Arrow]) -> None:
        self.layout = layout
        self.arrows = all
        self.high = layout.high
        self._shapes: dict[str, list[str]] = defaultdict(list)
        self._parts: list[str] = []
        self._counts: list[str] = []
        self._taken = Boxes()

    def draw(self) -> None:
        """Boxes first: nothing may stand on them."""
        known = self.layout.states
        named = (state for arrow in self.arrows for state in arrow.pair if state is not None)
        unknown = place_unknown(dict.fromkeys(s for s in named if s not in known), self.layout)
        if unknown:
            self.high = max(y for _, y in unknown.values()) + HIGH
        entered = Counter({a.pair[1]: 0 for a in self.arrows})
        for arrow in self.arrows:
            entered[arrow.pair[1]] += arrow.count
        places = {**known, **unknown}
        left = {a.pair[0] for a in self.arrows if a.rule is not None}
        for state, centre in places.items():
            self._box(state, centre, entered[state], last=state not in left, known=state in known)
        self._planned()
        self._unplanned(places)
        self._legend()

    def content(self) -> str:
        """The elements, from the back to the front."""
        shapes = [
            f'<path class="{name}" d="{"".join(parts)}"/>' for name, parts in self._shapes.items()
        ]
        x, y = self.layout.start
        dot = f'<circle cx="{x}" cy="{y}" r="6"/>'
        return "".join([*shapes, dot, *self._parts, *self._counts])

    def _box(self, state: str, centre: Point, entered: int, *, last: bool, known: bool) -> None:
        self._taken.take(centre, WIDE, HIGH)
        x, y = centre[0] - WIDE // 2, centre[1] - HIGH // 2
        kind, words = "S V", "never reached"
        if not known:
            kind, words = "S U", "unknown state"
        elif entered:
            kind = "S"
            words = "reached once" if entered == 1 else f"reached {short(entered)} times"
        inner = _rect(x + 3, y + 3, WIDE - 6, HIGH - 6) if last and known else ""
        name = fitted(state, WIDE - 8, bold=True)
        self._parts.append(
            f'<g class="{kind}">{_rect(x, y, WIDE, HIGH)}{inner}'
            f'<text class="B" x="{centre[0]}" y="{y + 17}">{name}</text>'
            f'<text class="O" x="{centre[0]}" y="{y + 32}">{words}</text></g>'
        )

    def _planned(self) -> None:
        for arrow in self.arrows:
            route = self.layout.routes.get(arrow.pair)
            if route is not None and arrow.rule is not None:
                self._line(arrow, _rounded(route.corners), route.corners[-2], route.corners[-1])
                self._count(arrow, route.count)

    def _unplanned(self, places: dict[str, Point]) -> None:
        for arrow in self.arrows:
            old, new = arrow.pair
            begin = self.layout.start if old is None else places.get(old)
            if arrow.rule is None and begin is not None and new in places:
                bow = curve(begin, places[new], is_new=old is None)
                path = f"M{_at(bow.begin)}Q{_at(bow.bend)} {_at(bow.end)}"
                self._line(arrow, path, bow.bend, bow.end)
                wide, high = _size(arrow.on_it())
                spot = self._taken.first_free(bow.points(), wide, high)
                if spot is not None:
                    self._count(arrow, spot)

    def _line(self, arrow: Arrow, path: str, before: Point, tip: Point) -> None:
        name = _CLASSES[arrow.kind]
        self._shapes[name].append(path)
        self._shapes[name.replace("A", "H")].append(_head(before, tip))

    def _count(self, arrow: Arrow, centre: Point) -> None:
        lines = arrow.on_it()
        wide, high = _size(lines)
        self._taken.take(centre, wide, high)
        x, y = centre[0] - wide // 2, centre[1] - high // 2
        kind = f"N {_CLASSES[arrow.kind]}N" + (" D" if arrow.has_changed else "")
        words = "".join(
            f'<text x="{centre[0]}" y="{y + 13 + 13 * place}">{line}</text>'
            for place, line in enumerate(lines)
        )
        self._counts.append(
            f'<g class="{kind}"><title>{escape(clean(arrow.in_words()))}</title>'
            f"{_rect(x, y, wide, high)}{words}</g>"
        )

    def _legend(self) -> None:
        kinds = {arrow.kind for arrow in self.arrows}
        y = self.high + 6
        self.high = y
        self._sample("seen", "seen, so many times" if "seen" in kinds else None)
        self._sample("never", "allowed, never seen" if "never" in kinds else None)
        self._sample("illegal", "not allowed, and yet seen:" if "illegal" in kinds else None)
        illegal = [arrow for arrow in self.arrows if arrow.rule is None]
        for arrow in illegal[:MOST_ILLEGAL]:
            old, new = arrow.pair
            self._words(f"{old or 'new'} → {new}: {', '.join(arrow.on_it())}", "X")
        if len(illegal) > MOST_ILLEGAL:
            self._words(f"and {len(illegal) - MOST_ILLEGAL} more", "X")
        if any(arrow.compared is not None for arrow in self.arrows):
            self._words("second line: against the compared run", "O")
        self.high += 6

    def _sample(self, kind: str, words: str | None) -> None:
        if words is None:
            return
        y = self.high + 8
        name = _CLASSES[kind]
        self._shapes[name].append(f"M8 {y}H44")
        self._shapes[name.replace("A", "H")].append(_head((8, y), (48, y)))
        self._words(words, "X" if kind == "illegal" else "O")

    def _words(self, words: str, name: str) -> None:
        room = self.layout.wide - 64
        content = fitted(words, room, bold=name == "X")
        self._parts.append(f'<text class="{name}" x="56" y="{self.high + 12}">{content}</text>')
        self.high += _LINE


def _size(lines: list[str]) -> tuple[int, int]:
    """Width and height of the box around a count."""
    return max(28, 12 + 8 * max(map(len, lines))), 5 + 13 * len(lines)


def _rect(x: int, y: int, wide: int, high: int) -> str:
    return f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="8"/>'


def _at(point: Point) -> str:
    return f"{point[0]} {point[1]}"


def _rounded(corners: tuple[Point, ...]) -> str:
    """A line along these corners, each rounded."""
    parts = [f"M{_at(corners[0])}"]
    for (before, corner), (_, after) in pairwise(pairwise(corners)):
        parts.append(f"L{_at(_near(corner, before))}Q{_at(corner)} {_at(_near(corner, after))}")
    return "".join(parts) + f"L{_at(corners[-1])}"


def _near(corner: Point, other: Point, distance: int = 9) -> Point:
    """The point on the way from a corner to another point, this far from the corner."""
    across, down = other[0] - corner[0], other[1] - corner[1]
    length = max(1.0, (across * across + down * down) ** 0.5)
    share = min(0.5, distance / length)
    return round(corner[0] + across * share), round(corner[1] + down * share)


def _head(before: Point, tip: Point) -> str:
    """The head of an arrow that comes from ``before`` and ends at ``tip``."""
    across, down = tip[0] - before[0], tip[1] - before[1]
    length = max(1.0, (across * across + down * down) ** 0.5)
    along, side = (across / length, down / length), (-down / length, across / length)
    left, right = (
        (round(tip[0] - 9 * along[0] + way * side[0]), round(tip[1] - 9 * along[1] + way * side[1]))
        for way in (4.5, -4.5)
    )
    return f"M{_at(tip)}L{_at(left)} {_at(right)}z"
