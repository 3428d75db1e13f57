"""The segments in which a text goes out over SMS.

A text is written in the GSM 7-bit alphabet (3GPP TS 23.038) where that has all of its
characters, else in UCS-2. One message takes 160 septets or 70 code units; in a longer text
each segment carries a header (3GPP TS 23.040) and takes 153 or 67. A character of the
extension table costs two septets, one outside the basic plane two code units; neither is
ever split, it moves to the next segment as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The characters of the GSM 7-bit default alphabet: one septet each."""

EXTENSION = frozenset("\f^{}\\[~]|€")
"""The characters of its extension table: an escape and another septet."""

_GSM = BASIC | EXTENSION
_LAST_OF_BASIC_PLANE = "\uffff"


class Encoding(StrEnum):
    """How the characters of a text are written."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class Room:
    """How many septets or code units go out at once: alone, and in each of several segments."""

    single: int
    concatenated: int


ROOMS = {Encoding.GSM_7: Room(160, 153), Encoding.UCS_2: Room(70, 67)}
"""What an SMS takes, by encoding."""


@dataclass(frozen=True, slots=True)
class SegmentedText:
    """A text as it goes out; ``segments`` are its parts in their order, at least one."""

    encoding: Encoding
    segments: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many segments the text takes."""
        return len(self.segments)


def segmented(text: str) -> SegmentedText:
    """The encoding of a text and its segments; an empty text is one empty segment."""
    encoding = encoding_of(text)
    room = ROOMS[encoding]
    if units(text, encoding) <= room.single:
        return SegmentedText(encoding, (text,))
    return SegmentedText(encoding, tuple(_parts(text, _COST[encoding], room.concatenated)))


def encoding_of(text: str) -> Encoding:
    """GSM-7 where it has every character of the text, else UCS-2."""
    return Encoding.GSM_7 if _GSM.issuperset(text) else Encoding.UCS_2


def units(text: str, encoding: Encoding) -> int:
    """What a text costs: septets in GSM-7, 16-bit code units in UCS-2."""
    if encoding is Encoding.UCS_2:
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text) + sum(map(EXTENSION.__contains__, text))


def _septets(character: str) -> int:
    return 2 if character in EXTENSION else 1


def _code_units(character: str) -> int:
    return 2 if character > _LAST_OF_BASIC_PLANE else 1


_COST: dict[Encoding, Callable[[str], int]] = {
    Encoding.GSM_7: _septets,
    Encoding.UCS_2: _code_units,
}


def _parts(text: str, cost: Callable[[str], int], room: int) -> list[str]:
    """The text cut wherever the next character does not fit any more."""
    parts, start, used = [], 0, 0
    for position, character in enumerate(text):
        price = cost(character)
        if used + price > room:
            parts.append(text[start:position])
            start, used = position, 0
        used += price
    return [*parts, text[start:]]
