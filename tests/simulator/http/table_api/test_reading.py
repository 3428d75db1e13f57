"""Reading the simulated records: every documented option, header, status and error body."""

from __future__ import annotations

import pytest

from smslab.simulator.http.table_api.mapping import sys_id_of
from tests.simulator.http.table_api.serving import ADDRESS, Served, consumer, serve

ANA, BEN = consumer("consumer-1"), consumer("consumer-2")
BILL = sys_id_of("agent", "agent-1")
GERMANY = sys_id_of("location", "location-1")


@pytest.fixture
def served() -> Served:
    return serve()


def test_a_list_has_the_documented_form(served: Served) -> None:
    answer = served.get("table/csm_consumer")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Total-Count"] == "2"
    assert "Link" not in answer.headers
    assert [row["name"] for row in answer.json()["result"]] == ["Ana", "Ben"]


def test_a_single_record(served: Served) -> None:
    answer = served.get(f"table/csm_consumer/{ANA}")

    assert answer.status_code == 200
    row = answer.json()["result"]
    assert row["name"] == "Ana"
    assert row["mobile_phone"] == "0151 23456789"
    assert row["sys_id"] == ANA
    assert row["sys_class_name"] == "csm_consumer"
    assert row["x_smslab_id"] == "consumer-1"


@pytest.mark.parametrize(
    ("parameters", "location"),
    [
        ({}, {"link": f"{ADDRESS}/api/now/table/cmn_location/{GERMANY}", "value": GERMANY}),
        ({"sysparm_exclude_reference_link": "true"}, GERMANY),
        ({"sysparm_display_value": "false", "sysparm_exclude_reference_link": "true"}, GERMANY),
        (
            {"sysparm_display_value": "true"},
            {
                "display_value": "Germany",
                "link": f"{ADDRESS}/api/now/table/cmn_location/{GERMANY}",
            },
        ),
        ({"sysparm_display_value": "true", "sysparm_exclude_reference_link": "true"}, "Germany"),
        (
            {"sysparm_display_value": "all"},
            {
                "display_value": "Germany",
                "link": f"{ADDRESS}/api/now/table/cmn_location/{GERMANY}",
                "value": GERMANY,
            },
        ),
        (
            {"sysparm_display_value": "all", "sysparm_exclude_reference_link": "true"},
            {"display_value": "Germany", "value": GERMANY},
        ),
    ],
)
def test_how_a_reference_is_shown(
    served: Served, parameters: dict[str, str], location: object
) -> None:
    for path in (f"table/csm_consumer/{ANA}", "table/csm_consumer"):
        result = served.get(path, **parameters).json()["result"]
        row = result[0] if isinstance(result, list) else result

        assert row["location"] == location


def test_the_link_of_a_reference_leads_to_its_record(served: Served) -> None:
    link = served.get(f"table/csm_consumer/{ANA}").json()["result"]["location"]["link"]

    assert served.http.get(link).json()["result"]["name"] == "Germany"


def test_an_empty_reference_has_no_link(served: Served) -> None:
    shown = {"display_value": "", "value": ""}

    assert served.rows("csm_consumer")[0]["user"] == ""
    assert served.rows("csm_consumer", sysparm_display_value="all")[0]["user"] == shown


@pytest.mark.parametrize(
    ("shown", "state"),
    [
        ("false", "work_in_progress"),
        ("true", "Work In Progress"),
        ("ALL", {"display_value": "Work In Progress", "value": "work_in_progress"}),
    ],
)
def test_how_a_choice_is_shown(served: Served, shown: str, state: object) -> None:
    served.company.begin("agent")

    assert served.rows("interaction", sysparm_display_value=shown)[0]["state"] == state


def test_only_the_fields_that_are_asked_for_and_exist(served: Served) -> None:
    served.company.begin("agent")
    names = "number,nothing,assigned_to.name,consumer.location.name,assigned_to.nothing,number"

    (row,) = served.rows("interaction", sysparm_fields=names)

    assert row == {
        "number": "IMS0000001",
        "assigned_to.name": "Bill",
        "consumer.location.name": "Germany",
    }


def test_parameters_that_make_no_difference_here(served: Served) -> None:
    """Views, domains and categories are parts of an instance that the simulator does not have."""
    for name, value in (
        ("sysparm_view", "mobile"),
        ("sysparm_query_no_domain", "true"),
        ("sysparm_query_category", "list"),
    ):
        for path in ("table/csm_consumer", f"table/csm_consumer/{ANA}"):
            assert served.get(path, **{name: value}).json() == served.get(path).json()


def test_a_page_and_the_way_to_the_others(served: Served) -> None:
    for number in range(5):
        served.insert("csm_consumer", name=f"No. {number}")

    answer = served.get(
        "table/csm_consumer",
        sysparm_query="nameSTARTSWITHNo^ORDERBYname",
        sysparm_limit=2,
        sysparm_offset=2,
    )

    assert [row["name"] for row in answer.json()["result"]] == ["No. 2", "No. 3"]
    assert answer.headers["X-Total-Count"] == "5"
    address = f"{ADDRESS}/api/now/table/csm_consumer?sysparm_query=nameSTARTSWITHNo%5EORDERBYname"
    assert answer.headers["Link"] == ",".join(
        f'<{address}&sysparm_limit=2&sysparm_offset={offset}>;rel="{rel}"'
        for rel, offset in (("first", 0), ("prev", 0), ("next", 4), ("last", 4))
    )


def test_headers_can_be_left_out(served: Served) -> None:
    answer = served.get(
        "table/csm_consumer",
        sysparm_limit=1,
        sysparm_suppress_pagination_header="true",
        sysparm_no_count="true",
    )

    assert not {"Link", "X-Total-Count"} & set(answer.headers)


def test_no_rows_are_an_empty_list_in_version_2_and_404_in_version_1(served: Served) -> None:
    for path in ("table/csm_consumer", "v2/table/csm_consumer"):
        assert served.get(path, name="Nobody").json() == {"result": []}

    answer = served.get("v1/table/csm_consumer", name="Nobody")

    assert answer.status_code == 404
    assert answer.json() == {
        "error": {
            "message": "No Record found",
            "detail": "Records matching query not found. Check query parameter or offset parameter",
        },
        "status": "failure",
    }
    assert len(served.get("v1/table/csm_consumer").json()["result"]) == 2


@pytest.mark.parametrize(
    ("pairs", "names"),
    [
        ({"name": "Ana"}, ["Ana"]),
        ({"name": "Ana", "mobile_phone": "0151 23456789"}, ["Ana"]),
        ({"name": "Ana", "mobile_phone": "0"}, []),
        ({"location": "Germany"}, ["Ana", "Ben"]),
        ({"location": GERMANY}, ["Ana", "Ben"]),
        ({"nothing": "1"}, ["Ana", "Ben"]),
        ({"name": "Ana", "sysparm_query": "name=Ben"}, ["Ben"]),
    ],
)
def test_pairs_of_columns_and_values_are_a_query(
    served: Served, pairs: dict[str, str], names: list[str]
) -> None:
    answer = served.get("table/csm_consumer", **pairs)

    assert [row["name"] for row in answer.json()["result"]] == names


def test_pairs_take_labels_names_and_user_names(served: Served) -> None:
    served.company.begin("agent")

    for pair in ({"state": "Work In Progress"}, {"assigned_to": "Bill"}, {"assigned_to": "bill"}):
        assert len(served.get("table/interaction", **pair).json()["result"]) == 1
    assert served.get("table/interaction", state="New").json()["result"] == []


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("table/no_such_table", 400, "Invalid table no_such_table"),
        ("table/no_such_table/x", 400, "Invalid table no_such_table"),
        (f"table/csm_consumer/{'0' * 32}", 404, "No Record found"),
        ("table/csm_consumer/..", 404, "No Record found"),
        ("table/csm_consumer/consumer-1", 404, "No Record found"),
        (f"table/customer_contact/{ANA}", 404, "No Record found"),
        ("table/csm_consumer?sysparm_limit=x", 400, "Invalid parameter"),
        ("table/csm_consumer?sysparm_limit=-1", 400, "limit is -1"),
        ("table/csm_consumer?sysparm_offset=-1", 400, "offset is -1"),
        ("table/csm_consumer?sysparm_display_value=maybe", 400, "Invalid parameter"),
        ("table/csm_consumer?sysparm_fields=a.b.c.d.e.f.g", 400, "Query is not accepted"),
    ],
)
def test_errors_have_the_documented_body(
    served: Served, path: str, status: int, message: str
) -> None:
    answer = served.http.get(httpx_path(path))

    assert answer.status_code == status
    assert answer.json()["error"]["message"] == message
    assert answer.json()["status"] == "failure"


def httpx_path(path: str) -> str:
    """A path of which no part is taken for the folder above."""
    return f"/api/now/{path.replace('..', '%2e%2e')}"


def test_the_body_of_404(served: Served) -> None:
    assert served.get(f"table/csm_consumer/{'0' * 32}").json() == {
        "error": {
            "message": "No Record found",
            "detail": "Record doesn't exist or ACL restricts the record retrieval",
        },
        "status": "failure",
    }


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "table/csm_consumer"), ("DELETE", "table/csm_consumer"), ("POST", "table/a/b")],
)
def test_methods_that_a_resource_does_not_have(served: Served, method: str, path: str) -> None:
    answer = served.http.request(method, f"/api/now/{path}")

    assert answer.status_code == 405
    assert answer.json()["status"] == "failure"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("text/html, application/json;q=0.9", 200),
        ("*/*", 200),
        ("application/xml", 200),
        ("text/html", 406),
        ("image/*", 406),
    ],
)
def test_the_formats_of_answers(served: Served, accept: str, status: int) -> None:
    answer = served.http.get("/api/now/table/csm_consumer", headers={"Accept": accept})

    assert answer.status_code == status


def test_links_follow_a_host_that_is_one(served: Served) -> None:
    for host, address in (
        ("other.example:8443", "https://other.example:8443/"),
        ('x"><script>', f"{ADDRESS}/"),
    ):
        answer = served.http.get(f"/api/now/table/csm_consumer/{ANA}", headers={"Host": host})

        assert answer.json()["result"]["location"]["link"].startswith(address)
