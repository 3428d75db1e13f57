"""The sequence of a scenario as SVG: lifelines side by side, time downwards.

Nothing overlaps, because whatever has text has a row of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from markupsafe import Markup

from smslab.reports.diagrams.clock import clock, day
from smslab.reports.diagrams.frame import framed
from smslab.reports.diagrams.lettering import fitted, width
from smslab.reports.diagrams.sequence_model import sequence_of
from smslab.reports.diagrams.sequence_rows import Lifeline, Row, RowKind, Sequence
from smslab.reports.journal_file import ScenarioRecord
from smslab.simulator.states import InteractionState

_CLOCK = 78
_RIGHT = 54
"""Room for the clock at the left, and for words on the last line at the right."""

_COLUMN = 128
_LEAST_COLUMN = 100
_MOST_COLUMN = 150
_LEAST_WIDTH = 590
_FULL_WIDTH = 1032
"""What a page on a desk has room for: lifelines move together, as far as they can, to fit."""

_EDGE = 6
_TAIL = 8
_HEAD = 50
_HALF_BAND = 5

_BANDS: dict[str, str] = {
    InteractionState.NEW: "BN",
    InteractionState.ON_HOLD: "BH",
    InteractionState.WORK_IN_PROGRESS: "BW",
    InteractionState.WRAP_UP: "BU",
}
"""Classes of the band of an interaction; they differ in outline and filling, not only in colour."""

_FINAL: frozenset[str] = frozenset(state for state in InteractionState if state.is_final)

_BACK_TO_FRONT = (
    *("L", "BO", *_BANDS.values(), "E", "P", "PX", "G", "GL"),
    *("N", "NW", "NX", "NS", "A", "AS", "AX", "H", "HS", "HX"),
)
"""Classes of shapes: lifelines, bands and their ends, steps, gaps, notes, arrows, heads."""


def sequence(record: ScenarioRecord, prefix: str) -> Markup:
    """The sequence of a scenario as SVG in a box that scrolls; empty where nothing happened.

    ``prefix`` begins the ids of this drawing and must be unique in its page.
    """
    told = sequence_of(record)
    if not told.rows:
        return Markup()
    drawing = _Drawing(told)
    drawing.draw()
    return framed(
        prefix,
        kind="seq",
        title=f"What happened in: {told.title}",
        description=_description(told),
        size=(drawing.width, drawing.y + 8),
        content=drawing.content(),
    )


def _description(told: Sequence) -> str:
    names = ", ".join(line.name for line in told.lifelines)
    some = f" {told.left_out:,} more are not drawn." if told.left_out else ""
    return f"{len(told.rows)} rows, from top to bottom, between {names or 'nobody'}.{some}"


def _column(lines: int) -> int:
    """How far apart so many lifelines stand."""
    least, full = (
        (wide - _CLOCK - _RIGHT) // max(1, lines) for wide in (_LEAST_WIDTH, _FULL_WIDTH)
    )
    return min(max(least, min(_COLUMN, full), _LEAST_COLUMN), _MOST_COLUMN)


class _Drawing:
    """Collects shapes and texts by class, so that each class is one short element."""

    def __init__(self, told: Sequence) -> None:
        lines = told.lifelines
        self._told = told
        column = _column(len(lines))
        self._column = column
        self.width = max(_LEAST_WIDTH, _CLOCK + column * len(lines) + _RIGHT)
        first = _CLOCK + column // 2
        self._x = {line.key: first + column * place for place, line in enumerate(lines)}
        self._shapes: dict[str, list[str]] = defaultdict(list)
        self._texts: dict[str, list[str]] = defaultdict(list)
        self._bands: dict[str, tuple[str, int]] = {}
        self._now: datetime | None = None
        self._day = told.rows[0].time.date()
        self.y = _HEAD

    def draw(self) -> None:
        """Draw every row, then what runs through all of them."""
        for row in self._told.rows:
            draw, height, base = _ROWS[row.kind]
            if row.time != self._now:
                self._now = row.time
                self._text("T", _EDGE, self.y + base, clock(row.time))
            draw(self, row)
            self.y += height
        for key in list(self._bands):
            self._end_band(key, self.y)
        self._text("T", _EDGE, 21, day(self._told.rows[0].time.date()))
        self._text("T", _EDGE, 37, "UTC")
        for line in self._told.lifelines:
            self._head(line)

    def content(self) -> str:
        """The elements, from the back to the front."""
        shapes = [
            f'<path class="{name}" d="{"".join(self._shapes[name])}"/>'
            for name in _BACK_TO_FRONT
            if name in self._shapes
        ]
        texts = [f'<g class="{name}">{"".join(all)}</g>' for name, all in self._texts.items()]
        return "".join(shapes + texts)

    # Rows

    def step(self, row: Row) -> None:
        """The words of a step, across everything."""
        name = "PX" if row.tone == "bad" else "P"
        self._shapes[name].append(f"M0 {self.y + 4}h{self.width}v22h-{self.width}z")
        room = self.width - _CLOCK - _EDGE
        self._text("S", _CLOCK, self.y + 19, fitted(row.text, room, bold=True))

    def gap(self, row: Row) -> None:
        """Time that passes, or rows that are left out: everything is cut through."""
        words = row.text
        if row.kind == "gap" and self._day != row.time.date():
            words += f", on {day(row.time.date())}"
        self._day = row.time.date()
        y, x = self.y, _CLOCK
        self._shapes["G"].append(f"M{x} {y + 4}H{self.width}v20H{x}z")
        self._shapes["GL"].append(f"M{x} {y + 4}H{self.width}M{x} {y + 24}H{self.width}")
        self._text("I", x + 8, y + 18, fitted(words, self.width - x - 16))
        if row.kind == "cut" and self._told.resumed:
            self._resume()

    def arrow(self, row: Row) -> None:
        """From the first stop to the last; those between are dots."""
        begin, *between = (self._x[key] for key in row.stops)
        end = between.pop() if between else begin
        if begin == end:
            self.note(row)
            return
        tone = {"bad": "X", "soft": "S"}.get(row.tone, "")
        y, back = self.y + 21, -1 if end > begin else 1
        tip = end + back * (2 if row.stops[-1] not in self._bands else _HALF_BAND + 1)
        self._shapes["A" + tone].append(f"M{begin} {y}H{tip + back * 6}")
        heads = self._shapes["H" + tone]
        if row.tone == "bad":
            self._shapes["AX"].append(f"M{tip - 4} {y - 4}l8 8m0-8l-8 8")
        else:
            heads.append(f"M{tip} {y}l{back * 8}-4v8z")
        heads += [f"M{x - 3} {y}l3-3l3 3l-3 3z" for x in between]
        self._label(row, min(begin, end) + 12)

    def note(self, row: Row) -> None:
        """A box on a lifeline, as wide as its words."""
        x = self._x[row.stops[0]]
        bold = row.tone == "bad"
        wide = min(int(width(row.text, bold=bold)) + 14, self.width - _CLOCK - _EDGE)
        left = max(_CLOCK, min(x - wide // 2, self.width - wide - _EDGE))
        tone = _NOTES[row.tone]
        self._shapes[tone].append(f"M{left} {self.y + 3}h{wide}v18h-{wide}z")
        self._shapes["H"].append(f"M{x - 4} {self.y + 21}h8l-4 4z")
        words = fitted(row.text, wide - 10, bold=bold)
        self._text("M X" if bold else "M", left + wide // 2, self.y + 16, words)

    def state(self, row: Row) -> None:
        """The band of an interaction changes."""
        key = row.stops[0]
        x, y = self._x[key], self.y + 10
        self._end_band(key, y)
        if row.state in _FINAL:
            self._shapes["E"].append(f"M{x - 9} {y}h18")
        else:
            self._bands[key] = (row.state, y)
        self._shapes["H"].append(f"M{x - 4} {y}l4-4l4 4l-4 4z")
        wide, right = width(row.text), self.width - _EDGE - x - 14
        left = x - 14 - _CLOCK
        if wide <= right or right >= left:
            self._text("C", x + 14, self.y + 14, fitted(row.text, right))
        else:
            self._text("C R", x - 14, self.y + 14, fitted(row.text, left))

    def alarm(self, row: Row) -> None:
        """Something that must not be, across everything."""
        self._shapes["PX"].append(f"M0 {self.y + 2}h{self.width}v22h-{self.width}z")
        room = self.width - _CLOCK - _EDGE
        self._text("S X", _CLOCK, self.y + 17, fitted(row.text, room, bold=True))

    # Parts

    def _text(self, name: str, x: int, y: int, content: str) -> None:
        self._texts[name].append(f'<text x="{x}" y="{y}">{content}</text>')

    def _label(self, row: Row, left: int) -> None:
        """Words at the beginning of an arrow; further left where they need the room."""
        end, bold = self.width - _EDGE, row.tone == "bad"
        wide = width(row.text, bold=bold)
        if wide > end - left:
            left = max(_CLOCK, int(end - wide))
        words = fitted(row.text, end - left, bold=bold)
        self._text(_WORDS[row.tone], left, self.y + 14, words)

    def _end_band(self, key: str, y: int) -> None:
        state, begin = self._bands.pop(key, ("", y))
        if y > begin:
            left, name = self._x[key] - _HALF_BAND, _BANDS.get(state, "BO")
            self._shapes[name].append(f"M{left} {begin}h10V{y}h-10z")

    def _resume(self) -> None:
        """Go on with the states that interactions have after rows that were left out."""
        for key in list(self._bands):
            self._end_band(key, self.y + 4)
        for key, state in self._told.resumed.items():
            if key in self._x and state not in _FINAL:
                self._bands[key] = (state, self.y + 24)

    def _head(self, line: Lifeline) -> None:
        x, room = self._x[line.key], self._column - 8
        self._shapes["L"].append(f"M{x} {_HEAD - 6}V{self.y}")
        round_corners = 14 if line.kind in ("requester", "agent") else 2
        self._texts["K"].append(
            f'<rect x="{x - room // 2}" y="4" width="{room}" height="40" rx="{round_corners}"/>'
        )
        self._text("K B", x, 21, fitted(line.name, room - 8, bold=True))
        about = line.about
        if about.startswith("+") and width(about) > room - 8:
            about = f"…{about[-_TAIL:]}"  # numbers differ at their end
        self._text("K O", x, 37, fitted(about, room - 8))


_WORDS = {"": "W", "soft": "W O", "warn": "W", "bad": "W X"}
"""Classes of the words on an arrow, by tone."""

_NOTES = {"": "N", "soft": "NS", "warn": "NW", "bad": "NX"}
"""Classes of the box of a note, by tone."""

_ROWS: dict[RowKind, tuple[Callable[[_Drawing, Row], None], int, int]] = {
    "step": (_Drawing.step, 30, 19),
    "gap": (_Drawing.gap, 30, 18),
    "cut": (_Drawing.gap, 30, 18),
    "arrow": (_Drawing.arrow, 30, 14),
    "note": (_Drawing.note, 28, 16),
    "state": (_Drawing.state, 20, 14),
    "alarm": (_Drawing.alarm, 28, 17),
}
"""How a row is drawn, how high it is, and where its words stand in it."""
