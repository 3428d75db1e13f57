"""Building frames with fixed columns and types, also when there are no rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

TEXT = "str"
COUNT = "Int64"
TIME = "datetime64[us, UTC]"
TRUTH = "bool"


def build(columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """A frame with these columns (name to dtype) from rows in the same order; None is missing."""
    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(columns.items(), by_column, strict=True)
        }
    )


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dicts, with None for what is missing."""
    columns = {name: _plain(frame[name]) for name in frame.columns}
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def _plain(column: pd.Series[Any]) -> list[Any]:
    missing = column.isna()
    if not missing.any():
        return column.tolist()
    return [None if gone else value for value, gone in zip(column, missing, strict=True)]


def as_text(value: str | int | bool | None) -> str | None:
    """A value as it is written in features and on the command line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)
