"""The step definitions of a run, indexed: which phrase does a step text call?

A text is compared only with the phrases that share its rarest word, so the cost of a
step does not grow with the vocabulary.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType

from pytest_bdd import parsers
from pytest_bdd.parsers import StepParser
from pytest_bdd.parsers import string as exact_text

from smslab.steps.engine.model import Kind, Step
from smslab.steps.engine.places import shown_source
from smslab.steps.engine.private import StepFunctionContext, contexts_in
from smslab.steps.engine.words import fixed_words, text_words

_CACHED_TEXTS = 4096
_TEXTS_OF_A_PHRASE = 256


@dataclass(frozen=True, slots=True, eq=False)
class StepDefinition:
    """A phrase and the function behind it.

    ``kind`` is None for one that fits every keyword. ``parameters`` are the arguments that
    the function can take, ``required`` those that it must get.
    """

    kind: Kind | None
    parser: StepParser
    function: Callable[..., object]
    converters: Mapping[str, Callable[[str], object]]
    target_fixture: str | None
    file: str
    line: int
    parameters: frozenset[str]
    required: tuple[str, ...]
    known: dict[str, dict[str, object]] | None = None
    """The arguments of texts, where values can be kept because nobody can change them."""

    @property
    def phrase(self) -> str:
        """The text between the quotes of the decorator."""
        return self.parser.name

    @property
    def place(self) -> str:
        """``file:line`` of the definition."""
        return f"{shown_source(self.file)}:{self.line}"

    def fits(self, step: Step) -> bool:
        """Whether the step's keyword and text call this phrase."""
        if not (self.kind is None or step.kind is None or self.kind == step.kind):
            return False
        if self.known is None:
            return self.parser.is_matching(step.text)
        return self._kept(step.text) is not None

    def arguments(self, text: str) -> dict[str, object]:
        """What ``text`` says for the parameters of the function. Raises what a converter raises."""
        if self.known is not None:
            return dict(self._kept(text) or {})
        values = self.parser.parse_arguments(text) or {}
        return {
            name: self.converters[name](value) if name in self.converters else value
            for name, value in values.items()
            if name in self.parameters
        }

    def _kept(self, text: str) -> dict[str, object] | None:
        """The arguments of a text where they can be kept; None if it does not fit."""
        assert self.known is not None
        if text in self.known:
            return self.known[text]
        values = _read(self.parser, text)
        if values is None:
            return None
        if len(self.known) >= _TEXTS_OF_A_PHRASE:
            self.known.clear()
        kept = {name: value for name, value in values.items() if name in self.parameters}
        self.known[text] = kept
        return kept


def _read(parser: StepParser, text: str) -> Mapping[str, object] | None:
    """The values in a text, None if it does not fit; read once where pytest-bdd would twice."""
    if type(parser) is not parsers.parse:
        return parser.parse_arguments(text)
    try:
        found = parser.parser.parse(text)
    except ValueError:
        return None
    return found.named if found else None


class Registry:
    """The step definitions that a feature file can use. Definitions given twice count once."""

    def __init__(self, modules: Iterable[ModuleType]) -> None:
        contexts = {id(context): context for m in modules for context in contexts_in(m)}
        self.definitions = tuple(_definition(context) for context in contexts.values())
        self._exact: dict[str, list[StepDefinition]] = defaultdict(list)
        self._by_word: dict[str, list[StepDefinition]] = defaultdict(list)
        self._anywhere: list[StepDefinition] = []
        self._cache: dict[tuple[Kind | None, str], tuple[StepDefinition, ...]] = {}
        self._index()

    def lookup(self, step: Step) -> tuple[StepDefinition, ...]:
        """Every definition that fits the step: none is undefined, several are ambiguous."""
        question = (step.kind, step.text)
        known = self._cache.get(question)
        if known is None:
            if len(self._cache) >= _CACHED_TEXTS:
                self._cache.clear()
            known = tuple(
                definition for definition in self._likely(step.text) if definition.fits(step)
            )
            self._cache[question] = known
        return known

    def _likely(self, text: str) -> Iterable[StepDefinition]:
        yield from self._exact.get(text, ())
        for word in text_words(text):
            yield from self._by_word.get(word, ())
        yield from self._anywhere

    def _index(self) -> None:
        words = [(definition, fixed_words(definition.parser)) for definition in self.definitions]
        uses = Counter(word for _, known in words for word in known)
        for definition, known in words:
            if isinstance(definition.parser, exact_text):
                self._exact[definition.phrase].append(definition)
            elif known:
                rarest = min(known, key=lambda word: (uses[word], word))
                self._by_word[rarest].append(definition)
            else:
                self._anywhere.append(definition)


def language_modules() -> list[ModuleType]:
    """The modules of smslab.steps.language, which hold the phrases that ship with smslab."""
    package = importlib.import_module("smslab.steps.language")
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [importlib.import_module(module.name) for module in sorted(found, key=lambda m: m.name)]


def _unchanging(context: StepFunctionContext) -> bool:
    """Whether the values of a text can be kept: texts, numbers and times, no object of a user."""
    parser = context.parser
    if context.converters:
        return False
    if type(parser) is parsers.parse:
        return not getattr(parser.parser, "_extra_types", True)
    return type(parser) is parsers.re


def _definition(context: StepFunctionContext) -> StepDefinition:
    function = context.step_func
    code = inspect.unwrap(function).__code__
    named = [
        parameter
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    ]
    return StepDefinition(
        kind=context.type,
        parser=context.parser,
        function=function,
        converters=context.converters,
        target_fixture=context.target_fixture,
        file=code.co_filename,
        line=code.co_firstlineno,
        parameters=frozenset(parameter.name for parameter in named),
        required=tuple(p.name for p in named if p.default is p.empty),
        known={} if _unchanging(context) else None,
    )
