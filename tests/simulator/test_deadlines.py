"""Deadlines come up once, at their time, unless they are cleared or set anew."""

from __future__ import annotations

from datetime import timedelta

from smslab.simulator.clock import VirtualClock
from smslab.simulator.deadlines import Deadlines

MINUTE = timedelta(minutes=1)


def deadlines() -> tuple[VirtualClock, Deadlines, list[tuple[str, int]]]:
    """A clock, deadlines on it, and (key, minutes since the start) of those that came up."""
    clock = VirtualClock()
    start = clock.now
    due: list[tuple[str, int]] = []
    return (
        clock,
        Deadlines(clock.kernel, lambda key: due.append((key, (clock.now - start) // MINUTE))),
        due,
    )


def test_each_comes_up_at_its_own_time() -> None:
    clock, times, due = deadlines()
    times.set("a", 2 * MINUTE)
    times.set("b", MINUTE)
    clock.advance(10 * MINUTE)
    assert due == [("b", 1), ("a", 2)]


def test_setting_one_anew_replaces_it_whatever_the_delay() -> None:
    clock, times, due = deadlines()
    times.set("a", MINUTE)
    times.set("a", 5 * MINUTE)
    times.set("b", 5 * MINUTE)
    times.set("b", MINUTE)
    clock.advance(10 * MINUTE)
    assert due == [("b", 1), ("a", 5)]


def test_a_cleared_one_never_comes_up() -> None:
    clock, times, due = deadlines()
    times.set("a", MINUTE)
    times.clear("a")
    times.clear("unknown")
    clock.advance(10 * MINUTE)
    assert due == []
    assert clock.kernel.pending() == 0


def test_one_that_came_up_can_be_set_again() -> None:
    clock, times, due = deadlines()
    times.set("a", MINUTE)
    clock.advance(MINUTE)
    times.set("a", MINUTE)
    clock.advance(MINUTE)
    assert due == [("a", 1), ("a", 2)]
