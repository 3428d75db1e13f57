"""An instance whose tables are served, without a server: requests reach the application itself."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import requests
from pysnc import ServiceNowClient  # type: ignore[import-untyped]
from requests.adapters import BaseAdapter
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message

from smslab.simulator.http.errors import HANDLERS
from smslab.simulator.http.table_api.mapping import sys_id_of
from smslab.simulator.http.table_api.plain.files import LoadedTable, load_tables
from smslab.simulator.http.table_api.plain.tables import PlainTables
from smslab.simulator.http.table_api.routes import table_routes
from smslab.simulator.http.table_api.served import TableSettings
from smslab.simulator.instance import Instance
from tests.simulator.company import Company, company

ADDRESS = "https://smslab.test"

INCIDENT: dict[str, Any] = {
    "label": "Incident",
    "display": "number",
    "number": {"prefix": "INC", "digits": 7, "first": 10001},
    "columns": {
        "number": {"read_only": True},
        "short_description": {"label": "Short description", "mandatory": True},
        "state": {"choices": {"1": "New", "2": "In Progress", "7": "Closed"}, "default": "1"},
        "priority": {"type": "integer", "default": "3"},
        "impact": {"type": "integer"},
        "active": {"type": "boolean", "default": "true"},
        "due_date": {"type": "glide_date_time"},
        "caller_id": {"type": "reference", "reference": "sys_user"},
        "assignment_group": {"type": "reference", "reference": "sys_user_group"},
        "description": {"max_length": 100},
        "api_key": {"masked": True, "label": "Key"},
    },
}
GROUP: dict[str, Any] = {
    "name": "sys_user_group",
    "label": "Group",
    "columns": {
        "name": {"mandatory": True},
        "manager": {"type": "reference", "reference": "sys_user"},
        "parent": {"type": "reference", "reference": "sys_user_group"},
    },
    "rows": "groups.csv",
}
NETWORK, HARDWARE = "a" * 32, "b" * 32


@dataclass
class ServedWorld:
    """The least that the Table API needs of a world."""

    instance: Instance
    plain: PlainTables

    def run(self, name: str, /, **arguments: Any) -> Any:
        owner = self.plain if name.startswith("table_") else self.instance
        return getattr(owner, name)(**arguments)


@dataclass
class Served:
    """A company, its world, and a client of its tables."""

    company: Company
    world: ServedWorld
    http: httpx.Client

    def get(self, path: str, **parameters: Any) -> httpx.Response:
        return self.http.get(f"/api/now/{path}", params=parameters)

    def rows(self, table: str, query: str = "", **parameters: Any) -> list[dict[str, Any]]:
        """What a list answers, which must be a success."""
        found = self.get(f"table/{table}", sysparm_query=query, **parameters)
        assert found.status_code == 200, found.text
        result: list[dict[str, Any]] = found.json()["result"]
        return result

    def one(self, table: str, query: str) -> dict[str, Any]:
        """The only row of a query, as values alone."""
        (row,) = self.rows(table, query, sysparm_exclude_reference_link="true")
        return row

    def insert(self, table: str, **values: Any) -> dict[str, Any]:
        """A new row, as values alone."""
        made = self.http.post(
            f"/api/now/table/{table}?sysparm_exclude_reference_link=true", json=values
        )
        assert made.status_code == 201, made.text
        row: dict[str, Any] = made.json()["result"]
        return row

    def change(self, table: str, sys_id: str, **values: Any) -> httpx.Response:
        return self.http.patch(
            f"/api/now/table/{table}/{sys_id}?sysparm_exclude_reference_link=true", json=values
        )

    def pysnc(self) -> ServiceNowClient:
        """The official client, talking to the application."""
        session = requests.Session()
        session.auth = ("admin", "admin")
        session.mount(ADDRESS, _InProcess(self.http))
        return ServiceNowClient(ADDRESS, session, auto_retry=False)


def folder_of_tables(folder: Path) -> Path:
    """The files of the plain tables."""
    (folder / "incident.json").write_text(json.dumps(INCIDENT), encoding="utf-8")
    (folder / "groups.json").write_text(json.dumps(GROUP), encoding="utf-8")
    (folder / "groups.csv").write_text(
        f"sys_id,name,parent\n{NETWORK},Network,\n{HARDWARE},Hardware,{NETWORK}\n",
        encoding="utf-8",
    )
    return folder


def serve(loaded: tuple[LoadedTable, ...] = (), settings: TableSettings | None = None) -> Served:
    """A fresh company whose tables are served."""
    made = company()
    plain = PlainTables(loaded, lambda: made.instance.clock.now)
    world = ServedWorld(made.instance, plain)
    app = Starlette(routes=table_routes(world, settings), exception_handlers=HANDLERS)
    return Served(made, world, httpx.Client(transport=InProcess(app), base_url=ADDRESS))


def serve_tables(folder: Path, settings: TableSettings | None = None) -> Served:
    """A fresh company with the plain tables ``incident`` and ``sys_user_group``."""
    return serve(load_tables(folder_of_tables(folder)), settings)


def consumer(id: str) -> str:
    """The sys_id of a consumer."""
    return sys_id_of("consumer", id)


def refused(answer: httpx.Response, status: int, words: str) -> None:
    """The answer is an error with the documented body, whose detail has these words."""
    assert answer.status_code == status, answer.text
    assert answer.json()["status"] == "failure"
    assert words in str(answer.json()["error"]["detail"])


class InProcess(httpx.BaseTransport):
    """What makes requests of httpx reach the application; its errors reach the test."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The application's answer."""
        return asyncio.run(self._answered(request))

    async def _answered(self, request: httpx.Request) -> httpx.Response:
        started: Message = {}
        content = bytearray()

        async def receive() -> Message:
            return {"type": "http.request", "body": request.read(), "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            content.extend(message.get("body", b""))

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": request.url.scheme,
            "server": (request.url.host, request.url.port),
            "client": ("127.0.0.1", 50000),
            "method": request.method,
            "path": unquote(request.url.raw_path.decode().partition("?")[0]),
            "raw_path": request.url.raw_path.partition(b"?")[0],
            "query_string": request.url.query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
        }
        await self._app(scope, receive, send)
        return httpx.Response(started["status"], headers=started["headers"], content=bytes(content))


class _InProcess(BaseAdapter):
    """What makes requests of the library ``requests`` reach the application."""

    def __init__(self, client: httpx.Client) -> None:
        super().__init__()
        self._client = client

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        body = request.body
        answered = self._client.request(
            str(request.method),
            str(request.url),
            content=body if isinstance(body, str | bytes) else None,
            headers={name: str(value) for name, value in request.headers.items()},
        )
        response = requests.Response()
        response.status_code = answered.status_code
        response.headers.update(answered.headers)
        response.raw = BytesIO(answered.content)
        response.url = str(request.url)
        response.request = request
        return response

    def close(self) -> None:
        """Nothing is open."""
