"""A table: rows by id, with indexes that find rows by a key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from typing import Any, Generic, TypeAlias, TypeVar

from smslab.simulator.records import Record

R = TypeVar("R", bound=Record)
V = TypeVar("V")

Keys: TypeAlias = Callable[[R], tuple[Hashable, ...]]
"""The keys under which an index finds a row; none leaves the row out."""

_Index: TypeAlias = dict[Hashable, dict[str, None]]


class Table(Generic[R]):
    """Rows by id, with indexes that find rows by a key in the order of their insertion."""

    def __init__(self, prefix: str, **indexes: Keys[R]) -> None:
        self.prefix = prefix
        self._rows: dict[str, R] = {}
        self._places: dict[str, int] = {}
        self._keys = indexes
        self._found: dict[str, _Index] = {name: {} for name in indexes}
        self._indexes = [(keys, self._found[name]) for name, keys in indexes.items()]
        self._views: list[View[Any]] = []

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
        ids: Collection[str] | None = self._found[index].get(key)
        if not ids:
            return []
        if len(ids) > 1:
            ids = sorted(ids, key=self._places.__getitem__)
        return [self._rows[id] for id in ids]

    def first(self, index: str, key: Hashable) -> R | None:
        """The oldest of the rows that ``index`` holds under ``key``, None where there is none."""
        ids = self._found[index].get(key)
        if not ids:
            return None
        oldest = min(ids, key=self._places.__getitem__) if len(ids) > 1 else next(iter(ids))
        return self._rows[oldest]

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

    def shown_in(self, view: View[Any]) -> None:
        """Tell a view, from now on, when the rows have changed."""
        self._views.append(view)

    def put(self, row: R) -> None:
        """Store the row, in place of the one with its id."""
        id, rows = row.id, self._rows
        old = rows.get(id)
        for view in self._views:
            view.forget()
        if old is None:
            self._places[id] = len(rows)
            rows[id] = row
            for keys, found in self._indexes:
                for key in keys(row):
                    found.setdefault(key, {})[id] = None
            return
        rows[id] = row
        for keys, found in self._indexes:
            before, after = keys(old), keys(row)
            if before != after:
                _move(found, id, before, after)

    def remove(self, id: str) -> None:
        """Take the newest row out (only to undo its insertion)."""
        old = self._rows.pop(id)
        del self._places[id]
        for view in self._views:
            view.forget()
        for keys, found in self._indexes:
            _move(found, id, keys(old), ())

    def reindex(self, name: str) -> None:
        """Compute an index anew, after what its keys depend on has changed."""
        found, keys = self._found[name], self._keys[name]
        found.clear()
        for row in self:
            _move(found, row.id, (), keys(row))


def _move(
    found: _Index, id: str, before: tuple[Hashable, ...], after: tuple[Hashable, ...]
) -> None:
    """Let an index find a row under the keys that it has now, and no more under the old ones."""
    for key in {*before}.difference(after):
        found[key].pop(id, None)
        if not found[key]:
            del found[key]
    for key in after:
        if key not in before:
            found.setdefault(key, {})[id] = None


class View(Generic[V]):
    """What is worked out from tables, anew only after one of them has changed."""

    def __init__(self, work_out: Callable[[], V], *tables: Table[Any]) -> None:
        self._work_out = work_out
        self._is_current = False
        self._value: V
        for table in tables:
            table.shown_in(self)

    def get(self) -> V:
        """The value for the rows as they are."""
        if not self._is_current:
            self._value = self._work_out()
            self._is_current = True
        return self._value

    def forget(self) -> None:
        """Work the value out anew when it is asked for next."""
        self._is_current = False
