"""The routes of the Table API, the attachments and the batches."""

from __future__ import annotations

from starlette.routing import Route

from smslab.simulator.http.table_api.attachments import AttachmentApi
from smslab.simulator.http.table_api.batch import BatchApi
from smslab.simulator.http.table_api.records import RecordApi
from smslab.simulator.http.table_api.served import Tables, TableSettings, World

TABLE_PREFIXES = {"/api/now/table": 2, "/api/now/v2/table": 2, "/api/now/v1/table": 1}
"""The documented addresses of tables, with the version of the API that answers there."""

ATTACHMENT_PREFIXES = ("/api/now/attachment", "/api/now/v1/attachment")
BATCH = "/api/now/v1/batch"


def table_routes(world: World, settings: TableSettings | None = None) -> list[Route]:
    """Everything under ``/api/now`` that has to do with tables."""
    settings = settings or TableSettings()
    tables = Tables(world)
    records = {version: RecordApi(tables, settings, version) for version in (1, 2)}
    routes = []
    for prefix, version in TABLE_PREFIXES.items():
        api = records[version]
        one, many = f"{prefix}/{{table}}/{{sys_id}}", f"{prefix}/{{table}}"
        routes += [
            Route(one, api.read, methods=["GET"]),
            Route(one, api.update, methods=["PATCH", "PUT"]),
            Route(one, api.delete, methods=["DELETE"]),
            Route(many, api.list, methods=["GET"]),
            Route(many, api.insert, methods=["POST"]),
        ]
    attachments = AttachmentApi(tables, settings)
    for prefix in ATTACHMENT_PREFIXES:
        routes += attachments.routes(prefix)
    return [*routes, Route(BATCH, BatchApi(settings).execute, methods=["POST"])]
