"""What takes the place of an original: the same for the same original, throughout a run."""

from __future__ import annotations

import re
from collections import Counter

from smslab.reports.masking.originals import Originals
from smslab.reports.masking.phrases import WORD

FEWEST_DIGITS = 7
"""A number in local format is the same as an international one that ends in its digits, if it
has so many."""


class StandIns:
    """Gives stand-ins, and remembers what each is for."""

    def __init__(self, found: Originals) -> None:
        self._taken = {*found.names, *found.numbers, *found.texts}
        self._counts: Counter[str] = Counter()
        self._texts: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self.given: set[str] = set()
        self.names = {name: self._new(kind) for name, kind in found.names.items()}
        for number in sorted(found.numbers, key=lambda each: not each.startswith("+")):
            self.number(number)
        self.parts = self._parts()

    def name(self, name: str) -> str:
        """The stand-in of a name, also of one that is met for the first time."""
        if name not in self.names:
            self.names[name] = self.parts.get(name) or self._new("Name")
        return self.names[name]

    def number(self, number: str) -> str:
        """The stand-in of a number; of one in local format, that of the international one."""
        digits = "".join(filter(str.isdecimal, number))
        bare = digits.lstrip("0")
        key = bare if len(bare) >= FEWEST_DIGITS else number
        if key not in self._numbers:
            stand_in = self._new("+999", 9)
            self._numbers[key] = stand_in
            if number.startswith("+"):
                for begin in range(1, len(bare) - FEWEST_DIGITS + 1):
                    self._numbers.setdefault(bare[begin:].lstrip("0"), stand_in)
        return self._numbers[key]

    def text(self, text: str) -> str:
        """The stand-in of a text."""
        if text not in self._texts:
            self._texts[text] = self._new("Text")
        return self._texts[text]

    def _new(self, kind: str, digits: int = 0) -> str:
        while True:
            self._counts[kind] += 1
            number = f"{self._counts[kind]:0{digits}}"
            made = f"{kind}{number}" if digits else f"{kind}-{number}"
            if made not in self._taken:
                self.given.add(made)
                return made

    def _parts(self) -> dict[str, str]:
        """The stand-ins of the parts of names; a part that several people share has its own."""
        owners: dict[str, set[str]] = {}
        for name, stand_in in self.names.items():
            for part in re.split(r"[\s,]+", name):
                word = WORD.search(part)
                if word is not None and len(word.group()) > 1 and part[:1].isupper():
                    owners.setdefault(part, set()).add(stand_in)
        return {
            part: next(iter(whose)) if len(whose) == 1 else self._new("Name")
            for part, whose in owners.items()
            if part not in self.names
        }
