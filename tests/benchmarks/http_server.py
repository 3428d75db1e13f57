"""One of the two servers of the HTTP benchmark: ``python -m tests.benchmarks.http_server bare``."""

from __future__ import annotations

import sys

import typer
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from smslab.simulator.http.app import make_app
from smslab.simulator.http.demo import found_company
from smslab.simulator.http.serving import (
    Address,
    checked,
    configured,
    listening_on,
    look_for_garbage_seldom,
)
from smslab.simulator.http.settings import Settings
from smslab.simulator.states import PartyKind
from tests.benchmarks.company_at_work import number
from tests.benchmarks.http import CONSUMERS


def bare() -> Starlette:
    """One route for every path, which answers a fixed JSON."""

    async def answered(request: Request) -> JSONResponse:
        return JSONResponse({"result": {"status": "ok"}})

    return Starlette(routes=[Route("/{path:path}", answered, methods=["GET", "POST"])])


def smslab() -> Starlette:
    """The instance as `smslab serve` serves it, with many consumers in Germany."""
    app = make_app(checked(Settings(), Address()))
    world = app.state.world
    germany = world.run("add_location", name="Germany", territory="DE").id
    world.run(
        "import_parties",
        kind=PartyKind.CONSUMER,
        rows=[
            {"name": f"Consumer {position}", "mobile_phone": number(position), "location": germany}
            for position in range(CONSUMERS)
        ],
        journalled=False,
    )
    found_company(world)
    look_for_garbage_seldom()
    return app


def main(kind: str) -> None:
    """Serve, and print the port."""
    app = {"bare": bare, "smslab": smslab}[kind]()
    with listening_on("127.0.0.1", 0) as listening:
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        uvicorn.Server(configured(app)).run([listening])


if __name__ == "__main__":
    typer.run(main)
