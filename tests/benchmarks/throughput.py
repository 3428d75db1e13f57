"""Commands per second of a whole instance, and what they are spent on.

``python -m tests.benchmarks.throughput`` prints shares of the time, which say the same on
every machine, and the commands per second of this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Any
from unittest.mock import patch

import typer

from smslab.simulator import core, invariants, sending
from smslab.simulator.applying import Application
from smslab.simulator.core import Core
from smslab.simulator.journal import Journal
from smslab.simulator.requesters import inbound
from tests.benchmarks.company_at_work import Company
from tests.benchmarks.say import say

PARTS: Mapping[str, tuple[tuple[object, str], ...]] = {
    "decision": ((sending, "assess"),),
    "effects": ((Application, "run"), (inbound, "receive")),
    "journal": ((Core, "write_journal"), (core, "told_of"), (Journal, "_tell")),
    "invariants": ((invariants, "check"),),
    "timers, routing, virtual agent": ((Core, "react"),),
}
"""The functions that each part of a command is."""

REST = "the rest"


class Stopwatch:
    """Sums up the time in the functions of :data:`PARTS`, each without the others within it."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(PARTS, 0.0)
        self._within = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure for as long as this lasts."""
        patches = [
            patch.object(owner, name, self._timed(part, getattr(owner, name)))
            for part, functions in PARTS.items()
            for owner, name in functions
        ]
        for each in patches:
            each.start()
        try:
            yield
        finally:
            for each in patches:
                each.stop()

    def _timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            outside, self._within = self._within, 0.0
            began = perf_counter()
            try:
                return function(*arguments)
            finally:
                took = perf_counter() - began
                self.seconds[part] += took - self._within
                self._within = outside + took

        return timed


def measured(conversations: int) -> tuple[float, dict[str, float]]:
    """Commands per second without the stopwatch, and the share of each part with it."""
    company = Company(1_000)
    plain_seconds, commands = _work(company, conversations)
    stopwatch = Stopwatch()
    with stopwatch.running():
        seconds, _ = _work(company, conversations)
    shares = {part: took / seconds for part, took in stopwatch.seconds.items()}
    return commands / plain_seconds, shares | {REST: 1 - sum(shares.values())}


def _work(company: Company, conversations: int) -> tuple[float, int]:
    """Have so many conversations, and read their journal: the time that took, and commands."""
    commands = 0
    began = perf_counter()
    for _ in range(conversations):
        for _, command in company.commands():
            command()
            commands += 1
        assert company.instance.journal.events
    return perf_counter() - began, commands


def main(conversations: int = 3_000) -> None:
    """Measure and print."""
    measured(conversations // 10)  # to warm up
    per_second, shares = measured(conversations)
    say(f"{per_second:,.0f} commands per second, of which")
    for part, share in shares.items():
        say(f"{share:6.1%}  {part}")


if __name__ == "__main__":
    typer.run(main)
