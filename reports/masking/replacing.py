"""Putting stand-ins into the texts of a journal."""

from __future__ import annotations

import re
from functools import cached_property

from smslab.reports.masking.originals import Originals
from smslab.reports.masking.phrases import WORD, Phrases
from smslab.reports.masking.stand_ins import FEWEST_DIGITS, StandIns

_QUOTED = re.compile(
    r'"((?:[^"\\]|\\.)*)"' + r"|“([^”]*)”" + r"|(?<!\w)'((?:[^'\\]|\\.)*)'(?!\w)", re.DOTALL
)
_MOMENT = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?"
_NUMBER = re.compile(
    rf"(?<![\w.]){_MOMENT}(?!\w)|(?<![\w.])[+(]?\d(?:[ \-./()]{{0,3}}\d){{6,}}(?!\w)"
)
_IS_MOMENT = re.compile(_MOMENT)
_CAPITAL = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W_]*")


class Replacer:
    """Puts stand-ins in place of the originals of one run."""

    def __init__(self, found: Originals) -> None:
        self.stand_ins = StandIns(found)
        self._found = found
        self._known: dict[tuple[str, bool], str] = {}
        self._structural: dict[str, str] = {}

    def structural(self, text: str) -> str:
        """A value that is told, but for the names and numbers in it: an id, a state, a setting."""
        if text in self._found.system:
            return text
        if text not in self._structural:
            self._structural[text] = self._numbers(self._phrases.replaced(text))
        return self._structural[text]

    def actor(self, text: str) -> str:
        """Who asked for something: a name, a number, or a part of the system."""
        if text in self._found.numbers:
            return self.stand_ins.number(text)
        return self.prose(text)

    def name(self, text: str) -> str:
        """The name of a human being; ``guest`` is none."""
        return text if text in ("", "guest") else self.stand_ins.name(text)

    def number(self, text: str) -> str:
        """What stands in the place of a number."""
        return self.stand_ins.number(text) if text else text

    def text(self, text: str) -> str:
        """What somebody wrote."""
        return self.stand_ins.text(text) if text else text

    def cell(self, text: str, *, careful: bool) -> str:
        """A cell of a table, or the value of an example."""
        exact = self._exact(text)
        if exact is not None:
            return exact
        small = text.isdecimal() and len(text) < FEWEST_DIGITS
        if careful and text and text not in self._public and not small:
            return self.text(text)
        return self.prose(text, careful=careful)

    def prose(self, text: str, *, careful: bool = False) -> str:
        """Any text: names, numbers and quoted texts are replaced.

        Where ``careful``, every word with a capital letter that nothing explains is, too.
        """
        if (text, careful) not in self._known:
            self._known[text, careful] = self._prose(text, careful=careful)
        return self._known[text, careful]

    def _prose(self, text: str, *, careful: bool) -> str:
        exact = self._exact(text)
        if exact is not None:
            return exact
        text = _QUOTED.sub(self._unquoted, self._phrases.replaced(text))
        text = self._numbers(text)
        return _CAPITAL.sub(self._unexplained, text) if careful else text

    def _exact(self, text: str) -> str | None:
        if text in self._found.names:
            return self.stand_ins.name(text)
        if text in self._found.numbers:
            return self.stand_ins.number(text)
        return self.stand_ins.text(text) if text in self._found.texts else None

    def _unquoted(self, match: re.Match[str]) -> str:
        whole, inner = match.group(), match.group(match.lastindex or 0)
        plain = re.sub(r"\\(.)", r"\1", inner)
        if not plain or plain in self._public or plain in self.stand_ins.given:
            return whole
        exact = self._exact(plain)
        if exact is None:
            number = _NUMBER.fullmatch(plain)
            exact = self.number(plain) if number else self.text(plain)
        return f"{whole[0]}{exact}{whole[-1]}"

    def _numbers(self, text: str) -> str:
        return _NUMBER.sub(self._renumbered, text)

    def _renumbered(self, match: re.Match[str]) -> str:
        found = match.group()
        if found in self.stand_ins.given or _IS_MOMENT.fullmatch(found):
            return found
        return self.number(found)

    def _unexplained(self, match: re.Match[str]) -> str:
        word = match.group()
        number = re.match(r"-\d+", match.string[match.end() :])
        if number is not None and word + number.group() in self.stand_ins.given:
            return word
        if word.lower() in self._found.words:
            return word
        return self.stand_ins.name(word)

    @cached_property
    def _phrases(self) -> Phrases:
        """Names, their parts, and the texts of several words."""
        given = self.stand_ins
        several = [text for text in self._found.texts if self._is_sentence(text)]
        written = {text: given.text(text) for text in several}
        escaped = {text.replace('"', '\\"'): stand_in for text, stand_in in written.items()}
        odd = {
            number: given.number(number)
            for number in self._found.numbers
            if not _NUMBER.fullmatch(number) and WORD.search(number) and len(number) > 2
        }
        return Phrases({**odd, **written, **escaped, **given.parts, **given.names})

    def _is_sentence(self, text: str) -> bool:
        """Whether a text stands for itself wherever it stands, and is no ordinary expression."""
        words = text.split()
        return len(words) > 2 or (len(words) == 2 and not self._found.words.issuperset(words))

    @cached_property
    def _public(self) -> set[str]:
        """What may be told, as it reads without the names in it."""
        return self._found.public | {self._phrases.replaced(text) for text in self._found.public}
