"""The outline behind its rows: where the journal has values, the feature file has ``<column>``.

The journal holds each row of an outline as a scenario of its own, values filled in. A text is
only given back with placeholders if filling them in again gives the text of every row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Values = Mapping[str, str]

_MOST_PLACES = 6


def outlined(texts: Sequence[str], rows: Sequence[Values]) -> str | None:
    """The text with ``<column>`` in it from which every row's text is made.

    ``texts`` and ``rows`` (column to value) are in the same order. The text itself where all are
    the same; None where no such text is found.
    """
    if len(set(texts)) == 1:
        return texts[0]
    varying = [name for name in rows[0] if len({row.get(name) for row in rows}) > 1]
    names: dict[str, str] = {}
    for name in varying:
        names.setdefault(rows[0][name], name)
    names.pop("", None)
    if not names:
        return None
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    places = list(pattern.finditer(texts[0]))
    for chosen in _choices(places):
        template = _replaced(texts[0], chosen, names)
        if all(filled(template, row) == text for text, row in zip(texts, rows, strict=True)):
            return template
    return None


def filled(template: str, row: Values) -> str:
    """The text of a row."""
    for name, value in row.items():
        template = template.replace(f"<{name}>", value)
    return template


def _choices(places: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """All places at once, then every other choice where they are few."""
    if len(places) > _MOST_PLACES:
        return [places]
    numbers = range(2 ** len(places) - 1, 0, -1)
    return [[p for bit, p in enumerate(places) if number >> bit & 1] for number in numbers]


def _replaced(text: str, places: list[re.Match[str]], names: Mapping[str, str]) -> str:
    for place in reversed(places):
        text = f"{text[: place.start()]}<{names[place.group()]}>{text[place.end() :]}"
    return text
