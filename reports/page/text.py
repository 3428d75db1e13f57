"""Text on the page: what the journal holds may be hostile, endless or invisible."""

from __future__ import annotations

import re

from markupsafe import Markup

LONGEST_LINE = 160
"""Characters of a text that a heading or the head of a folded text shows."""

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def visible(value: object) -> object:
    """A value for the page: nothing for None, signs in place of control characters."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _INVISIBLE.sub(_sign, value)
    return value


def shortened(text: str, most: int = LONGEST_LINE) -> str:
    """The text on one line, cut at ``most`` characters."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1] + "…"


def count(number: int, noun: str) -> str:
    """``1 scenario``, ``2 scenarios``, with a comma in thousands."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _sign(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
