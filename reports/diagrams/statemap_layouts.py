"""Where each state stands on its map, and how each legal transition runs: always the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[int, int]
Pair: TypeAlias = tuple[str | None, str]

WIDE = 140
HIGH = 40
"""Size of the box of a state."""


@dataclass(frozen=True, slots=True)
class Route:
    """The corners of an arrow, and where its count stands."""

    corners: tuple[Point, ...]
    count: Point


@dataclass(frozen=True, slots=True)
class Layout:
    """The map of an entity: size, where new records come from, centres of states, routes."""

    wide: int
    high: int
    start: Point
    states: Mapping[str, Point]
    routes: Mapping[Pair, Route]


def _route(*corners: Point, count: Point) -> Route:
    return Route(corners, count)


_INTERACTION = Layout(
    wide=612,
    high=560,
    start=(304, 14),
    states={
        "New": (304, 90),
        "On Hold": (120, 200),
        "Faulted": (488, 200),
        "Work In Progress": (304, 310),
        "Wrap Up": (488, 415),
        "Closed Abandoned": (120, 530),
        "Closed Complete": (304, 530),
    },
    routes={
        (None, "New"): _route((304, 14), (304, 70), count=(304, 42)),
        ("New", "On Hold"): _route((234, 98), (120, 98), (120, 180), count=(120, 140)),
        ("New", "Closed Abandoned"): _route(
            (234, 82), (26, 82), (26, 530), (50, 530), count=(28, 310)
        ),
        ("New", "Work In Progress"): _route((304, 110), (304, 290), count=(304, 148)),
        ("New", "Faulted"): _route((374, 98), (488, 98), (488, 180), count=(488, 140)),
        ("New", "Closed Complete"): _route(
            (374, 82), (584, 82), (584, 538), (374, 538), count=(584, 310)
        ),
        ("On Hold", "Work In Progress"): _route(
            (190, 210), (262, 210), (262, 290), count=(262, 246)
        ),
        ("On Hold", "Faulted"): _route((190, 190), (418, 190), count=(366, 190)),
        ("Work In Progress", "On Hold"): _route(
            (234, 316), (156, 316), (156, 220), count=(156, 272)
        ),
        ("On Hold", "Closed Abandoned"): _route((76, 220), (76, 510), count=(76, 360)),
        ("On Hold", "Closed Complete"): _route(
            (112, 220), (112, 462), (272, 462), (272, 510), count=(112, 416)
        ),
        ("Work In Progress", "Closed Abandoned"): _route(
            (258, 330), (258, 420), (164, 420), (164, 510), count=(211, 420)
        ),
        ("Work In Progress", "Closed Complete"): _route((312, 330), (312, 510), count=(312, 400)),
        ("Work In Progress", "Faulted"): _route(
            (374, 302), (470, 302), (470, 220), count=(470, 262)
        ),
        ("Work In Progress", "Wrap Up"): _route(
            (374, 320), (488, 320), (488, 395), count=(488, 358)
        ),
        ("Wrap Up", "Closed Complete"): _route(
            (488, 435), (488, 522), (374, 522), count=(488, 478)
        ),
    },
)

_PROFILE = Layout(
    wide=340,
    high=240,
    start=(170, 14),
    states={"active": (170, 90), "inactive": (170, 210)},
    routes={
        (None, "active"): _route((170, 14), (170, 70), count=(170, 42)),
        ("active", "inactive"): _route((170, 110), (170, 190), count=(170, 148)),
    },
)

_WORK_ITEM = Layout(
    wide=420,
    high=360,
    start=(110, 14),
    states={
        "Queued": (110, 90),
        "Pending Accept": (110, 210),
        "Canceled": (330, 210),
        "Accepted": (110, 330),
    },
    routes={
        (None, "Queued"): _route((110, 14), (110, 70), count=(110, 42)),
        ("Queued", "Pending Accept"): _route((82, 110), (82, 190), count=(82, 148)),
        ("Pending Accept", "Queued"): _route((138, 190), (138, 110), count=(138, 150)),
        ("Queued", "Canceled"): _route((180, 90), (330, 90), (330, 190), count=(330, 140)),
        ("Pending Accept", "Canceled"): _route((180, 210), (260, 210), count=(216, 210)),
        ("Pending Accept", "Accepted"): _route((110, 230), (110, 310), count=(110, 268)),
    },
)

_MESSAGE = Layout(
    wide=420,
    high=370,
    start=(210, 16),
    states={
        "received": (100, 100),
        "queued": (310, 100),
        "failed": (100, 220),
        "sent": (310, 220),
        "undelivered": (100, 340),
        "delivered": (310, 340),
    },
    routes={
        (None, "received"): _route((210, 16), (100, 16), (100, 80), count=(100, 48)),
        (None, "queued"): _route((210, 16), (310, 16), (310, 80), count=(310, 48)),
        ("queued", "failed"): _route(
            (270, 120), (270, 162), (110, 162), (110, 200), count=(190, 162)
        ),
        ("queued", "sent"): _route((318, 120), (318, 200), count=(318, 158)),
        ("sent", "undelivered"): _route(
            (270, 240), (270, 282), (110, 282), (110, 320), count=(190, 282)
        ),
        ("sent", "delivered"): _route((318, 240), (318, 320), count=(318, 278)),
    },
)

LAYOUTS: Mapping[str, Layout] = {
    "interaction": _INTERACTION,
    "channel user profile": _PROFILE,
    "work item": _WORK_ITEM,
    "message": _MESSAGE,
}
"""By entity: every state and every legal transition of it has its place."""
