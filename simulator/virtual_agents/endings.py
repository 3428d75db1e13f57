"""How a conversation ends, and the state reason that goes with it (S-5), as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from smslab.simulator import interactions
from smslab.simulator.core import Core
from smslab.simulator.errors import Refused
from smslab.simulator.records import Interaction
from smslab.simulator.states import Direction, StateReason


class Ending(StrEnum):
    """What ends a conversation."""

    REQUESTER_LEAVES = "the requester leaves"
    REQUESTER_SEARCHES = "the requester leaves for a search"
    AGENT_ENDS = "the agent ends it"
    IDLE = "nothing comes from the requester"
    GIVEN_UP = "the virtual agent gives up"
    ERROR = "a run-time error"


@dataclass(frozen=True, slots=True)
class EndingRow:
    """``engaged`` says for which requesters the row is: those who had engaged, or not."""

    ending: Ending
    engaged: frozenset[bool]
    reason: StateReason


_BY_PEOPLE = frozenset({Ending.REQUESTER_LEAVES, Ending.REQUESTER_SEARCHES, Ending.AGENT_ENDS})
_EITHER = frozenset({True, False})
_ENGAGED = frozenset({True})
_NOT_ENGAGED = frozenset({False})

ENDING_ROWS: tuple[EndingRow, ...] = (
    EndingRow(Ending.REQUESTER_LEAVES, _ENGAGED, StateReason.USER_ENDED),
    EndingRow(Ending.REQUESTER_LEAVES, _NOT_ENGAGED, StateReason.LEFT_BEFORE_ENGAGEMENT),
    EndingRow(Ending.REQUESTER_SEARCHES, _EITHER, StateReason.LEFT_FOR_SEARCH),
    EndingRow(Ending.AGENT_ENDS, _EITHER, StateReason.AGENT_ENDED),
    EndingRow(Ending.IDLE, _ENGAGED, StateReason.NO_USER_RESPONSE),
    EndingRow(Ending.IDLE, _NOT_ENGAGED, StateReason.NO_ACTIVITY),
    EndingRow(Ending.GIVEN_UP, _EITHER, StateReason.AUTO_CLOSED),
    EndingRow(Ending.ERROR, _EITHER, StateReason.ERROR),
)
"""A conversation whose topic ends has the reason that the topic gives."""


def reason_for(ending: Ending, engaged: bool) -> StateReason:
    """The state reason of a conversation that ends like this."""
    return next(r.reason for r in ENDING_ROWS if r.ending is ending and engaged in r.engaged)


def has_engaged(core: Core, interaction: str) -> bool:
    """Whether the requester of a conversation took part in it.

    What that means is open: the requester answered something, or, with the switch
    ``engaged_by`` at ``first_text``, texted at all (T-4).
    """
    said = core.store.messages.find("interaction", interaction)
    counted = said if core.policy.engaged_by == "first_text" else said[1:]
    return any(message.direction is Direction.INBOUND for message in counted)


def end_conversation(core: Core, interaction: Interaction, ending: Ending, rule: str) -> None:
    """End a conversation that is going on. Raises Refused for one that has ended (S-4).

    It is closed, or goes to Wrap Up where people ended it and that is configured (S-2).
    """
    if not interaction.state.is_active:
        raise Refused(
            "S-4", f"{interaction.id} is {interaction.state}: its conversation has ended before."
        )
    reason = reason_for(ending, has_engaged(core, interaction.id))
    finish = interactions.end if ending in _BY_PEOPLE else interactions.close
    finish(core, interaction, reason, rule)
