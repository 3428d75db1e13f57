"""A PostgreSQL server of the tests' own: Debian's package, a data folder and a port of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

USER, PASSWORD = "smslab", "p@ss:w/rd 1"
"""Whom the tests log in as, with a password that an address has to spell in another way."""

_INSTALLED = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Server:
    """A running server; ``port`` is on the loopback interface."""

    port: int

    def address(self, database: str = "postgres", password: str = PASSWORD) -> str:
        """The address of a database of it."""
        spelt = quote(password, safe="")
        return f"postgresql+psycopg://{USER}:{spelt}@127.0.0.1:{self.port}/{database}"


def programs() -> Path:
    """The folder of the server's programs.

    CI must have them; elsewhere the tests that need them say that they did not run.
    """
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    installed = sorted(_INSTALLED.glob("*/bin/initdb"), key=lambda path: path.parts[-3].zfill(4))
    if installed:
        return installed[-1].parent
    if {"CI", "SMSLAB_CI"} & os.environ.keys():
        pytest.fail("CI needs PostgreSQL: install Debian's package postgresql.")
    pytest.skip("The history was not kept in PostgreSQL: Debian's package postgresql is not here.")


@contextmanager
def running() -> Iterator[Server]:
    """A new server, which is stopped and removed in the end."""
    bin = programs()
    folder = Path(tempfile.mkdtemp(prefix="smslab-postgresql-"))
    try:
        secret = folder / "password"
        secret.write_text(PASSWORD)
        if os.geteuid() == 0:
            for path in (folder, secret):
                shutil.chown(path, "postgres", "postgres")
        data, port = folder / "data", _free_port()
        _as_owner(
            *(str(bin / "initdb"), "--pgdata", str(data), "--username", USER),
            *("--auth", "scram-sha-256", "--pwfile", str(secret), "--encoding", "UTF8"),
            *("--no-locale", "--no-sync"),
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
        control = (str(bin / "pg_ctl"), "--pgdata", str(data), "--wait")
        _as_owner(*control, "--log", str(folder / "log"), "-o", options, "start")
        try:
            yield Server(port)
        finally:
            _as_owner(*control, "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_owner(*command: str) -> None:
    """Run a program of the server, which refuses to run as root."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    ended = subprocess.run(
        [*as_postgres, *command], capture_output=False, stdout=subprocess.DEVNULL, check=False,
        stderr=subprocess.PIPE, text=True, timeout=120, cwd="/",
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
