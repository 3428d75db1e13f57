"""Events as Parquet: written in large row groups as they come, read group by group.

Texts that repeat are written as dictionaries. Needs pyarrow (the extra ``parquet``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from smslab.reports.atomic import drafted
from smslab.reports.frames.columns import TEXT
from smslab.reports.scale.batches import CATEGORY, EVENTS

ROW_GROUP = 1_000_000
"""Events of a row group: few enough for the memory, many enough for the dictionaries to pay."""

_DICTIONARY = pa.dictionary(pa.int32(), pa.string())
_TYPES = {"int64": pa.int64(), TEXT: pa.string(), CATEGORY: _DICTIONARY}
SCHEMA = pa.schema(
    [(name, _TYPES.get(dtype, pa.timestamp("us", tz="UTC"))) for name, dtype in EVENTS.items()]
)
"""The columns of :data:`.batches.EVENTS` as Parquet has them."""


class NotEvents(ValueError):
    """A Parquet file that holds no events; the message says which column is missing."""


def write_events(path: Path, batches: Iterable[pd.DataFrame]) -> int:
    """Write batches of events to one file, atomically; returns how many events there were.

    Raises OSError where the file cannot be written.
    """
    written = 0
    waiting: list[pa.Table] = []
    with drafted(path) as draft, pq.ParquetWriter(draft, SCHEMA, compression="zstd") as writer:
        for frame in batches:
            waiting.append(pa.Table.from_pandas(frame, SCHEMA, preserve_index=False))
            if sum(map(len, waiting)) >= ROW_GROUP:
                written += _flush(writer, waiting)
        written += _flush(writer, waiting)
    return written


def event_batches(path: Path, columns: Iterable[str] = tuple(EVENTS)) -> Iterator[pd.DataFrame]:
    """The events of a file, a frame for each row group, with the columns that are asked for.

    Raises NotEvents where the file is no Parquet or has not these columns, and OSError where it
    cannot be read.
    """
    wanted = list(columns)
    try:
        schema = pq.read_schema(path)
        wrong = [name for name in wanted if not _fits(name, schema)]
        if wrong:
            raise NotEvents(
                f"{path} has no column {wrong[0]} of the right type; expected the columns "
                f"{', '.join(EVENTS)}, as write_events writes them."
            )
        with pq.ParquetFile(path, read_dictionary=_texts(wanted)) as file:
            for group in range(file.num_row_groups):
                yield _frame(file.read_row_group(group, columns=wanted))
    except pa.ArrowInvalid as error:
        raise NotEvents(f"{path} is no Parquet file, or is damaged: {error}") from None


def _fits(name: str, schema: pa.Schema) -> bool:
    if name not in schema.names:
        return False
    found = schema.field(name).type
    if pa.types.is_dictionary(found):
        found = found.value_type
    if EVENTS[name] in (CATEGORY, TEXT):
        return bool(pa.types.is_string(found) or pa.types.is_large_string(found))
    return bool(found == SCHEMA.field(name).type)


def _flush(writer: pq.ParquetWriter, waiting: list[pa.Table]) -> int:
    if not waiting:
        return 0
    table = pa.concat_tables(waiting).unify_dictionaries()
    waiting.clear()
    writer.write_table(table, row_group_size=ROW_GROUP)
    return len(table)


def _texts(columns: list[str]) -> list[str]:
    """All texts are read as dictionaries: what is rare costs little, and what is not, much."""
    return [name for name in columns if EVENTS[name] in (CATEGORY, TEXT)]


def _frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(split_blocks=True, self_destruct=True)
    return frame
