"""Reading event and step lines fast: what stands in a journal again and again is read once.

Nearly every line of a journal is an event, and events repeat: every scenario begins at the
same virtual time and builds much the same company. An event line is therefore cut into
four pieces, written in this order: whose it is (``{"line":"event","scenario":KEY``), when
it was (sequence, time, step), of which record (entity, id), and what changed. Each piece is
read and checked once, and known by its bytes from then on. Steps repeat as well, those of a
background in every scenario: what follows the key of the scenario is one piece. A line that is
not written like that, or that is damaged anywhere, is left to the careful reading of
:mod:`smslab.reports.journal_lines`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from smslab.reports.journal_fields import BadLine
from smslab.reports.journal_fields import time as time_field
from smslab.reports.journal_lines import OF_A_RECORD, WHAT_CHANGED, StepLine
from smslab.simulator.journal import Event

When: TypeAlias = tuple[int, datetime, int]

_MOST_REMEMBERED = 200_000
"""Pieces kept of each kind, so that an endless journal does not fill the memory."""

_NEW = tuple.__new__
"""Of an event, whose values were counted when they were read: quicker than its own ``_make``."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_WHEN = re.compile(
    rb'(-?(?:0|[1-9][0-9]{0,17})),"time":"([0-9A-Z:.+-]+)","step":(-?(?:0|[1-9][0-9]{0,17}))'
)
_Piece: TypeAlias = tuple[Any, ...]
_Checks: TypeAlias = dict[str, Callable[[Any], Any]]


class EventLines:
    """Reads the event lines of one scenario after the other."""

    def __init__(self) -> None:
        self._begins = b""
        self._skip = 0
        self._when: dict[bytes, When] = {}
        self._records: dict[bytes, _Piece] = {}
        self._what: dict[bytes, _Piece] = {}

    def begin(self, scenario: str) -> None:
        """From here on, the lines of the scenario with this key are read, and no others."""
        self._begins = _beginning("event", scenario) + b'"sequence":'
        self._skip = len(self._begins)

    def end(self) -> None:
        """From here on, no line is read."""
        self._begins = b""

    def read(self, raw: bytes) -> Event | None:
        """The event of a whole line; None where the line must be read with care."""
        if not self._begins or not raw.startswith(self._begins):
            return None
        cut = raw.find(b',"entity":', self._skip)
        last = raw.find(b',"field":', cut)
        if cut < 0 or last < 0:
            return None
        head, middle, tail = raw[self._skip : cut], raw[cut:last], raw[last:]
        when = self._when.get(head) or self._read_when(head)
        record = self._records.get(middle) or _read(middle, OF_A_RECORD, self._records)
        what = self._what.get(tail) or _read(tail, WHAT_CHANGED, self._what)
        if when is None or record is None or what is None:
            return None
        return _NEW(Event, when + record + what)

    def _read_when(self, head: bytes) -> When | None:
        found = _WHEN.fullmatch(head)
        if found is None:
            return None
        try:
            when = int(found[1]), time_field(found[2].decode("ascii")), int(found[3])
        except BadLine:
            return None
        if len(self._when) < _MOST_REMEMBERED:
            self._when[head] = when
        return when


class StepLines:
    """Reads the step lines of one scenario after the other, if the like of them was read before."""

    def __init__(self) -> None:
        self._scenario = ""
        self._begins = b""
        self._known: dict[bytes, _Piece] = {}

    def begin(self, scenario: str) -> None:
        """From here on, the lines of the scenario with this key are read, and no others."""
        self._scenario = scenario
        self._begins = _beginning("step", scenario)

    def end(self) -> None:
        """From here on, no line is read."""
        self._begins = b""

    def read(self, raw: bytes) -> StepLine | None:
        """The step of a whole line; None where the line must be read with care."""
        if not self._begins or not raw.startswith(self._begins):
            return None
        values = self._known.get(raw[len(self._begins) :])
        return None if values is None else StepLine(self._scenario, *values)

    def learn(self, raw: bytes, step: StepLine) -> None:
        """Remember what was read with care from a whole line of the scenario."""
        piece = raw[len(self._begins) :]
        if (
            self._begins
            and raw.startswith(self._begins)
            and b'"scenario":' not in piece
            and len(self._known) < _MOST_REMEMBERED
        ):
            self._known[piece] = tuple(getattr(step, name) for name in _OF_A_STEP)


_OF_A_STEP = tuple(StepLine.__dataclass_fields__)[1:]
"""The fields of a step but for its scenario, which is the first."""


def _beginning(kind: str, scenario: str) -> bytes:
    """How a line of this kind begins in a scenario, up to its first field."""
    text = f'{{"line":"{kind}","scenario":{_encode(scenario)},'
    return text.encode("utf-8", "replace")


def _read(piece: bytes, checks: _Checks, known: dict[bytes, _Piece]) -> _Piece | None:
    """The values of a piece, which begins with a comma; the last one ends the line, too."""
    end = b"" if checks is OF_A_RECORD else b"}\n"
    if not piece.endswith(end) or b"\\u" in piece:
        return None
    try:
        data = json.loads(f"{{{piece[1 : len(piece) - len(end)].decode('utf-8')}}}")
        if tuple(data) != tuple(checks):
            return None
        values = tuple([check(data[name]) for name, check in checks.items()])
    except (ValueError, RecursionError):
        return None
    if len(known) < _MOST_REMEMBERED:
        known[piece] = values
    return values
