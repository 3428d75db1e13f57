"""The state machine: commands of every kind in any order, and what holds after each.

A failure carries the story so far as a feature file, which Hypothesis has made as short as
it could.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from smslab.simulator import invariants
from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.invariants import Breach
from smslab.simulator.outcomes import SendOutcome
from tests.always import (  # noqa: F401 - they declare the kinds of commands
    commands_of_administrators,
    commands_of_agents,
    commands_of_requesters,
)
from tests.always.commands_of_administrators import add_agent, add_number, add_party, change_number
from tests.always.commands_of_agents import become_available
from tests.always.replay import Replay
from tests.always.story import Step, feature, given, then, when
from tests.always.world import KINDS, Command, Draw, Kind, World
from tests.simulator.company import indexes, recomputed, whole_state

REFUSALS = (Refused, UnknownRecord, ValueError)
"""What commands raise instead of doing what cannot be done."""

UNCHANGING = {"refused", "warned", "declined", "previewed", "undone"}


class NotAlways(AssertionError):
    """Something does not hold; ``story`` is the feature file that shows it."""

    def __init__(self, problem: str, breaches: list[Breach], story: str) -> None:
        super().__init__(f"{problem}\n\n{story}")
        self.breaches = breaches
        self.story = story


class Machine(RuleBasedStateMachine):
    """Plays in a :class:`~tests.always.world.World`, and writes the story down.

    ``carried_out`` counts, over all runs, the methods of the instance that did something.
    """

    carried_out: ClassVar[Counter[str]] = Counter()
    settings: ClassVar[dict[str, str]] = {}
    watched: ClassVar[frozenset[str] | None] = None
    """The invariants to look at, and nothing else; None for all that must always hold."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.replay = Replay(self.world.instance)
        self.steps: list[Step] = []

    @initialize(data=st.data())
    def set_up(self, data: st.DataObject) -> None:
        """A company with at least one number, one party and one agent."""
        draw = Draw(data.draw)
        for name, value in self.settings.items():
            self.world.instance.change_setting(name, value)
            self.steps.append(given(f'the setting "{name}" is "{value}"'))
        people = draw.number(1, 3)
        for make, times in (
            (add_number, draw.number(1, 2)),
            (add_party, people),
            (change_number, draw.number(0, people)),
            (add_agent, draw.number(1, 2)),
            (become_available, draw.number(0, 2)),
        ):
            for _ in range(times):
                self._give(make(self.world, draw), ())

    def give(self, kind: Kind, data: st.DataObject) -> None:
        """Give the instance one command of a kind, and look whether all holds."""
        self._give(kind.make(self.world, Draw(data.draw)), kind.methods)

    def _give(self, command: Command, methods: tuple[str, ...]) -> None:
        before = whole_state(self.world.instance)
        told, happened = len(self.steps), len(self.world.instance.journal.events)
        self.steps.extend(command.told)
        try:
            answer = command.act()
        except REFUSALS:
            self._expect(self._is_as(before), "A refused command changed something")
        except Exception as error:
            error.add_note(feature(self.steps))
            raise
        else:
            self._follow(answer, before)
            self._tell_of_faults(happened)
            self.carried_out.update(methods)
        self.check()
        if self._is_as(before):
            del self.steps[told:]

    def _follow(self, answer: object, before: object) -> None:
        if not isinstance(answer, SendOutcome):
            return
        if answer.status in UNCHANGING:
            self._expect(self._is_as(before), f"A send that was {answer.status} changed something")
        elif answer.assessment and answer.assessment.warning:
            agent = self.world.store.agents[answer.request.agent].name
            self.steps.append(when(f"{agent} sends it anyway"))

    def _tell_of_faults(self, happened: int) -> None:
        """A scenario must say that the virtual agent fails, or it fails itself."""
        for event in self.world.instance.journal.events[happened:]:
            if event.entity == "topic run" and event.field == "fault":
                self.steps.append(then(f'the virtual agent fails because "{event.new}"'))

    def _is_as(self, before: object) -> bool:
        return whole_state(self.world.instance) == before

    def check(self) -> None:
        """Raise NotAlways unless everything that must always hold, holds."""
        instance = self.world.instance
        found = [*instance.breaches, *invariants.check_all(instance.store)]
        broken = [b for b in found if self.watched is None or b.invariant in self.watched]
        if broken:
            said = dict.fromkeys(f"{b.invariant} is broken: {b.sentence}" for b in broken)
            raise NotAlways("; ".join(said), broken, feature(self.steps))
        if self.watched is not None:
            return
        self._expect(indexes(instance.store) == recomputed(instance.store), "An index is wrong")
        wrong = self.replay.difference()
        self._expect(not wrong, f"Journal and tables disagree: {'; '.join(wrong)}")

    def _expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            raise NotAlways(otherwise, [], feature(self.steps))


class Racing(Machine):
    """The same, with sends that do not wait for each other (A-9)."""

    settings: ClassVar[dict[str, str]] = {"sends_are_serialised": "false"}
    watched: ClassVar[frozenset[str] | None] = frozenset({"I-1"})


def _rule_for(name: str, kind: Kind) -> Callable[..., None]:
    def give(self: Machine, data: st.DataObject) -> None:
        self.give(kind, data)

    give.__name__ = name
    possible = precondition(lambda self: bool(kind.needs(self.world)))
    return possible(rule(data=st.data())(give))


for _name, _kind in KINDS.items():
    for _time in range(_kind.weight):
        setattr(Machine, f"{_name}_{_time}", _rule_for(_name, _kind))
