"""A table: rows by id, with indexes that find rows by a key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeAlias, TypeVar

from smslab.simulator.records import Record

R = TypeVar("R", bound=Record)

Keys: TypeAlias = Callable[[R], Iterable[Hashable]]
"""The keys under which an index finds a row; none leaves the row out."""


class Table(Generic[R]):
    """Rows by id, with indexes that find rows by a key in the order of their insertion."""

    def __init__(self, prefix: str, **indexes: Keys[R]) -> None:
        self.prefix = prefix
        self._rows: dict[str, R] = {}
        self._places: dict[str, int] = {}
        self._keys = indexes
        self._found: dict[str, dict[Hashable, dict[str, None]]] = {name: {} for name in indexes}

    def __getitem__(self, id: str) -> R:
        return self._rows[id]

    def get(self, id: str | None) -> R | None:
        """The row of this id, or None."""
        return None if id is None else self._rows.get(id)

    def __iter__(self) -> Iterator[R]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, index: str, key: Hashable) -> list[R]:
        """The rows that ``index`` holds under ``key``, oldest first."""
        ids: Collection[str] = self._found[index].get(key, ())
        if len(ids) > 1:
            ids = sorted(ids, key=self._places.__getitem__)
        return [self._rows[id] for id in ids]

    def latest(self, index: str, key: Hashable) -> R | None:
        """The row that came last under a key of an index whose rows keep their keys."""
        ids = self._found[index].get(key)
        return self._rows[next(reversed(ids))] if ids else None

    def count(self, index: str, key: Hashable) -> int:
        """How many rows ``index`` holds under ``key``."""
        return len(self._found[index].get(key, ()))

    @property
    def by_id(self) -> Mapping[str, R]:
        """The live rows by id, to read only."""
        return self._rows

    def put(self, row: R) -> None:
        """Store the row, in place of the one with its id."""
        old = self._rows.get(row.id)
        if old is None:
            self._places[row.id] = len(self._rows)
        self._rows[row.id] = row
        for name, keys in self._keys.items():
            self._index(name, row.id, () if old is None else keys(old), keys(row))

    def remove(self, id: str) -> None:
        """Take the newest row out (only to undo its insertion)."""
        old = self._rows.pop(id)
        del self._places[id]
        for name, keys in self._keys.items():
            self._index(name, id, keys(old), ())

    def reindex(self, name: str) -> None:
        """Compute an index anew, after what its keys depend on has changed."""
        self._found[name] = {}
        for row in self:
            self._index(name, row.id, (), self._keys[name](row))

    def _index(
        self, name: str, id: str, before: Iterable[Hashable], after: Iterable[Hashable]
    ) -> None:
        found = self._found[name]
        old, new = set(before), set(after)
        for key in old - new:
            found[key].pop(id, None)
            if not found[key]:
                del found[key]
        for key in new - old:
            found.setdefault(key, {})[id] = None
