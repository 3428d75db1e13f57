"""The application: every route of the served instance, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from smslab.simulator.http.agent_sms import AgentSms
from smslab.simulator.http.auth.authentication import Authentication
from smslab.simulator.http.carrier.api import CarrierApi
from smslab.simulator.http.carrier.callbacks import Callbacks
from smslab.simulator.http.carrier.ledger import Ledger
from smslab.simulator.http.control import Control
from smslab.simulator.http.demo import found_company
from smslab.simulator.http.errors import HANDLERS, answer, failure
from smslab.simulator.http.guard import Guard
from smslab.simulator.http.openapi import contract
from smslab.simulator.http.references import References
from smslab.simulator.http.settings import Settings
from smslab.simulator.http.state_file import StateFile
from smslab.simulator.http.table_api.mapping import RESERVED
from smslab.simulator.http.table_api.plain.files import load_tables
from smslab.simulator.http.table_api.plain.tables import PlainTables
from smslab.simulator.http.table_api.routes import table_routes
from smslab.simulator.http.validation import Validation
from smslab.simulator.http.webhook import Webhook
from smslab.simulator.http.world import World


def make_app(settings: Settings | None = None) -> Starlette:
    """The application of a served instance.

    Its world is ``app.state.world``, its status callbacks ``app.state.callbacks``. Raises
    BadStateFile for a state file that cannot be followed.
    """
    settings = settings or Settings()
    callbacks = Callbacks(settings.carrier, settings.callback_hosts)
    file = StateFile(settings.state_file, settings.sync) if settings.state_file else None
    loaded = load_tables(settings.tables) if settings.tables else ()
    world = World(
        settings.beginning,
        {
            "carrier": lambda world: Ledger(world.instance, callbacks.tell),
            "table": lambda world: PlainTables(loaded, lambda: world.instance.clock.now),
        },
        file,
    )
    if settings.demo and not world.instance.store.changes:
        found_company(world)
    signing_in = Authentication(settings.accounts) if settings.accounts else None
    faces = _Faces(settings, world, callbacks, signing_in)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await callbacks.begin()
        yield
        await callbacks.end()
        world.close()

    app = Starlette(
        routes=faces.routes(),
        middleware=[Middleware(Guard, settings=settings, world=world, authentication=signing_in)],
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    app.state.world = world
    app.state.callbacks = callbacks
    return app


@dataclass(frozen=True)
class _Faces:
    """What the server shows of a world."""

    settings: Settings
    world: World
    callbacks: Callbacks
    signing_in: Authentication | None

    def routes(self) -> list[BaseRoute]:
        """Every route, those first that are asked most."""
        world, settings = self.world, self.settings
        references = References(world)
        routes: list[BaseRoute] = [
            *AgentSms(world, references).routes(),
            *Validation(world, references).routes(),
            *Webhook(world, settings.carrier, settings.public_url).routes(),
            *table_routes(world),
            *CarrierApi(world, settings.carrier, self.callbacks).routes(),
            Route("/health", self.health, methods=["GET"]),
            Route("/ready", self.ready, methods=["GET"]),
            Route("/openapi.json", self.openapi, methods=["GET"]),
        ]
        if self.signing_in is not None:
            routes += self.signing_in.routes()
        if settings.control:
            routes += Control(world).routes()
        return routes

    async def health(self, request: Request) -> Response:
        """The process answers."""
        return answer({"status": "ok"})

    async def ready(self, request: Request) -> Response:
        """The instance can be used: its state is there, and can be kept."""
        failed = self.world.failed
        if failed is not None:
            return failure(503, "The state file cannot be written", failed)
        return answer({"status": "ready"})

    async def openapi(self, request: Request) -> Response:
        """The contract of this server."""
        further = (name for name in self.world.plain.tables if name not in RESERVED)
        content = contract(self.settings.control, self.signing_in is not None, tuple(further))
        return Response(content, media_type="application/json")
