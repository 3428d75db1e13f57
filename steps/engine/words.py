"""The fixed words of a phrase: which words has every text that fits it?

The registry looks phrases up by these words, so a word that a fitting text may lack must
never be among them; where that is not certain, there are none. Words are folded as
:func:`text_words` folds those of a text.
"""

from __future__ import annotations

import re

from pytest_bdd import parsers
from pytest_bdd.parsers import StepParser

_FIELD = re.compile(r"\{[^}]*\}|[{}]")
_LITERAL = re.compile(r"\^?([^.^$*+?{}\[\]\\|()]*)(.?)", re.DOTALL)
_QUANTIFIERS = tuple("*+?{")


def text_words(text: str) -> dict[str, None]:
    """The words of a text, folded, each once, in their order."""
    return dict.fromkeys(_folded(text).split())


def fixed_words(parser: StepParser) -> frozenset[str]:
    """The words that every text of a phrase has, where its parser tells; else none."""
    if type(parser) in (parsers.parse, parsers.cfparse):
        return _around(_FIELD.sub("\0", parser.name))
    if type(parser) is parsers.re:
        return _begun_with(parser.regex)
    known: frozenset[str] = getattr(parser, "words", frozenset())
    return frozenset(_folded(word) for word in known)


def _around(pattern: str) -> frozenset[str]:
    """The words that do not touch a field, which stands as a null sign."""
    return frozenset(_folded(word) for word in pattern.split() if "\0" not in word)


def _begun_with(regex: re.Pattern[str]) -> frozenset[str]:
    """The whole words before the first sign that means something in a regular expression."""
    if regex.flags & (re.IGNORECASE | re.VERBOSE) or "|" in regex.pattern:
        return frozenset()
    found = _LITERAL.match(regex.pattern)
    literal, following = found.groups() if found else ("", "")
    if following:
        # The last word may go on, and its last letter may be optional.
        whole = literal[:-1] if following in _QUANTIFIERS else literal
        literal = whole[: max(whole.rfind(" "), 0)]
    return frozenset(_folded(word) for word in literal.split())


def _folded(text: str) -> str:
    """Text without the differences that ``re.IGNORECASE`` ignores."""
    if text.isascii():
        return text.lower()
    return text.casefold().replace("i\u0307", "i").replace("\u0131", "i")
