"""The parameter types of the phrases: what may stand between the fixed words.

Besides these, phrases take the built-in types of Cucumber Expressions, such as
``{string}`` and ``{int}``. Values are immutable: a step may be matched once and run often.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from cucumber_expressions.parameter_type import ParameterType
from cucumber_expressions.parameter_type_registry import ParameterTypeRegistry

from smslab.simulator import durations
from smslab.simulator.decision_table import Conversation, NumberStanding
from smslab.simulator.messaging_actions.messaging_action_records import MessagingEvent
from smslab.simulator.states import (
    InteractionState,
    InteractionType,
    MessageState,
    PartyKind,
    Presence,
)

PARAMETER_TYPES = ParameterTypeRegistry()  # type: ignore[no-untyped-call]
"""The types that the parser of the phrases knows."""

_NAME = r"[^\W\d_a-z][\w.]*(?:[ -][^\W\d_a-z][\w.]*)*"
_NAMES = rf"{_NAME}(?:, {_NAME})*(?: and {_NAME})?"


def define(name: str, pattern: str, convert: Callable[[str], object]) -> None:
    """Add a type: ``{name}`` in a phrase is text that fits ``pattern``, turned by ``convert``.

    ``pattern`` has at most one capturing group; where it has one, ``convert`` gets that
    group, else all of the text. Raises CucumberExpressionError for a name that is taken.
    """
    PARAMETER_TYPES.define_parameter_type(ParameterType(name, pattern, object, convert))


def names(text: str) -> tuple[str, ...]:
    """``Ana, Ben and Cem`` as a tuple of names."""
    return tuple(re.split(r", | and ", text))


def conversation(text: str) -> tuple[Conversation, str | None]:
    """Who has a conversation: ``with agent Bill`` gives (agent, Bill), the others no name."""
    if text.startswith("with agent "):
        return Conversation.AGENT, text.removeprefix("with agent ")
    return (Conversation.QUEUE if "queue" in text else Conversation.VIRTUAL_AGENT), None


def moment(text: str) -> datetime:
    """A date and time of day in UTC. Raises AssertionError for one that does not exist."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise AssertionError(f"there is no such date and time as {text}.") from None


def extension(text: str) -> tuple[str, int | None]:
    """``"VIP lines" with order 50`` as name and order, which is None where none is given."""
    _, name, order = text.split('"')
    return name, int(order.removeprefix(" with order ")) if order else None


MESSAGING_EVENTS = {
    "a requester's message": MessagingEvent.REQUESTER_MESSAGE,
    "an agent's message": MessagingEvent.AGENT_MESSAGE,
}
"""What a messaging action waits after, as the phrases say it."""

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
define("places", _NAMES, names)
define("party kind", "consumer|contact|user", PartyKind)
define("phone kind", "mobile|home|business", str)
define("interaction type", "|".join(InteractionType), InteractionType)
define("interaction state", "|".join(InteractionState), InteractionState)
define("presence", "available|away|offline", lambda text: Presence(text.title()))
define("message state", "|".join(MessageState), MessageState)
define("phone", r'"([^"]*)"', str)
define(
    "conversation",
    rf"with agent {_NAME}|with the virtual agent|that waits in the queue",
    conversation,
)
define("standing", "free|their own|a guest's|another party's", STANDINGS.__getitem__)
define("duration", durations.PATTERN, durations.duration)
define("moment", r"\d{4}-\d\d-\d\d \d\d:\d\d", moment)
define("messaging event", "|".join(MESSAGING_EVENTS), MESSAGING_EVENTS.__getitem__)
define("extension", r'"[^"]*"(?: with order \d+)?', extension)
define("rule", r"[A-Z]-\d+", str)
