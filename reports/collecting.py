"""Making much at once without walking all of it again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from looking for cycles within the block.

    A run holds a tuple for every event and none of them in a cycle; the collector would walk
    them after every so many new ones, a fifth of the time that a page takes. What the block made
    counts as old afterwards, so that the collector does not walk all of it at once in the end.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            _grow_old()
            gc.enable()


def _grow_old() -> None:
    """Count everything as old; where something is frozen for good, that must stay so."""
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
