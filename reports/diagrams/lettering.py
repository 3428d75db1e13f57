"""Text in drawings: SVG neither wraps nor cuts, so every label is made to fit its room here.

The reader's font is not known. Widths are those of DejaVu Sans, the widest of the usual
ones, so that a label that fits here fits everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from markupsafe import escape

SIZE = 12
"""Size of the letters of a drawing, in px."""

_MOST_TITLE = 400
"""Characters of a text that was shortened, where it is shown when pointed at."""

_WIDTHS = dict.fromkeys(map(ord, "ijl|'I "), 0.34) | dict.fromkeys(map(ord, "ftr.,:;!()[]-"), 0.42)
_WIDTHS |= dict.fromkeys(map(ord, "wMQOGHND&+<>=~^#"), 0.88)
_WIDTHS |= dict.fromkeys(map(ord, "mW@%"), 1.0)
_WIDTHS |= dict.fromkeys(map(ord, "0123456789"), 0.64)
_USUAL = 0.65
_OTHER = 0.82
_WIDE = 1.35
_BOLD = 1.1


_UNUSUAL = re.compile("[^ -~\u00a1-\u00ac\u00ae-\u02ff“”…·→✗⚠⊘✓]")
"""Signs that need a second look; none of the others can do harm."""


def clean(text: str) -> str:
    """The text on one line, without signs that cannot be seen or that turn others around."""
    if not _UNUSUAL.search(text):
        return text
    line = " ".join(text[:2000].split())
    return "".join(_clean_signs(line))


def _clean_signs(line: str) -> list[str]:
    """Without formatting signs, and with at most two marks on a letter."""
    kept: list[str] = []
    for marks, signs in groupby(line, lambda sign: unicodedata.category(sign)[0] == "M"):
        some = list(signs)
        kept += some[:2] if marks else [_seen(sign) for sign in some]
    return kept


def _seen(sign: str) -> str:
    if sign.isprintable() or sign == " ":
        return sign
    return "" if unicodedata.category(sign) == "Cf" else "\ufffd"


def shortened(text: str, most: int = 120) -> str:
    """The clean text with at most so many characters."""
    line = clean(text)
    return line if len(line) <= most else f"{line[: most - 1]}…"


@lru_cache(maxsize=4096)
def width(text: str, *, bold: bool = False) -> float:
    """The width in px that a text takes at most."""
    total = sum(map(_sign_width, clean(text))) * SIZE
    return total * _BOLD if bold else total


@lru_cache(maxsize=4096)
def _sign_width(sign: str) -> float:
    code = ord(sign)
    if code < 0x7F:
        return _WIDTHS.get(code, _USUAL)
    if unicodedata.category(sign)[0] == "M":
        return 0.1
    if unicodedata.east_asian_width(sign) in "WF" or code > 0x2E7F:
        return _WIDE
    return _OTHER


@lru_cache(maxsize=4096)
def fitted(text: str, room: int, *, bold: bool = False) -> str:
    """The text as SVG content that is at most ``room`` px wide, escaped.

    One that is shortened ends in ``…`` and has all of it as its title.
    """
    line = clean(text)
    if len(line) * _WIDE * _BOLD * SIZE <= room or width(line, bold=bold) <= room:
        return str(escape(line))
    room_left = room / SIZE / (_BOLD if bold else 1) - 1
    short = ""
    for position, sign in enumerate(line):
        room_left -= _sign_width(sign)
        if room_left < 0:
            short = line[:position].rstrip()
            break
    return f"{escape(short)}…<title>{escape(shortened(line, _MOST_TITLE))}</title>"
