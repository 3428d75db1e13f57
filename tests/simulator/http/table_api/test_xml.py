"""XML, the second documented form of bodies."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from tests.simulator.http.table_api.serving import ADDRESS, Served, serve_tables

XML = {"Accept": "application/xml"}


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return serve_tables(tmp_path)


def send(served: Served, method: str, path: str, body: str = "") -> httpx.Response:
    headers = XML | ({"Content-Type": "application/xml"} if body else {})
    return served.http.request(
        method, f"/api/now/{path}", content=body.encode() or None, headers=headers
    )


def parsed(answer: httpx.Response) -> ElementTree.Element:
    assert answer.headers["Content-Type"] == "application/xml"
    return ElementTree.fromstring(answer.content)


def test_a_row_is_written_and_read(served: Served) -> None:
    body = "<request><entry><short_description>a &lt; b</short_description></entry></request>"
    made = send(served, "POST", "table/incident", body)

    assert made.status_code == 201
    sys_id = parsed(made).findtext("result/sys_id")
    assert made.headers["Location"] == f"{ADDRESS}/api/now/table/incident/{sys_id}"
    assert parsed(made).findtext("result/short_description") == "a < b"
    assert served.one("incident", "")["short_description"] == "a < b"


def test_a_list_has_a_result_for_each_row(served: Served) -> None:
    answer = send(served, "GET", "table/csm_consumer?sysparm_limit=5")

    results = parsed(answer).findall("result")
    assert [result.findtext("name") for result in results] == ["Ana", "Ben"]
    link = results[0].findtext("location/link") or ""
    assert link.startswith(f"{ADDRESS}/api/now/table/cmn_location/")
    assert answer.headers["X-Total-Count"] == "2"


def test_errors_are_xml_too(served: Served) -> None:
    answer = send(served, "GET", "table/no_such_table")

    assert answer.status_code == 400
    assert parsed(answer).findtext("error/message") == "Invalid table no_such_table"
    assert parsed(answer).findtext("status") == "failure"


def test_characters_that_xml_does_not_have(served: Served) -> None:
    served.insert("incident", short_description="a\x00\x1bb")

    assert parsed(send(served, "GET", "table/incident")).findtext("result/short_description") == (
        "a??b"
    )


@pytest.mark.parametrize(
    "body",
    [
        "<request>",
        "no xml",
        '<!DOCTYPE a [<!ENTITY b "c">]><request><entry><a>&b;</a></entry></request>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_bodies_that_are_not_accepted(served: Served, body: str, encoding: str) -> None:
    answer = served.http.post(
        "/api/now/table/incident",
        content=body.encode(encoding),
        headers=XML | {"Content-Type": "application/xml"},
    )

    assert answer.status_code == 400
    assert parsed(answer).findtext("status") == "failure"
    assert served.rows("incident") == []


def test_an_attachment_is_given_back_as_it_is(served: Served) -> None:
    row = served.insert("incident", short_description="x")
    made = served.http.post(
        "/api/now/attachment/file",
        params={"table_name": "incident", "table_sys_id": row["sys_id"], "file_name": "a.json"},
        content=b'{"a": 1}',
        headers={"Content-Type": "application/json"},
    )

    for accept in ("application/xml", "image/png"):
        file = served.http.get(f"{made.headers['Location']}/file", headers={"Accept": accept})
        assert file.content == b'{"a": 1}'
