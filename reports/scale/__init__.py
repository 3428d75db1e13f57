"""Journals of millions of events: read in batches of columns, never as an object per event.

Text columns that repeat are categories: a number per row, and each text once. Events are best
kept as Parquet (:mod:`smslab.reports.scale.parquet`): a tenth of the size of JSON Lines, and
read some twenty times as fast. :func:`summarise` takes either, and needs the memory of one batch.
"""

from __future__ import annotations

from smslab.reports.scale.summary import Summary, load_events, summarise

__all__ = ["Summary", "load_events", "summarise"]
