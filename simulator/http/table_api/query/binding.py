"""A query bound to a table: which rows fit, in which order, and from where to start looking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from smslab.simulator.http.table_api.columns import Catalog, ColumnType, Table, display_value
from smslab.simulator.http.table_api.query import comparing
from smslab.simulator.http.table_api.query import operators as op
from smslab.simulator.http.table_api.query.parsing import parsed_path
from smslab.simulator.http.table_api.query.patience import in_time
from smslab.simulator.http.table_api.query.scripts import ME, UNITS, Asker, evaluated
from smslab.simulator.http.table_api.query.tree import (
    Clause,
    Condition,
    Group,
    Invalid,
    Limits,
    Order,
    Part,
    Query,
    QueryRefused,
    Related,
    TooSlow,
)
from smslab.simulator.http.table_api.query.walking import Walk, walk

RowTest: TypeAlias = Callable[[Any], bool]
_SHOWN_TYPES = (ColumnType.REFERENCE, ColumnType.DOCUMENT)
_LOOKUPS = (op.EQUALS, op.IN)


@dataclass(frozen=True, slots=True)
class Settings:
    """How queries behave where the documentation leaves or makes it a choice.

    ``case_sensitive``: the page of the Table API says that values are; lists of a real
    instance are not. ``invalid_returns_no_rows`` is the property
    ``glide.invalid_query.returns_no_rows``.
    """

    case_sensitive: bool = True
    invalid_returns_no_rows: bool = False
    limits: Limits = field(default_factory=Limits)


class Binder:
    """Binds queries to tables of one catalog, for one who asks."""

    def __init__(self, catalog: Catalog, settings: Settings, asker: Asker) -> None:
        self._catalog = catalog
        self._settings = settings
        self._asker = asker
        self._fold = not settings.case_sensitive

    def select(self, table: Table, query: Query) -> list[Any]:
        """The rows that fit, in order; rows that no ordering tells apart as they were inserted.

        Raises QueryRefused for a query that would take too long.
        """
        bound = [self._group(table, group) for group in query.groups]
        if self._settings.invalid_returns_no_rows and any(each.invalid for each in bound):
            return []
        tested = [each for each in bound if each.clauses]
        rows = self._candidates(table, tested)
        self._check_cost(table, rows, sum(each.weight for each in tested) + _weight(query.order))
        rows = in_time(rows, self._settings.limits)
        if len(tested) == 1:
            clauses = tested[0].clauses
            found = [row for row in rows if all(clause(row) for clause in clauses)]
        elif tested:
            found = [row for row in rows if any(each.holds(row) for each in tested)]
        else:
            found = list(rows)
        return self._ordered(table, found, query.order)

    def _candidates(self, table: Table, groups: Sequence[_Bound]) -> Iterable[Any]:
        """Rows among which all that fit are: few, where an index has them."""
        if len(groups) != 1:
            return table.rows()
        for column, values in groups[0].lookups:
            if (found := table.find(column, values)) is not None:
                return found
        return table.rows()

    def _check_cost(self, table: Table, rows: Iterable[Any], weight: int) -> None:
        count = len(rows) if isinstance(rows, list) else len(table)
        checks = count * weight
        if checks > self._settings.limits.checks:
            raise TooSlow(
                f"The query checks {checks} values; {self._settings.limits.checks} are allowed. "
                "Ask for sys_id or number, or use fewer conditions."
            )

    # Conditions

    def _group(self, table: Table, group: Group) -> _Bound:
        bound = _Bound([], [], 0, False)
        for clause in group:
            tests = [test for each in clause if (test := self._condition(table, each))]
            bound.invalid = bound.invalid or len(tests) < len(clause)
            bound.weight += sum(len(e.path) for e in clause if isinstance(e, Condition))
            if len(tests) == 1:
                bound.clauses.append(tests[0])
                bound.lookups += self._lookup(clause)
            elif tests:
                bound.clauses.append(_any_of(tests))
        return bound

    def _lookup(self, clause: Clause) -> list[tuple[str, list[str]]]:
        """The column and values by which an index may find the rows that fit a clause."""
        condition = clause[0]
        if len(clause) > 1 or not isinstance(condition, Condition) or self._fold:
            return []
        if condition.operator not in _LOOKUPS or len(condition.path) > 1:
            return []
        operand = evaluated(condition.operand, self._asker)
        values = operand.split(",") if condition.operator == op.IN else [operand]
        return [(condition.path[0], list(dict.fromkeys(values)))]

    def _condition(self, table: Table, condition: Part) -> RowTest | None:
        """The test of a condition, None where it is invalid."""
        if isinstance(condition, Invalid):
            return None
        if isinstance(condition, Related):
            return self._related(table, condition)
        walked = walk(self._catalog, table, condition.path)
        if walked is None or walked.column.masked:
            return None
        if condition.operator in op.WITH_FIELD:
            return self._pair(table, walked, condition)
        return self._valued(walked, condition)

    def _related(self, table: Table, related: Related) -> RowTest | None:
        other, own = self._catalog.table(related.table), table.columns.get(related.own)
        column = other.columns.get(related.column) if other else None
        if other is None or own is None or column is None or own.masked or column.masked:
            return None
        self._check_cost(other, other.rows(), 1)
        counts = Counter(column.read(row) for row in self.select(other, related.query))
        test = comparing.value_test(
            ColumnType.INTEGER, related.comparison, str(related.count), self._fold
        )
        if test is None:
            return None
        return lambda row: test(str(counts[own.read(row)]))

    def _pair(self, table: Table, walked: Walk, condition: Condition) -> RowTest | None:
        path = parsed_path(condition.operand.partition("@")[0], self._settings.limits)
        other = walk(self._catalog, table, path) if path else None
        if other is None or other.column.masked:
            return None
        holds, one, two = comparing.PAIR_TESTS[condition.operator], walked.column.type, other
        fold = self._fold
        return lambda row: holds(
            comparing.key_of(one, walked.value(row), fold),
            comparing.key_of(two.column.type, two.value(row), fold),
        )

    def _valued(self, walked: Walk, condition: Condition) -> RowTest | None:
        column = walked.column
        operator, operand = condition.operator, condition.operand
        if operator in (op.AFTER_RELATIVE, op.BEFORE_RELATIVE):
            time = comparing.relative_time(operand, self._asker.now, dict(UNITS))
            if time is None:
                return None
            operator = op.AT_LEAST if operator == op.AFTER_RELATIVE else op.BELOW
            operand = time
        elif operator == op.DYNAMIC:
            operator, operand = op.EQUALS, self._dynamic(operand)
        else:
            operand = "@".join(evaluated(part, self._asker) for part in _parts(operator, operand))
        if test := comparing.text_test(operator, operand, self._fold):
            return self._on_text(walked, test)
        test = comparing.value_test(column.type, operator, operand, self._fold)
        return None if test is None else _on_value(walked, test)

    def _on_text(self, walked: Walk, test: comparing.Test) -> RowTest:
        """Of a reference, "contains" and the like look at the name, as documented."""
        column = walked.column
        if column.type not in _SHOWN_TYPES:
            return _on_value(walked, test)

        def holds(row: Any) -> bool:
            target = walked.target(row)
            if target is None:
                return test("")
            return test(display_value(self._catalog, column, target, column.read(target)))

        return holds

    def _dynamic(self, operand: str) -> str:
        if operand != ME:
            raise QueryRefused(f"Of the dynamic filters only 'Me' ({ME}) is offered here.")
        return self._asker.user()

    # Order

    def _ordered(self, table: Table, rows: list[Any], order: Sequence[Order]) -> list[Any]:
        for entry in reversed(order):
            walked = walk(self._catalog, table, entry.path)
            if walked is not None and not walked.column.masked:
                rows.sort(key=self._sort_key(walked), reverse=entry.descending)
        return rows

    def _sort_key(self, walked: Walk) -> Callable[[Any], comparing.Key]:
        column, fold = walked.column, self._fold
        shown = column.type in _SHOWN_TYPES

        def key(row: Any) -> comparing.Key:
            target = walked.target(row)
            value = "" if target is None else column.read(target)
            if shown and target is not None:
                value = display_value(self._catalog, column, target, value)
            return comparing.key_of(column.type, value, fold)

        return key


@dataclass(slots=True)
class _Bound:
    """A group bound to a table: its clauses, where an index may begin, was anything invalid."""

    clauses: list[RowTest]
    lookups: list[tuple[str, list[str]]]
    weight: int
    invalid: bool

    def holds(self, row: Any) -> bool:
        return all(clause(row) for clause in self.clauses)


def _weight(order: Sequence[Order]) -> int:
    """What ordering costs for each row, in checks of one column of the row itself."""
    return sum(len(entry.path) for entry in order)


def _parts(operator: str, operand: str) -> list[str]:
    """The operands of an operator that takes several, each of which may be a script."""
    return operand.split("@") if operator in (op.BETWEEN, op.ON, op.NOT_ON) else [operand]


def _any_of(tests: Sequence[RowTest]) -> RowTest:
    return lambda row: any(test(row) for test in tests)


def _on_value(walked: Walk, test: comparing.Test) -> RowTest:
    value = walked.value
    return lambda row: test(value(row))
