"""Virtual time in drawings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from smslab.reports.diagrams.clock import clock, later


@pytest.mark.parametrize(
    ("microsecond", "shown"), [(0, "09:05:00"), (250_000, "09:05:00.25"), (400, "09:05:00")]
)
def test_the_clock_shows_thousandths_where_there_are_any(microsecond: int, shown: str) -> None:
    assert clock(datetime(2026, 1, 5, 9, 5, 0, microsecond, tzinfo=UTC)) == shown


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        (timedelta(seconds=90), "1 minute 30 seconds later"),
        (timedelta(hours=2, seconds=1), "2 hours later"),
        (timedelta(days=2, minutes=5), "2 days later"),
        (timedelta(days=1, hours=19, minutes=50), "1 day 19 hours later"),
        (timedelta(days=30, hours=1), "4 weeks 2 days later"),
    ],
)
def test_what_is_small_beside_the_rest_is_left_out(passed: timedelta, shown: str) -> None:
    assert later(passed) == shown
