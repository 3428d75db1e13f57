"""Encoded queries against a slow and obvious reading of them, and pages against the whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smslab.simulator.clock import START
from smslab.simulator.http.table_api.columns import Table
from smslab.simulator.http.table_api.plain.files import LoadedTable
from smslab.simulator.http.table_api.plain.schema import schema_of
from smslab.simulator.http.table_api.plain.tables import PlainTables
from smslab.simulator.http.table_api.query.binding import Binder, Settings
from smslab.simulator.http.table_api.query.parsing import parse
from smslab.simulator.http.table_api.query.scripts import Asker
from smslab.simulator.http.table_api.query.tree import Limits, QueryRefused
from tests.simulator.http.table_api.serving import Served, serve

COLUMNS = {
    "name": {},
    "kind": {"choices": {"a": "A", "b": "B"}},
    "size": {"type": "integer"},
    "parent": {"type": "reference", "reference": "thing"},
}
TEXTS = ("", "a", "ab", "b", "B", "^", "a^b", "IN", "10")
SIZES = ("", "-2", "0", "2", "10")
IDS = tuple(f"{number:032x}" for number in (5, 2, 7, 0, 3, 6, 1, 4))
OPERATORS = ("=", "!=", "LIKE", "NOT LIKE", "STARTSWITH", "ENDSWITH", "IN", "NOT IN")
ORDERED = ("<", ">", "<=", ">=")

rows_of = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(TEXTS),
            "kind": st.sampled_from(("", "a", "b")),
            "size": st.sampled_from(SIZES),
            "parent": st.sampled_from(("", *IDS)),
        }
    ),
    max_size=len(IDS),
)
conditions = st.one_of(
    st.tuples(
        st.sampled_from(("name", "kind", "parent.name")),
        st.sampled_from(OPERATORS),
        st.sampled_from(TEXTS),
    ),
    st.tuples(st.just("size"), st.sampled_from((*ORDERED, "=", "!=")), st.sampled_from(SIZES)),
    st.tuples(st.just("sys_id"), st.just("="), st.sampled_from(IDS)),
    st.tuples(st.just("sys_id"), st.just("IN"), st.permutations(IDS).map(",".join)),
    st.tuples(
        st.sampled_from(("name", "size", "parent", "parent.parent.name")),
        st.sampled_from(("ISEMPTY", "ISNOTEMPTY")),
        st.just(""),
    ),
    st.tuples(st.just("nothing"), st.just("="), st.just("1")),
)
clauses = st.lists(conditions, min_size=1, max_size=3)
groups = st.lists(clauses, min_size=1, max_size=3)
queries = st.lists(groups, max_size=3)
orders = st.lists(
    st.tuples(st.sampled_from(("name", "size", "parent.name", "sys_id")), st.booleans()), max_size=3
)

Row = dict[str, str]
Condition = tuple[str, str, str]


def loaded(rows: list[Row]) -> LoadedTable:
    """A table with these rows, whose sys_ids are :data:`IDS`."""
    schema = schema_of("thing.json", "thing", {"columns": COLUMNS})
    return LoadedTable(
        schema, tuple({**row, "sys_id": id} for row, id in zip(rows, IDS, strict=False))
    )


def served(rows: list[Row]) -> Served:
    """The table, served."""
    return serve((loaded(rows),))


def selected(rows: list[Row], text: str) -> list[str]:
    """The sys_ids of the rows that an encoded query finds."""
    catalog = Plain(PlainTables((loaded(rows),), lambda: START))
    binder = Binder(catalog, Settings(), Asker(lambda: "me", START))
    table = catalog.plain.tables["thing"]
    return [row["sys_id"] for row in binder.select(table, parse(text, Limits()))]


@dataclass
class Plain:
    """A catalog of plain tables alone."""

    plain: PlainTables

    def table(self, name: str) -> Table | None:
        return self.plain.tables.get(name)


def encoded(query: list[list[list[Condition]]], order: list[tuple[str, bool]]) -> str:
    """The query as it is written."""
    written = "^NQ".join(
        "^".join("^OR".join(_written(condition) for condition in clause) for clause in group)
        for group in query
    )
    orders = "".join(f"^ORDERBY{'DESC' * down}{column}" for column, down in order)
    return written + orders


def _written(condition: Condition) -> str:
    column, operator, operand = condition
    return f"{column}{operator}{operand.replace('^', '^^')}"


class Reference:
    """What a query means, written for reading: every row, every condition, no index."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = [{**row, "sys_id": id} for row, id in zip(rows, IDS, strict=False)]
        self.by_id = {row["sys_id"]: row for row in self.rows}

    def value(self, row: Row | None, path: str) -> str:
        first, _, rest = path.partition(".")
        if row is None:
            return ""
        return self.value(self.by_id.get(row[first]), rest) if rest else row[first]

    def select(
        self, query: list[list[list[Condition]]], order: list[tuple[str, bool]]
    ) -> list[str]:
        valid = [[[c for c in clause if c[0] != "nothing"] for clause in group] for group in query]
        cleaned = [[clause for clause in group if clause] for group in valid]
        asked = [group for group in cleaned if group]
        found = [row for row in self.rows if not asked or any(self.fits(row, g) for g in asked)]
        for column, down in reversed(order):
            found.sort(key=lambda row: self.key(row, column), reverse=down)
        return [row["sys_id"] for row in found]

    def fits(self, row: Row, group: list[list[Condition]]) -> bool:
        return all(any(self.holds(row, condition) for condition in clause) for clause in group)

    def key(self, row: Row, column: str) -> tuple[bool, int, str]:
        value = self.value(row, column)
        number = int(value) if column == "size" and value else 0
        return (value != "", number, "" if column == "size" else value)

    def holds(self, row: Row, condition: Condition) -> bool:
        column, operator, operand = condition
        value = self.value(row, column)
        if column == "size" and operator in ORDERED:
            if not value:
                return False
            wanted = int(operand) if operand else -(10**9)
            tests = {
                "<": int(value) < wanted,
                ">": int(value) > wanted,
                "<=": int(value) <= wanted,
                ">=": int(value) >= wanted,
            }
            return tests[operator]
        one_of = value in (operand.split(",") if operator.endswith("IN") else [operand])
        counted = value != "" or column.endswith("name") or operand == ""
        results: dict[str, bool] = {
            "=": one_of,
            "!=": not one_of and counted,
            "IN": one_of,
            "NOT IN": not one_of and counted,
            "LIKE": operand in value,
            "NOT LIKE": operand not in value,
            "STARTSWITH": value.startswith(operand),
            "ENDSWITH": value.endswith(operand),
            "ISEMPTY": value == "",
            "ISNOTEMPTY": value != "",
        }
        return results[operator]


@settings(max_examples=300)
@given(rows_of, queries, orders)
def test_a_query_finds_what_it_means(
    rows: list[Row], query: list[list[list[Condition]]], order: list[tuple[str, bool]]
) -> None:
    assert selected(rows, encoded(query, order)) == Reference(rows).select(query, order)


@settings(max_examples=50)
@given(rows_of, st.lists(st.sampled_from(IDS)), clauses)
def test_rows_from_an_index_are_those_of_a_scan(
    rows: list[Row], ids: list[str], further: list[Condition]
) -> None:
    query = [[[("sys_id", "IN", ",".join(ids))], further]]

    assert selected(rows, encoded(query, [])) == Reference(rows).select(query, [])


@settings(max_examples=25)
@given(rows_of, orders, st.integers(1, 9))
def test_pages_of_any_size_are_the_whole(
    rows: list[Row], order: list[tuple[str, bool]], limit: int
) -> None:
    at = served(rows)
    query = encoded([], order)
    whole = at.rows("thing", query)
    pages = [
        at.rows("thing", query, sysparm_limit=limit, sysparm_offset=offset)
        for offset in range(0, len(rows) + 1, limit)
    ]

    assert [row for page in pages for row in page] == whole


@settings(max_examples=25)
@given(rows_of, orders, st.integers(1, 4), st.integers(0, 10))
def test_the_links_of_a_page_lead_through_all_pages(
    rows: list[Row], order: list[tuple[str, bool]], limit: int, offset: int
) -> None:
    at = served(rows)
    query = encoded([], order)
    answer = at.get("table/thing", sysparm_query=query, sysparm_limit=limit, sysparm_offset=offset)
    links = links_of(answer)
    assert answer.headers["X-Total-Count"] == str(len(rows))
    assert bool(links) == (offset > 0 or len(rows) > limit)
    if not links:
        return

    seen = follow(at, links["first"], lambda page: links_of(page).get("next"))

    assert seen == [row["sys_id"] for row in at.rows("thing", query)]
    assert ("prev" in links) == (offset > 0)
    assert ("next" in links) == (offset + limit < len(rows))
    last = at.http.get(links["last"])
    assert "next" not in links_of(last)
    assert [row["sys_id"] for row in last.json()["result"]][-1:] == seen[-1:]


def links_of(answer: httpx.Response) -> dict[str, str]:
    """The pages that an answer names, by their relation."""
    found = {}
    for part in answer.headers.get("Link", "").split(","):
        if part:
            address, _, relation = part.partition(";rel=")
            found[relation.strip('"')] = address.strip("<>")
    return found


def follow(at: Served, address: str, next_of: Callable[[httpx.Response], str | None]) -> list[str]:
    """The sys_ids of every page from an address on."""
    seen: list[str] = []
    following: str | None = address
    while following is not None:
        page = at.http.get(following)
        seen += [row["sys_id"] for row in page.json()["result"]]
        following = next_of(page)
    return seen


ANY_QUERY = st.text(alphabet="abnamesizeparent=^!<>LIKEORNQDESBYT.,@* é\x00\ud7ff'\"%", max_size=60)


@settings(max_examples=300)
@given(ANY_QUERY)
def test_any_text_is_a_query_or_refused(text: str) -> None:
    rows = [{"name": "a", "kind": "a", "size": "1", "parent": IDS[0]}]
    try:
        found = selected(rows, text)
    except QueryRefused:
        return

    assert found in ([], [IDS[0]])


@settings(max_examples=40)
@given(st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=5), ANY_QUERY)
def test_any_parameters_are_answered_or_refused(parameters: dict[str, Any], query: str) -> None:
    at = served([{"name": "a", "kind": "a", "size": "1", "parent": IDS[0]}])

    answer = at.get("table/thing", **{"sysparm_query": query, **parameters})

    assert answer.status_code in (200, 400)
    assert answer.status_code == 200 or answer.json()["error"]["message"]


@pytest.mark.parametrize("order", ["", "ORDERBYkind", "ORDERBYDESCkind"])
def test_rows_that_an_order_does_not_tell_apart_stay_as_they_were_inserted(order: str) -> None:
    rows = [{"name": str(number), "kind": "a", "size": "", "parent": ""} for number in range(8)]

    assert [row["name"] for row in served(rows).rows("thing", order)] == list("01234567")
