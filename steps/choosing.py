"""Which scenarios of those collected run, and in which order.

Tags, names and what failed last time choose; then a shard takes its part; then the order
is settled. What stands for a whole file that cannot be read is always chosen: nobody knows
what would be in it.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from cucumber_tag_expressions import TagExpressionError
from cucumber_tag_expressions import parse as parse_tags

from smslab.simulator.nearest import nearest
from smslab.steps.engine.model import Scenario

Item = TypeVar("Item")

_WORD = re.compile(r"(?:\\.|[^\s()\\])+")
_OPERATORS = ("and", "or", "not")
_SHARD = re.compile(r"(\d+)/(\d+)")
_ORDER = re.compile(r"defined|random(?::(\d+))?")


class BadChoice(ValueError):
    """A wish that cannot be met; the message says what would be understood."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Part ``number`` of ``of`` equal parts, from 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """``1/4``. Raises BadChoice."""
        found = _SHARD.fullmatch(text.strip())
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            raise BadChoice(f"A shard is such as 1/4, the first of four, not {text!r}.")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


@dataclass(frozen=True, slots=True)
class Order:
    """The order of the files, or a random one that ``seed`` settles."""

    seed: int | None = None

    @classmethod
    def parse(cls, text: str) -> Order:
        """``defined``, ``random`` or ``random:SEED``. Raises BadChoice."""
        found = _ORDER.fullmatch(text.strip())
        if not found:
            raise BadChoice(
                f"The order is defined, random, or random:SEED to repeat one, not {text!r}."
            )
        if found[1] is not None:
            return cls(int(found[1]))
        return cls(
            random.SystemRandom().randrange(1_000_000) if text.strip() != "defined" else None
        )

    def __str__(self) -> str:
        return "defined" if self.seed is None else f"random:{self.seed}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What to run. ``keys`` None: whether a scenario failed last time does not matter."""

    tags: str = ""
    names: tuple[str, ...] = ()
    keys: frozenset[str] | None = None
    shard: Shard | None = None
    order: Order = Order()

    def __post_init__(self) -> None:
        _expression(self.tags)

    def of(self, items: Sequence[Item], scenario: Callable[[Item], Scenario]) -> list[Item]:
        """The items to run, in the order in which to run them."""
        expression = _expression(self.tags)

        def wanted(one: Scenario) -> bool:
            return _stands_for_a_file(one) or (
                bool(expression.evaluate(list(one.tags)))
                and (not self.names or any(_in_name(name, one) for name in self.names))
                and (self.keys is None or one.key in self.keys)
            )

        chosen = [item for item in items if wanted(scenario(item))]
        if self.shard is not None:
            chosen = _part(chosen, scenario, self.shard)
        if self.order.seed is not None:
            chosen.sort(key=lambda item: scenario(item).key)
            random.Random(self.order.seed).shuffle(chosen)
        return chosen

    def notes(self, scenarios: Iterable[Scenario]) -> list[str]:
        """What of the choice fits no scenario at all, with the nearest that does."""
        known = list(scenarios)
        tags = {tag for one in known for tag in one.tags}
        notes = [
            f"No scenario has the tag {tag}{_hint(tag, tags)}"
            for tag in _tags_in(self.tags)
            if tag not in tags
        ]
        labels = {one.name for one in known}
        notes += [
            f'No scenario has "{name}" in its name{_hint(name, labels)}'
            for name in self.names
            if not any(_in_name(name, one) for one in known)
        ]
        gone = sorted((self.keys or frozenset()) - {one.key for one in known})
        if gone:
            more = f" and {len(gone) - 1} more" if gone[1:] else ""
            notes.append(f"What failed last time is not here any more: {gone[0]}{more}.")
        return notes


class _Expression(Protocol):
    def evaluate(self, values: list[str]) -> bool: ...


def _expression(tags: str) -> _Expression:
    """The tag expression. Raises BadChoice for one that cannot be understood."""
    for word in _WORD.findall(tags):
        if word not in _OPERATORS and not word.startswith("@"):
            raise BadChoice(
                f"The tag expression {tags!r} has {word!r}, which is no tag: did you mean "
                f"{'@' + word!r}? Tags are joined with and, or, not and parentheses."
            )
    try:
        expression: _Expression = parse_tags(tags)  # type: ignore[no-untyped-call]
    except TagExpressionError as error:
        said = str(error).partition("\n")[0].partition(" (expressions=")[0].rstrip(".")
        raise BadChoice(
            f"The tag expression {tags!r} cannot be read: {said}. "
            "Write one such as '@A-4 and not (@slow or @P-5)'."
        ) from None
    return expression


def _tags_in(expression: str) -> list[str]:
    """The tags that an expression names, each once."""
    words = (word for word in _WORD.findall(expression) if word not in _OPERATORS)
    return list(dict.fromkeys(re.sub(r"\\(.)", r"\1", word) for word in words))


def _stands_for_a_file(scenario: Scenario) -> bool:
    return scenario.feature == scenario.file


def _in_name(text: str, scenario: Scenario) -> bool:
    return text.casefold() in scenario.label.casefold()


def _part(items: Sequence[Item], scenario: Callable[[Item], Scenario], shard: Shard) -> list[Item]:
    """The items of one shard: dealt out like cards in the order of a hash of their keys.

    So shards differ in size by one at most, and neither the order of the files nor the
    machine matters. Rows of one outline, which cost the same, are spread.
    """
    hashes = {_hash(scenario(item).key) for item in items}
    rank = {digest: position for position, digest in enumerate(sorted(hashes))}
    mine = shard.number - 1
    return [item for item in items if rank[_hash(scenario(item).key)] % shard.of == mine]


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "replace")).digest()


def _hint(text: str, known: Iterable[str]) -> str:
    near = nearest(text, sorted(known), 0.5)
    return f"; did you mean {near}?" if near else "."
