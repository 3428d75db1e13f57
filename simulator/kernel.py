"""The kernel of virtual time: what is due runs in order of time, then of arming.

Times are whole microseconds since the epoch. Two kinds of timer share one total order
(time, sequence number). A :class:`Lane` is for one constant delay: arming appends at its
end, so that the timer which every message arms anew costs no heap operation, and a
cancelled one is gone at once. :meth:`Kernel.at` is for any other time and goes to a heap.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from heapq import heapify, heappop, heappush
from math import inf
from typing import Any, TypeAlias

Callback: TypeAlias = Callable[[Any], object]
"""Called with the key under which the timer was armed."""

_Due: TypeAlias = tuple[int, int]
_Entry: TypeAlias = "tuple[int, int, Callback | None, Any]"
"""Time, sequence number, callback and its key; without a callback the key is a lane."""


class Lane:
    """Timers of one delay in microseconds, at most one for each key, first in first out.

    All of them take one place in the kernel's heap: that of the one that is due next.
    """

    __slots__ = ("_armed", "_kernel", "_waits", "callback", "delay")

    def __init__(self, kernel: Kernel, delay: int, callback: Callback) -> None:
        self._kernel = kernel
        self._armed: OrderedDict[Hashable, _Due] = OrderedDict()
        self._waits = False
        self.delay = delay
        self.callback = callback

    def __len__(self) -> int:
        return len(self._armed)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._armed

    def arm(self, key: Hashable) -> None:
        """Let ``key`` be due one delay from now, in place of when it was due."""
        kernel = self._kernel
        kernel.sequence = sequence = kernel.sequence + 1
        due = (kernel.now + self.delay, sequence)
        armed = self._armed
        if key in armed:
            armed.move_to_end(key)
        armed[key] = due
        if not self._waits:
            self._wait_for(due)

    def cancel(self, key: Hashable) -> None:
        """Forget ``key``, armed or not."""
        self._armed.pop(key, None)

    def armed(self) -> Iterator[tuple[int, int, Hashable]]:
        """What is armed, as (time, sequence number, key), the next one due first."""
        for key, (time, sequence) in self._armed.items():
            yield time, sequence, key

    def comes_up(self, due: _Due) -> bool:
        """Whether the head is due at ``due``, where the lane's place in the heap has come up.

        Where that head was cancelled or armed anew, the lane waits for the one that is
        its head now.
        """
        for head in self._armed.values():
            if head == due:
                return True
            self._wait_for(head)
            return False
        self._waits = False
        return False

    def take(self) -> Hashable:
        """The key of the head, which is armed no more; the lane waits for the next one."""
        key, _ = self._armed.popitem(last=False)
        for head in self._armed.values():
            self._wait_for(head)
            return key
        self._waits = False
        return key

    def _wait_for(self, due: _Due) -> None:
        self._waits = True
        heappush(self._kernel.heap, (due[0], due[1], None, self))


class Kernel:
    """Virtual time and all that is due.

    ``now`` is in microseconds; ``on_move`` is called after each change of it, before
    anything that is due then.
    """

    __slots__ = ("_cancelled", "_lanes", "_runs", "heap", "now", "on_move", "sequence")

    def __init__(self, now: int = 0, on_move: Callable[[], object] | None = None) -> None:
        self.now = now
        self.on_move = on_move
        self.sequence = 0
        self.heap: list[_Entry] = []
        self._cancelled: set[int] = set()
        self._lanes: list[Lane] = []
        self._runs = False

    def lane(self, delay: int, callback: Callback) -> Lane:
        """A new lane for timers that are due ``delay`` microseconds after they are armed.

        Raises ValueError for a delay that is not positive.
        """
        if delay <= 0:
            raise ValueError(f"A timer runs later than now: {delay} microseconds is no delay.")
        made = Lane(self, delay, callback)
        self._lanes.append(made)
        return made

    def at(self, time: int, callback: Callback, key: Hashable = None) -> int:
        """Let ``callback(key)`` run at ``time``; the number returned cancels it.

        Raises ValueError for a time that has passed.
        """
        if time < self.now:
            raise ValueError(f"A timer runs later than now: {time} is before {self.now}.")
        self.sequence = sequence = self.sequence + 1
        heappush(self.heap, (time, sequence, callback, key))
        return sequence

    def cancel(self, timer: int) -> None:
        """Forget a timer of :meth:`at`, whether it has run or not.

        The heap is rebuilt once the cancelled outnumber the rest, so that what they take
        is never more than the rest took when they were cancelled.
        """
        self._cancelled.add(timer)
        if len(self._cancelled) * 2 > len(self.heap):
            self.heap[:] = [entry for entry in self.heap if not self._is_cancelled(entry)]
            heapify(self.heap)
            self._cancelled.clear()

    def run_until(self, end: int, most: float = inf) -> int:
        """Run all that is due up to and including ``end``, then stand at ``end``.

        What is armed meanwhile runs in the same call when it is due by then. After ``most``
        timers it stops where it stands, once time has moved and all that was due then has
        run: called again, it goes on as if it had not stopped. Returns how many timers
        ran. Raises ValueError for an end before now, and RuntimeError when
        called by something that is due. After an error of a callback time stands where it
        happened, and what was due after it is still due.
        """
        if end < self.now:
            raise ValueError(f"Time moves forward only: {end} is before {self.now}.")
        if self._runs:
            raise RuntimeError("Time passes already; what is due cannot let more of it pass.")
        self._runs = True
        try:
            ran = self._run_until(end, most)
        finally:
            self._runs = False
        stopped = bool(self.heap) and self.heap[0][0] <= end
        if end != self.now and not stopped:
            self.now = end
            if self.on_move is not None:
                self.on_move()
        return ran

    def _run_until(self, end: int, most: float) -> int:
        heap, cancelled, start = self.heap, self._cancelled, self.now
        ran = 0
        while heap and heap[0][0] <= end:
            if ran >= most and heap[0][0] > self.now > start:
                break
            time, sequence, callback, key = heappop(heap)
            if callback is None:
                if not key.comes_up((time, sequence)):
                    continue
                callback, key = key.callback, key.take()
            elif cancelled and sequence in cancelled:
                cancelled.discard(sequence)
                continue
            if time != self.now:
                self.now = time
                if self.on_move is not None:
                    self.on_move()
            ran += 1
            callback(key)
        return ran

    def pending(self) -> int:
        """How many timers are armed."""
        in_heap = sum(
            1 for entry in self.heap if entry[2] is not None and not self._is_cancelled(entry)
        )
        return in_heap + sum(len(lane) for lane in self._lanes)

    def _is_cancelled(self, entry: _Entry) -> bool:
        return entry[2] is not None and entry[1] in self._cancelled
