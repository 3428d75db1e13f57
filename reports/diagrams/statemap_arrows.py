"""The arrows of a state map: which there are, and what stands on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import pandas as pd

from smslab.reports.diagrams.statemap_layouts import Pair
from smslab.reports.run import Run
from smslab.simulator.states import LEGAL_TRANSITIONS

Counts: TypeAlias = dict[Pair, int]
Kind: TypeAlias = Literal["seen", "never", "illegal"]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A transition: how often it was seen, and in the compared run (None: no comparison).

    ``rule`` says that it is legal.
    """

    pair: Pair
    count: int
    compared: int | None
    rule: str | None

    @property
    def kind(self) -> Kind:
        """How it is drawn."""
        if self.rule is None:
            return "illegal"
        return "seen" if self.count or self.compared else "never"

    @property
    def has_changed(self) -> bool:
        """Whether the compared run differs."""
        return self.compared is not None and self.compared != self.count

    def on_it(self) -> list[str]:
        """The one or two short lines that stand on the arrow."""
        if self.kind == "never":
            return ["never"]
        number = short(self.count)
        lines = [f"✗ {number}" if self.rule is None else number]
        return lines if self.compared is None else [*lines, self._difference(self.compared)]

    def _difference(self, compared: int) -> str:
        difference = self.count - compared
        if difference == 0:
            return "="
        if compared == 0:
            return "new"
        if self.count == 0:
            return "gone"
        sign = "+" if difference > 0 else "\N{MINUS SIGN}"
        return sign + short(abs(difference))

    def in_words(self) -> str:
        """All that is known of it, in words."""
        old, new = self.pair
        words = f"{old or 'new record'} → {new}: "
        words += f"{self.count:,} time{'' if self.count == 1 else 's'}" if self.count else "never"
        if self.compared is not None:
            words += f", in the compared run {self.compared:,}"
        return words + (f" ({self.rule})" if self.rule else ", which is not allowed")


def arrows(entity: str, counts: Counts, compared: Counts | None) -> list[Arrow]:
    """Every legal transition of an entity in its order, then the illegal ones that were seen."""
    legal: dict[Pair, str] = {
        (None if old is None else str(old), str(new)): rule
        for (old, new), rule in LEGAL_TRANSITIONS[entity].items()
    }
    seen = {**counts, **(compared or {})}
    illegal = sorted((p for p in seen if p not in legal), key=lambda p: (-seen[p], str(p)))
    return [
        Arrow(
            pair,
            counts.get(pair, 0),
            None if compared is None else compared.get(pair, 0),
            legal.get(pair),
        )
        for pair in [*legal, *illegal]
    ]


def counted(run: Run, entity: str) -> Counts:
    """How often each transition of an entity was seen in a run; from None: a new record."""
    of_entity = run.transitions[run.transitions["entity"] == entity]
    sizes = of_entity.groupby(["from", "to"], dropna=False, observed=True).size()
    frame = sizes.reset_index(name="times")
    columns = zip(frame["from"], frame["to"], frame["times"], strict=True)
    return {
        (None if pd.isna(old) else str(old), str(new)): int(times) for old, new, times in columns
    }


def short(number: int) -> str:
    """A number in at most five characters: ``9,999``, ``12k``, ``3.4M``."""
    if number < 10_000:
        return f"{number:,}"
    if number < 1_000_000:
        return f"{number // 1000}k"
    return f"{number / 1_000_000:.1f}M" if number < 100_000_000 else f"{number // 1_000_000}M"
