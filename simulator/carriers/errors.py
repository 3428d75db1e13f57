"""The error codes of the provider: Twilio's, each with what it says and the page that says so.

A code of :attr:`Stage.HAND_OVER` is the answer to a message that the provider does not
take; the others come later, after the provider has taken it.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

_PAGES = "https://www.twilio.com/docs/api/errors/"


class UnknownErrorCode(ValueError):
    """The provider has no such error code; the message names the nearest."""


class Stage(StrEnum):
    """When the provider finds out that a message goes no further."""

    HAND_OVER = "hand-over"
    QUEUE = "queue"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class ProviderError:
    """An error of the provider: its code, when it comes, and what it means."""

    code: str
    stage: Stage
    meaning: str

    @property
    def source(self) -> str:
        """The page of the provider's documentation that describes it."""
        return _PAGES + self.code


INVALID_NUMBER = "21211"
NO_PERMISSION = "21408"
OPTED_OUT = "21610"
QUEUE_FULL = "21611"
NOT_MOBILE = "21614"
TOO_LONG = "21617"
LANDLINE_REFUSED = "21635"
UNREACHABLE = "30003"
BLOCKED = "30004"
UNKNOWN_HANDSET = "30005"
LANDLINE = "30006"
FILTERED = "30007"
UNKNOWN_ERROR = "30008"
EXPIRED = "30036"
TIMEOUT = "30410"

_ALL = (
    ProviderError(INVALID_NUMBER, Stage.HAND_OVER, "The number is not a valid phone number."),
    ProviderError(NO_PERMISSION, Stage.HAND_OVER, "The account may not send to this region."),
    ProviderError(OPTED_OUT, Stage.HAND_OVER, "The requester has sent STOP to this number."),
    ProviderError(QUEUE_FULL, Stage.HAND_OVER, "Too much waits to go out from this number."),
    ProviderError(NOT_MOBILE, Stage.HAND_OVER, "The number is not a valid mobile number."),
    ProviderError(TOO_LONG, Stage.HAND_OVER, "The text is longer than 1600 characters."),
    ProviderError(LANDLINE_REFUSED, Stage.HAND_OVER, "The number is a landline."),
    ProviderError(UNREACHABLE, Stage.DELIVERY, "The handset is switched off or out of reach."),
    ProviderError(BLOCKED, Stage.DELIVERY, "The message was blocked."),
    ProviderError(UNKNOWN_HANDSET, Stage.DELIVERY, "The number is unknown, or no longer in use."),
    ProviderError(
        LANDLINE, Stage.DELIVERY, "The number is a landline, or its carrier unreachable."
    ),
    ProviderError(FILTERED, Stage.DELIVERY, "The message was filtered out."),
    ProviderError(UNKNOWN_ERROR, Stage.DELIVERY, "The carrier gave no reason."),
    ProviderError(EXPIRED, Stage.QUEUE, "The message waited longer than it was valid."),
    ProviderError(TIMEOUT, Stage.HAND_OVER, "The provider is disturbed and does not answer."),
)

ERRORS: Mapping[str, ProviderError] = MappingProxyType({error.code: error for error in _ALL})
"""Every error that the simulated provider knows, by its code."""


def error_of(code: str) -> ProviderError:
    """The error with this code. Raises UnknownErrorCode with the nearest."""
    if code in ERRORS:
        return ERRORS[code]
    close = difflib.get_close_matches(code, ERRORS, n=len(ERRORS), cutoff=0.4)
    near = max(close, key=lambda known: _digits_in_place(code, known), default=None)
    hint = f"did you mean {near}?" if near else f"there are: {', '.join(ERRORS)}."
    raise UnknownErrorCode(f"The provider has no error {code!r}; {hint}")


def _digits_in_place(code: str, known: str) -> int:
    return sum(one == other for one, other in zip(code, known, strict=False))
