"""The operators of encoded queries, as the page "Operators available for filters and queries".

Column names are in small letters and operators are not, so the two cannot be confused.
"""

from __future__ import annotations

from collections.abc import Mapping

EQUALS, DIFFERS = "=", "!="
LIKE, NOT_LIKE = "LIKE", "NOT LIKE"
STARTS_WITH, ENDS_WITH = "STARTSWITH", "ENDSWITH"
IN, NOT_IN = "IN", "NOT IN"
IS_EMPTY, IS_NOT_EMPTY, ANYTHING = "ISEMPTY", "ISNOTEMPTY", "ANYTHING"
BELOW, ABOVE, AT_MOST, AT_LEAST, BETWEEN = "<", ">", "<=", ">=", "BETWEEN"
SAME_AS, NOT_SAME_AS = "SAMEAS", "NSAMEAS"
ABOVE_FIELD, BELOW_FIELD = "GT_FIELD", "LT_FIELD"
AT_LEAST_FIELD, AT_MOST_FIELD = "GT_OR_EQUALS_FIELD", "LT_OR_EQUALS_FIELD"
ON, NOT_ON = "ON", "NOTON"
AFTER_RELATIVE, BEFORE_RELATIVE = "RELATIVEGT", "RELATIVELT"
DYNAMIC = "DYNAMIC"

OPERATORS: Mapping[str, str] = {
    **{
        operator: operator
        for operator in (
            *(EQUALS, DIFFERS, LIKE, NOT_LIKE, STARTS_WITH, ENDS_WITH, IN, NOT_IN),
            *(IS_EMPTY, IS_NOT_EMPTY, ANYTHING, BELOW, ABOVE, AT_MOST, AT_LEAST, BETWEEN),
            *(SAME_AS, NOT_SAME_AS, ABOVE_FIELD, BELOW_FIELD, AT_LEAST_FIELD, AT_MOST_FIELD),
            *(ON, NOT_ON, AFTER_RELATIVE, BEFORE_RELATIVE, DYNAMIC),
        )
    },
    "CONTAINS": LIKE,
    "*": LIKE,
    "DOES NOT CONTAIN": NOT_LIKE,
    "NOTLIKE": NOT_LIKE,
    "!*": NOT_LIKE,
    "%": ENDS_WITH,
    "NOTIN": NOT_IN,
    "EMPTYSTRING": IS_EMPTY,
    "INSTANCEOF": EQUALS,
}
"""By how an operator is written, the one that it means."""

NOT_OFFERED = frozenset(
    {
        *("IN_HIERARCHY", "IN_HIERARCHY_DYNAMIC", "DATEPART", "MORETHAN", "LESSTHAN"),
        *("VALCHANGES", "CHANGESFROM", "CHANGESTO"),
    }
)
"""Documented operators that are refused: to ignore them would answer another question."""

WITHOUT_OPERAND = frozenset({IS_EMPTY, IS_NOT_EMPTY, ANYTHING})
WITH_FIELD = frozenset(
    {SAME_AS, NOT_SAME_AS, ABOVE_FIELD, BELOW_FIELD, AT_LEAST_FIELD, AT_MOST_FIELD}
)
"""Operators whose operand is another column."""

_LONGEST_FIRST = sorted({*OPERATORS, *NOT_OFFERED}, key=len, reverse=True)


def operator_at(text: str, place: int) -> str | None:
    """The longest operator that is written at a place of a text, as it is written there."""
    for operator in _LONGEST_FIRST:
        if text.startswith(operator, place):
            return operator
    return None
