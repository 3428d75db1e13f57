"""Reaching the database of a history: never waiting long, and saying in words why it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
)
from sqlalchemy.pool import NullPool

from smslab.reports.history.addresses import HistoryUnusable, hidden, is_file, without_password
from smslab.reports.history.schema import NewerSchema, bring_up_to_date, is_current

WAIT = 3
"""Seconds that reaching the database, or waiting for a lock in it, may take."""

STATEMENT = 20
"""Seconds that a statement may take, where the database can be told."""

Result = TypeVar("Result")

_ATTEMPTS = 4
_WRITING = "smslab_writing"
_CONNECTING: dict[str, dict[str, Any]] = {
    "sqlite": {"timeout": WAIT},
    "postgresql": {"connect_timeout": WAIT},
    "mysql": {"connect_timeout": WAIT},
    "mariadb": {"connect_timeout": WAIT},
}


class Database:
    """The database at an address: a path, or any address that SQLAlchemy understands.

    Raises HistoryUnusable for an address that cannot be one.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._url = _url(address)
        self._engine = _engine(address, self._url)

    @property
    def name(self) -> str:
        """What a reader calls it: the address without its password."""
        return hidden(self.address)

    @property
    def absent(self) -> bool:
        """Whether it is a file that is not there yet."""
        return self._file is not None and not self._file.exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to tables of the right version; older ones are brought up to date.

        Raises HistoryUnusable, whatever goes wrong.
        """
        with self._in_words(), self._engine.connect() as connection:
            if not is_current(connection):
                connection.rollback()
                self.write(lambda _: None)
            yield connection

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """What ``work`` returns, done in one transaction on tables of the right version.

        It is begun again where another run wrote the same at the same moment. Raises
        HistoryUnusable, whatever goes wrong; then nothing is written.
        """
        with self._in_words():
            if self._file is not None:
                self._file.parent.mkdir(parents=True, exist_ok=True)
            for _ in range(_ATTEMPTS - 1):
                try:
                    return self._written(work)
                except (IntegrityError, ProgrammingError):
                    continue
            return self._written(work)

    def shrink(self) -> None:
        """Give back the room of what was removed, where the database is a file."""
        if self._file is not None:
            with self._in_words(), self._engine.connect() as connection:
                connection.connection.driver_connection.execute("VACUUM")  # type: ignore[union-attr]

    @property
    def _file(self) -> Path | None:
        name = self._url.database
        if self._url.get_backend_name() != "sqlite" or not name or name.startswith((":", "file:")):
            return None
        return Path(name)

    def _written(self, work: Callable[[Connection], Result]) -> Result:
        options = {_WRITING: True}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            bring_up_to_date(connection)
            return work(connection)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Turns whatever a database, its driver or the disk can raise into HistoryUnusable."""
        try:
            yield
        except HistoryUnusable:
            raise
        except NewerSchema as error:
            raise HistoryUnusable(
                f"{self.name} was written by a later smslab ({error}). Update smslab, or keep runs "
                "elsewhere (--history)."
            ) from None
        except Exception as error:  # no driver may cost a run its reports
            raise HistoryUnusable(self._why(error)) from error

    def _why(self, error: Exception) -> str:
        said = self._said(error)
        if isinstance(error, OperationalError) and ("locked" in said or "timeout" in said):
            return f"{self.name} is locked by another program ({said}). Wait until it is done."
        if isinstance(error, DatabaseError) and ("malformed" in said or "not a database" in said):
            return f"{self.name} is damaged ({said}). Move it away; the next run begins a new one."
        return f"{self.name} cannot be used ({said}). Put that right, or choose another address."

    def _said(self, error: Exception) -> str:
        """The first line of what the driver said."""
        cause = getattr(error, "orig", None) or error
        text = str(cause).strip() or type(cause).__name__
        return without_password(text.splitlines()[0], self.address)


def _url(address: str) -> URL:
    if is_file(address):
        return URL.create("sqlite", database=address)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise HistoryUnusable(
            f"{hidden(address)} is no address of a database. Expected a file such as "
            "results/history.sqlite, or postgresql+psycopg://user:password@host/database."
        ) from None
    return url


def _engine(address: str, url: URL) -> Engine:
    backend = url.get_backend_name()
    try:
        engine = create_engine(
            url,
            poolclass=NullPool,
            connect_args=_CONNECTING.get(backend, {}),
            hide_parameters=True,
        )
    except NoSuchModuleError:
        raise HistoryUnusable(
            f"{hidden(address)}: there is no database of the kind {url.drivername}. Expected a "
            "file, or an address such as postgresql+psycopg://user@host/database."
        ) from None
    except ModuleNotFoundError as error:
        raise HistoryUnusable(
            f"{hidden(address)} needs the Python package {error.name}. Install it, or name another "
            "driver, such as postgresql+psycopg."
        ) from None
    except (ArgumentError, TypeError, ValueError) as error:
        said = without_password(str(error), address)
        raise HistoryUnusable(f"{hidden(address)} cannot be used: {said}") from None
    if backend == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    return engine


def _leave_transactions_to_us(connection: Any, _: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    """Who writes says so at once: two that begin as readers would lock each other out."""
    if connection.dialect.name == "sqlite":
        writing = connection.get_execution_options().get(_WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT}s'")
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{STATEMENT}s'")
