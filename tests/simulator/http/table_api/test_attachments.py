"""Attachments of records, as the documentation of the Attachment API has them."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from tests.simulator.http.table_api.serving import ADDRESS, Served, consumer, serve_tables

ANA = consumer("consumer-1")


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return serve_tables(tmp_path)


def attach(
    served: Served, content: bytes = b"abc", kind: str = "text/plain", **parameters: str
) -> httpx.Response:
    given = {"table_name": "csm_consumer", "table_sys_id": ANA, "file_name": "a.txt"}
    return served.http.post(
        "/api/now/attachment/file",
        params={**given, **parameters},
        content=content,
        headers={"Content-Type": kind},
    )


def test_an_attachment_is_kept_and_given_back(served: Served) -> None:
    made = attach(served, bytes(range(256)), "image/png", file_name="bild ü.png")
    row = made.json()["result"]

    assert made.status_code == 201
    assert row["size_bytes"] == "256"
    assert row["download_link"] == f"{ADDRESS}/api/now/attachment/{row['sys_id']}/file"
    assert served.http.get(made.headers["Location"]).json() == made.json()
    file = served.http.get(row["download_link"])
    assert file.content == bytes(range(256))
    assert file.headers["Content-Type"] == "image/png"
    assert file.headers["Content-Disposition"] == "attachment; filename*=UTF-8''bild%20%C3%BC.png"
    assert json.loads(file.headers["X-Attachment-Metadata"])["file_name"] == "bild ü.png"


def test_attachments_are_listed_by_queries(served: Served) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        attach(served, file_name=name)

    answer = served.get(
        "v1/attachment",
        sysparm_query=f"table_sys_id={ANA}^ORDERBYDESCfile_name",
        sysparm_limit=2,
    )

    assert [row["file_name"] for row in answer.json()["result"]] == ["c.txt", "b.txt"]
    assert answer.headers["X-Total-Count"] == "3"
    assert 'rel="next"' in answer.headers["Link"]
    assert len(served.rows("sys_attachment", "file_nameSTARTSWITHa")) == 1


def test_an_attachment_from_a_form(served: Served) -> None:
    answer = served.http.post(
        "/api/now/attachment/upload",
        data={"table_name": "csm_consumer", "table_sys_id": ANA},
        files={"uploadFile": ("a.csv", b"1,2", "text/csv")},
    )

    assert answer.status_code == 201
    row = answer.json()["result"]
    assert (row["file_name"], row["content_type"], row["size_bytes"]) == ("a.csv", "text/csv", "3")


def test_an_attachment_is_renamed_and_deleted(served: Served) -> None:
    path = f"/api/now/attachment/{attach(served).json()['result']['sys_id']}"

    assert served.http.patch(path, json={"file_name": "b.txt"}).status_code == 204
    assert served.http.get(path).json()["result"]["file_name"] == "b.txt"
    assert served.http.delete(path).status_code == 204
    for answer in (
        served.http.get(path),
        served.http.get(f"{path}/file"),
        served.http.delete(path),
    ):
        assert answer.status_code == 404


def test_attachments_go_with_their_row(served: Served) -> None:
    row = served.insert("incident", short_description="x")
    attach(served)
    attach(served, table_name="incident", table_sys_id=row["sys_id"])

    served.http.delete(f"/api/now/table/incident/{row['sys_id']}")

    assert [each["table_name"] for each in served.rows("sys_attachment")] == ["csm_consumer"]


def test_a_row_of_the_attachments_can_be_deleted_but_not_made(served: Served) -> None:
    sys_id = attach(served).json()["result"]["sys_id"]

    assert served.http.post("/api/now/table/sys_attachment", json={}).status_code == 403
    assert served.change("sys_attachment", sys_id, size_bytes="9").status_code == 200
    assert served.one("sys_attachment", "")["size_bytes"] == "3"
    assert served.http.delete(f"/api/now/table/sys_attachment/{sys_id}").status_code == 204
    assert served.http.get(f"/api/now/attachment/{sys_id}/file").status_code == 404


@pytest.mark.parametrize(
    ("parameters", "kind", "status"),
    [
        ({"table_sys_id": "0" * 32}, "text/plain", 404),
        ({"table_name": "nothing"}, "text/plain", 404),
        ({"file_name": ""}, "text/plain", 400),
        ({"table_name": ""}, "text/plain", 400),
        ({"file_name": "x" * 256}, "text/plain", 400),
        ({}, "no type", 400),
        ({}, "text/plain; x=\x07", 400),
    ],
)
def test_what_cannot_be_attached(
    served: Served, parameters: dict[str, str], kind: str, status: int
) -> None:
    answer = attach(served, b"abc", kind, **parameters)

    assert answer.status_code == status
    assert answer.json()["status"] == "failure"
    assert served.rows("sys_attachment") == []


def test_a_file_without_a_type_and_forms_that_are_none(served: Served) -> None:
    path = "/api/now/attachment"
    parameters = {"table_name": "csm_consumer", "table_sys_id": ANA, "file_name": "a"}
    answers = [
        served.http.post(f"{path}/file", params=parameters, content=b"x"),
        served.http.post(f"{path}/upload", content=b"x", headers={"Content-Type": "text/plain"}),
        served.http.post(f"{path}/upload", files={"table_name": (None, "csm_consumer")}),
        served.http.post(
            f"{path}/upload",
            content=b"no form",
            headers={"Content-Type": "multipart/form-data; boundary=x"},
        ),
        served.http.post(
            f"{path}/upload", content=b"", headers={"Content-Type": "multipart/form-data"}
        ),
    ]

    assert [answer.status_code for answer in answers] == [400, 415, 400, 400, 400]
    assert all(answer.json()["status"] == "failure" for answer in answers)


@pytest.mark.parametrize("body", [{}, {"file_name": ""}, {"file_name": 1}, ["x"]])
def test_names_that_are_none(served: Served, body: object) -> None:
    sys_id = attach(served).json()["result"]["sys_id"]

    assert served.http.patch(f"/api/now/attachment/{sys_id}", json=body).status_code == 400
