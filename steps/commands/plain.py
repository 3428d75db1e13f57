"""Text of a journal, for a terminal."""

from __future__ import annotations


def plain(text: str) -> str:
    """Text on one line that a terminal does not take for commands."""
    return text if text.isprintable() else "".join(map(_sign, text))


def _sign(sign: str) -> str:
    return sign if sign.isprintable() else "\ufffd"
