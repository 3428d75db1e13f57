"""What an encoded query says, without any table."""

from __future__ import annotations

import pytest

from smslab.simulator.http.table_api.query.parsing import parse
from smslab.simulator.http.table_api.query.tree import (
    Condition,
    Invalid,
    Limits,
    Order,
    Query,
    QueryRefused,
    Related,
)

LIMITS = Limits()


def condition(column: str, operator: str, operand: str = "") -> Condition:
    return Condition(tuple(column.split(".")), operator, operand)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("", ()),
        ("a=1", (((condition("a", "=", "1"),),),)),
        ("a=1^b!=2", (((condition("a", "=", "1"),), (condition("b", "!=", "2"),)),)),
        ("a=1^ORb=2", (((condition("a", "=", "1"), condition("b", "=", "2")),),)),
        (
            "a=1^b=2^ORc=3",
            (
                (
                    (condition("a", "=", "1"),),
                    (condition("b", "=", "2"), condition("c", "=", "3")),
                ),
            ),
        ),
        (
            "a=1^NQb=2",
            (((condition("a", "=", "1"),),), ((condition("b", "=", "2"),),)),
        ),
        ("a.b.c=1", (((condition("a.b.c", "=", "1"),),),)),
        ("a=1^EQ", (((condition("a", "=", "1"),),),)),
        ("^a=1^", (((condition("a", "=", "1"),),),)),
        ("a=1^NQ", (((condition("a", "=", "1"),),),)),
        ("ORa=1", (((condition("a", "=", "1"),),),)),
        ("a=x^^y", (((condition("a", "=", "x^y"),),),)),
        ("a=x^^^b=1", (((condition("a", "=", "x^"),), (condition("b", "=", "1"),)),)),
        ("a=", (((condition("a", "=", ""),),),)),
        ("a=b=c", (((condition("a", "=", "b=c"),),),)),
        ("CALLER=1", (((Invalid("CALLER=1"),),),)),
        ("nothing", (((Invalid("nothing"),),),)),
        ("=1", (((Invalid("=1"),),),)),
    ],
)
def test_the_parts_of_a_query(text: str, groups: object) -> None:
    assert parse(text, LIMITS).groups == groups


@pytest.mark.parametrize(
    ("text", "operator", "operand"),
    [
        ("aCONTAINSx", "LIKE", "x"),
        ("a*x", "LIKE", "x"),
        ("aDOES NOT CONTAINx", "NOT LIKE", "x"),
        ("aNOTLIKEx", "NOT LIKE", "x"),
        ("a!*x", "NOT LIKE", "x"),
        ("a%x", "ENDSWITH", "x"),
        ("aNOT INx,y", "NOT IN", "x,y"),
        ("aNOTINx", "NOT IN", "x"),
        ("aEMPTYSTRING", "ISEMPTY", ""),
        ("aINSTANCEOFx", "=", "x"),
        ("a>=1", ">=", "1"),
        ("a>1", ">", "1"),
        ("aISEMPTYrest", "ISEMPTY", ""),
        ("aGT_OR_EQUALS_FIELDb", "GT_OR_EQUALS_FIELD", "b"),
        ("aONToday@1@2", "ON", "Today@1@2"),
        ("aNOTONToday@1@2", "NOTON", "Today@1@2"),
    ],
)
def test_every_way_to_write_an_operator(text: str, operator: str, operand: str) -> None:
    assert parse(text, LIMITS).groups == (((Condition(("a",), operator, operand),),),)


def test_orders_are_kept_in_their_order() -> None:
    query = parse("ORDERBYa^b=1^ORDERBYDESCc.d", LIMITS)

    assert query.order == (Order(("a",)), Order(("c", "d"), True))
    assert query.groups == (((condition("b", "=", "1"),),),)


def test_an_order_that_is_no_column_and_a_grouping_are_left_out() -> None:
    assert parse("ORDERBY^ORDERBY?^GROUPBYa", LIMITS) == Query()


@pytest.mark.parametrize("operator", ["IN_HIERARCHYx", "DATEPARTx", "VALCHANGES", "MORETHANx"])
def test_operators_that_are_not_offered_are_refused(operator: str) -> None:
    with pytest.raises(QueryRefused, match="is not offered here"):
        parse(f"a{operator}", LIMITS)


def test_queries_within_queries() -> None:
    query = parse("a=1^RLQUERYb.c,>=2,m2m^d=3^ENDRLQUERY^JOINt.e=f.g!h=4^i=5^ORDERBYj", LIMITS)

    inner = Query((((condition("d", "=", "3"),),),))
    joined = Query((((condition("h", "=", "4"),), (condition("i", "=", "5"),)),))
    assert query.groups == (
        (
            (condition("a", "=", "1"),),
            (Related("b", "c", "sys_id", ">=", 2, inner),),
            (Related("f", "g", "e", ">=", 1, joined),),
        ),
    )
    assert query.order == (Order(("j",)),)


@pytest.mark.parametrize("text", ["JOINa.b", "RLQUERYa,>0^ENDRLQUERY", "RLQUERYa.b,x^ENDRLQUERY"])
def test_queries_within_queries_that_are_none(text: str) -> None:
    (((part,),),) = parse(text, LIMITS).groups

    assert isinstance(part, Invalid)


@pytest.mark.parametrize(
    "text",
    [
        "^".join(["RLQUERYa.b,>0^ENDRLQUERY"] * 6),
        "RLQUERYa.b,>0^RLQUERYa.b,>0^ENDRLQUERY^ENDRLQUERY",
        "JOINa.b=c.d!JOINa.b=c.d!",
    ],
)
def test_too_many_queries_within_queries_are_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match="in it"):
        parse(text, LIMITS)


@pytest.mark.parametrize("text", ["NQ" * 50_000, "OR" * 50_000, "NQOR" * 25_000, "ORDERBY" * 9_000])
def test_words_without_end_are_read_in_time(text: str) -> None:
    assert len(parse(text, LIMITS).groups) < 2


@pytest.mark.parametrize(
    ("text", "limits", "reason"),
    [
        ("a=12345678", Limits(characters=9), "10 characters; 9 are allowed"),
        ("a=1^b=2^ORc=3", Limits(conditions=2), "2 conditions at most"),
        ("a.b.c=1", Limits(steps=1), "walks over 2 references; 1 are allowed"),
        ("ORDERBYa^ORDERBYb", Limits(orderings=1), "order by 1 columns at most"),
    ],
)
def test_what_is_beyond_the_limits_is_refused(text: str, limits: Limits, reason: str) -> None:
    with pytest.raises(QueryRefused, match=reason):
        parse(text, limits)


def test_a_query_of_nothing_but_carets_is_read_in_time() -> None:
    assert parse("^" * LIMITS.characters, LIMITS).order == ()
