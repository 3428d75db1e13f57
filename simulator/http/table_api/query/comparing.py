"""How texts of each type of column are compared with an operand.

Which operators count an empty value in follows the documented examples: "is not" of a string
or a yes-or-no column holds for empty values, that of references, choices and numbers does
not, because there it says "populated by any value except".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias

from smslab.simulator.http.table_api.columns import TIME_FORMAT, ColumnType
from smslab.simulator.http.table_api.query import operators as op

Test: TypeAlias = Callable[[str], bool]
Key: TypeAlias = tuple[int, float, str]
"""What values are ordered by: numbers by their size and before texts, empty values first."""

COUNTS_EMPTY_AS_DIFFERENT = frozenset({ColumnType.STRING, ColumnType.BOOLEAN, ColumnType.TIME})


def key_of(type: ColumnType, value: str, fold: bool = False) -> Key:
    """The key of a value. With ``fold``, small and capital letters are alike."""
    if not value:
        return (0, 0.0, "")
    if type is ColumnType.INTEGER:
        number = _number(value)
        if number is not None:
            return (1, number, "")
    return (2, 0.0, value.casefold() if fold else value)


def _number(value: str) -> float | None:
    # int() and float() also take "1_0", " 1" and "nan", which no number in a table is.
    digits = value.removeprefix("-")
    if digits.isascii() and digits.replace(".", "", 1).isdigit() and len(digits) < 30:
        return float(value)
    return None


def normal(type: ColumnType, value: str) -> str:
    """A value as the tables have it: ``1`` of a yes-or-no column is ``true``."""
    if type is ColumnType.BOOLEAN:
        return {"1": "true", "0": "false"}.get(value.lower(), value.lower())
    if type is ColumnType.TIME and len(value) == len("2026-01-05"):
        return f"{value} 00:00:00"
    return value


def text_test(operator: str, operand: str, fold: bool) -> Test | None:
    """The test of an operator on the characters of a text, None for any other operator."""
    wanted = operand.casefold() if fold else operand
    tests: dict[str, Test] = {
        op.LIKE: lambda value: wanted in value,
        op.NOT_LIKE: lambda value: wanted not in value,
        op.STARTS_WITH: lambda value: value.startswith(wanted),
        op.ENDS_WITH: lambda value: value.endswith(wanted),
    }
    test = tests.get(operator)
    if test is None or not fold:
        return test
    return lambda value: test(value.casefold())


def value_test(type: ColumnType, operator: str, operand: str, fold: bool) -> Test | None:
    """The test of an operator on a value, None for an operator on texts or other columns."""
    made = _TESTS.get(operator)
    return None if made is None else made(type, operand, fold)


def _equals(type: ColumnType, operand: str, fold: bool) -> Test:
    return _one_of(type, [operand], fold)


def _differs(type: ColumnType, operand: str, fold: bool) -> Test:
    return _none_of(type, [operand], fold)


def _in(type: ColumnType, operand: str, fold: bool) -> Test:
    return _one_of(type, operand.split(","), fold)


def _not_in(type: ColumnType, operand: str, fold: bool) -> Test:
    return _none_of(type, operand.split(","), fold)


def _one_of(type: ColumnType, operands: list[str], fold: bool) -> Test:
    wanted = {key_of(type, normal(type, operand), fold) for operand in operands}
    return lambda value: key_of(type, value, fold) in wanted


def _none_of(type: ColumnType, operands: list[str], fold: bool) -> Test:
    one_of = _one_of(type, operands, fold)
    if type in COUNTS_EMPTY_AS_DIFFERENT or operands == [""]:
        return lambda value: not one_of(value)
    return lambda value: value != "" and not one_of(value)


def _compared(
    holds: Callable[[Key, Key], bool], type: ColumnType, operand: str, fold: bool
) -> Test:
    wanted = key_of(type, normal(type, operand), fold)
    return lambda value: value != "" and holds(key_of(type, value, fold), wanted)


def _between(type: ColumnType, operand: str, fold: bool) -> Test:
    low, _, high = operand.partition("@")
    first, last = (key_of(type, normal(type, end), fold) for end in (low, high))
    if type is ColumnType.STRING:
        # "q@t" is documented to hold for every text that begins with q, r, s or t.
        length = len(high)
        return lambda value: (
            value != ""
            and first <= key_of(type, value, fold)
            and key_of(type, value[:length], fold) <= last
        )
    return lambda value: value != "" and first <= key_of(type, value, fold) <= last


def _on(type: ColumnType, operand: str, fold: bool) -> Test:
    """``ONToday@from@to``: the word before the first ``@`` is a label."""
    return _between(ColumnType.TIME, operand.partition("@")[2], fold)


def _not_on(type: ColumnType, operand: str, fold: bool) -> Test:
    on = _on(type, operand, fold)
    return lambda value: not on(value)


_TESTS: dict[str, Callable[[ColumnType, str, bool], Test]] = {
    op.EQUALS: _equals,
    op.DIFFERS: _differs,
    op.IN: _in,
    op.NOT_IN: _not_in,
    op.IS_EMPTY: lambda type, operand, fold: lambda value: value == "",
    op.IS_NOT_EMPTY: lambda type, operand, fold: lambda value: value != "",
    op.ANYTHING: lambda type, operand, fold: lambda value: True,
    op.BELOW: partial(_compared, lambda one, other: one < other),
    op.ABOVE: partial(_compared, lambda one, other: one > other),
    op.AT_MOST: partial(_compared, lambda one, other: one <= other),
    op.AT_LEAST: partial(_compared, lambda one, other: one >= other),
    op.BETWEEN: _between,
    op.ON: _on,
    op.NOT_ON: _not_on,
}

PAIR_TESTS: dict[str, Callable[[Key, Key], bool]] = {
    op.SAME_AS: lambda one, other: one == other,
    op.NOT_SAME_AS: lambda one, other: one != other,
    op.ABOVE_FIELD: lambda one, other: one > other,
    op.BELOW_FIELD: lambda one, other: one < other,
    op.AT_LEAST_FIELD: lambda one, other: one >= other,
    op.AT_MOST_FIELD: lambda one, other: one <= other,
}
"""The tests of operators whose operand is another column, on the keys of both."""


def relative_time(operand: str, now: datetime, units: dict[str, timedelta]) -> str | None:
    """The time that ``@hour@ago@1`` means, None where it means none."""
    parts = operand.strip("@").split("@")
    if len(parts) != 3 or parts[0] not in units or parts[1] not in ("ago", "ahead"):
        return None
    if not (parts[2].isascii() and parts[2].isdigit() and len(parts[2]) < 6):
        return None
    distance = int(parts[2]) * units[parts[0]]
    return (now - distance if parts[1] == "ago" else now + distance).strftime(TIME_FORMAT)
