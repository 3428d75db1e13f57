"""Queries made to be slow are refused before they run, and lookups cost no scan."""

from __future__ import annotations

from typing import Any

import pytest

from smslab.simulator.http.table_api.plain.files import LoadedTable
from smslab.simulator.http.table_api.plain.schema import schema_of
from smslab.simulator.http.table_api.query.binding import Settings
from smslab.simulator.http.table_api.query.tree import Limits
from smslab.simulator.http.table_api.served import TableSettings
from smslab.simulator.states import PartyKind
from tests.simulator.http.table_api.serving import Served, consumer, serve

CHECKS = 50


def strict() -> TableSettings:
    """Settings that allow fewer checks than the tables of these tests have rows."""
    return TableSettings(Settings(limits=Limits(checks=CHECKS)))


@pytest.fixture
def served() -> Served:
    """A hundred consumers, and a hundred rows of a numbered plain table."""
    schema = schema_of("t", "thing", {"number": {"prefix": "T"}, "columns": {"number": {}}})
    at = serve((LoadedTable(schema, ({},) * 100),), strict())
    rows: list[dict[str, Any]] = [{"name": f"No. {number}"} for number in range(100)]
    at.company.instance.import_parties(PartyKind.CONSUMER, rows)
    return at


@pytest.mark.parametrize(
    ("table", "query"),
    [
        ("csm_consumer", "mobile_phoneLIKE1"),
        ("csm_consumer", f"sys_id={consumer('consumer-1')}^ORnameLIKEa"),
        ("csm_consumer", f"sys_id={consumer('consumer-1')}^NQnameLIKEa"),
        ("csm_consumer", "ORDERBYname"),
        ("thing", "numberSTARTSWITHT"),
    ],
)
def test_a_query_that_checks_too_much_is_refused(served: Served, table: str, query: str) -> None:
    answer = served.get(f"table/{table}", sysparm_query=query)

    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["message"] == "Transaction cancelled: maximum execution time exceeded"
    assert f"{CHECKS} are allowed" in error["detail"]


@pytest.mark.parametrize(
    ("table", "query", "found"),
    [
        ("csm_consumer", "", 102),
        ("csm_consumer", f"sys_id={consumer('consumer-7')}", 1),
        ("csm_consumer", f"sys_idIN{consumer('consumer-7')},{consumer('consumer-3')}", 2),
        ("csm_consumer", f"mobile_phoneISEMPTY^sys_id={consumer('consumer-7')}", 1),
        ("csm_consumer", "name=No. 7", 1),
        ("csm_consumer", "x_smslab_id=consumer-7", 1),
        ("csm_consumer", "name=Nobody^mobile_phoneLIKE1", 0),
        ("thing", "number=T0000007", 1),
        ("thing", "numberINT0000007,T0000009,T0", 2),
    ],
)
def test_what_an_index_has_is_found_without_a_scan(
    served: Served, table: str, query: str, found: int
) -> None:
    assert len(served.rows(table, query)) == found


def test_messages_of_a_conversation_are_found_without_a_scan() -> None:
    at = serve(settings=strict())
    at.company.begin("agent")
    for number in range(CHECKS - 1):
        at.company.send(body=str(number))
    conversation = at.one("sys_cs_conversation", "x_smslab_id=IMS0000001")["sys_id"]

    at.company.text("+4915100000001")

    assert len(at.rows("sys_cs_message", f"conversation={conversation}")) == CHECKS
    assert len(at.rows("interaction", "number=IMS0000001")) == 1
    assert at.get("table/sys_cs_message", sysparm_query="payload=1").status_code == 400


def test_rows_of_an_index_come_in_the_order_of_their_insertion(served: Served) -> None:
    ids = [consumer(f"consumer-{number}") for number in (9, 3, 27, 3)]

    found = served.rows("csm_consumer", f"sys_idIN{','.join(ids)}")

    assert [row["x_smslab_id"] for row in found] == ["consumer-3", "consumer-9", "consumer-27"]
    numbers = ["T0000007", "T0000008", "T0000009", "T0000010", "T0000011"]
    things = served.rows("thing", f"numberIN{','.join(reversed(numbers))}")
    assert [row["number"] for row in things] == numbers


def test_a_page_has_no_more_rows_than_allowed() -> None:
    at = serve(settings=TableSettings(largest_page=2))
    for number in range(3):
        at.insert("csm_consumer", name=str(number))

    answer = at.get("table/csm_consumer", sysparm_limit=1000000)

    assert len(answer.json()["result"]) == 2
    assert answer.headers["X-Total-Count"] == "5"
    assert 'sysparm_offset=2>;rel="next"' in answer.headers["Link"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"sysparm_query": "^OR".join(["name=a"] * 1001)},
        {"sysparm_query": "^NQ".join(["name=a"] * 1001)},
        {"sysparm_query": "location.parent.parent.parent.parent.parent.parent.name=a"},
        {"sysparm_query": "^".join(["ORDERBYname"] * 11)},
        {"sysparm_fields": ",".join(f"a{number}" for number in range(501))},
        {"sysparm_limit": "9" * 13},
        {"sysparm_offset": "1e9"},
        {"sysparm_limit": ""},
        {"location.parent.parent.parent.parent.parent.parent.name": "a"},
    ],
)
def test_what_is_beyond_the_limits_is_refused(parameters: dict[str, str]) -> None:
    answer = serve().get("table/csm_consumer", **parameters)

    assert answer.status_code == 400
    assert answer.json()["error"]["detail"]


def test_a_long_list_of_values_is_one_condition() -> None:
    ids = ",".join([consumer("consumer-1"), *(f"{number:032x}" for number in range(1500))])

    assert len(serve().rows("csm_consumer", f"sys_idIN{ids}")) == 1


def test_what_takes_too_long_is_given_up() -> None:
    at = serve(settings=TableSettings(Settings(limits=Limits(seconds=-1.0))))
    ana = at.get(f"table/csm_consumer/{consumer('consumer-1')}")
    assert ana.status_code == 200

    for query in ("", "nameLIKEa"):
        answer = at.get("table/csm_consumer", sysparm_query=query)

        assert answer.status_code == 400
        error = answer.json()["error"]
        assert error["message"] == "Transaction cancelled: maximum execution time exceeded"
        assert error["detail"] == "It took longer than -1 seconds."


def test_fields_far_away_count_for_more_than_those_of_the_row() -> None:
    at = serve(settings=TableSettings(Settings(limits=Limits(cells=5))))

    near = at.get("table/csm_consumer", sysparm_fields="name,home_phone", sysparm_limit="2")
    far = at.get("table/csm_consumer", sysparm_fields="location.parent.name", sysparm_limit="2")

    assert (near.status_code, far.status_code) == (200, 400)
    assert "6 values; 5 are allowed. Ask for fewer sysparm_fields" in far.text


def test_a_value_of_a_record_is_no_longer_than_a_column_takes() -> None:
    at = serve()
    ana = consumer("consumer-1")

    answer = at.change("csm_consumer", ana, name="x" * 4_001)

    assert answer.status_code == 400
    assert "'name' of 'csm_consumer' takes 4000 characters, not 4001" in answer.text
    assert at.change("csm_consumer", ana, name="x" * 4_000).status_code == 200


def test_before_a_page_beyond_the_end_comes_the_last_one() -> None:
    at = serve(settings=TableSettings())

    answer = at.get("table/csm_consumer", sysparm_limit=1, sysparm_offset=1_000)

    first, before, last = answer.headers["Link"].split(",")
    assert answer.json() == {"result": []}
    assert first.endswith('sysparm_offset=0>;rel="first"')
    assert before.endswith('sysparm_offset=1>;rel="prev"')
    assert last.endswith('sysparm_offset=1>;rel="last"')
