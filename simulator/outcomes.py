"""What came of a send, for the caller and for the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from smslab.simulator.errors import Refused
from smslab.simulator.journal import Value
from smslab.simulator.sending import Assessment, SendRequest

Status: TypeAlias = Literal["previewed", "sent", "warned", "declined", "refused", "undone"]


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """What came of a send, decline or preview.

    ``sent``: carried out, ``interaction`` and ``message`` are ids; ``warned``: waits for
    the agent to confirm; ``undone``: the provider refused it and A-11 took it back;
    ``error_code`` is the provider's, where it refused the message. ``assessment`` is None
    only for a refusal, ``refusal`` only there not None.
    """

    status: Status
    request: SendRequest
    assessment: Assessment | None = None
    refusal: Refused | None = None
    interaction: str | None = None
    message: str | None = None
    error_code: str | None = None


def decision_fields(command: str, outcome: SendOutcome) -> dict[str, Value]:
    """The fields of the journal's ``decision`` entity for an agent's command."""
    fields: dict[str, Value] = {
        "command": command,
        "outcome": outcome.status,
        "agent": outcome.request.agent,
        "interaction": outcome.interaction,
        "error_code": outcome.error_code,
    }
    if outcome.refusal:
        fields |= {"refused_by": outcome.refusal.rule, "reason": outcome.refusal.reason}
    if outcome.assessment:
        fields |= _assessed(outcome.assessment)
    return fields


def _assessed(a: Assessment) -> dict[str, Value]:
    return {
        "row": a.decision.row.id,
        "profile_rule": a.decision.number_row.id,
        "party": a.party.id,
        "channel": a.channel.name,
        "requester_number": a.number,
        "provider_number": a.provider_number,
        "began": a.began,
        "conversation": a.situation.conversation.value,
        "conversation_party": a.situation.party.value,
        "number_standing": a.situation.standing.value,
        "previous_owner": a.standing.owner,
    }
