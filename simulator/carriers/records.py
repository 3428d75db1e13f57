"""What the provider keeps: faulty numbers, who opted out, and its answers to keywords."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from smslab.simulator.states import MessageState


class OptOutState(StrEnum):
    """Whether a requester takes messages from one of the company's numbers."""

    OPTED_OUT = "opted out"
    OPTED_IN = "opted in"


@dataclass(frozen=True, slots=True)
class Destination:
    """A requester's number with which something is, or was, wrong.

    ``condition`` says what, in words; ``error_code`` is what a message gets, at hand-over
    where ``refused`` is True, else when it is delivered. All three say nothing once the
    number is well again.
    """

    ENTITY: ClassVar[str] = "destination"
    id: str
    number: str
    condition: str | None = None
    error_code: str | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class OptOut:
    """What a requester's keywords have said to one of the company's numbers (O-2)."""

    ENTITY: ClassVar[str] = "opt-out"
    id: str
    state: OptOutState
    requester_number: str
    provider_number: str


@dataclass(frozen=True, slots=True)
class KeywordAnswer:
    """The answer to a keyword, by the provider (O-2) or the instance (O-1).

    It belongs to no conversation and does not wait in the queue of the provider number.
    """

    ENTITY: ClassVar[str] = "keyword answer"
    id: str
    state: MessageState
    keyword: str
    answered_by: str
    requester_number: str
    provider_number: str
    body: str
    at: datetime
    error_code: str | None = None
