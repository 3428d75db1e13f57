"""What may be wrong with a requester's number, and what the provider makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

from smslab.simulator.carriers import errors


class Condition(StrEnum):
    """What is wrong with a number, in words that complete "the number is ..."."""

    INVALID = "invalid"
    NOT_MOBILE = "not a mobile number"
    NOT_PERMITTED = "in a region without permission"
    LANDLINE = "a landline"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    OUT_OF_USE = "out of use"
    FILTERED = "filtered"
    DISTURBED = "disturbed"


@dataclass(frozen=True, slots=True)
class Fault:
    """What a message to a faulty number gets: the error, at hand-over or when it is delivered."""

    error_code: str
    refused: bool


_CODES = {
    Condition.INVALID: errors.INVALID_NUMBER,
    Condition.NOT_MOBILE: errors.NOT_MOBILE,
    Condition.NOT_PERMITTED: errors.NO_PERMISSION,
    Condition.UNREACHABLE: errors.UNREACHABLE,
    Condition.BLOCKED: errors.BLOCKED,
    Condition.OUT_OF_USE: errors.UNKNOWN_HANDSET,
    Condition.FILTERED: errors.FILTERED,
    Condition.DISTURBED: errors.UNKNOWN_ERROR,
}

TRIES_LANDLINES = frozenset({"CA", "GB", "US"})
"""Where the provider tries to deliver to a landline; elsewhere it refuses (page of 21635)."""


def fault_of(condition: Condition, number: str) -> Fault:
    """What comes of a message to a number in E.164 in this condition."""
    if condition is Condition.LANDLINE:
        code = errors.LANDLINE if _region(number) in TRIES_LANDLINES else errors.LANDLINE_REFUSED
    else:
        code = _CODES[condition]
    return Fault(code, errors.ERRORS[code].stage is errors.Stage.HAND_OVER)


def _region(number: str) -> str | None:
    """The region of a number, None where it is one of none."""
    try:
        region: str | None = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return None
    return region
