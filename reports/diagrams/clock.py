"""Virtual time as drawings show it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from smslab.simulator.durations import in_words

GAP = timedelta(minutes=1)
"""From here on, time that passes is told in words."""


@lru_cache(maxsize=4096)
def clock(time: datetime) -> str:
    """``09:00:00``, with thousandths where there are any."""
    fraction = f".{time:%f}"[:4].rstrip("0") if time.microsecond else ""
    return f"{time:%H:%M:%S}{fraction}".rstrip(".")


@lru_cache(maxsize=256)
def day(of: date) -> str:
    """``5 Jan 2026``."""
    return f"{of.day} {of:%b %Y}"


def later(passed: timedelta) -> str:
    """``2 days 5 hours later``: what is small beside the rest is left out."""
    small = next((small for large, small in _SMALL if passed >= large), timedelta(seconds=1))
    return f"{in_words(passed // small * small)} later"


_SMALL = (
    (timedelta(days=30), timedelta(days=1)),
    (timedelta(days=1), timedelta(hours=1)),
    (timedelta(hours=1), timedelta(minutes=1)),
)
"""From how much on what is left out."""
