"""The small world that the machine plays in: few people and few numbers, so that they collide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from hypothesis import strategies as st

from smslab.simulator.instance import Instance
from smslab.simulator.records import Agent, Party
from smslab.simulator.states import InteractionState
from smslab.simulator.store import Store
from smslab.steps.language.scene import Scene
from tests.always.story import Step

T = TypeVar("T")

COMPANY = "+4930901820"
SECOND_COMPANY = "+4989123456"
COMPANY_NUMBERS = (COMPANY, SECOND_COMPANY)
NUMBERS = {
    "+4915123456789": "0151 23456789",
    "+4915123456780": "0151 23456780",
    "+4915123456781": "0151 23456781",
}
"""The requesters' numbers in E.164, with their national entry in Germany."""

PARTIES = ("Ana", "Ben", "Cem", "Dora")
AGENTS = ("Bill", "Cleo", "Finn")


class Draw:
    """Draws from Hypothesis; of several choices the first is the simplest."""

    def __init__(self, draw: Callable[[st.SearchStrategy[object]], object]) -> None:
        self._draw = draw

    def one_of(self, choices: Sequence[T]) -> T:
        """One of the choices, of which there must be one."""
        drawn: T = self._draw(st.sampled_from(choices))  # type: ignore[assignment]
        return drawn

    def number(self, least: int, most: int) -> int:
        """A whole number."""
        drawn = self._draw(st.integers(least, most))
        assert isinstance(drawn, int)
        return drawn

    def maybe(self) -> bool:
        """Yes or no."""
        return self.one_of((False, True))


@dataclass(frozen=True, slots=True)
class Talk:
    """The latest conversation on a line, how the phrases call it, its state and its agent."""

    interaction: str
    told: str
    state: InteractionState
    agent: str | None


class World:
    """An instance, and its people by name; ``scene`` is used to look things up only."""

    def __init__(self) -> None:
        self.instance = Instance(seed=1)
        self.scene = Scene(self.instance)

    @property
    def store(self) -> Store:
        """The tables."""
        return self.instance.store

    @property
    def parties(self) -> list[Party]:
        """Everybody who can be written to."""
        return list(self.store.parties)

    @property
    def agents(self) -> list[Agent]:
        """Everybody who can write."""
        return list(self.store.agents)

    @property
    def numbers(self) -> list[str]:
        """The company's numbers."""
        return [row.number for row in self.store.provider_numbers]

    @property
    def talks(self) -> list[Talk]:
        """The latest conversation on each line."""
        latest = {line: row for row in self.store.interactions if (line := row.line)}
        return [
            Talk(
                row.id,
                f'conversation at "{line[0]}" through "{line[1]}"',
                row.state,
                row.assigned_to if row.state is InteractionState.WORK_IN_PROGRESS else None,
            )
            for line, row in latest.items()
        ]

    def number_of(self, party: Party) -> str | None:
        """A party's number in E.164 as the phrases take it, None where there is none."""
        try:
            return self.scene.e164(self.scene.number_of(party), party)
        except AssertionError:
            return None

    @property
    def parties_with_numbers(self) -> list[Party]:
        """The parties of whom a phrase can say: their number."""
        return [party for party in self.parties if self.number_of(party)]


@dataclass(frozen=True, slots=True)
class Command:
    """One command to the instance, and the steps that say the same.

    Commands that change nothing need no steps: the story leaves them out.
    """

    act: Callable[[], object]
    told: tuple[Step, ...] = ()


Make: TypeAlias = Callable[[World, Draw], Command]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of command: the methods of the instance it calls, when it can be made, and how.

    One of twice the weight comes twice as often.
    """

    methods: tuple[str, ...]
    needs: Callable[[World], object]
    weight: int
    make: Make


KINDS: dict[str, Kind] = {}
"""Every kind of command that the machine knows, by the name of the function that makes it."""


def kind(
    *methods: str, needs: Callable[[World], object] = lambda world: True, weight: int = 1
) -> Callable[[Make], Make]:
    """Declare a kind of command by the function that makes one."""

    def declare(make: Make) -> Make:
        KINDS[make.__name__] = Kind(methods, needs, weight, make)
        return make

    return declare
