"""Phone numbers as the instance stores them: E.164, decided by the rules N-1 to N-8.

:func:`normalise` is the whole of `/api/now/initiate_message/validate_phone_number`: it
turns what somebody typed into a :class:`PhoneNumber`, or into a :class:`NumberRefusal`
that says what would have been accepted. What a number of a territory looks like is
knowledge of the library phonenumbers; which entry is read in which territory, and what
is refused, is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from smslab.simulator.numbers.number_reading import (
    LONGEST_CACHED,
    Typed,
    misplaced,
    read,
    shown,
    taken_apart,
)
from smslab.simulator.numbers.territories import OTHER, checked_territory, example_number

NO_TERRITORY = "none"
"""The value of ``default_territory`` with which a number without a territory is refused (N-4)."""

_ANYWHERE = "US"


@dataclass(frozen=True, slots=True)
class NumberRules:
    """The settings that decide about numbers.

    ``strict`` is the property ``glide.phone_number_e164.strict`` (N-6),
    ``allow_national_entry`` is ``glide.phone_number_e164.allow_national_entry`` (N-7), and
    ``default_territory`` (N-4, open) is a region code or ``"none"``; any other raises
    :class:`~smslab.simulator.numbers.territories.UnknownTerritory`.
    """

    strict: bool = True
    allow_national_entry: bool = True
    default_territory: str = "US"

    def __post_init__(self) -> None:
        if self.default_territory != NO_TERRITORY:
            checked_territory(self.default_territory)


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number that was accepted.

    ``e164`` is the stored form: ``+``, then ASCII digits only (N-8). ``territory`` is the
    region code that the number belongs to, or ``"Other / Unknown"``. ``converted`` is False
    when the entry was the stored form already. ``rule`` decided: N-1 for international
    entry, N-2 with the territory of the location, N-4 with the default territory, N-6 for
    a number that fits no territory and is kept because ``strict`` is off.
    """

    e164: str
    territory: str
    converted: bool
    rule: str


@dataclass(frozen=True, slots=True)
class NumberRefusal:
    """A number that was refused.

    ``rule`` is N-4 (no territory to convert with), N-5 (letters), N-6 (fits no territory)
    or N-7 (national entry is not allowed). ``reason`` is one sentence that quotes the
    entry and shows what would be accepted.
    """

    entry: str
    rule: str
    reason: str


def normalise(entry: str, territory: str | None, rules: NumberRules) -> PhoneNumber | NumberRefusal:
    """The entry in the form in which it is stored, or why it is refused (N-1 to N-8).

    ``territory`` is what N-3 found for the consumer's location, None where it found none.
    Every text has an answer, and the same arguments always have the same one. Raises
    :class:`~smslab.simulator.numbers.territories.UnknownTerritory` for a territory that
    phonenumbers does not know.
    """
    if len(entry) > LONGEST_CACHED:
        return _decide(entry, territory, rules)
    return _decide_cached(entry, territory, rules)


def _decide(entry: str, territory: str | None, rules: NumberRules) -> PhoneNumber | NumberRefusal:
    home = _home(territory, rules)
    typed = taken_apart(entry)
    if typed.letter is not None:
        problem = f"holds the letter {shown(typed.letter)}, and letters make a number invalid"
        return _refusal(entry, "N-5", problem, home, rules)
    if not typed.digits:
        return _refusal(entry, "N-6", "holds no digits", home, rules)
    if typed.international:
        return _fitted(entry, typed, None, "N-1", rules)
    if not rules.allow_national_entry:
        return _refusal(entry, "N-7", "is national entry, which is not allowed", home, rules)
    if home is None:
        problem = "is national entry, and neither a location nor a default gives it a territory"
        return _refusal(entry, "N-4", problem, home, rules)
    return _fitted(entry, typed, home, "N-4" if territory is None else "N-2", rules)


_decide_cached = lru_cache(maxsize=1 << 16)(_decide)


def _home(territory: str | None, rules: NumberRules) -> str | None:
    """The territory that national entry is read in."""
    if territory is not None:
        return checked_territory(territory)
    return None if rules.default_territory == NO_TERRITORY else rules.default_territory


def _fitted(
    entry: str, typed: Typed, home: str | None, rule: str, rules: NumberRules
) -> PhoneNumber | NumberRefusal:
    """Accept a number that fits its territory; refuse or keep one that does not (N-6)."""
    reading = read(typed.written, home)
    kept = reading.e164 or f"+{typed.digits}"
    if reading.valid and typed.misplaced is None:
        return PhoneNumber(kept, reading.territory, kept != entry, rule)
    if rules.strict:
        problem = misplaced(typed) or reading.problem
        return _refusal(entry, "N-6", problem, reading.nearest or home, rules)
    return PhoneNumber(kept, OTHER, kept != entry, "N-6")


def _refusal(
    entry: str, rule: str, problem: str, territory: str | None, rules: NumberRules
) -> NumberRefusal:
    """The refusal that shows a number of ``territory`` as this instance would accept it."""
    national, e164 = example_number(territory or _ANYWHERE)
    if territory is None or not rules.allow_national_entry:
        expected = f"a number starts with + and its country code, for example {e164}"
    else:
        expected = f"a number of {territory} is written {national} or {e164}"
    return NumberRefusal(entry, rule, f"{shown(entry)} {problem}; {expected}.")
