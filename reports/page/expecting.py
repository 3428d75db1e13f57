"""Expected and got, as the messages of failing steps say them."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a failing step says: ``about`` what, ``expected`` and ``got`` in words."""

    about: str
    expected: str
    got: str


_EXPECTED = re.compile(r"(?:(.*)\n)?\s*expected: (.*?)\n\s*got: (.*)", re.DOTALL)


def expectation(message: str) -> Expectation | None:
    """Expected and got, where a message of ours says both; None otherwise."""
    found = _EXPECTED.fullmatch(message)
    return None if found is None else Expectation(found[1] or "", found[2], found[3])
