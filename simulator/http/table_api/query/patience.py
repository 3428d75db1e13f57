"""How long a request may look at rows: others wait meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from smslab.simulator.http.table_api.query.tree import Limits, TooSlow

T = TypeVar("T")


def in_time(rows: Iterable[T], limits: Limits) -> Iterator[T]:
    """The rows, one after the other. Raises TooSlow once they have taken too long."""
    until = monotonic() + limits.seconds
    for row in rows:
        if monotonic() > until:
            raise TooSlow(f"It took longer than {limits.seconds:g} seconds.")
        yield row
