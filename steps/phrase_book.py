"""The phrase book: what features can say, by subject, each phrase with an example."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from heapq import nlargest
from pathlib import Path

from smslab.steps.engine.model import Scenario, Step
from smslab.steps.engine.parsing import parse_file
from smslab.steps.engine.places import shown_path
from smslab.steps.engine.planning import feature_files
from smslab.steps.engine.registry import Registry, StepDefinition
from smslab.steps.language.parameters import PARAMETER_TYPES

_PARAMETER = re.compile(r"\{([^}]+)\}")
_WORDS_ONLY = re.compile(r"[\w' -]+(?:\|[\w' -]+)+")
_VALUE = re.compile(r'"[^"]*"|\{[^}]*\}|\d+')


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a phrase; ``values`` are all that it takes, where they are few."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A step of a feature that uses a phrase, and where it is."""

    step: Step
    file: str

    @property
    def place(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.step.at}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase. ``keywords`` are Given, When, Then, or ``*`` for one that fits all.

    ``under`` is what it takes below it: "table", "doc string" or nothing. ``used`` counts
    the steps that call it in the features at hand.
    """

    subject: str
    keywords: tuple[str, ...]
    text: str
    parameters: tuple[Parameter, ...]
    under: str
    example: Example | None
    used: int
    file: str
    line: int

    @property
    def place(self) -> str:
        """``file:line`` of the definition."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Subject:
    """The phrases of one module. ``about`` is the first line of its documentation."""

    name: str
    about: str
    module: Path
    phrases: tuple[Phrase, ...]


class Usage:
    """Which definitions the steps of features call, and the plainest step for each."""

    def __init__(self, registry: Registry, paths: Iterable[Path]) -> None:
        self.counts: Counter[StepDefinition] = Counter()
        self.examples: dict[StepDefinition, Example] = {}
        for scenario, step in _steps(paths):
            for definition in registry.lookup(step):
                self.counts[definition] += 1
                self._consider(definition, Example(step, scenario.file))

    def _consider(self, definition: StepDefinition, example: Example) -> None:
        known = self.examples.get(definition)
        if known is None or _plainness(example.step) < _plainness(known.step):
            self.examples[definition] = example


def phrase_book(registry: Registry, examples: Usage, used: Usage) -> list[Subject]:
    """The phrases of ``registry`` by subject: those of smslab first, by name, then the user's own.

    Examples are those of ``used``, the features at hand, else those of ``examples``.
    """
    modules: dict[str, list[StepDefinition]] = {}
    for definition in registry.definitions:
        modules.setdefault(definition.file, []).append(definition)
    subjects = [_subject(file, found, examples, used) for file, found in modules.items()]
    return sorted(subjects, key=lambda s: (not _is_ours(s.phrases[0].file), s.name))


def search(subjects: Iterable[Subject], text: str) -> list[Subject]:
    """The phrases that have all words of ``text``, in themselves, their example or subject."""
    words = text.casefold().split()
    return _kept(subjects, lambda phrase: all(word in _haystack(phrase) for word in words))


def unused(subjects: Iterable[Subject]) -> list[Subject]:
    """The phrases that no step calls."""
    return _kept(subjects, lambda phrase: not phrase.used)


def nearest(subjects: Iterable[Subject], text: str) -> list[Phrase]:
    """The phrases most like a text, best first; at most five."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_VALUE.sub("_", text.casefold()))

    def likeness(phrase: Phrase) -> float:
        candidates = [phrase.text, *([phrase.example.step.text] if phrase.example else [])]
        ratios = []
        for candidate in candidates:
            matcher.set_seq1(_VALUE.sub("_", candidate.casefold()))
            ratios.append(matcher.ratio())
        return max(ratios)

    scored = [(likeness(p), p) for subject in subjects for p in subject.phrases]
    best = nlargest(5, scored, key=lambda pair: pair[0])
    return [phrase for ratio, phrase in best if ratio > 0.45]


def parameter_types() -> dict[str, str]:
    """The pattern of every parameter type of the language, by name."""
    known = PARAMETER_TYPES.parameter_types
    return {kind.name: "|".join(kind.regexps) for kind in known if kind.name}


def _subject(
    file: str, definitions: Sequence[StepDefinition], examples: Usage, used: Usage
) -> Subject:
    name = Path(file).stem.replace("_", " ").capitalize()
    shown = shown_path(Path(file), Path.cwd())
    if not _is_ours(shown):
        name = shown
    merged: dict[tuple[str, int], list[StepDefinition]] = {}
    for definition in definitions:
        merged.setdefault((definition.phrase, definition.line), []).append(definition)
    phrases = [_phrase(name, shown, same, examples, used) for same in merged.values()]
    return Subject(name, _about(file), Path(file).resolve(), tuple(phrases))


def _phrase(
    subject: str, file: str, same: list[StepDefinition], examples: Usage, used: Usage
) -> Phrase:
    first = same[0]
    found = [usage.examples[d] for usage in (used, examples) for d in same if d in usage.examples]
    takes = [noun for name, noun in _UNDER if name in first.parameters]
    return Phrase(
        subject=subject,
        keywords=tuple(d.kind.capitalize() if d.kind else "*" for d in same),
        text=first.phrase,
        parameters=tuple(
            Parameter(name, _values().get(name, ()))
            for name in dict.fromkeys(_PARAMETER.findall(first.phrase))
        ),
        under=" or ".join(takes),
        example=found[0] if found else None,
        used=sum(used.counts[definition] for definition in same),
        file=file,
        line=first.line,
    )


_UNDER = (("datatable", "table"), ("docstring", "doc string"))


@cache
def _values() -> dict[str, tuple[str, ...]]:
    """The values of the parameter types that are nothing but a choice of words."""
    return {
        name: tuple(pattern.split("|"))
        for name, pattern in parameter_types().items()
        if _WORDS_ONLY.fullmatch(pattern)
    }


def _about(file: str) -> str:
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").partition("\n")[0]


def _is_ours(shown: str) -> bool:
    return "steps/language/" in shown


def _steps(paths: Iterable[Path]) -> Iterator[tuple[Scenario, Step]]:
    for file in feature_files(paths):
        for candidate in parse_file(file, shown_path(file, Path.cwd())):
            if isinstance(candidate, Scenario):
                yield from ((candidate, step) for step in candidate.steps)


def _plainness(step: Step) -> tuple[int, int]:
    return (len(step.table or ()), len(step.text))


def _haystack(phrase: Phrase) -> str:
    example = phrase.example.step.text if phrase.example else ""
    return " ".join((phrase.subject, phrase.text, example)).casefold()


def _kept(subjects: Iterable[Subject], wanted: Callable[[Phrase], bool]) -> list[Subject]:
    kept = []
    for subject in subjects:
        phrases = tuple(filter(wanted, subject.phrases))
        if phrases:
            kept.append(replace(subject, phrases=phrases))
    return kept
