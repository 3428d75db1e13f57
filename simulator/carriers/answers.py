"""What the provider answers when it is handed a message: the rows, top to bottom, first fit.

Opting out and the limits of length and of the queue are Twilio's (see
:mod:`~smslab.simulator.carriers.errors`); that an outage makes messages wait or fails them
is open, and a switch (A-11).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from smslab.simulator.carriers import errors
from smslab.simulator.states import MessageState

LONGEST_TEXT = 1600
"""The longest text that the provider takes, in UTF-16 code units."""


class HandOver(NamedTuple):
    """What the provider knows when it is handed a message.

    ``fault`` is the error code with which it refuses this number, None where it does not;
    ``wait`` is how long the queue of the provider number will take, None without a queue.
    """

    opted_out: bool
    fault: str | None
    length: int
    outage: bool
    outage_refuses: bool
    wait: timedelta | None
    longest_wait: timedelta


class Answer(NamedTuple):
    """The state of the message from then on; where it is failed, the error code and the rule."""

    state: MessageState
    error_code: str | None = None
    rule: str = "A-11"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row: when it fits, and the answer."""

    fits: Callable[[HandOver], bool]
    answer: Callable[[HandOver], Answer]


def _failed(code: str, rule: str = "A-11") -> Callable[[HandOver], Answer]:
    return lambda facts: Answer(MessageState.FAILED, code, rule)


def _queue_is_full(facts: HandOver) -> bool:
    return facts.wait is not None and facts.wait >= facts.longest_wait


ANSWER_ROWS = (
    AnswerRow(lambda facts: facts.opted_out, _failed(errors.OPTED_OUT, "O-2")),
    AnswerRow(
        lambda facts: facts.fault is not None,
        lambda facts: Answer(MessageState.FAILED, facts.fault),
    ),
    AnswerRow(lambda facts: facts.length > LONGEST_TEXT, _failed(errors.TOO_LONG)),
    AnswerRow(lambda facts: facts.outage and facts.outage_refuses, _failed(errors.TIMEOUT)),
    AnswerRow(_queue_is_full, _failed(errors.QUEUE_FULL)),
    AnswerRow(
        lambda facts: facts.outage or facts.wait is not None,
        lambda facts: Answer(MessageState.QUEUED),
    ),
    AnswerRow(lambda facts: True, lambda facts: Answer(MessageState.SENT)),
)
"""The rows; the last fits always."""


def answer_to(facts: HandOver) -> Answer:
    """The answer of the first row that fits."""
    for row in ANSWER_ROWS:
        if row.fits(facts):
            return row.answer(facts)
    raise AssertionError("the last row fits always")
