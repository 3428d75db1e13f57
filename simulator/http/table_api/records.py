"""Reading and writing rows: ``/api/now/table/{table}`` and ``/{sys_id}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from smslab.simulator.http.bodies import media_type, parse_json, read_body
from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.table_api.answers import empty, no_record, result, told, user_of
from smslab.simulator.http.table_api.columns import Table
from smslab.simulator.http.table_api.paging import page_headers
from smslab.simulator.http.table_api.parameters import (
    base_of,
    is_true,
    page_of,
    presentation_of,
    query_of,
)
from smslab.simulator.http.table_api.presentation import Presenter
from smslab.simulator.http.table_api.query.binding import Binder
from smslab.simulator.http.table_api.served import Tables, TableSettings
from smslab.simulator.http.table_api.writing import changing
from smslab.simulator.http.table_api.writing.entries import Entries
from smslab.simulator.http.table_api.xml_forms import of_xml

_TYPES = ("", "application/json", "text/json")
_XML_TYPES = ("application/xml", "text/xml")


class RecordApi:
    """The Table API in one of its two versions.

    They differ in one documented point: a list without rows is 404 in version 1.
    """

    def __init__(self, tables: Tables, settings: TableSettings, version: int) -> None:
        self._tables = tables
        self._settings = settings
        self._version = version

    @told
    async def list(self, request: Request) -> Response:
        """The rows that fit, one page of them."""
        table = self._table(request)
        page = page_of(request, self._settings.largest_page)
        presenter = self._presenter(request, table)
        rows = self._selected(request, table)
        shown = rows[page.offset : page.offset + page.limit]
        if not shown and self._version == 1:
            raise ApiError(
                404,
                "No Record found",
                "Records matching query not found. Check query parameter or offset parameter",
            )
        headers: dict[str, str] = {}
        if not is_true(request, "sysparm_suppress_pagination_header"):
            url = f"{base_of(request)}{request.scope['path']}"
            query_string = request.scope["query_string"].decode("latin-1")
            headers = page_headers(url, query_string, page, len(rows))
        if not is_true(request, "sysparm_no_count"):
            headers["X-Total-Count"] = str(len(rows))
        return result(presenter.all(shown), headers=headers)

    @told
    async def read(self, request: Request) -> Response:
        """One row."""
        table = self._table(request)
        row = self._row(request, table)
        return result(self._presenter(request, table).one(row))

    @told
    async def insert(self, request: Request) -> Response:
        """A new row."""
        # The tables may be others by the time that the body is there.
        body = await _body(request)
        table = self._table(request)
        presenter = self._presenter(request, table)
        entries = self._entries(request, table, body)
        sys_id = changing.insert(self._tables.world, entries, user_of(request))
        address = f"{base_of(request)}{request.scope['path'].rstrip('/')}/{sys_id}"
        headers = {"Location": address}
        if _without_body(request):
            return empty(201, headers)
        return result(presenter.one(table.row(sys_id)), 201, headers)

    @told
    async def update(self, request: Request) -> Response:
        """A changed row. PUT is as PATCH: what the body does not name stays as it is."""
        body = await _body(request)
        table = self._table(request)
        presenter = self._presenter(request, table)
        sys_id = request.path_params["sys_id"]
        row = self._row(request, table)
        entries = self._entries(request, table, body)
        changing.update(self._tables.world, entries, row, sys_id, user_of(request))
        if _without_body(request):
            return empty(200)
        return result(presenter.one(table.row(sys_id)))

    @told
    async def delete(self, request: Request) -> Response:
        """No row any more."""
        table = self._table(request)
        self._row(request, table)
        changing.delete(self._tables.world, table, request.path_params["sys_id"])
        return empty(204)

    def _table(self, request: Request) -> Table:
        name = request.path_params["table"]
        if (table := self._tables.table(name)) is None:
            raise ApiError(400, f"Invalid table {name[:80]}")
        return table

    def _row(self, request: Request, table: Table) -> Any:
        if (row := table.row(request.path_params["sys_id"])) is None:
            raise no_record()
        return row

    def _presenter(self, request: Request, table: Table) -> Presenter:
        limits = self._settings.query.limits
        return Presenter(self._tables, table, presentation_of(request), limits)

    def _selected(self, request: Request, table: Table) -> Any:
        settings = self._settings.query
        query = query_of(request, self._tables, table, settings.limits)
        asker = self._tables.asker(user_of(request))
        return Binder(self._tables, settings, asker).select(table, query)

    def _entries(self, request: Request, table: Table, body: Mapping[str, Any]) -> Entries:
        as_displayed = is_true(request, "sysparm_input_display_value")
        return Entries(self._tables, table, body, as_displayed)


def _without_body(request: Request) -> bool:
    return request.headers.get("x-no-response-body", "").lower() == "true"


async def _body(request: Request) -> Mapping[str, Any]:
    """The names and values of a body; of several records the first, as documented.

    Raises ApiError 400, or 415 for a media type other than JSON and XML.
    """
    body = await read_body(request)
    kind = media_type(request)
    if kind in _XML_TYPES:
        return of_xml(body)
    if kind not in _TYPES:
        raise ApiError(415, "Unsupported media type", "Send application/json or application/xml.")
    content = parse_json(body) if body.strip() else {}
    if isinstance(content, list) and content:
        content = content[0]
    if not isinstance(content, dict):
        raise ApiError(400, "The body must be a JSON object")
    return content
