"""The running parts of an instance, and the frame in which every command runs.

A command changes the tables through :class:`~smslab.simulator.store.Store`. When it is
done, :meth:`Core.command` writes the journal from the log of changes and checks the
invariants on what was touched; when it is refused, everything is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from smslab.simulator import invariants
from smslab.simulator.carriers.carrier import Carrier
from smslab.simulator.clock import START, VirtualClock
from smslab.simulator.decision_table import Decision, Situation, decide
from smslab.simulator.executed import Executed
from smslab.simulator.extensions.extension_points import PartyDetails
from smslab.simulator.extensions.extensions import Extensions
from smslab.simulator.invariants import Breach
from smslab.simulator.journal import Journal, Value
from smslab.simulator.numbers.locations import territory_of
from smslab.simulator.numbers.phone_numbers import (
    NumberRefusal,
    NumberRules,
    PhoneNumber,
    normalise,
)
from smslab.simulator.policy import Policy
from smslab.simulator.records import Party
from smslab.simulator.store import Store
from smslab.simulator.table import View
from smslab.simulator.telling import told_of


class Core:
    """Store, policy, clock, journal and carrier of one instance.

    ``breaches`` are the invariants found broken so far, oldest first. ``reactors`` are
    called after every command that was carried out, in their order: they arm timers and
    run commands of their own, so that an undone command has neither. ``known_as`` keeps what
    extensions are told of a party, until the policy or a location changes.
    """

    def __init__(self, policy: Policy, seed: int, start: datetime = START) -> None:
        self.seed = seed
        self.clock = VirtualClock(start)
        self.journal = Journal()
        self.store = Store()
        self.store.numbers_of = self.numbers_of
        self.known_as: View[dict[str, tuple[Party, PartyDetails]]] = View(
            dict, self.store.locations
        )
        self._follow(policy)
        self.extensions = Extensions()
        self.breaches: list[Breach] = []
        self.reactors: list[Callable[[Executed], None]] = []
        self.carrier = Carrier(self)
        self._decisions = 0

    def command(self, name: str, actor: str) -> _Running:
        """Run one command: journal and invariants on success, every change undone on an error."""
        if self.extensions.asking:
            raise RuntimeError("an extension cannot give commands while it is asked")
        return _Running(self, Executed(name, actor))

    def react(self, executed: Executed) -> None:
        """Let timers, routing and the like follow a command that was carried out."""
        for react in self.reactors:
            react(executed)

    def write_journal(self, executed: Executed) -> None:
        """Write what a command changed and decided into the journal."""
        if executed.decision:
            self._decisions += 1
        elif not executed.changes:
            return
        changes = executed.changes
        tell = partial(told_of, changes, f"decision-{self._decisions}", executed.decision)
        self.journal.write(self.clock.now, executed.name, executed.actor, changes, tell)

    def commit(self, executed: Executed) -> None:
        """Keep what a command did: write the journal, and check the invariants."""
        executed.done(self.store.take_log())
        if executed.journalled:
            self.write_journal(executed)
        for breach in invariants.check(self.store, self.policy, executed):
            self.breaches.append(breach)
            self._record(executed, "invariant", breach.invariant, "broken", None, breach.sentence)

    def _record(
        self,
        executed: Executed,
        entity: str,
        id: str,
        field: str,
        old: Value,
        new: Value,
        rule: str | None = None,
    ) -> None:
        self.journal.record(
            time=self.clock.now,
            entity=entity,
            id=id,
            field=field,
            old=old,
            new=new,
            command=executed.name,
            rule=rule,
            actor=executed.actor,
        )

    def change_setting(self, name: str, value: str, actor: str) -> None:
        """Set a switch or property. Raises UnknownSetting or BadValue."""
        changed = self.policy.changed(name, value)
        with self.command("change setting", actor) as executed:
            old, new = self.policy.as_dict()[name], changed.as_dict()[name]
            rules = self._number_rules
            self._follow(changed)
            if self._number_rules != rules:
                self.store.parties.reindex("number")
            if old != new:
                self._record(executed, "setting", name, "value", old, new)

    def _follow(self, policy: Policy) -> None:
        self.policy = policy
        self._decided: dict[Situation, Decision] = {}
        self.known_as.forget()
        self._number_rules = NumberRules(
            strict=policy.strict_numbers,
            allow_national_entry=policy.national_entry,
            default_territory=policy.default_territory,
        )

    def decide(self, situation: Situation) -> Decision:
        """The decision for a situation under the policy in force (section 5)."""
        decided = self._decided.get(situation)
        if decided is None:
            decided = self._decided[situation] = decide(situation, self.policy)
        return decided

    def number_for(self, entry: str, party: Party | None) -> PhoneNumber | NumberRefusal:
        """A number as entered, converted for a party (N-1 to N-8)."""
        territory = territory_of(party.location if party else None, self.store.locations.by_id)
        return normalise(entry, territory, self._number_rules)

    def numbers_of(self, party: Party) -> Iterable[str]:
        """The E.164 numbers of a party's record; what cannot be converted is left out."""
        for entry in party.phones:
            number = self.number_for(entry, party)
            if isinstance(number, PhoneNumber):
                yield number.e164


class _Running:
    """A command that runs, as the context of a ``with`` statement."""

    __slots__ = ("_core", "_executed", "_mark")

    def __init__(self, core: Core, executed: Executed) -> None:
        self._core = core
        self._executed = executed
        self._mark = core.store.mark()

    def __enter__(self) -> Executed:
        return self._executed

    def __exit__(self, error: type[BaseException] | None, *about: object) -> None:
        if error is not None:
            self._core.store.undo_to(self._mark)
            return
        self._core.commit(self._executed)
        self._core.react(self._executed)
