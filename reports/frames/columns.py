"""Building frames with fixed columns and types, also when there are no rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

TEXT = "str"
COUNT = "Int64"
TIME = "datetime64[us, UTC]"
TRUTH = "bool"


def build(columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """A frame with these columns (name to dtype) from rows in the same order; None is missing."""
    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    return from_columns(columns, by_column)


def from_columns(columns: Mapping[str, str], values: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """A frame with these columns (name to dtype) from their values in the same order."""
    return pd.DataFrame(
        {
            name: _column(list(each), dtype)
            for (name, dtype), each in zip(columns.items(), values, strict=True)
        },
        copy=False,
    )


def _column(values: list[Any], dtype: str) -> pd.Series[Any]:
    if dtype != TIME:
        return pd.Series(values, dtype=dtype)
    # Few times differ, and converting one costs much more than looking it up.
    places: dict[Any, int] = {}
    codes = np.fromiter((places.setdefault(each, len(places)) for each in values), dtype=np.intp)
    return pd.Series(pd.Series(list(places), dtype=dtype).array.take(codes))


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dicts, with None for what is missing."""
    columns = {name: values_of(frame[name]) for name in frame.columns}
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def values_of(column: pd.Series[Any]) -> list[Any]:
    """The values of a column, with None for what is missing."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        codes, different = pd.factorize(column)
        plain = [*different, None]  # the code of what is missing is -1
        return [plain[code] for code in codes]
    if column.dtype == bool:
        return column.tolist()
    return list(column.array.to_numpy(dtype=object, na_value=None))


def as_text(value: str | int | bool | None) -> str | None:
    """A value as it is written in features and on the command line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)
