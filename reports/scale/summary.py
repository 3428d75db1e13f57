"""Counts of a journal of any size, in the memory of one batch; and all events in one frame."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
from pandas.api.types import union_categoricals

from smslab.reports.exports.parquet import need_pyarrow
from smslab.reports.journal_reading import find
from smslab.reports.scale.batches import EVENTS
from smslab.reports.scale.counts import COLUMNS, Counts
from smslab.reports.scale.lines import Lines

_RANGE = 64_000_000
"""Bytes of JSON Lines that one process reads at a time."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A journal in counts.

    ``events`` is how many there are, ``damage`` says what could not be read, and the frames are
    described in :mod:`smslab.reports.scale.counts`.
    """

    events: int
    transitions: pd.DataFrame
    decisions: pd.DataFrame
    rules: pd.DataFrame
    hourly: pd.DataFrame
    damage: list[str] = field(default_factory=list)


def summarise(path: str | os.PathLike[str], processes: int = 1) -> Summary:
    """Count the events at ``path``: a results folder, a journal, or events as Parquet.

    ``processes``: how many may read JSON Lines at the same time; a script that asks for more
    than one must be importable, as with every pool of processes. Raises JournalNotFound where
    there is nothing, NotEvents for a Parquet file of something else, NoParquet without pyarrow,
    and OSError.
    """
    counts, damaged = Counts(), 0
    if _is_parquet(Path(path)):
        for frame in _of_parquet(Path(path), COLUMNS):
            counts.add(frame)
        counts.close()
    else:
        for part, lost in _in_ranges(_ranges(find(Path(path))[0]), processes):
            counts.merge(part)
            damaged += lost
    counts.finish()
    lines = f"{damaged} line{'' if damaged == 1 else 's'}"
    damage = [f"{lines} of the journal cannot be read and are left out."] if damaged else []
    return Summary(counts.events, **counts.frames(), damage=damage)


def load_events(path: str | os.PathLike[str]) -> pd.DataFrame:
    """All events at ``path`` in one frame (columns: :data:`.batches.EVENTS`).

    Ids and values are categories, too, so that 10 million events take about 1 GB. Raises as
    :func:`summarise` does.
    """
    return _joined(list(_batches(Path(path))))


def _is_parquet(path: Path) -> bool:
    return path.is_file() and path.suffix == ".parquet"


def _of_parquet(path: Path, columns: Iterable[str]) -> Iterator[pd.DataFrame]:
    need_pyarrow()
    from smslab.reports.scale.parquet import event_batches

    return event_batches(path, columns)


def _batches(path: Path) -> Iterator[pd.DataFrame]:
    if _is_parquet(path):
        yield from _of_parquet(path, EVENTS)
        return
    for file in find(path)[0]:
        for frame in Lines(file).batches():
            yield frame.astype({"id": "category", "old": "category", "new": "category"})


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """The frames below each other, categories united; each column of theirs is let go at once."""
    columns: dict[str, object] = {}
    for name in EVENTS:
        parts = [frame.pop(name) for frame in frames]
        if isinstance(parts[0].dtype, pd.CategoricalDtype):
            columns[name] = union_categoricals(parts)
        else:
            columns[name] = pd.concat(parts, ignore_index=True)
    return pd.DataFrame(columns, copy=False)


def _ranges(files: list[Path]) -> list[Lines]:
    return [
        Lines(file, begin, min(begin + _RANGE, size))
        for file in files
        for size in [file.stat().st_size]
        for begin in range(0, size, _RANGE)
    ]


def _in_ranges(ranges: list[Lines], processes: int) -> Iterator[tuple[Counts, int]]:
    if processes <= 1 or len(ranges) == 1:
        yield from map(_count, ranges)
        return
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        yield from pool.map(_count, ranges)


def _count(lines: Lines) -> tuple[Counts, int]:
    counts = Counts()
    for frame in lines.batches():
        counts.add(frame)
    counts.close()
    return counts, lines.damaged
