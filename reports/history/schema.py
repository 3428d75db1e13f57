"""The tables of a history, and the steps from each version of them to the next."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    inspect,
    select,
    update,
)

METADATA = MetaData()
"""The tables as this version knows them. Their names begin alike: a database may hold others."""

VERSION = Table("smslab_schema", METADATA, Column("version", Integer, primary_key=True))
"""One row: the version of the tables."""

RUNS = Table(
    "smslab_runs",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("started", DateTime, nullable=False, index=True),
    Column("seconds", Float),
    Column("suite", Text, nullable=False),
    Column("seed", String(40)),
    Column("smslab", String(80)),
    Column("switches", Text, nullable=False),
    Column("scenarios", Integer, nullable=False),
    Column("passed", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("other", Integer, nullable=False),
    Column("flaky", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("rules", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("damaged", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
"""One row per run; times are UTC."""

SCENARIOS = Table(
    "smslab_scenarios",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False),
    Column("scenario", Text, nullable=False),
    Column("feature", Text, nullable=False),
    Column("title", Text, nullable=False),
    UniqueConstraint("digest", name="smslab_scenarios_digest"),
)
"""One row per scenario that any run had; ``digest`` stands for its key, which may be long."""

OUTCOMES = Table(
    "smslab_outcomes",
    METADATA,
    Column("run", ForeignKey("smslab_runs.number"), primary_key=True),
    Column("scenario", ForeignKey("smslab_scenarios.id"), primary_key=True),
    Column("status", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("seconds", Float),
    Column("states", String(16), nullable=False),
)
"""One row per scenario of a run; ``states`` is the same for the same state changes."""


class NewerSchema(Exception):
    """The tables are of a later version than this smslab knows."""


def _first_tables(connection: Connection) -> None:
    METADATA.create_all(connection)


STEPS: tuple[Callable[[Connection], None], ...] = (_first_tables,)
"""What leads from version 0, no tables, to 1, from 1 to 2 and so on. A step that was released
is never changed; a change of the tables is a new step."""


def version(connection: Connection) -> int:
    """The version of the tables that are there; 0 for none."""
    if not inspect(connection).has_table(VERSION.name):
        return 0
    return connection.scalar(select(VERSION.c.version)) or 0


def is_current(connection: Connection) -> bool:
    """Whether the tables are of the version that this smslab writes.

    Raises NewerSchema where they are of a later one.
    """
    found = version(connection)
    if found > len(STEPS):
        raise NewerSchema(f"version {found}, and this smslab knows {len(STEPS)}")
    return found == len(STEPS)


def bring_up_to_date(connection: Connection) -> None:
    """Take the steps that are missing. Raises NewerSchema where there is nothing to take."""
    if is_current(connection):
        return
    found = version(connection)
    for step in STEPS[found:]:
        step(connection)
    if connection.scalar(select(VERSION.c.version)) is None:
        connection.execute(insert(VERSION).values(version=len(STEPS)))
    else:
        connection.execute(update(VERSION).values(version=len(STEPS)))
