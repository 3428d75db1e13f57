"""Keys in the order of their ranks, the first that fits found without sorting the rest."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heapify, heappop, heappush
from typing import Generic, TypeVar

Rank = TypeVar("Rank", bound=tuple[float, ...])

_SLACK = 16


class Ranking(Generic[Rank]):
    """Keys by rank, lowest first; ranks are distinct, or keys decide.

    A key that moves leaves its old entry in the heap, to be dropped when it comes up; the
    heap is rebuilt once such entries outnumber the keys, so all costs stay logarithmic.
    """

    __slots__ = ("_heap", "_ranks")

    def __init__(self) -> None:
        self._ranks: dict[str, Rank] = {}
        self._heap: list[tuple[Rank, str]] = []

    def __len__(self) -> int:
        return len(self._ranks)

    def __contains__(self, key: str) -> bool:
        return key in self._ranks

    def place(self, key: str, rank: Rank) -> None:
        """Put a key at a rank, in place of the one it had."""
        if self._ranks.get(key) != rank:
            self._ranks[key] = rank
            heappush(self._heap, (rank, key))
            self._tidy()

    def remove(self, key: str) -> None:
        """Forget a key, known or not."""
        if self._ranks.pop(key, None) is not None:
            self._tidy()

    def first(self, fits: Callable[[str], bool]) -> str | None:
        """The key of the lowest rank that fits, or None; it costs one look at each before it."""
        passed: list[tuple[Rank, str]] = []
        found = None
        while self._heap and found is None:
            rank, key = self._heap[0]
            if self._ranks.get(key) != rank:
                heappop(self._heap)
            elif fits(key):
                found = key
            else:
                passed.append(heappop(self._heap))
        for entry in passed:
            heappush(self._heap, entry)
        return found

    def _tidy(self) -> None:
        if len(self._heap) > 2 * len(self._ranks) + _SLACK:
            self._heap = [(rank, key) for key, rank in self._ranks.items()]
            heapify(self._heap)
