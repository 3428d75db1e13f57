"""The very end of a process: quick, and nothing that was written is lost."""

from __future__ import annotations

import atexit
import gc
from contextlib import suppress
from io import BufferedRandom, BufferedWriter, TextIOWrapper


def leave_quickly() -> None:
    """Spare Python its last searches for garbage, which go through all there is, several times.

    Those searches would also close files that are part of a cycle, so that what is still in
    their buffers is written out first.
    """
    atexit.register(_end)


def _end() -> None:
    gc.unfreeze()
    written = TextIOWrapper, BufferedWriter, BufferedRandom
    for each in gc.get_objects():
        if isinstance(each, written) and not each.closed:
            with suppress(OSError, ValueError):
                each.flush()
    gc.freeze()
