"""Records by what clients call them: a table and a ``sys_id``, a number, a user name, our id."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.table_api.mapped import sys_id_of
from smslab.simulator.http.table_api.mapping_people import user_name
from smslab.simulator.http.world import World
from smslab.simulator.instance import Instance
from smslab.simulator.records import Agent, Interaction, Party, Record
from smslab.simulator.states import PartyKind
from smslab.simulator.telling import entity_of

TABLES: Mapping[str, PartyKind] = MappingProxyType(
    {
        "csm_consumer": PartyKind.CONSUMER,
        "customer_contact": PartyKind.CONTACT,
        "sys_user": PartyKind.USER,
    }
)
"""The kind of the parties in a table."""

TABLE_OF: Mapping[PartyKind, str] = MappingProxyType({kind: name for name, kind in TABLES.items()})

_REFERRED = (Party, Agent, Interaction)
_R = TypeVar("_R", Party, Agent, Interaction)


def sys_id(record: Record) -> str:
    """The ``sys_id`` of a record."""
    return sys_id_of(entity_of(record), record.id)


class References:
    """Finds parties, agents and interactions of a world, whichever instance it has now."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._instance: Instance | None = None
        self._seen = 0
        self._ids: dict[str, str] = {}

    def party(self, table: str, document: str) -> Party:
        """A party by its table and its sys_id, or our id. Raises ApiError 400 or 404."""
        if table not in TABLES:
            raise ApiError(400, "Invalid table", f"{table!r}; parties are in {', '.join(TABLES)}.")
        found = self._find(Party, document)
        if found is None or found.kind is not TABLES[table]:
            raise _nothing(table, document)
        return found

    def agent(self, word: str) -> Agent:
        """An agent by sys_id, our id, the name, or the user name. Raises ApiError 400 or 404."""
        found = self._find(Agent, word)
        if found is not None:
            return found
        agents = self._world.instance.store.agents
        named = agents.find("name", word) or [each for each in agents if user_name(each) == word]
        if len(named) > 1:
            raise ApiError(400, "Several agents have that name", f"{word!r}; give a sys_id.")
        if not named:
            raise _nothing("sys_user", word)
        return named[0]

    def interaction(self, word: str) -> Interaction:
        """An interaction by its sys_id or number. Raises ApiError 404."""
        found = self._find(Interaction, word)
        if found is None:
            raise _nothing("interaction", word)
        return found

    def _find(self, kind: type[_R], word: str) -> _R | None:
        self._follow()
        store = self._world.instance.store
        tables: dict[type, Mapping[str, Record]] = {
            Party: store.parties.by_id,
            Agent: store.agents.by_id,
            Interaction: store.interactions.by_id,
        }
        found = tables[kind].get(self._ids.get(word, word))
        return found if isinstance(found, kind) else None

    def _follow(self) -> None:
        """Learn the sys_ids of what is new since the last question."""
        world = self._world
        if self._instance is not world.instance:
            self._instance, self._seen, self._ids = world.instance, 0, {}
        new = world.records_since(self._seen)
        self._seen += len(new)
        for record in new:
            if isinstance(record, _REFERRED):
                self._ids[sys_id(record)] = record.id


def _nothing(table: str, word: str) -> ApiError:
    """What the platform says where there is no such record."""
    return ApiError(404, "No Record found", f"There is no {word[:80]!r} in {table}.")
