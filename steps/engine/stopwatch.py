"""Real time, for durations: it goes on where the wall clock is stopped for a scenario."""

from __future__ import annotations

import time

# Stopping the clock replaces functions that stand in a module by name; not those in a tuple.
_REAL = (time.perf_counter,)


def seconds() -> float:
    """Seconds since some moment: only differences mean something."""
    return _REAL[0]()
