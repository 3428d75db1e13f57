"""What the Table API needs of the served world, and all of its tables in one catalog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from smslab.simulator.http.table_api.columns import Table
from smslab.simulator.http.table_api.plain.tables import PlainTables
from smslab.simulator.http.table_api.query.binding import Settings
from smslab.simulator.http.table_api.query.scripts import Asker
from smslab.simulator.http.table_api.simulated import simulated_tables
from smslab.simulator.instance import Instance


class World(Protocol):
    """The served world; ``instance`` and ``plain`` may be others at the next request."""

    @property
    def instance(self) -> Instance:
        """The instance as it is now."""

    @property
    def plain(self) -> PlainTables:
        """The plain tables as they are now."""

    def run(self, name: str, /, **arguments: Any) -> Any:
        """Run a command of the instance, or one of the plain tables; its result."""


@dataclass(frozen=True, slots=True)
class TableSettings:
    """How the Table API behaves where nothing documents it, and what it may be asked for.

    ``largest_page`` is the most rows of one answer, ``largest_item`` and ``largest_answer``
    the most bytes of a request and of an answer in a batch (5 and 10 MB are documented),
    ``batch_items`` how many requests a batch may have, and ``batch_seconds`` how long it may
    take until no further one of them is begun.
    """

    query: Settings = field(default_factory=Settings)
    largest_page: int = 10_000
    largest_item: int = 5_000_000
    largest_answer: int = 10_000_000
    batch_items: int = 1_000
    batch_seconds: float = 60.0


class Tables:
    """Every table of the world by name: those of records, and the plain ones."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._made_for: tuple[object, object] = (None, None)
        self._tables: Mapping[str, Table] = {}

    def table(self, name: str) -> Table | None:
        """The table of this name, or None."""
        return self._now().get(name)

    def asker(self, user: str) -> Asker:
        """Who asks a query, by user name."""
        return Asker(lambda: self._user_id(user), self.world.instance.clock.now)

    def _user_id(self, user: str) -> str:
        """The sys_id of a user, the user name where no user has it."""
        users = self._now()["sys_user"]
        named = users.columns["user_name"].read
        for row in users.rows():
            if named(row) == user:
                return users.columns["sys_id"].read(row)
        return user

    def _now(self) -> Mapping[str, Table]:
        instance, plain = self.world.instance, self.world.plain
        if self._made_for != (instance, plain):
            self._tables = {**plain.tables, **simulated_tables(instance)}
            self._made_for = (instance, plain)
        return self._tables
