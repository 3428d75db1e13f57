"""Our kernel against SimPy, on one model, in one run: ``python -m tests.benchmarks.kernel``.

Prints ratios of times, never times: those of another machine say nothing. Needs the
extra ``benchmark``. Ends with an error where the results differ or a ratio is below its
:data:`LEAST`.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from statistics import median
from time import process_time

import typer

from tests.benchmarks import on_our_kernel, on_simpy, on_simpy_callbacks
from tests.benchmarks.desk import Desk, Result, desk

OURS = "our kernel"
RUNS: dict[str, Callable[[Desk], Result]] = {
    OURS: on_our_kernel.run,
    "SimPy with bare callbacks": on_simpy_callbacks.run,
    "SimPy as documented": on_simpy.run,
}
LEAST = {"SimPy with bare callbacks": 1.3, "SimPy as documented": 5.0}
"""How many times as long as ours each run must take."""


def measured(conversations: int, repetitions: int) -> tuple[Result, dict[str, float]]:
    """The common result, and by run how many times as long as our kernel it took.

    Counted is the time of the processor. The runs take turns, and the ratio is the median of
    those of the turns, so that a slow moment of the machine falls on all of them.
    Raises AssertionError where two results differ.
    """
    model = desk(conversations)
    seconds: dict[str, list[float]] = {name: [] for name in RUNS}
    results: dict[str, Result] = {}
    for _ in range(repetitions):
        for name, run in RUNS.items():
            gc.collect()
            began = process_time()
            results[name] = run(model)
            seconds[name].append(process_time() - began)
    if len(set(results.values())) > 1:
        raise AssertionError(f"The results differ: {results}")
    ratios = {
        name: median(
            theirs / ours for theirs, ours in zip(seconds[name], seconds[OURS], strict=True)
        )
        for name in LEAST
    }
    return results[OURS], ratios


def main(conversations: int = 200_000, repetitions: int = 3) -> None:
    """Measure, print the ratios, and fail where one is too low."""
    result, ratios = measured(conversations, repetitions)
    say(f"{conversations} conversations, equal in all {len(RUNS)} runs: {result}")
    for name, ratio in ratios.items():
        say(f"{name}: {ratio:.1f} times as long as {OURS} (at least {LEAST[name]})")
    if any(ratio < LEAST[name] for name, ratio in ratios.items()):
        sys.exit("A ratio is too low.")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    typer.run(main)
