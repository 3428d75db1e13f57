"""The wall clock follows the virtual one."""

from __future__ import annotations

import asyncio
import datetime
import time
from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest

from smslab.simulator.clock import START, VirtualClock
from smslab.steps.frozen_time import FrozenTime


@pytest.fixture
def frozen() -> Iterator[FrozenTime]:
    """A frozen wall clock; it goes on after the test."""
    frozen = FrozenTime()
    frozen.start()
    yield frozen
    frozen.stop()


def test_it_shows_the_time_of_the_clock_that_it_follows(frozen: FrozenTime) -> None:
    clock = VirtualClock()
    frozen.follow(clock)
    assert datetime.datetime.now(UTC) == START
    clock.advance(timedelta(days=2, seconds=1))
    assert datetime.datetime.now(UTC) == START + timedelta(days=2, seconds=1)
    assert time.time() == clock.now.timestamp()


def test_the_next_clock_begins_again(frozen: FrozenTime) -> None:
    first, second = VirtualClock(), VirtualClock()
    frozen.follow(first)
    first.advance(timedelta(days=1))
    frozen.follow(second)
    assert datetime.datetime.now(UTC) == START


def test_waiting_in_an_event_loop_still_ends(frozen: FrozenTime) -> None:
    asyncio.run(asyncio.sleep(0.001))


def test_stopped_it_shows_real_time_and_can_be_started_again(frozen: FrozenTime) -> None:
    frozen.stop()
    assert datetime.datetime.now(UTC) != START
    frozen.start()
    frozen.start()
    assert datetime.datetime.now(UTC) == START
    frozen.stop()
    assert time.time() != START.timestamp()
