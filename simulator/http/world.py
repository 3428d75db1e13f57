"""The served world: an instance, what is kept beside it, and who may use it now.

All that changes it goes through :meth:`World.run`, in one event loop and without waiting in
between, so that commands come one after the other and a state file can tell all of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from smslab.simulator.executed import Executed
from smslab.simulator.http.beginning import Beginning
from smslab.simulator.http.exceptions import EXPECTED, message_of
from smslab.simulator.http.state_file import BadStateFile, StateFile, first_line, is_beginning
from smslab.simulator.http.wire import COMMANDS, Command, Undecodable, commands_of
from smslab.simulator.instance import Instance
from smslab.simulator.invariants import Breach
from smslab.simulator.journal import Event
from smslab.simulator.records import Record

PartMaker: TypeAlias = Callable[["World"], Any]
"""Makes something that is kept beside the instance, such as the plain tables.

Its methods whose names begin with the name of the part are commands: of the part ``table``,
``table_insert``. They are typed, change nothing where they raise, and do the same whenever
they are called again in the same order.
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a world: how many changes, events and breaches there were by then."""

    change: int
    events: int
    breaches: int


class StaleRun(Exception):
    """The instance was reset since: it belongs to another run."""


class World:
    """An instance with its parts; ``run_token`` is the lease of whoever reset it last."""

    def __init__(
        self,
        beginning: Beginning | None = None,
        parts: Mapping[str, PartMaker] | None = None,
        file: StateFile | None = None,
    ) -> None:
        """A fresh world, or the one that ``file`` keeps. Raises BadStateFile."""
        self.beginning = beginning or Beginning()
        self._makers = dict(parts or {})
        self._file = file
        self._commands: dict[str, Command] = dict(COMMANDS)
        self.run_token = secrets.token_hex(8)
        self._make()
        if file is not None:
            try:
                self._restore(file)
            except BaseException:
                file.close()
                raise

    def _make(self) -> None:
        self.instance: Instance = self.beginning.instance()
        store = self.instance.store
        self._shipped: list[Record] = [
            row for rows in store.snapshot().values() for row in rows.values()
        ]
        self._changed: list[Record] = []
        self.instance.core.reactors.insert(0, self._note)
        self.parts: dict[str, Any] = {}
        self._owners: dict[str, Any] = {}
        for name, maker in self._makers.items():
            self.parts[name] = part = maker(self)
            of_part = commands_of(type(part), f"{name}_")
            self._commands |= of_part
            self._owners |= dict.fromkeys(of_part, part)

    def _note(self, executed: Executed) -> None:
        self._changed += [change.new for change in executed.changes]

    # Commands

    def run(self, name: str, /, **arguments: Any) -> Any:
        """Run a command by name and keep it in the state file, also when it raises.

        The result, or the error, is that of the command. Raises NotWritten where the state
        file cannot take it: it must not be answered then.
        """
        before = self._moment()
        try:
            result = self._call(name, arguments)
        except BaseException:
            if self._moment() != before:
                self._keep(name, arguments)
            raise
        if name in self._owners or self._moment() != before:
            self._keep(name, arguments)
        return result

    def advance_in_part(self, duration: timedelta, most: int) -> timedelta:
        """Let time pass as the command ``advance``, or a part of it; how much has passed.

        It stops after about ``most`` timers, so that others are answered before it goes on.
        """
        clock = self.instance.clock
        before = clock.now
        try:
            return clock.advance(duration, most)
        finally:
            if clock.now != before:
                self._keep("advance", {"duration": clock.now - before})

    def _call(self, name: str, arguments: Mapping[str, Any]) -> Any:
        return getattr(self._owners.get(name, self.instance), name)(**arguments)

    def _moment(self) -> tuple[object, ...]:
        core = self.instance.core
        return len(core.journal.entries), core.store.changes, core.clock.now

    def _keep(self, name: str, arguments: Mapping[str, Any]) -> None:
        if self._file is not None:
            encoded = self._commands[name].encode(arguments)
            self._file.append({"command": name, "arguments": encoded})

    @property
    def failed(self) -> str | None:
        """Why the state can no longer be kept, None while it can."""
        return self._file.failed if self._file is not None else None

    @property
    def dropped(self) -> int:
        """How many bytes of an unfinished line of the state file were dropped."""
        return self._file.dropped if self._file is not None else 0

    @property
    def plain(self) -> Any:
        """The plain tables: the part ``table``."""
        return self.parts["table"]

    # What happened

    def mark(self) -> Mark:
        """This moment."""
        return Mark(
            len(self._changed), len(self.instance.journal.events), len(self.instance.breaches)
        )

    def records_since(self, change: int) -> list[Record]:
        """Every new version of a record since then, in the order of the changes."""
        return self._changed[change:]

    @property
    def shipped(self) -> list[Record]:
        """The records with which the instance was made, before the first change."""
        return self._shipped

    def events_since(self, sequence: int) -> list[Event]:
        """The events of the journal after the one with this sequence number."""
        return self.instance.journal.events[sequence:]

    def breaches_since(self, count: int) -> list[Breach]:
        """The invariants found broken after so many."""
        return self.instance.breaches[count:]

    # Runs

    def reset(self, beginning: Beginning) -> str:
        """Begin anew, and hand out a new lease; what there was is forgotten. Raises NotWritten."""
        self.beginning = beginning
        self.run_token = secrets.token_hex(8)
        self._make()
        if self._file is not None:
            self._file.append(self._first_line())
        return self.run_token

    def check_lease(self, token: str | None) -> None:
        """Raise StaleRun for a lease that is not the present one; None is nobody's."""
        if token is not None and not secrets.compare_digest(token.encode(), self._lease):
            raise StaleRun("another run has reset this instance")

    @property
    def _lease(self) -> bytes:
        return self.run_token.encode()

    def _first_line(self) -> dict[str, Any]:
        return first_line({"run": self.run_token, **self.beginning.as_json()})

    # The state file

    def _restore(self, file: StateFile) -> None:
        lines = file.read()
        if not lines:
            file.append(self._first_line())
        for number, line in lines:
            try:
                self._follow(line)
            except ValueError as error:
                raise BadStateFile(
                    f"Line {number} of the state file cannot be followed: {error}; "
                    "choose another file, or move this one away."
                ) from None

    def _follow(self, line: dict[str, Any]) -> None:
        if is_beginning(line):
            self.run_token = str(line["run"])
            self.beginning = self.beginning.changed(line)
            self._make()
            return
        name = line.get("command")
        if not isinstance(name, str) or name not in self._commands:
            raise Undecodable("command", f"there is no command {name!r}")
        arguments = self._commands[name].decode(line.get("arguments"))
        try:
            self._call(name, arguments)
        except EXPECTED as error:
            if name in self._owners:  # those of parts are kept only where they did not raise
                raise Undecodable(name, message_of(error).rstrip(".")) from None

    def close(self) -> None:
        """Close the state file, where there is one."""
        if self._file is not None:
            self._file.close()
