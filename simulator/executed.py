"""A command that ran, as the journal, the invariants and the reactors are told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from smslab.simulator.journal import Value
from smslab.simulator.records import Record
from smslab.simulator.store import Change
from smslab.simulator.table import R


@dataclass(slots=True)
class Executed:
    """A command that ran: its name, who asked, what it decided and what it changed.

    ``decision`` holds the fields of the journal's ``decision`` entity, empty for a
    command that decides nothing. The journal does not tell of changes that are not to be
    ``journalled``.
    """

    name: str
    actor: str
    decision: dict[str, Value] = field(default_factory=dict)
    changes: tuple[Change[Record], ...] = ()
    journalled: bool = True
    touched: dict[type, list[Change[Any]]] = field(default_factory=dict, init=False, repr=False)
    """The changes by the kind of their record, once the command is done."""

    def __post_init__(self) -> None:
        self.done(self.changes)

    def done(self, changes: tuple[Change[Record], ...]) -> None:
        """The command has come to its end, and changed this."""
        self.changes = changes
        for change in changes:
            self.touched.setdefault(type(change.new), []).append(change)

    def of(self, kind: type[R]) -> Sequence[Change[R]]:
        """The changes of records of a kind, in the order in which they were made.

        Whoever follows a command looks at these alone: most commands touch few kinds.
        """
        return self.touched.get(kind, ())

    def of_any(self, *kinds: type[Record]) -> Sequence[Change[Record]]:
        """The changes of records of several kinds, in the order in which they were made."""
        found = [self.touched[kind] for kind in kinds if kind in self.touched]
        if len(found) < 2:
            return found[0] if found else ()
        return [change for change in self.changes if type(change.new) in kinds]
