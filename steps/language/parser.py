r"""The parser of the phrases: Cucumber Expressions with the types of this project.

The class is called ``parse`` because editors recognise a Gherkin phrase in Python by it::

    @given(parse("{party} is a consumer in {string}"))
    def _(scene, party, string): ...

An argument has the name of its type; the second of one type gets the suffix 2
(``{party} texts {party}`` gives ``party`` and ``party2``), and spaces become ``_``.

Two things are written as editors read them, who find no step for a phrase otherwise: a
plural as ``text/texts``, not ``text(s)``, because a phrase with one of ``( ) . * \\ |``
is a regular expression to them; and a phrase on two lines with a ``+`` between its parts.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, lru_cache

from cucumber_expressions.expression import CucumberExpression
from pytest_bdd.parsers import StepParser

from smslab.steps.language.parameters import PARAMETER_TYPES

_NOT_FIXED = re.compile(r"\{[^}]*\}|\([^)]*\)|[\\/]")


class parse(StepParser):
    """A phrase as a Cucumber Expression.

    It is compiled when a text is first compared with it, because compiling costs
    milliseconds and most runs need few phrases; a malformed one raises
    CucumberExpressionError then. ``words`` are fixed words that every matching text has.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.words = frozenset(
            word for word in _NOT_FIXED.sub("\0", name).split() if "\0" not in word
        )
        self._values = lru_cache(maxsize=256)(self._parsed)

    @cached_property
    def _expression(self) -> CucumberExpression:
        return CucumberExpression(self.name, PARAMETER_TYPES)  # type: ignore[no-untyped-call]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._expression.regexp)

    @cached_property
    def argument_names(self) -> tuple[str, ...]:
        """The names of the arguments, in the order of the parameters."""
        seen: Counter[str] = Counter()
        names = []
        for kind in self._expression.parameter_types:
            seen[kind.name] += 1
            suffix = str(seen[kind.name]) if seen[kind.name] > 1 else ""
            names.append(kind.name.replace(" ", "_") + suffix)
        return tuple(names)

    def is_matching(self, name: str) -> bool:
        """Whether the step text ``name`` fits this phrase."""
        return self._pattern.fullmatch(name) is not None

    def parse_arguments(self, name: str) -> dict[str, object] | None:
        """The arguments of the step text ``name``, converted; None if it does not fit."""
        values = self._values(name) if self.is_matching(name) else None
        return None if values is None else dict(zip(self.argument_names, values, strict=True))

    def found_in(self, text: str) -> list[tuple[int, str, str]]:
        """Where the parameters are in a matching step text: start, text and type of each."""
        arguments = self._expression.match(text) or ()
        found = ((argument.group, argument.parameter_type.name) for argument in arguments)
        return [(group.start, group.value, kind) for group, kind in found]

    def _parsed(self, text: str) -> tuple[object, ...]:
        return tuple(argument.value for argument in self._expression.match(text) or ())
