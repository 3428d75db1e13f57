"""Virtual time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from smslab.simulator.clock import START, VirtualClock


def test_it_starts_where_it_is_told() -> None:
    assert VirtualClock().now == START
    assert START.utcoffset() == timedelta(0)
    other = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert VirtualClock(other).now == other


def test_it_moves_only_when_told() -> None:
    clock = VirtualClock()
    clock.advance(timedelta(days=2, seconds=1))
    assert clock.now == datetime(2026, 1, 7, 9, 0, 1, tzinfo=UTC)


def test_listeners_hear_the_new_time_after_each_move_in_their_order() -> None:
    clock = VirtualClock()
    heard: list[tuple[str, datetime, datetime]] = []
    clock.listeners.append(lambda time: heard.append(("first", time, clock.now)))
    clock.listeners.append(lambda time: heard.append(("second", time, clock.now)))
    clock.advance(timedelta(minutes=30))
    at = START + timedelta(minutes=30)
    assert heard == [("first", at, at), ("second", at, at)]


@pytest.mark.parametrize("duration", [timedelta(0), timedelta(seconds=-1), timedelta(days=-2)])
def test_it_does_not_go_back_nor_stand_still(duration: timedelta) -> None:
    clock = VirtualClock()
    clock.listeners.append(lambda time: pytest.fail("nobody is told of a move that is none"))
    with pytest.raises(ValueError, match="duration"):
        clock.advance(duration)
    assert clock.now == START
