"""Every documented operator, over HTTP, on the rows of one plain table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from smslab.simulator.http.table_api.query.binding import Settings
from smslab.simulator.http.table_api.served import TableSettings
from tests.simulator.http.table_api.serving import HARDWARE, NETWORK, Served, serve_tables

ROWS: dict[str, dict[str, Any]] = {
    "net": {
        "short_description": "Network down",
        "state": "1",
        "priority": "1",
        "impact": 2,
        "due_date": "2026-01-05 10:00:00",
        "assignment_group": NETWORK,
        "description": "Network down",
    },
    "mail": {
        "short_description": "mail, ^slow",
        "state": "2",
        "priority": "10",
        "impact": 10,
        "active": False,
        "due_date": "2026-01-04 23:59:59",
        "assignment_group": HARDWARE,
        "description": "z",
    },
    "empty": {"short_description": "Printer", "state": "", "priority": "", "active": ""},
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return filled(serve_tables(tmp_path_factory.mktemp("tables")))


def filled(served: Served) -> Served:
    for values in ROWS.values():
        served.insert("incident", **values)
    return served


def found(served: Served, query: str) -> list[str]:
    """The keys of the rows that a query finds."""
    keys = {str(values["short_description"]): key for key, values in ROWS.items()}
    return [keys[row["short_description"]] for row in served.rows("incident", query)]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        # text
        ("short_description=Network down", "net"),
        ("short_description!=Network down", "mail empty"),
        ("short_descriptionLIKEetwork", "net"),
        ("short_descriptionCONTAINSslow", "mail"),
        ("short_description*e", "net empty"),
        ("short_descriptionNOT LIKEe", "mail"),
        ("short_descriptionDOES NOT CONTAINe", "mail"),
        ("short_description!*e", "mail"),
        ("short_descriptionSTARTSWITHPri", "empty"),
        ("short_descriptionENDSWITHdown", "net"),
        ("short_description%slow", "mail"),
        ("short_descriptionINPrinter,Network down", "net empty"),
        ("short_descriptionNOT INPrinter,Network down", "mail"),
        ("short_description=mail, ^^slow", "mail"),
        ("short_description>=P", "mail empty"),
        ("short_description<N", ""),
        ("short_descriptionBETWEENM@P", "net empty"),
        ("short_descriptionSAMEASdescription", "net"),
        ("short_descriptionNSAMEASdescription", "mail empty"),
        ("descriptionISEMPTY", "empty"),
        ("descriptionEMPTYSTRING", "empty"),
        ("descriptionISNOTEMPTY", "net mail"),
        ("descriptionANYTHING", "net mail empty"),
        ("description!=z", "net empty"),
        ("sys_class_nameINSTANCEOFincident", "net mail empty"),
        # choices
        ("state=1", "net"),
        ("state!=1", "mail"),
        ("stateIN1,7", "net"),
        ("stateNOT IN1,7", "mail"),
        ("stateISEMPTY", "empty"),
        # numbers
        ("priority=10", "mail"),
        ("priority<2", "net"),
        ("priority>2", "mail"),
        ("priority<=10", "net mail"),
        ("priority>=1", "net mail"),
        ("priorityBETWEEN1@9", "net"),
        ("priority!=1", "mail"),
        ("prioritySAMEASimpact", "mail empty"),
        ("priorityNSAMEASimpact", "net"),
        ("impactGT_FIELDpriority", "net"),
        ("priorityLT_FIELDimpact", "net"),
        ("impactGT_OR_EQUALS_FIELDpriority^priorityISNOTEMPTY", "net mail"),
        ("priorityLT_OR_EQUALS_FIELDimpact^priorityISNOTEMPTY", "net mail"),
        # yes or no
        ("active=true", "net"),
        ("active=1", "net"),
        ("active=0", "mail"),
        ("active!=true", "mail empty"),
        ("activeISEMPTY", "empty"),
        # times; it is 2026-01-05 09:00:00
        ("due_date>2026-01-05", "net"),
        ("due_date<javascript:gs.daysAgoStart(0)", "mail"),
        ("due_date<=javascript:gs.daysAgoEnd(0)", "net mail"),
        ("due_date>=javascript:gs.beginningOfToday()", "net"),
        ("due_date>javascript:gs.dateGenerate('2026-01-05','start')", "net"),
        ("due_dateBETWEENjavascript:gs.daysAgoStart(1)@javascript:gs.daysAgoEnd(0)", "net mail"),
        ("due_dateONToday@javascript:gs.daysAgoStart(0)@javascript:gs.daysAgoEnd(0)", "net"),
        (
            "due_dateNOTONToday@javascript:gs.daysAgoStart(0)@javascript:gs.daysAgoEnd(0)",
            "mail empty",
        ),
        ("due_dateRELATIVEGT@hour@ago@1", "net"),
        ("due_dateRELATIVELT@hour@ago@1", "mail"),
        ("due_dateRELATIVEGT@hour@ahead@2", ""),
        # references
        (f"assignment_group={NETWORK}", "net"),
        (f"assignment_group!={NETWORK}", "mail"),
        (f"assignment_groupIN{NETWORK},{HARDWARE}", "net mail"),
        ("assignment_groupISEMPTY", "empty"),
        ("assignment_groupISNOTEMPTY", "net mail"),
        ("assignment_groupSTARTSWITHNet", "net"),
        ("assignment_groupENDSWITHware", "mail"),
        ("assignment_groupLIKEwor", "net"),
        ("assignment_groupNOT LIKEwor", "mail empty"),
        ("assignment_groupSAMEASassignment_group", "net mail empty"),
        ("assignment_group.name=Hardware", "mail"),
        ("assignment_group.parent.name=Network", "mail"),
        ("assignment_group.parent.nameISEMPTY", "net empty"),
        # joined
        ("active=true^state=1", "net"),
        ("state=1^ORstate=2", "net mail"),
        ("active=true^state=1^ORstate=2", "net"),
        ("state=2^active=false^NQstateISEMPTY", "mail empty"),
        # what is invalid is ignored
        ("nothing=1", "net mail empty"),
        ("nothing=1^state=1", "net"),
        ("nothing=1^ORstate=1", "net"),
        ("short_description.name=1^state=1", "net"),
        ("state=1^NQnothing=1", "net"),
    ],
)
def test_what_an_operator_finds(served: Served, query: str, keys: str) -> None:
    assert found(served, query) == keys.split()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("RLQUERYincident.assignment_group,>0^ENDRLQUERY", "Network Hardware"),
        ("RLQUERYincident.assignment_group,=1^state=2^ENDRLQUERY", "Hardware"),
        ("RLQUERYincident.assignment_group,=0^state=2^ENDRLQUERY", "Network"),
        ("RLQUERYincident.assignment_group,>1^ENDRLQUERY", ""),
        (
            "RLQUERYincident.assignment_group,>0,m2m^assignment_group.name=Network^ENDRLQUERY",
            "Network",
        ),
        ("RLQUERYsys_user_group.parent,>0^ENDRLQUERY^ORDERBYname", "Network"),
        ("JOINsys_user_group.sys_id=incident.assignment_group!state=1", "Network"),
        ("nameLIKEard^JOINsys_user_group.sys_id=incident.assignment_group!", "Hardware"),
        ("JOINsys_user_group.sys_id=incident.assignment_group!^ORDERBYname", "Hardware Network"),
        ("RLQUERYnothing.group,>0^ENDRLQUERY", "Network Hardware"),
        ("RLQUERYincident.api_key,>0^ENDRLQUERY^name=Network", "Network"),
    ],
)
def test_queries_about_related_rows(served: Served, query: str, names: str) -> None:
    rows = served.rows("sys_user_group", query)

    assert [row["name"] for row in rows] == names.split()


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("ORDERBYpriority", "empty net mail"),
        ("ORDERBYDESCpriority", "mail net empty"),
        ("ORDERBYshort_description", "net empty mail"),
        ("ORDERBYassignment_group", "empty mail net"),
        ("ORDERBYDESCassignment_group.name", "net mail empty"),
        ("ORDERBYactive^ORDERBYDESCpriority", "empty mail net"),
        ("ORDERBYsys_class_name", "net mail empty"),
        ("ORDERBYDESCsys_class_name", "net mail empty"),
        ("ORDERBYnothing", "net mail empty"),
    ],
)
def test_orders(served: Served, query: str, keys: str) -> None:
    assert found(served, query) == keys.split()


def test_whoever_asks_is_meant_by_the_dynamic_filter_me(served: Served) -> None:
    user = served.insert("sys_user", name="Admin", roles="admin")
    served.insert("incident", short_description="mine", caller_id=user["sys_id"])
    try:
        me = "DYNAMIC90d1921e5f510100a9ad2572f2b477fe"
        for query in (f"caller_id{me}", "caller_id=javascript:gs.getUserID()"):
            assert [row["short_description"] for row in served.rows("incident", query)] == ["mine"]
    finally:
        mine = served.one("incident", "short_description=mine")
        served.http.delete(f"/api/now/table/incident/{mine['sys_id']}")


@pytest.mark.parametrize(
    "query",
    [
        "due_date>javascript:gs.sleep(1)",
        "due_date>javascript:while(true){}",
        "due_date>javascript:gs.daysAgo(999999999)",
        "due_date>javascript:gs.daysAgo('x')",
        "caller_idDYNAMICother",
        "caller_idIN_HIERARCHYx",
    ],
)
def test_what_is_not_offered_is_said_and_not_ignored(served: Served, query: str) -> None:
    answer = served.get("table/incident", sysparm_query=query)

    assert answer.status_code == 400
    assert answer.json()["status"] == "failure"
    assert answer.json()["error"]["detail"]


def test_small_and_capital_letters_are_alike_where_that_is_set(tmp_path: Path) -> None:
    served = filled(serve_tables(tmp_path, TableSettings(query=Settings(case_sensitive=False))))

    assert found(served, "short_description=network DOWN") == ["net"]
    assert found(served, "short_descriptionLIKENET") == ["net"]
    assert found(served, "short_descriptionINPRINTER") == ["empty"]
    assert found(served, "number=inc0010001") == ["net"]
    assert found(served, "ORDERBYshort_description") == ["mail", "net", "empty"]


def test_an_invalid_query_finds_nothing_where_the_property_says_so(tmp_path: Path) -> None:
    served = filled(
        serve_tables(tmp_path, TableSettings(query=Settings(invalid_returns_no_rows=True)))
    )

    assert found(served, "nothing=1^state=1") == []
    assert found(served, "state=1") == ["net"]
