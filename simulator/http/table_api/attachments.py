"""Attachments of records: ``/api/now/attachment``."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from smslab.simulator.http.bodies import parse_json, read_body
from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.table_api.answers import (
    empty,
    no_record,
    result,
    told,
    told_in_json,
    user_of,
)
from smslab.simulator.http.table_api.paging import page_headers
from smslab.simulator.http.table_api.parameters import base_of, is_true, page_of
from smslab.simulator.http.table_api.plain.tables import ATTACHMENTS, Row
from smslab.simulator.http.table_api.query.binding import Binder
from smslab.simulator.http.table_api.query.parsing import parse
from smslab.simulator.http.table_api.served import Tables, TableSettings

_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+*-]+(?:\s*;[\x20-\x7e]*)?", re.ASCII)
_LONGEST_NAME = 255
_FIRST_PAGE = 1_000
_MANDATORY = ("file_name", "table_name", "table_sys_id")


class AttachmentApi:
    """The documented resources of attachments, but for their attributes."""

    def __init__(self, tables: Tables, settings: TableSettings) -> None:
        self._tables = tables
        self._settings = settings

    def routes(self, prefix: str) -> list[Route]:
        """The routes under an address."""
        one = f"{prefix}/{{sys_id}}"
        return [
            Route(f"{prefix}/file", self.attach, methods=["POST"]),
            Route(f"{prefix}/upload", self.upload, methods=["POST"]),
            Route(prefix, self.list, methods=["GET"]),
            Route(one, self.read, methods=["GET"]),
            Route(one, self.rename, methods=["PATCH"]),
            Route(one, self.detach, methods=["DELETE"]),
            Route(f"{one}/file", self.download, methods=["GET"]),
        ]

    @told
    async def list(self, request: Request) -> Response:
        """What is known of the attachments that fit."""
        settings = self._settings.query
        table = self._tables.world.plain.tables[ATTACHMENTS]
        query = parse(request.query_params.get("sysparm_query", ""), settings.limits)
        asker = self._tables.asker(user_of(request))
        rows = Binder(self._tables, settings, asker).select(table, query)
        page = page_of(request, min(_FIRST_PAGE, self._settings.largest_page))
        headers: dict[str, str] = {}
        if not is_true(request, "sysparm_suppress_pagination_header"):
            url = f"{base_of(request)}{request.scope['path']}"
            query_string = request.scope["query_string"].decode("latin-1")
            headers = page_headers(url, query_string, page, len(rows))
        headers["X-Total-Count"] = str(len(rows))
        shown = [_shown(request, row) for row in rows[page.offset : page.offset + page.limit]]
        return result(shown, headers=headers)

    @told
    async def read(self, request: Request) -> Response:
        """What is known of one attachment."""
        _check_is_one(request)
        return result(_shown(request, self._row(request)))

    @told_in_json
    async def download(self, request: Request) -> Response:
        """The content of one attachment, to be saved and never shown as a page."""
        row = self._row(request)
        name = quote(row["file_name"], safe="")
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "X-Attachment-Metadata": json.dumps(_shown(request, row)),
            "X-Content-Type-Options": "nosniff",
        }
        content = self._tables.world.plain.content_of(row["sys_id"])
        return Response(content, 200, headers, row["content_type"])

    @told
    async def attach(self, request: Request) -> Response:
        """A new attachment; the body is its content."""
        kind = request.headers.get("content-type")
        if kind is None:
            raise ApiError(400, "Missing header", "Content-Type says what the file is.")
        content = await read_body(request)
        return self._attached(request, request.query_params, kind, content)

    @told
    async def upload(self, request: Request) -> Response:
        """A new attachment from a form with the parts ``table_name``, ``table_sys_id``, a file."""
        if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            raise ApiError(415, "Unsupported media type", "Send multipart/form-data.")
        await read_body(request)
        async with request.form(max_files=1, max_fields=20) as form:
            texts = {name: part for name, part in form.items() if isinstance(part, str)}
            files = [part for part in form.values() if not isinstance(part, str)]
            if not files:
                raise ApiError(400, "Missing parameter", "The form has no part with a file.")
            content = await files[0].read()
            kind = files[0].content_type or "application/octet-stream"
            given = {"file_name": files[0].filename or "", **texts}
        return self._attached(request, given, kind, content)

    @told
    async def rename(self, request: Request) -> Response:
        """Another name of an attachment."""
        _check_is_one(request)
        body = parse_json(await read_body(request))
        row = self._row(request)
        name = body.get("file_name") if isinstance(body, dict) else None
        if not isinstance(name, str) or not name.strip():
            raise ApiError(400, "Missing parameter", "file_name is the new name.")
        _check_name(name)
        self._tables.world.run(
            "table_rename_attachment",
            sys_id=row["sys_id"],
            file_name=name,
            actor=user_of(request),
        )
        return empty(204)

    @told
    async def detach(self, request: Request) -> Response:
        """No attachment any more."""
        _check_is_one(request)
        row = self._row(request)
        self._tables.world.run("table_detach", sys_id=row["sys_id"])
        return empty(204)

    def _attached(
        self, request: Request, given: Mapping[str, Any], kind: str, content: bytes
    ) -> Response:
        missing = [name for name in _MANDATORY if not given.get(name, "").strip()]
        if missing:
            raise ApiError(400, "Missing parameter", f"There is no {', '.join(missing)}.")
        _check_name(given["file_name"])
        if not _TYPE.fullmatch(kind):
            raise ApiError(400, "Invalid header", f"{kind[:80]!r} is no type of a file.")
        table = self._tables.table(given["table_name"])
        if table is None or table.row(given["table_sys_id"]) is None:
            raise no_record()
        sys_id = self._tables.world.run(
            "table_attach",
            table=given["table_name"],
            record=given["table_sys_id"],
            file_name=given["file_name"],
            content_type=kind,
            content=base64.b64encode(content).decode(),
            actor=user_of(request),
        )
        row = self._tables.world.plain.tables[ATTACHMENTS].row(sys_id) or {}
        headers = {"Location": f"{base_of(request)}/api/now/attachment/{sys_id}"}
        return result(_shown(request, row), 201, headers)

    def _row(self, request: Request) -> Row:
        row = self._tables.world.plain.tables[ATTACHMENTS].row(request.path_params["sys_id"])
        if row is None:
            raise no_record()
        return row


def _check_is_one(request: Request) -> None:
    """Raise HTTPException 405 for the address where attachments are made, which is none of one."""
    if request.path_params["sys_id"] in ("file", "upload"):
        raise HTTPException(405)


def _check_name(name: str) -> None:
    if len(name) > _LONGEST_NAME:
        raise ApiError(
            400, "Invalid parameter", f"file_name has at most {_LONGEST_NAME} characters."
        )


def _shown(request: Request, row: Row) -> Row:
    """What is known of an attachment, with the address of its content."""
    link = f"{base_of(request)}/api/now/attachment/{row['sys_id']}/file"
    return {**row, "download_link": link}
