"""Finding many phrases in a text at once, each only where whole words begin and end.

Words are told apart by what stands between them; in scripts that write without, such as
Chinese, and in those that join small words to others, such as Arabic, a phrase is found
anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

WORD = re.compile(r"[^\W_]+")


class Phrases:
    """Phrases and what to put in their place; the longest of those that fit is taken."""

    def __init__(self, stand_ins: Mapping[str, str]) -> None:
        self._stand_ins = stand_ins
        self._by_first_word: dict[str, list[tuple[str, int]]] = {}
        self._anywhere: list[str] = []
        for phrase in sorted(stand_ins, key=len, reverse=True):
            first = WORD.search(phrase)
            if first is None or any(unicodedata.category(sign) == "Lo" for sign in phrase):
                self._anywhere.append(phrase)
            else:
                known = self._by_first_word.setdefault(first.group(), [])
                known.append((phrase, first.start()))

    def replaced(self, text: str) -> str:
        """The text with the stand-in of every phrase."""
        pieces: list[str] = []
        done = 0
        for word in WORD.finditer(text):
            if word.start() < done or word.group() not in self._by_first_word:
                continue
            found = self._at(text, word.start(), done, word.group())
            if found is not None:
                begin, phrase = found
                pieces += (text[done:begin], self._stand_ins[phrase])
                done = begin + len(phrase)
        text = "".join([*pieces, text[done:]])
        for phrase in self._anywhere:
            text = text.replace(phrase, self._stand_ins[phrase])
        return text

    def _at(self, text: str, at: int, done: int, word: str) -> tuple[int, str] | None:
        for phrase, lead in self._by_first_word[word]:
            begin, end = at - lead, at - lead + len(phrase)
            if begin >= done and text.startswith(phrase, begin) and _ends(text, end):
                return begin, phrase
        return None


def _ends(text: str, end: int) -> bool:
    """Whether no word goes on at ``end``."""
    return end >= len(text) or WORD.match(text[end]) is None or WORD.match(text[end - 1]) is None
