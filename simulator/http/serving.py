"""Running the application: on which address, and what is demanded for it."""

from __future__ import annotations

import gc
import ipaddress
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from smslab.simulator.http.app import make_app
from smslab.simulator.http.connection import Connection
from smslab.simulator.http.settings import Settings
from smslab.simulator.http.state_file import BadStateFile
from smslab.simulator.http.table_api.plain.schema import BadTable
from smslab.simulator.http.tls import BadCertificate, certificate_in
from smslab.simulator.http.world import World

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""The names under which a server on loopback may be asked."""

_KEEP_ALIVE = 30
_GOODBYE = 2  # a client over TLS that stays connected would be waited for half a minute
_BACKLOG = 2_048
_GARBAGE = (50_000, 20, 100)


class Unsafe(ValueError):
    """The server would be open to others; the message says what is missing."""


CANNOT_SERVE = (Unsafe, BadStateFile, BadCertificate, BadTable)
"""What :func:`serve` raises for settings with which it cannot serve."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; ``port`` 0 is any that is free. ``certificates`` is a folder, for TLS."""

    host: str = "127.0.0.1"
    port: int = 8_000
    certificates: Path | None = None

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def checked(settings: Settings, address: Address) -> Settings:
    """The settings for an address. Raises Unsafe where others could reach it without passwords.

    On loopback without accounts the server answers under its own names only, so that no
    page in a browser reaches it under another.
    """
    if settings.accounts is None and not address.is_loopback:
        raise Unsafe(
            f"{address.host} can be reached from other machines; "
            "give a file of accounts with --accounts, or leave --host out."
        )
    if settings.accounts is None and not settings.hosts:
        return replace(settings, hosts=LOOPBACK | {address.host})
    return settings


def serve(settings: Settings, address: Address, say: Callable[[str], object]) -> None:
    """Serve until interrupted; ``say`` is told the address once it is listened on.

    Raises Unsafe, BadStateFile, BadCertificate, or OSError for an address that is not free.
    """
    settings = checked(settings, address)
    options = {}
    if address.certificates is not None:
        certificate, key = certificate_in(address.certificates, {*_plain(LOOPBACK), address.host})
        options = {"ssl_certfile": str(certificate), "ssl_keyfile": str(key)}
    app = make_app(settings)
    for each in _surprises(settings, app.state.world):
        say(each)
    look_for_garbage_seldom()
    with listening_on(address.host, address.port) as listening:
        host = f"[{address.host}]" if ":" in address.host else address.host
        scheme = "https" if options else "http"
        config = configured(app, **options)
        say(f"Serving on {scheme}://{host}:{listening.getsockname()[1]}")
        uvicorn.Server(config).run([listening])


def _surprises(settings: Settings, world: World) -> Iterator[str]:
    """What whoever starts the server may not expect of a state file."""
    file = settings.state_file
    if world.dropped:
        yield f"The last line of {file} was not finished: {world.dropped} bytes dropped"
    if world.beginning.as_json() != settings.beginning.as_json():
        yield f"{file} goes on with the seed, settings and time that it began with"


def look_for_garbage_seldom() -> None:
    """Spare the collector what lives as long as the instance: records and journal."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE)


def listening_on(host: str, port: int) -> socket.socket:
    """A socket that listens on an address. Raises OSError for one that is not free.

    It says that it speaks TCP: only then does asyncio send answers without waiting for more
    to send, which may take 40 milliseconds.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except BaseException:
        listening.close()
        raise
    return listening


def configured(app: ASGIApp, **options: str) -> uvicorn.Config:
    """How the application is run: no log but of what is wrong, and no word about the server."""
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        http=Connection,
        ws="none",
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GOODBYE,
        backlog=_BACKLOG,
        **options,  # type: ignore[arg-type]
    )


def _plain(hosts: frozenset[str]) -> frozenset[str]:
    return frozenset(host.strip("[]") for host in hosts)
