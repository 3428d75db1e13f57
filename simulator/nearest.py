"""The nearest valid choice, for every message that refuses another."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LIKE = 0.4
"""How much of a word must be there (0 to 1) for another to be offered in its place."""


def nearest(word: str, known: Iterable[str], likeness: float = LIKE) -> str | None:
    """The one of ``known`` that is most like ``word``; None where none is like it enough."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=likeness)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest as a question, else all there are: the second half of a refusal."""
    choices = [str(choice) for choice in known]
    if near := nearest(word, choices):
        return f"did you mean {near!r}?"
    return f"there are: {', '.join(choices)}." if choices else "there is none yet."
