"""Batches of events: frames with fixed columns, in which text that repeats is a category."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from smslab.reports.frames.columns import TEXT, TIME, as_text
from smslab.simulator.journal import Event

CATEGORY = "category"

EVENTS = {
    "scenario": CATEGORY,
    "sequence": "int64",
    "time": TIME,
    "step": "int64",
    "entity": CATEGORY,
    "id": TEXT,
    "field": CATEGORY,
    "old": TEXT,
    "new": TEXT,
    "command": CATEGORY,
    "rule": CATEGORY,
    "actor": CATEGORY,
}
"""One row per event, as the journal has it: ids are ids, not names; ``old`` and ``new`` are
written as in features (``true``, ``30``), and missing where nothing was."""

BATCH = 250_000
"""Events of a batch."""


def batch(scenarios: Sequence[str], events: Sequence[Event]) -> pd.DataFrame:
    """A frame of events (columns: :data:`EVENTS`) with the keys of their scenarios."""
    columns = list(zip(*events, strict=True)) or [()] * len(Event._fields)
    values = dict(zip(Event._fields, columns, strict=True))
    made: dict[str, object] = {"scenario": _category(scenarios)}
    for name, dtype in EVENTS.items():
        if dtype == CATEGORY and name != "scenario":
            made[name] = _category(values[name])
        elif name in ("old", "new"):
            made[name] = pd.Series([as_text(value) for value in values[name]], dtype=TEXT)
        elif name != "scenario":
            made[name] = pd.Series(list(values[name]), dtype=dtype)
    return pd.DataFrame(made)


def _category(values: Sequence[str | None]) -> pd.Categorical:
    """Categories in the order in which they are met."""
    places: dict[str | None, int] = {None: -1}
    codes = np.fromiter(
        (places.setdefault(each, len(places) - 1) for each in values), np.intp, len(values)
    )
    return pd.Categorical.from_codes(codes.tolist(), pd.Index(list(places)[1:], dtype=TEXT))
