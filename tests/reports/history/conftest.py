"""Histories to test on: an SQLite file, and a database of a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests import postgresql

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[postgresql.Server]:
    """A running PostgreSQL server."""
    with postgresql.running() as running:
        yield running


def new_database(server: postgresql.Server) -> str:
    """The address of a new, empty database of the server."""
    name = f"history_{next(_NUMBERS)}"
    engine = create_engine(server.address(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.address(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a history that is not there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "results" / "history.sqlite")
    return new_database(request.getfixturevalue("server"))
