"""Who owned which number when, as SVG: one lane per number, its moments from left to right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from markupsafe import Markup

from smslab.reports.diagrams.clock import GAP, clock, later
from smslab.reports.diagrams.frame import framed
from smslab.reports.diagrams.lanes_model import Moment, Span, Story, stories
from smslab.reports.diagrams.lettering import fitted
from smslab.reports.run import Run

MOST_LANES = 60
"""Lanes that are drawn; the last line counts the others."""

MOST_MOMENTS = 12
"""Moments of a lane that are drawn, from the first on."""

_LEAST_WIDTH = 560
_STEP = 112
_BAR = 24
_EDGE = 10


def ownership_lanes(run: Run, prefix: str, numbers: Collection[str] | None = None) -> Markup:
    """The lanes as SVG in a box that scrolls; empty where there is no number to show.

    ``numbers``: which, as stored (``+4915123456789``); without it, those that changed hands, or
    about which an agent was warned. Scenarios in which the same happened to a number share a
    lane. ``prefix`` begins the ids and must be unique in the page.
    """
    all = stories(run, numbers)
    if not all:
        return Markup()
    drawing = _Drawing(all[:MOST_LANES])
    drawing.draw()
    hidden = len(all) - MOST_LANES
    if hidden > 0:
        drawing.rest(f"and {hidden:,} more numbers to which something else happened")
    return framed(
        prefix,
        kind="own",
        title="Who owned which number when",
        description=f"{len(all):,} lanes: each has the owners of a number, in order, not to scale.",
        size=(drawing.wide, drawing.y),
        content=drawing.content(),
    )


class _Drawing:
    """Collects shapes and texts by class, lane by lane."""

    def __init__(self, lanes: list[Story]) -> None:
        self._lanes = lanes
        most = max(min(len(lane.moments), MOST_MOMENTS) for lane in lanes)
        self.wide = max(_LEAST_WIDTH, 2 * _EDGE + _STEP * most)
        self.y = 4
        self._shapes: dict[str, list[str]] = defaultdict(list)
        self._texts: dict[str, list[str]] = defaultdict(list)

    def draw(self) -> None:
        """Every lane."""
        for lane in self._lanes:
            self._lane(lane)

    def rest(self, words: str) -> None:
        """A last line."""
        self._text("O", _EDGE, self.y + 14, fitted(words, self.wide - 2 * _EDGE))
        self.y += 24

    def content(self) -> str:
        """The elements, from the back to the front."""
        shapes = [f'<path class="{n}" d="{"".join(all)}"/>' for n, all in self._shapes.items()]
        texts = [f'<g class="{n}">{"".join(all)}</g>' for n, all in self._texts.items()]
        return "".join(shapes + texts)

    def _lane(self, lane: Story) -> None:
        moments = lane.moments[:MOST_MOMENTS]
        room = self.wide - 2 * _EDGE
        self._text("B", _EDGE, self.y + 14, fitted(lane.number, 140, bold=True))
        self._text("O", _EDGE + 150, self.y + 14, fitted(_where(lane.scenarios), room - 150))
        top = self.y + 24
        lines = 1 + max(span.line for span in lane.spans)
        bottom = top + lines * (_BAR + 4)
        for span in lane.spans:
            if span.begin < len(moments):
                self._span(span, top + span.line * (_BAR + 4), len(moments))
        before = None
        for position, moment in enumerate(moments):
            self._moment(_x(position), top, bottom, moment, before, lane.began)
            before = moment
        if len(lane.moments) > MOST_MOMENTS:
            more = f"and {len(lane.moments) - MOST_MOMENTS:,} more changes"
            self._text("O", _EDGE, bottom + 50, fitted(more, room))
            bottom += 16
        self.y = bottom + 52
        self._shapes["L"].append(f"M0 {self.y - 8}H{self.wide}")

    def _span(self, span: Span, y: int, moments: int) -> None:
        begin = _x(span.begin)
        lasts = span.until is None or span.until >= moments
        end = _x(moments) - 14 if lasts else _x(span.until or 0)
        name = "OG" if span.owner == "guest" else "OW"
        tip = f"l10 {_BAR // 2}l-10 {_BAR // 2}" if lasts else f"v{_BAR}"
        self._shapes[name].append(f"M{begin} {y}H{end}{tip}H{begin}z")
        room = min(end - begin, _STEP) - 16
        self._text("W", begin + 10, y + 16, fitted(span.owner, room, bold=True))

    def _moment(
        self, x: int, top: int, bottom: int, moment: Moment, before: Moment | None, began: datetime
    ) -> None:
        self._shapes["TW" if moment.tone else "T"].append(f"M{x} {top - 3}V{bottom + 4}")
        kind = "WN" if moment.tone else "N"
        self._text(kind, x, bottom + 18, fitted(moment.what, _STEP - 8, bold=bool(moment.tone)))
        passed = moment.since - (before.since if before else timedelta())
        when = later(passed) if passed >= GAP else clock(began + moment.since)
        rule = f"{moment.rule} · " if moment.rule else ""
        self._text("O", x, bottom + 33, fitted(rule + when, _STEP - 8))

    def _text(self, name: str, x: int, y: int, content: str) -> None:
        self._texts[name].append(f'<text x="{x}" y="{y}">{content}</text>')


def _x(position: int) -> int:
    return _EDGE + 2 + _STEP * position


def _where(scenarios: list[str]) -> str:
    if len(scenarios) == 1:
        return f"in: {scenarios[0]}"
    return f"in {len(scenarios):,} scenarios, such as: {scenarios[0]}"
