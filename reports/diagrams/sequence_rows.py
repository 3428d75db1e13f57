"""What a sequence diagram is made of, however it is drawn: lifelines, and rows in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["requester", "provider", "interaction", "virtual agent", "agent"]
Tone: TypeAlias = Literal["", "soft", "warn", "bad"]
RowKind: TypeAlias = Literal["step", "gap", "cut", "arrow", "note", "state", "alarm"]

KINDS: tuple[Kind, ...] = ("requester", "provider", "interaction", "virtual agent", "agent")
"""The kinds of lifelines, from left to right: the way of a text from a requester to an agent."""


class Lifeline(NamedTuple):
    """Somebody or something that takes part. ``about`` is a second line under the name."""

    key: str
    kind: Kind
    name: str
    about: str


@dataclass(slots=True, eq=False)
class Row:
    """One thing that happened, drawn on a row of its own.

    ``stops`` are the keys of the lifelines that it touches: the way of an arrow, or where a
    note stands. ``step`` is the position of the step (-1: outside any). A ``state`` row takes
    an interaction from state ``before`` to ``state``. ``optional`` rows are drawn only where
    their lifelines are there for another reason. A ``cut`` stands for rows that are left out.
    """

    kind: RowKind
    time: datetime
    step: int
    stops: tuple[str, ...] = ()
    text: str = ""
    tone: Tone = ""
    state: str = ""
    before: str = ""
    optional: bool = False


@dataclass(slots=True)
class Sequence:
    """The sequence of a scenario. ``left_out``: how many rows were too many to draw.

    ``resumed`` are the states in which interactions are after the rows that were cut out.
    """

    title: str
    lifelines: list[Lifeline]
    rows: list[Row]
    left_out: int = 0
    resumed: dict[str, str] = field(default_factory=dict)
