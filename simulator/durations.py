"""Durations in words, as features and policy files write them: ``1 hour 30 minutes``."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = ("week", "day", "hour", "minute", "second")
_PART = rf"\d+ (?:{'|'.join(_UNITS)})s?"
PATTERN = rf"{_PART}(?:(?: and|,)? {_PART})*"
"""The regular expression of a duration."""


class BadDuration(ValueError):
    """A text is no duration, or no time passes like that; the message says what would."""


def duration(text: str) -> timedelta:
    """A duration in words. Raises BadDuration for text that is none, or too long to count."""
    if not re.fullmatch(PATTERN, text):
        raise BadDuration(f"{text!r} is not a duration such as '2 days' or '1 hour 30 minutes'.")
    parts = re.findall(r"(\d+) ([a-z]+?)s?\b", text)
    try:
        return sum((timedelta(**{f"{unit}s": int(n)}) for n, unit in parts), timedelta())
    except OverflowError:
        raise BadDuration(f"{text!r} is too long to count.") from None


def in_words(value: timedelta) -> str:
    """A duration of whole seconds in words; the inverse of :func:`duration`."""
    rest, parts = int(value.total_seconds()), []
    for unit in _UNITS:
        count, rest = divmod(rest, int(timedelta(**{f"{unit}s": 1}).total_seconds()))
        if count:
            parts.append(f"{count} {unit}{'s' if count > 1 else ''}")
    return " ".join(parts) or "0 seconds"
