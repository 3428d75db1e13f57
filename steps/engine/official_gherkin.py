"""The official Gherkin parser and pickles, which ask less often what a line is.

The parser compares every line with every kind of line that may stand there, and most of
these questions the first characters of the line answer. What is asked then, and what
becomes of the answer, is the official code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeAlias

from gherkin.ast_builder import AstBuilder
from gherkin.dialect import Dialect
from gherkin.parser import Parser, ParserContext
from gherkin.parser_types import Cell
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator
from gherkin.token import Token

Asked: TypeAlias = Callable[[Parser, ParserContext, Token], bool]

_BEGINNINGS = {
    "TableRow": ("|",),
    "TagLine": ("@",),
    "Comment": ("#",),
    "Language": ("#",),
    "DocStringSeparator": ('"""', "```"),
}
"""How lines of a kind begin in every language."""

_KEYWORDS = {
    "FeatureLine": ("feature",),
    "RuleLine": ("rule",),
    "BackgroundLine": ("background",),
    "ScenarioLine": ("scenario", "scenario_outline"),
    "ExamplesLine": ("examples",),
    "StepLine": ("given", "when", "then", "and", "but"),
}
"""With which keywords of a language the other lines begin."""


def document_of(source: str, ids: IdGenerator | None = None) -> Any:
    """The document of a feature file, its nodes numbered by ``ids``.

    Raises CompositeParserException or ParserException for what does not parse.
    """
    return QuickParser(AstBuilder(ids)).parse(source)


def pickles_of(document: Any, ids: IdGenerator | None = None) -> list[Any]:
    """The scenarios of a document that knows its ``uri``, with the placeholders filled in."""
    return list(Pickles(ids).compile(document)) if "feature" in document else []


class QuickParser(Parser):
    """The official parser, with the official answers."""

    def match_EOF(self, context: ParserContext, token: Token) -> bool:  # noqa: N802
        """Whether the file ends here."""
        return token.eof() and super().match_EOF(context, token)

    def match_Empty(self, context: ParserContext, token: Token) -> bool:  # noqa: N802
        """Whether the line is empty."""
        return not token.eof() and token.line.is_empty() and super().match_Empty(context, token)

    def match_token(self, state: int, token: Token, context: ParserContext) -> int:
        """The state after a token; the official method makes a table of all states each time."""
        known = _STATES.get(state)
        return known(self, token, context) if known else super().match_token(state, token, context)

    def start_rule(self, context: ParserContext, rule_type: str) -> None:
        """Begin a node, which cannot go wrong."""
        self.ast_builder.start_rule(rule_type)

    def build(self, context: ParserContext, token: Token) -> None:
        """Add a token to its node, which cannot go wrong."""
        self.ast_builder.build(token)


class Pickles(Compiler):
    """The official pickles, but the name of a column is text, whatever its characters.

    To the official ones it is a regular expression, so that ``<price (EUR)>`` would stay.
    """

    def _interpolate(  # type: ignore[override]
        self, name: str | None, variable_cells: Iterable[Cell], value_cells: Sequence[Cell]
    ) -> str | None:
        if name is None or "<" not in name:
            return name
        for variable, value in zip(variable_cells, value_cells, strict=True):
            name = name.replace(f"<{variable['value']}>", value["value"])
        return name


_STATES: dict[int, Callable[[Parser, Token, ParserContext], int]] = {
    int(name.removeprefix("match_token_at_")): function
    for name, function in vars(Parser).items()
    if name.startswith("match_token_at_")
}


def _if_it_begins_so(beginnings: tuple[str, ...], ask: Asked) -> Asked:
    """Ask only of a line that begins with one of these."""

    def asked(parser: Parser, context: ParserContext, token: Token) -> bool:
        if token.eof() or not token.line.get_line_text().startswith(beginnings):
            return False
        return ask(parser, context, token)

    return asked


def _if_it_begins_with_a_keyword(kind: str, ask: Asked) -> Asked:
    """Ask only of a line that begins with a keyword of its kind, in the language of the file."""

    def asked(parser: Parser, context: ParserContext, token: Token) -> bool:
        if token.eof():
            return False
        keywords = _keywords(context.token_matcher.dialect_name, kind)
        return token.line.get_line_text().startswith(keywords) and ask(parser, context, token)

    return asked


@cache
def _keywords(language: str, kind: str) -> tuple[str, ...]:
    dialect: Any = Dialect.for_name(language)
    names = [f"{keywords}_keywords" for keywords in _KEYWORDS[kind]]
    end = "" if kind == "StepLine" else ":"
    return tuple(f"{word}{end}" for name in names for word in getattr(dialect, name))


for _kind, _beginnings in _BEGINNINGS.items():
    _name = f"match_{_kind}"
    setattr(QuickParser, _name, _if_it_begins_so(_beginnings, getattr(Parser, _name)))
for _kind in _KEYWORDS:
    _name = f"match_{_kind}"
    setattr(QuickParser, _name, _if_it_begins_with_a_keyword(_kind, getattr(Parser, _name)))
