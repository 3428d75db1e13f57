"""What a command costs in a small and in a large instance: ``python -m tests.benchmarks.cost``.

Prints, for each command, the median of its time in each size, and the largest over the
smallest: near 1 the cost does not grow. The commands take turns between the sizes, so that
a slow moment of the machine falls on all of them.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Mapping, Sequence
from statistics import median
from time import perf_counter
from typing import TypeAlias
from unittest.mock import patch

import typer

from smslab.simulator import invariants
from smslab.simulator.executed import Executed
from smslab.simulator.invariants import Breach
from smslab.simulator.policy import Policy
from smslab.simulator.store import Store
from tests.benchmarks.company_at_work import Company
from tests.benchmarks.say import say

Medians: TypeAlias = Mapping[str, Sequence[float]]
"""Seconds by command, one for each size."""

CHECK = "invariants after a command"


def measured(companies: Sequence[Company], conversations: int) -> Medians:
    """The medians over so many conversations in each of the companies."""
    seconds: dict[str, list[list[float]]] = {}
    for _ in range(conversations):
        for size, company in enumerate(companies):
            checks: list[float] = []
            with patch.object(invariants, "check", _timed_check(checks)):
                for name, command in company.commands():
                    began = perf_counter()
                    command()
                    took = perf_counter() - began
                    seconds.setdefault(name, [[] for _ in companies])[size].append(took)
            seconds.setdefault(CHECK, [[] for _ in companies])[size].extend(checks)
    return {name: [median(times) for times in sizes] for name, sizes in seconds.items()}


def _timed_check(seconds: list[float]) -> object:
    check = invariants.check

    def timed(store: Store, policy: Policy, executed: Executed) -> list[Breach]:
        began = perf_counter()
        found = check(store, policy, executed)
        seconds.append(perf_counter() - began)
        return found

    return timed


def memory(consumers: int, interactions: int) -> dict[str, float]:
    """Bytes for a consumer and for a closed interaction with its message, tables and journal."""
    tracemalloc.start()
    company = Company(0)
    empty = _bytes()
    company.grow(consumers)
    of_consumers = _bytes() - empty
    journal = company.instance.journal
    events, before = len(journal.events), _bytes()
    company.have_conversations(interactions)
    unread = _bytes() - before
    recorded = len(journal.events) - events
    read = _bytes() - before
    journal.events.clear()
    journal.entries.clear()
    of_tables = _bytes() - before
    tracemalloc.stop()
    return {
        "consumer": of_consumers / consumers,
        "interaction": of_tables / interactions,
        "interaction in the journal, unread": (unread - of_tables) / interactions,
        "interaction in the journal, read": (read - of_tables) / interactions,
        "events of an interaction": recorded / interactions,
    }


def _bytes() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def print_medians(sizes: Sequence[int], of_what: str, medians: Medians) -> None:
    """A table: a line for each command, a column for each size, and the ratio."""
    say(f"Microseconds (median) with so many {of_what}; largest over smallest instance")
    say(f"{'':32}" + "".join(f"{size:>11,}" for size in sizes) + f"{'ratio':>8}")
    for name, seconds in medians.items():
        columns = "".join(f"{each * 1e6:11.1f}" for each in seconds)
        say(f"{name:32}{columns}{seconds[-1] / seconds[0]:8.2f}")


def main(
    consumers: int = 1_000_000, closed: int = 100_000, conversations: int = 400, steps: int = 4
) -> None:
    """Measure up to so many consumers, and up to so many closed interactions, each in steps."""
    for name, number in memory(20_000, 2_000).items():
        unit = "" if name.startswith("events") else " bytes"
        say(f"{name}: {number:,.0f}{unit}")
    sizes = [max(1, consumers // 10**step) for step in reversed(range(steps))]
    companies = [Company(size) for size in sizes]
    print_medians(sizes, "consumers", measured(companies, conversations))
    sizes = [max(1, closed // 10**step) for step in reversed(range(steps))]
    companies = [Company(1_000) for _ in sizes]
    for company, size in zip(companies, sizes, strict=True):
        company.have_conversations(size)
    print_medians(sizes, "closed interactions", measured(companies, conversations))


if __name__ == "__main__":
    typer.run(main)
