"""What a summary counts, batch by batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from smslab.reports.frames.columns import COUNT, TEXT, TIME, build

TRANSITIONS = {"entity": TEXT, "from": TEXT, "to": TEXT, "count": COUNT}
"""How often each change of a state happened, the most frequent first; ``from`` is missing for a
new record."""

DECISIONS = {"row": TEXT, "command": TEXT, "outcome": TEXT, "count": COUNT}
"""How many decisions came to each row and outcome, the most frequent first."""

CAUSES = {"rule": TEXT, "count": COUNT}
"""How many events each rule caused (decisions left out), the most frequent first."""

HOURLY = {"hour": TIME, "entity": TEXT, "count": COUNT}
"""How many events there were of each entity in each hour of virtual time, in order."""

COLUMNS = ("scenario", "time", "entity", "id", "field", "old", "new", "rule")
"""The columns of a batch that are counted."""

_OF_A_DECISION = ("row", "command", "outcome")


class Counts:
    """Counts over all batches that were added, in their order."""

    def __init__(self) -> None:
        self.events = 0
        self.transitions: Counter[Any] = Counter()
        self.decisions: Counter[Any] = Counter()
        self.causes: Counter[Any] = Counter()
        self.hourly: Counter[Any] = Counter()
        self._open: pd.DataFrame | None = None
        self._edges: list[pd.DataFrame] = []

    def add(self, frame: pd.DataFrame) -> None:
        """Count one batch (columns: at least :data:`COLUMNS`)."""
        self.events += len(frame)
        decision = frame["entity"] == "decision"
        states = frame[(frame["field"] == "state") & ~decision]
        self.transitions += _counted(states, ["entity", "old", "new"])
        self.causes += _counted(frame[~decision & frame["rule"].notna()], ["rule"])
        hours = frame["time"].dt.floor("h")
        self.hourly += _counted(frame.assign(hour=hours), ["hour", "entity"])
        told = frame[decision & frame["field"].isin(_OF_A_DECISION)]
        self._decide(told[["scenario", "id", "field", "new"]].astype("str"))

    def close(self) -> None:
        """There are no more batches in this part of the journal; one may follow that goes on."""
        if self._open is not None:
            self._edges.append(self._open)
            self._open = None

    def merge(self, later: Counts) -> None:
        """Add the counts of the part of the journal that follows; both must be closed."""
        self.events += later.events
        self.transitions += later.transitions
        self.decisions += later.decisions
        self.causes += later.causes
        self.hourly += later.hourly
        self._edges += later._edges

    def finish(self) -> None:
        """Count the decisions at the edges of the parts, which may be told in two of them."""
        if self._edges:
            self.decisions += _decided(pd.concat(self._edges, ignore_index=True))
            self._edges = []

    def frames(self) -> dict[str, pd.DataFrame]:
        """The counts as frames: transitions, decisions, rules and hourly."""
        return {
            "transitions": build(TRANSITIONS, _by_number(self.transitions)),
            "decisions": build(DECISIONS, _by_number(self.decisions)),
            "rules": build(CAUSES, _by_number(self.causes)),
            "hourly": build(HOURLY, sorted((*key, number) for key, number in self.hourly.items())),
        }

    def _decide(self, told: pd.DataFrame) -> None:
        """Count decisions, but for the first and the last of a part: there may be more of them."""
        if self._open is not None:
            told = pd.concat([self._open, told], ignore_index=True)
        if told.empty:
            return
        last = _same_decision(told, -1)
        self._open = told[last].reset_index(drop=True)
        told = told[~last]
        if not self._edges and not told.empty:
            first = _same_decision(told, 0)
            self._edges.append(told[first])
            told = told[~first]
        self.decisions += _decided(told)


def _same_decision(told: pd.DataFrame, place: int) -> pd.Series[bool]:
    row = told.iloc[place]
    same: pd.Series[bool] = (told["id"] == row["id"]) & (told["scenario"] == row["scenario"])
    return same


def _decided(told: pd.DataFrame) -> Counter[Any]:
    keys = ["scenario", "id"]
    fields = [
        told[told["field"] == name].drop_duplicates(keys, keep="last").set_index(keys)["new"]
        for name in _OF_A_DECISION
    ]
    wide = pd.concat(fields, axis=1, keys=list(_OF_A_DECISION))
    return _counted(wide, list(_OF_A_DECISION))


def _counted(frame: pd.DataFrame, by: list[str]) -> Counter[Any]:
    """How often each combination occurs; None is what is missing."""
    sizes = frame.groupby(by, dropna=False, observed=True, sort=False).size()
    keys = sizes.index.to_frame(index=False).astype(object)
    rows = keys.where(keys.notna(), None).itertuples(index=False, name=None)
    return Counter(dict(zip(map(tuple, rows), map(int, sizes), strict=True)))


def _by_number(counts: Counter[Any]) -> list[Sequence[Any]]:
    def order(entry: tuple[Any, int]) -> tuple[int, list[str]]:
        return -entry[1], [str(each or "") for each in entry[0]]

    return [(*key, number) for key, number in sorted(counts.items(), key=order)]
