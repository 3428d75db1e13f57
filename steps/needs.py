"""What a phrase needs of the target, so that no target is asked for what it does not have.

``@needs(Need.SEND)`` stands under a phrase's ``@when(...)``. A scenario that needs what the
target of the run lacks is skipped, with the needs in its message, and never passes. ::

    @when(parse("{agent} texts {party} {string}"))
    @needs(Need.SEND)
    def _(scene, agent, party, string): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

F = TypeVar("F", bound=Callable[..., object])


class Need(StrEnum):
    """Something that a target has or lacks, as the reports name it."""

    READ = "reading records"
    PEOPLE = "setting up people and places"
    COMPANY = "setting up channels and numbers"
    INTERACTIONS = "opening and closing interactions"
    INBOUND = "texts of requesters"
    SEND = "sends of agents"
    AGENT_WORK = "work of agents"
    COMPOSE = "the compose form"
    VALIDATION = "validation of numbers"
    TIME = "time control"
    SETTINGS = "changing settings"
    PROVIDER = "control over the provider"
    TOPICS = "topics of the virtual agent"
    EXTENSIONS = "registering extensions"
    INTERNALS = "what no table shows"
    UNDECLARED = "phrases that do not say what they need"


EVERYTHING = frozenset(Need)
"""What our own instances offer, in this process or served with a control area."""

Depending: TypeAlias = Callable[[Mapping[str, Any]], Iterable[Need]]
"""What a phrase needs where that depends on its arguments."""

_DECLARED = "__smslab_needs__"


def needs(*declared: Need | Depending) -> Callable[[F], F]:
    """Declare what a phrase needs: some of :class:`Need`, or a function of its arguments."""

    def mark(function: F) -> F:
        setattr(function, _DECLARED, declared)
        return function

    return mark


def declares_needs(function: Callable[..., object]) -> bool:
    """Whether a step function says what it needs."""
    return hasattr(function, _DECLARED)


def needs_of(
    function: Callable[..., object], arguments: Callable[[], Mapping[str, Any]]
) -> frozenset[Need]:
    """What a step function needs with these arguments, which are made only where they matter."""
    declared = getattr(function, _DECLARED, (Need.UNDECLARED,))
    found: set[Need] = set()
    for each in declared:
        found.update([each] if isinstance(each, Need) else each(arguments()))
    return frozenset(found)
