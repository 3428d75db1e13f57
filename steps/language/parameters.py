"""The parameter types of the phrases: what may stand between the fixed words.

Besides these, phrases take the built-in types of Cucumber Expressions, such as
``{string}`` and ``{int}``. Values are immutable: a step may be matched once and run often.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from cucumber_expressions.parameter_type import ParameterType
from cucumber_expressions.parameter_type_registry import ParameterTypeRegistry

from smslab.simulator.decision_table import Conversation, NumberStanding
from smslab.simulator.records import InteractionState, InteractionType, MessageState, PartyKind

PARAMETER_TYPES = ParameterTypeRegistry()  # type: ignore[no-untyped-call]
"""The types that the parser of the phrases knows."""

_NAME = r"[^\W\d_a-z][\w.]*(?:[ -][^\W\d_a-z][\w.]*)*"
_NAMES = rf"{_NAME}(?:, {_NAME})*(?: and {_NAME})?"
_UNIT = r"(?:week|day|hour|minute|second)s?"
_DURATION = rf"\d+ {_UNIT}(?:(?: and|,)? \d+ {_UNIT})*"


def define(name: str, pattern: str, convert: Callable[[str], object]) -> None:
    """Add a type: ``{name}`` in a phrase is text that fits ``pattern``, turned by ``convert``.

    ``pattern`` has at most one capturing group; where it has one, ``convert`` gets that
    group, else all of the text. Raises CucumberExpressionError for a name that is taken.
    """
    PARAMETER_TYPES.define_parameter_type(ParameterType(name, pattern, object, convert))


def duration(text: str) -> timedelta:
    """``1 hour 30 minutes`` as a timedelta. Text without a number and unit counts as zero."""
    parts = re.findall(r"(\d+) (week|day|hour|minute|second)", text)
    return sum((timedelta(**{f"{unit}s": int(number)}) for number, unit in parts), timedelta())


def names(text: str) -> tuple[str, ...]:
    """``Ana, Ben and Cem`` as a tuple of names."""
    return tuple(re.split(r", | and ", text))


def conversation(text: str) -> tuple[Conversation, str | None]:
    """Who has a conversation: ``with agent Bill`` gives (agent, Bill), the others no name."""
    if text.startswith("with agent "):
        return Conversation.AGENT, text.removeprefix("with agent ")
    return (Conversation.QUEUE if "queue" in text else Conversation.VIRTUAL_AGENT), None


STANDINGS = {
    "free": NumberStanding.FREE,
    "their own": NumberStanding.OWN,
    "a guest's": NumberStanding.GUEST,
    "another party's": NumberStanding.OTHER,
}
"""Whose a number is, as the phrases say it."""

define("party", _NAME, str)
define("parties", _NAMES, names)
define("agent", _NAME, str)
define("agents", _NAMES, names)
define("place", _NAME, str)
define("party kind", "consumer|contact|user", PartyKind)
define("phone kind", "mobile|home|business", str)
define("interaction type", "|".join(InteractionType), InteractionType)
define("interaction state", "|".join(InteractionState), InteractionState)
define("message state", "|".join(MessageState), MessageState)
define("phone", r'"([^"]*)"', str)
define(
    "conversation",
    rf"with agent {_NAME}|with the virtual agent|that waits in the queue",
    conversation,
)
define("standing", "free|their own|a guest's|another party's", STANDINGS.__getitem__)
define("duration", _DURATION, duration)
define("rule", r"[A-Z]-\d+", str)
