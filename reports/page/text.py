"""Text on the page: what the journal holds may be hostile, endless or invisible."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup, escape

LONGEST_LINE = 160
"""Characters of a text that a heading or the head of a folded text shows."""

LONGEST_OPEN = 400
"""Characters of a text that is not folded."""

_SIGNS = {
    "passed": "✓",
    "yes": "✓",
    "failed": "✗",
    "broken": "✗",
    "undefined": "?",
    "ambiguous": "?",
    "pending": "…",
    "skipped": "\u2013",
    "cut off": "✂",
    "never": "!",
    "changed": "≠",
}
_STATUS_WORDS = {"never": "never tried", "yes": "exercised"}

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def visible(value: object) -> object:
    """A value for the page: nothing for None, signs in place of control characters."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup) and not value.isprintable():
        return _INVISIBLE.sub(_sign, value)
    return value


def shortened(text: str, most: int = LONGEST_LINE) -> str:
    """The text on one line, cut at ``most`` characters."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1] + "…"


@lru_cache(maxsize=8192)
def line(text: str, most: int = LONGEST_LINE) -> Markup:
    """Text of the journal on one line, isolated from the direction of the text around it."""
    return _isolated(shortened(text, most))


@lru_cache(maxsize=8192)
def whole(text: str | None) -> Markup:
    """All of a text of the journal, isolated, and folded where it is long; nothing for None."""
    if text is None:
        return Markup()
    isolated = _isolated(text)
    if len(text) <= LONGEST_OPEN:
        return isolated
    return Markup(
        f'<details class="fold"><summary>{line(text)} <span class="soft">(all {len(text):,} '
        f"characters)</span></summary>{isolated}</details>"
    )


@lru_cache(maxsize=256)
def status(name: str, number: int | None = None) -> Markup:
    """A status, with a sign, so that nothing is said by colour alone; or so many of a status."""
    many = "" if number is None else f"{number:,} "
    said = escape(_STATUS_WORDS.get(name, name))
    return Markup(f'<span class="s {escape(name)}">{_SIGNS.get(name, "")} {many}{said}</span>')


def count(number: int, noun: str) -> str:
    """``1 scenario``, ``2 scenarios``, with a comma in thousands."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


@lru_cache(maxsize=4096)
def moment(time: datetime | None) -> str:
    """Virtual time as a reader wants it, UTC: the fraction only where there is one."""
    if time is None:
        return ""
    return time.strftime("%Y-%m-%d %H:%M:%S") + (f".{time:%f}" if time.microsecond else "")


def _isolated(text: str) -> Markup:
    """Escaped text; ASCII has no direction of its own, and needs no element around it."""
    escaped = escape(visible(text))
    return escaped if text.isascii() else Markup(f"<bdi>{escaped}</bdi>")


def _sign(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
