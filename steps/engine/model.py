"""What a feature file says, ready to be run: scenarios and their steps."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["given", "when", "then"]
"""What a step does: states what is, acts, or expects."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a scenario, placeholders filled in.

    ``keyword`` is the word of the file without the space (``And``, ``*``); ``kind`` is None
    where the word does not tell, as in languages with one word for Given and When. ``at``
    is the line in the file. ``docstring`` and ``table`` are None where there is none.
    """

    keyword: str
    text: str
    kind: Kind | None
    at: int
    background: bool
    table: tuple[tuple[str, ...], ...] | None = None
    docstring: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a feature file that runs, but cannot be meant. ``message`` is one paragraph."""

    line: int
    kind: Literal["unused column", "unknown placeholder", "unknown tag"]
    message: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario, or one row of an outline.

    ``key`` identifies it in the journal: feature, rule, name and example values. ``file``
    is posix and relative to the folder of the run where it is inside it. ``at`` is the line
    of the example row, or of the scenario where there is none; ``heading_at`` is always the
    line of the scenario. ``examples`` maps columns to values; ``tags`` keep their ``@`` and
    include those of the feature, the rule and the examples.
    """

    key: str
    feature: str
    file: str
    language: str
    description: str
    rule: str | None
    name: str
    tags: tuple[str, ...]
    examples: dict[str, str] | None
    at: int
    heading_at: int
    steps: tuple[Step, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def label(self) -> str:
        """The key without the feature: how the scenario is called within its file."""
        return self.key.removeprefix(f"{self.feature}{KEY_SEPARATOR}") or self.key


@dataclass(frozen=True, slots=True)
class FeatureProblem:
    """Something in a feature file that cannot be run.

    ``message`` is one paragraph without the place; ``scenario`` stands for it in the run.
    """

    file: str
    line: int
    message: str
    scenario: Scenario


Candidate: TypeAlias = Scenario | FeatureProblem
"""What a file yields: scenarios to run, and problems that stand for those that cannot be run."""

KEY_SEPARATOR = " > "


def scenario_key(feature: str, rule: str | None, name: str, examples: dict[str, str] | None) -> str:
    """``Feature > Rule > Scenario > col=value, col=value``; absent parts are left out."""
    return KEY_SEPARATOR.join([feature, *_parts(rule, name, examples)])


def scenario_seed(run_seed: int, key: str) -> int:
    """The seed of one scenario: the same in every order and on every machine; 63 bits."""
    digest = hashlib.sha256(f"{run_seed}\n{key}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _parts(rule: str | None, name: str, examples: dict[str, str] | None) -> list[str]:
    parts = [rule] if rule is not None else []
    parts.append(name)
    if examples is not None:
        parts.append(", ".join(f"{column}={value}" for column, value in examples.items()))
    return parts
