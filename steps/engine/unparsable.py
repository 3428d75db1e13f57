"""What the official parser refuses, in words for whoever wrote the file."""

from __future__ import annotations

from gherkin.dialect import DIALECTS
from gherkin.errors import (
    NoSuchLanguageException,
    ParserException,
    UnexpectedEOFException,
    UnexpectedTokenException,
)

from smslab.simulator.nearest import nearest


def in_words(error: ParserException) -> str:
    """Why the parser stopped, as a sentence without the place."""
    said = str(error).partition("): ")[2]
    if isinstance(error, NoSuchLanguageException):
        return _no_language(said.rpartition(": ")[2])
    if isinstance(error, UnexpectedEOFException):
        return _ends_early(said)
    if isinstance(error, UnexpectedTokenException):
        return _not_here(said.partition(", got ")[2])
    return f"{said[:1].lower()}{said[1:]}."


def _no_language(language: str) -> str:
    near = nearest(language, DIALECTS)
    hint = f"did you mean {near}?" if near else "it is a code such as en, de or fr."
    return f"there is no spoken language {language!r}; {hint}"


def _ends_early(expected: str) -> str:
    if "#DocStringSeparator" in expected:
        return 'the file ends inside a doc string. Close it with the """ or ``` that opened it.'
    return "the file ends after a tag. Write what it belongs to below it, or remove the tag."


def _not_here(got: str) -> str:
    return (
        f"{got} is not expected here. A step begins with Given, When, Then, And, But or *; "
        "a table row with |; a heading is a word such as Scenario followed by a colon."
    )
