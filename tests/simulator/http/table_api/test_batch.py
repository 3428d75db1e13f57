"""The batch: several requests in one, each answered as if it had come alone."""

from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from smslab.simulator.http.app import make_app
from smslab.simulator.http.table_api.served import TableSettings
from tests.simulator.http.table_api.serving import Served, consumer, serve_tables

ANA = consumer("consumer-1")
BATCH = "/api/now/v1/batch"


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return serve_tables(tmp_path)


def item(
    id: str, url: str, method: str = "GET", body: object = None, **more: Any
) -> dict[str, Any]:
    content: dict[str, Any] = {"id": id, "method": method, "url": url, **more}
    if body is not None:
        content["headers"] = [{"name": "Content-Type", "value": "application/json"}]
        content["body"] = base64.b64encode(json.dumps(body).encode()).decode()
    return content


def execute(served: Served, *items: object, **headers: str) -> dict[str, Any]:
    answer = served.http.post(
        BATCH, json={"batch_request_id": 7, "rest_requests": items}, headers=headers
    )
    assert answer.status_code == 200, answer.text
    content: dict[str, Any] = answer.json()
    return content


def body_of(serviced: dict[str, Any]) -> Any:
    return json.loads(base64.b64decode(serviced["body"]))


def test_requests_are_answered_in_their_order(served: Served) -> None:
    answer = execute(
        served,
        item("1", f"/api/now/table/csm_consumer/{ANA}?sysparm_fields=name"),
        item("2", "/api/now/table/incident", "POST", {"short_description": "x"}),
        item("3", "/api/now/table/incident?sysparm_query=number%3DINC0010001"),
        item("4", "/api/now/table/no_such_table"),
    )

    assert answer["batch_request_id"] == "7"
    assert answer["unserviced_requests"] == []
    serviced = answer["serviced_requests"]
    assert [each["id"] for each in serviced] == ["1", "2", "3", "4"]
    assert [(each["status_code"], each["status_text"]) for each in serviced] == [
        (200, "OK"),
        (201, "Created"),
        (200, "OK"),
        (400, "Bad Request"),
    ]
    assert body_of(serviced[0]) == {"result": {"name": "Ana"}}
    assert body_of(serviced[2])["result"][0]["short_description"] == "x"
    assert {"name": "x-total-count", "value": "1"} in serviced[2]["headers"]


def test_headers_of_an_answer_can_be_left_out(served: Served) -> None:
    url = "/api/now/table/csm_consumer"

    (serviced,) = execute(served, item("1", url, exclude_response_headers=True))[
        "serviced_requests"
    ]

    assert serviced["headers"] == []


def test_what_is_too_large_and_all_after_it_is_not_serviced(tmp_path: Path) -> None:
    served = serve_tables(tmp_path, TableSettings(largest_item=100))
    items = [
        item("1", "/api/now/table/incident", "POST", {"short_description": "x"}),
        item("2", "/api/now/table/incident", "POST", {"short_description": "x" * 200}),
        item("3", "/api/now/table/incident", "POST", {"short_description": "x"}),
    ]

    answer = execute(served, *items)

    assert [each["id"] for each in answer["serviced_requests"]] == ["1"]
    assert answer["unserviced_requests"] == ["2", "3"]
    assert len(served.rows("incident")) == 1


def test_answers_that_are_too_large_are_not_serviced(served: Served) -> None:
    items = [item("1", f"/api/now/table/csm_consumer/{ANA}")]

    answer = execute(served, *items, **{"X-BATCHREQUEST-MAX-OUTPUT-SIZE": "10"})

    assert answer["unserviced_requests"] == ["1"]


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/api/now/table/csm_consumer",
        "//elsewhere.example/api/now/table/csm_consumer",
        "api/now/table/csm_consumer",
        "/api/now/../now/table/csm_consumer",
        "/api/now/%2e%2e/now/table/csm_consumer",
        "/api/now/table/cönsumer",
        BATCH,
    ],
)
def test_addresses_that_are_no_resource_of_the_server(served: Served, url: str) -> None:
    method = "POST" if url == BATCH else "GET"

    (serviced,) = execute(served, item("1", url, method, {"rest_requests": []}))[
        "serviced_requests"
    ]

    assert serviced["status_code"] == 400
    message = body_of(serviced)["error"]["message"]
    assert message == "Requested URI does not represent any resource"


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"rest_requests": {}},
        {"rest_requests": ["x"]},
        {"rest_requests": [{"id": "1", "url": "/x"}]},
        {"rest_requests": [{"id": "1", "url": "/x", "method": "CONNECT"}]},
        {"rest_requests": [{"id": "1", "method": "GET"}]},
        {"rest_requests": [{"url": "/x", "method": "GET"}]},
        {"rest_requests": [item("1", "/x", body=None) | {"body": "%"}]},
        {"rest_requests": [item("1", "/x", body=None) | {"body": {}}]},
        {"rest_requests": [item("1", "/x", headers=["x"])]},
        {"rest_requests": [item("1", "/x", headers={})]},
        {"rest_requests": [item("1", "/x", headers=[{"name": "a", "value": 0}])]},
        {"rest_requests": [item("1", "/x", headers=[{"name": "a\r\nb", "value": "c"}])]},
        {"rest_requests": [item("1", "/x", headers=[{"name": "a", "value": "b\r\nc"}])]},
        {"rest_requests": [item(str(number), "/x") for number in range(1001)]},
        {"rest_requests": [], "batch_request_id": []},
    ],
)
def test_batches_that_cannot_be_understood(served: Served, content: object) -> None:
    answer = served.http.post(BATCH, json=content)

    assert answer.status_code == 400
    assert answer.json()["status"] == "failure"


def test_two_requests_of_one_id_could_not_be_told_apart(served: Served) -> None:
    answer = served.http.post(BATCH, json={"rest_requests": [item("1", "/x"), item("1", "/y")]})

    assert answer.status_code == 409
    assert answer.json()["error"]["detail"] == "Every request has an id of its own."


def test_the_address_without_a_version_is_none(served: Served) -> None:
    assert served.http.post("/api/now/batch", json={"rest_requests": []}).status_code == 404


def test_what_is_left_when_time_is_up_is_not_serviced(tmp_path: Path) -> None:
    served = serve_tables(tmp_path, TableSettings(batch_seconds=-1.0))
    answer = execute(served, item("1", "/api/now/table/incident"), item("2", "/nothing"))
    assert (answer["serviced_requests"], answer["unserviced_requests"]) == ([], ["1", "2"])


def test_others_are_answered_while_a_batch_is_executed() -> None:
    async def first() -> str:
        transport = httpx.ASGITransport(make_app())
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            items = [item(str(id), "/api/now/table/incident") for id in range(200)]
            tasks = [
                asyncio.create_task(client.post(BATCH, json={"rest_requests": items})),
                asyncio.create_task(client.get("/health")),
            ]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            await tasks[0]
            return str(done.pop().result().url.path) if len(done) == 1 else "both"

    assert asyncio.run(first()) == "/health"
