"""The kernel: one total order for lanes and heap, as a naive model of it has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from smslab.simulator.kernel import Kernel

DELAYS = (3, 7)
KEYS = range(4)


@dataclass
class Naive:
    """What the kernel must do, by sorting all timers each time; ``ran`` is (time, what, key)."""

    now: int = 0
    sequence: int = 0
    due: list[tuple[int, int, str, int]] = field(default_factory=list)
    ran: list[tuple[int, str, int]] = field(default_factory=list)

    def at(self, time: int, key: int) -> int:
        self.sequence += 1
        self.due.append((time, self.sequence, "at", key))
        return self.sequence

    def arm(self, lane: int, key: int) -> None:
        self.disarm(lane, key)
        self.sequence += 1
        self.due.append((self.now + DELAYS[lane], self.sequence, f"lane {lane}", key))

    def disarm(self, lane: int, key: int) -> None:
        self.due = [timer for timer in self.due if timer[2:] != (f"lane {lane}", key)]

    def cancel(self, timer: int) -> None:
        self.due = [other for other in self.due if other[1] != timer]

    def run_until(self, end: int, then: Callable[[str, int], None]) -> int:
        count = 0
        while self.due and min(self.due)[0] <= end:
            timer = min(self.due)
            self.due.remove(timer)
            self.now = timer[0]
            self.ran.append((self.now, timer[2], timer[3]))
            count += 1
            then(timer[2], timer[3])
        self.now = end
        return count


class Both:
    """One kernel and one naive model, to which the same is done.

    A timer of :meth:`Kernel.at` with an odd key arms a lane when it runs, one of a lane
    with key 0 starts another timer at once.
    """

    def __init__(self) -> None:
        self.naive = Naive()
        self.kernel = Kernel()
        self.ran: list[tuple[int, str, int]] = []
        self.timers: list[tuple[int, int]] = []
        self.lanes = [
            self.kernel.lane(delay, self._running(f"lane {position}"))
            for position, delay in enumerate(DELAYS)
        ]

    def _running(self, what: str) -> Callable[[int], None]:
        def run(key: int) -> None:
            self.ran.append((self.kernel.now, what, key))
            if what == "at" and key % 2:
                self.lanes[0].arm(key)
            elif key == 0 and what != "at":
                self.kernel.at(self.kernel.now, self._running("at"), 2)

        return run

    def _follow(self, what: str, key: int) -> None:
        if what == "at" and key % 2:
            self.naive.arm(0, key)
        elif key == 0 and what != "at":
            self.naive.at(self.naive.now, 2)

    def at(self, after: int, key: int) -> None:
        timer = self.kernel.at(self.kernel.now + after, self._running("at"), key)
        self.timers.append((timer, self.naive.at(self.naive.now + after, key)))

    def cancel(self, position: int, key: int) -> None:
        if self.timers:
            ours, naive = self.timers[(position * 4 + key) % len(self.timers)]
            self.kernel.cancel(ours)
            self.naive.cancel(naive)

    def arm(self, lane: int, key: int) -> None:
        self.lanes[lane % 2].arm(key)
        self.naive.arm(lane % 2, key)

    def disarm(self, lane: int, key: int) -> None:
        self.lanes[lane % 2].cancel(key)
        self.naive.disarm(lane % 2, key)

    def run(self, duration: int, key: int) -> None:
        ran = self.kernel.run_until(self.kernel.now + duration)
        assert ran == self.naive.run_until(self.naive.now + duration, self._follow)


steps = st.tuples(
    st.sampled_from([Both.at, Both.cancel, Both.arm, Both.disarm, Both.run]),
    st.integers(0, 9),
    st.sampled_from(KEYS),
)


@given(st.lists(steps, max_size=60))
@settings(max_examples=400)
def test_what_is_due_runs_in_the_order_of_time_then_of_arming(
    todo: list[tuple[Callable[[Both, int, int], None], int, int]],
) -> None:
    both = Both()
    most = len(DELAYS)
    for do, number, key in todo:
        do(both, number, key)
        most = max(most, len(both.naive.due) + len(DELAYS))
        assert both.ran == both.naive.ran
        assert both.kernel.now == both.naive.now
        assert both.kernel.pending() == len(both.naive.due)
        assert len(both.kernel.heap) <= 2 * most
    both.run(100, 0)
    assert both.ran == both.naive.ran
    assert both.kernel.heap == []
