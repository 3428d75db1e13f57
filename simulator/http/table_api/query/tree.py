"""An encoded query as data: what :func:`parse` makes and :func:`bind` takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Path: TypeAlias = tuple[str, ...]
"""The columns of a dot-walk: ``assigned_to.name`` is ``("assigned_to", "name")``."""


class QueryRefused(ValueError):
    """The query asks for more than is allowed, or for what is not offered; says what to do."""


class TooSlow(QueryRefused):
    """The query costs more than is allowed; says how much, and what would cost less."""


@dataclass(frozen=True, slots=True)
class Condition:
    """``path operator operand``; the operator is one of :data:`OPERATORS`."""

    path: Path
    operator: str
    operand: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """A part of a query that is no condition. The documentation says that it is ignored."""

    text: str


@dataclass(frozen=True, slots=True)
class Related:
    """Rows by how many rows of another table refer to them: ``RLQUERY`` and ``JOIN``.

    Of the rows of ``table`` that fit ``query``, those are counted whose ``column`` is the
    ``own`` column of the row that is looked at.
    """

    table: str
    column: str
    own: str
    comparison: str
    count: int
    query: Query


Part: TypeAlias = Condition | Invalid | Related
Clause: TypeAlias = tuple[Part, ...]
"""Conditions of which one must hold (``^OR``)."""

Group: TypeAlias = tuple[Clause, ...]
"""Clauses all of which must hold (``^``)."""


@dataclass(frozen=True, slots=True)
class Order:
    """One column to order by."""

    path: Path
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Groups of which one must hold (``^NQ``), none for every row; then the order."""

    groups: tuple[Group, ...] = ()
    order: tuple[Order, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may cost; the documentation gives none of these numbers.

    ``characters`` of an encoded query, ``conditions`` and ``orderings`` in it, ``steps`` of a
    dot-walk after the first column, ``checks``: rows times the columns that are looked at
    for each, on the way of a dot-walk, too, ``cells``: the same of what is shown, and
    ``seconds`` that either may take.
    """

    characters: int = 200_000
    conditions: int = 1_000
    orderings: int = 10
    steps: int = 5
    checks: int = 2_000_000
    cells: int = 2_000_000
    seconds: float = 5.0
