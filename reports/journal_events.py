"""Reading event lines fast: what stands in a journal again and again is read once.

Nearly every line of a journal is an event, and events repeat: every scenario begins at the
same virtual time and builds much the same company. An event line is therefore cut into
four pieces, written in this order: whose it is (``{"line":"event","scenario":KEY``), when
it was (sequence, time, step), of which record (entity, id), and what changed. Each piece is
read and checked once, and known by its bytes from then on. A line that is not written like
that, or that is damaged anywhere, is left to the careful reading of
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
from smslab.reports.journal_lines import OF_A_RECORD, WHAT_CHANGED
from smslab.simulator.journal import Event

When: TypeAlias = tuple[int, datetime, int]

_MOST_REMEMBERED = 200_000
"""Pieces kept of each kind, so that an endless journal does not fill the memory."""

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
        text = f'{{"line":"event","scenario":{_encode(scenario)},"sequence":'
        self._begins = text.encode("utf-8", "replace")
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
        return Event._make(when + record + what)

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
