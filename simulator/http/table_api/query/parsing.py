"""From an encoded query to :class:`Query`; without a table, so columns may not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smslab.simulator.http.table_api.query import operators as op
from smslab.simulator.http.table_api.query.operators import (
    NOT_OFFERED,
    OPERATORS,
    WITHOUT_OPERAND,
    operator_at,
)
from smslab.simulator.http.table_api.query.tree import (
    Condition,
    Group,
    Invalid,
    Limits,
    Order,
    Part,
    Path,
    Query,
    QueryRefused,
    Related,
)

_COLUMN = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_SUBQUERIES = ("JOIN", "RLQUERY")
_END = "ENDRLQUERY"
_AFTER_JOIN = (*_SUBQUERIES, "ORDERBY", "NQ")
_MOST_SUBQUERIES = 5
_RELATED_LIST = re.compile(r"RLQUERY(\w+)\.(\w+),(=|!=|>=|<=|>|<)(\d{1,9})(?:,m2m)?", re.ASCII)
_JOIN = re.compile(r"JOIN\w+\.(\w+)=(\w+)\.(\w+)!(.*)", re.ASCII | re.DOTALL)


def parse(text: str, limits: Limits) -> Query:
    """Read an encoded query. Raises QueryRefused for one beyond the limits, or not offered.

    ``^`` joins conditions all of which must hold, ``^OR`` one to the condition before it,
    ``^NQ`` whole queries one of which must hold; ``^^`` is a caret within a value.
    """
    if len(text) > limits.characters:
        raise QueryRefused(
            f"The query has {len(text)} characters; {limits.characters} are allowed. "
            "Split it into several requests."
        )
    return _read(list(_terms(text)), limits).query()


def parsed_path(text: str, limits: Limits) -> Path | None:
    """The columns of a dot-walk, or None for a text that is none. Raises QueryRefused."""
    if not _COLUMN.fullmatch(text):
        return None
    path = tuple(text.split("."))
    if len(path) - 1 > limits.steps:
        raise QueryRefused(
            f"{text!r} walks over {len(path) - 1} references; {limits.steps} are allowed."
        )
    return path


def _terms(text: str) -> Iterator[str]:
    """The parts between single carets; two carets are one within a part."""
    kept = ""
    parts = text.split("^")
    place = 0
    while place < len(parts):
        kept += parts[place]
        # An empty part between two others stands for a caret that is written twice.
        if place + 2 < len(parts) and parts[place + 1] == "":
            kept += "^"
            place += 2
            continue
        yield kept
        kept = ""
        place += 1


def _read(terms: list[str], limits: Limits) -> _Reader:
    """Read the parts of a query, and those of the queries within it."""
    reader = _Reader(limits)
    place = 0
    while place < len(terms):
        term = terms[place]
        place += 1
        if not term.startswith(_SUBQUERIES):
            reader.read(term)
            continue
        end = _end_of(terms, place, term)
        reader.relate(term, terms[place:end])
        # The word that ends a related list query is used up with it.
        place = end + 1 if end < len(terms) and terms[end] == _END else end
    return reader


def _end_of(terms: list[str], place: int, term: str) -> int:
    """Where the conditions of a query within a query end."""
    ends = (_END,) if term.startswith("RLQUERY") else _AFTER_JOIN
    while place < len(terms) and not terms[place].startswith(ends):
        place += 1
    return place


class _Reader:
    """What has been read of a query so far."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._groups: list[list[list[Part]]] = [[]]
        self._order: list[Order] = []
        self._conditions = 0
        self._related = 0

    def query(self) -> Query:
        """The whole query."""
        groups: tuple[Group, ...] = tuple(
            tuple(tuple(clause) for clause in group) for group in self._groups if group
        )
        return Query(groups, tuple(self._order))

    def read(self, term: str) -> None:
        """Take in one part of the query."""
        if term.startswith("NQ"):
            self._groups.append([])
            term = term[2:]
        if term in ("", "EQ", _END) or term.startswith("GROUPBY"):
            return
        if term.startswith("ORDERBY"):
            self._read_order(term)
        elif term.startswith("OR"):
            self._add(_condition(term[2:], self._limits), alternative=True)
        else:
            self._add(_condition(term, self._limits), alternative=False)

    def relate(self, term: str, conditions: list[str]) -> None:
        """Take in a query within the query."""
        self._related += 1
        if self._related > _MOST_SUBQUERIES:
            raise QueryRefused(f"A query may have {_MOST_SUBQUERIES} queries in it at most.")
        if found := _RELATED_LIST.fullmatch(term):
            table, column, comparison, count = found.groups()
            inner = self._inner(conditions)
            self._add(Related(table, column, "sys_id", comparison, int(count), inner), False)
        elif found := _JOIN.fullmatch(term):
            own, table, column, first = found.groups()
            inner = self._inner([first, *conditions])
            self._add(Related(table, column, own, op.AT_LEAST, 1, inner), False)
        else:
            self._add(Invalid(term), False)

    def _inner(self, conditions: list[str]) -> Query:
        """The query within this one, whose conditions count as those of this one."""
        if any(term.startswith(_SUBQUERIES) for term in conditions):
            raise QueryRefused("A query within a query cannot have another in it.")
        reader = _read(conditions, self._limits)
        self._conditions += reader._conditions
        return reader.query()

    def _read_order(self, term: str) -> None:
        if len(self._order) == self._limits.orderings:
            raise QueryRefused(f"A query may order by {self._limits.orderings} columns at most.")
        descending = term.startswith("ORDERBYDESC")
        name = term.removeprefix("ORDERBYDESC" if descending else "ORDERBY")
        if (path := parsed_path(name, self._limits)) is not None:
            self._order.append(Order(path, descending))

    def _add(self, part: Part, alternative: bool) -> None:
        self._conditions += 1
        if self._conditions > self._limits.conditions:
            raise QueryRefused(
                f"A query may have {self._limits.conditions} conditions at most; "
                "'IN' takes any number of values in one."
            )
        group = self._groups[-1]
        if alternative and group:
            group[-1].append(part)
        else:
            group.append([part])


def _condition(text: str, limits: Limits) -> Condition | Invalid:
    name = _COLUMN.match(text)
    written = operator_at(text, name.end()) if name else None
    if name is None or written is None:
        return Invalid(text)
    if written in NOT_OFFERED:
        raise QueryRefused(f"The operator {written} is not offered here, in {text[:60]!r}.")
    path = parsed_path(name.group(), limits)
    if path is None:
        return Invalid(text)
    operator = OPERATORS[written]
    operand = text[name.end() + len(written) :]
    return Condition(path, operator, "" if operator in WITHOUT_OPERAND else operand)
