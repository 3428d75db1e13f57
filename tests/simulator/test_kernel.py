"""The kernel: boundaries, errors, and nothing left of what was cancelled."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smslab.simulator.kernel import Kernel


def recording(kernel: Kernel) -> tuple[list[tuple[int, object]], Callable[[object], None]]:
    """A list of (time, key), and a callback that fills it."""
    ran: list[tuple[int, object]] = []
    return ran, lambda key: ran.append((kernel.now, key))


def test_what_is_due_at_the_end_runs_and_what_is_due_later_does_not() -> None:
    kernel = Kernel()
    ran, run = recording(kernel)
    for time in (5, 6, 7):
        kernel.at(time, run, time)
    assert kernel.run_until(6) == 2
    assert ran == [(5, 5), (6, 6)]
    assert (kernel.now, kernel.pending()) == (6, 1)
    assert kernel.run_until(6) == 0


def test_equal_times_run_in_the_order_of_arming_across_lanes_and_heap() -> None:
    kernel = Kernel()
    ran, run = recording(kernel)
    slow, fast = kernel.lane(10, run), kernel.lane(4, run)
    slow.arm("first")
    kernel.at(10, run, "second")
    kernel.run_until(6)
    fast.arm("third")
    kernel.at(10, run, "fourth")
    kernel.run_until(10)
    assert ran == [(10, "first"), (10, "second"), (10, "third"), (10, "fourth")]


def test_arming_anew_moves_a_key_to_the_end_of_its_lane() -> None:
    kernel = Kernel()
    ran, run = recording(kernel)
    lane = kernel.lane(10, run)
    lane.arm("a")
    lane.arm("b")
    kernel.run_until(9)
    lane.arm("a")
    assert list(lane.armed()) == [(10, 2, "b"), (19, 3, "a")]
    assert kernel.run_until(18) == 1
    assert kernel.run_until(19) == 1
    assert ran == [(10, "b"), (19, "a")]


def test_arming_anew_and_cancelling_leave_nothing_in_the_heap() -> None:
    kernel = Kernel()
    ran, run = recording(kernel)
    lane = kernel.lane(1_000_000, run)
    for message in range(10_000):
        lane.arm(message % 100)
        kernel.cancel(kernel.at(10**9, run))
        kernel.run_until(message + 1)
        assert len(kernel.heap) <= 2
    assert kernel.pending() == len(lane) == 100
    for key in range(100):
        assert key in lane
        lane.cancel(key)
        lane.cancel(key)
    assert kernel.pending() == len(lane) == 0
    assert kernel.run_until(10**10) == 0
    assert (ran, kernel.heap) == ([], [])


def test_a_timer_that_has_run_can_be_cancelled_without_effect() -> None:
    kernel = Kernel()
    ran, run = recording(kernel)
    timer = kernel.at(1, run, "ran")
    kernel.run_until(1)
    kernel.cancel(timer)
    kernel.at(2, run, "due")
    assert kernel.pending() == 1
    kernel.run_until(2)
    assert ran == [(1, "ran"), (2, "due")]


def test_time_moves_before_what_is_due_and_only_to_where_something_is() -> None:
    moves: list[int] = []
    kernel = Kernel(on_move=lambda: moves.append(kernel.now))
    ran, run = recording(kernel)
    lane = kernel.lane(5, run)
    lane.arm("cancelled")
    kernel.at(6, run)
    kernel.at(7, run, "heard")
    kernel.at(7, lambda key: ran.append((moves[-1], key)), "told")
    kernel.cancel(2)
    lane.cancel("cancelled")
    kernel.run_until(9)
    assert moves == [7, 9]
    assert ran == [(7, "heard"), (7, "told")]


def test_a_callback_may_arm_its_own_lane_and_cancel_what_is_due_now() -> None:
    kernel = Kernel()
    ran, run = recording(kernel)

    def again(key: object) -> None:
        run(key)
        lane.arm(key)
        lane.cancel("other")
        kernel.cancel(timer)

    lane = kernel.lane(2, again)
    lane.arm("key")
    lane.arm("other")
    timer = kernel.at(2, run, "timer")
    assert kernel.run_until(6) == 3
    assert ran == [(2, "key"), (4, "key"), (6, "key")]


def test_an_error_stops_time_where_it_happened_and_keeps_what_is_due_later() -> None:
    kernel = Kernel()
    ran, run = recording(kernel)

    def fail(key: object) -> None:
        raise LookupError(key)

    lane = kernel.lane(3, fail)
    lane.arm("broken")
    kernel.run_until(1)
    lane.arm("broken, too")
    kernel.at(3, run, "due")
    with pytest.raises(LookupError, match="broken"):
        kernel.run_until(10)
    assert (kernel.now, ran) == (3, [])
    lane.callback = run
    assert kernel.run_until(10) == 2
    assert ran == [(3, "due"), (4, "broken, too")]


@pytest.mark.parametrize("delay", [0, -1])
def test_a_lane_needs_a_delay(delay: int) -> None:
    with pytest.raises(ValueError, match="is no delay"):
        Kernel().lane(delay, print)


def test_the_past_is_refused() -> None:
    kernel = Kernel(now=5)
    with pytest.raises(ValueError, match="4 is before 5"):
        kernel.at(4, print)
    with pytest.raises(ValueError, match="Time moves forward only"):
        kernel.run_until(4)
    assert (kernel.now, kernel.heap) == (5, [])


def test_what_is_due_cannot_let_time_pass() -> None:
    kernel = Kernel()
    kernel.at(1, lambda key: kernel.run_until(2))
    with pytest.raises(RuntimeError, match="passes already"):
        kernel.run_until(3)
    assert kernel.run_until(3) == 0


def test_cancelling_many_keeps_the_order_of_the_rest() -> None:
    kernel = Kernel()
    ran, run = recording(kernel)
    times = [(37 * position) % 101 for position in range(100)]
    timers = [kernel.at(time, run, time) for time in times]
    for timer in timers[::3] + timers[1::3]:
        kernel.cancel(timer)
    kernel.run_until(101)
    assert ran == sorted((time, time) for time in times[2::3])


def test_cancelled_timers_are_forgotten_when_they_come_up_and_when_there_are_many() -> None:
    kernel = Kernel()
    for time in range(1, 10):
        kernel.at(time, print)
    kernel.cancel(1)
    kernel.run_until(1)
    assert not kernel._cancelled
    for timer in range(2, 10):
        kernel.cancel(timer)
        assert len(kernel._cancelled) * 2 <= len(kernel.heap)
    assert kernel.run_until(9) == 0


def test_it_stops_after_most_timers_but_never_amid_what_is_due_at_once() -> None:
    kernel = Kernel()
    ran, run = recording(kernel)
    for time in (5, 6, 6, 6, 7):
        kernel.at(time, run, time)
    assert kernel.run_until(10, most=2) == 4
    assert (kernel.now, kernel.pending()) == (6, 1)
    assert kernel.run_until(10, most=2) == 1
    assert kernel.now == 10
    assert ran == [(5, 5), (6, 6), (6, 6), (6, 6), (7, 7)]


def test_it_always_gets_on_even_where_much_is_due_now() -> None:
    kernel = Kernel()
    ran, run = recording(kernel)
    for _ in range(5):
        kernel.at(0, run)
    kernel.at(4, run)
    kernel.at(9, run)
    assert kernel.run_until(10, most=1) == 6
    assert kernel.now == 4
    assert len(ran) == 6
