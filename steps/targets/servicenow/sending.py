"""An agent's send through the scripted REST resource that the company installs.

The resource answers what the instance decided; what it does not tell, such as which
conversation was going on, is what the tables showed just before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from smslab.simulator import profiles
from smslab.simulator.core import Core
from smslab.simulator.decision_table import (
    NUMBER_ROWS,
    SEND_ROWS,
    ConversationParty,
    Decision,
    Situation,
)
from smslab.simulator.errors import Refused
from smslab.simulator.outcomes import SendOutcome, Status
from smslab.simulator.parties import same_party
from smslab.simulator.records import SMS, Interaction, Party
from smslab.simulator.sending import (
    PREFILLED,
    TYPED,
    Assessment,
    SendRequest,
    conversation_on,
    conversation_with,
    party_written_to,
)
from smslab.steps.targets.protocol import TargetFailed
from smslab.steps.targets.servicenow.mirror import Mirror
from smslab.steps.targets.servicenow.numbers import Numbers

_ROWS = {row.id: row for row in SEND_ROWS}
_NUMBER_ROWS = {row.id: row for row in reversed(NUMBER_ROWS)}

Told = Mapping[str, Any]


def wish_of(request: SendRequest, mirror: Mirror) -> dict[str, Any]:
    """The body of a request, with the instance's sys_ids, and without numbers."""
    wish: dict[str, Any] = {"agent": mirror.sys_id(request.agent), "message": request.body}
    if request.interaction is not None:
        wish["interaction"] = mirror.sys_id(request.interaction)
    elif request.party is not None:
        wish["user_document"] = mirror.sys_id(request.party)
    if request.attachments:
        wish["attachments"] = list(request.attachments)
    return wish


def assessment_of(
    core: Core, request: SendRequest, told: Told, numbers: Numbers
) -> Assessment | None:
    """What the instance made of a send, None where it says no row; before it is looked at anew."""
    if told.get("row") is None:
        return None
    party = party_written_to(core, request)
    number, provider_number = numbers.own(told["send_to"]), numbers.own(told["send_from"])
    existing = conversation_on(core, number, provider_number)
    standing = profiles.standing_of(core, number, SMS, party, provider_number)
    seen = _seen_from(core, existing, party)
    return Assessment(
        request=request,
        party=party,
        channel=core.store.channels.find("name", SMS)[0],
        number=number,
        provider_number=provider_number,
        existing=existing,
        standing=standing,
        situation=Situation(conversation_with(existing), seen, standing.standing),
        decision=_decision(told),
        card=None,
        began=PREFILLED if request.send_to is None else TYPED,
    )


def outcome_of(
    request: SendRequest,
    told: Told,
    assessed: Assessment | None,
    mirror: Mirror,
    numbers: Numbers,
) -> SendOutcome:
    """What came of a send, after the tables were looked at. Raises TargetFailed."""
    refusal = told.get("refusal")
    status: Status | None = next((s for s in get_args(Status) if s == told.get("status")), None)
    if status is None:
        raise TargetFailed(f"The resource for sends answers {told.get('status')!r} as status.")
    return SendOutcome(
        status,
        request,
        assessed,
        Refused(str(refusal["rule"]), numbers.in_words(str(refusal["reason"])))
        if refusal
        else None,
        _id(told.get("interaction"), mirror),
        _id(told.get("message"), mirror),
        told.get("error_code"),
    )


def _id(named: Any, mirror: Mirror) -> str | None:
    return mirror.id_of(str(named["sys_id"])) if isinstance(named, Mapping) else None


def _decision(told: Told) -> Decision:
    row, number_row = told["row"], told.get("number_row")
    if row not in _ROWS or number_row not in _NUMBER_ROWS:
        raise TargetFailed(
            f"The resource for sends names the rows {row!r} and {number_row!r}; known are: "
            f"{', '.join(_ROWS)} and {', '.join(_NUMBER_ROWS)}."
        )
    found, of_number = _ROWS[row], _NUMBER_ROWS[number_row]
    effects = (*found.effects, *of_number.effects)
    return Decision(found, of_number, effects, told.get("warning") is not None)


def _seen_from(core: Core, existing: Interaction | None, party: Party) -> ConversationParty:
    if existing is None:
        return ConversationParty.NONE
    if existing.party is None:
        return ConversationParty.GUEST
    same = same_party(core.store, core.policy, existing.party, party.id)
    return ConversationParty.SAME if same else ConversationParty.DIFFERENT


def _refusal(told: Told, numbers: Numbers) -> Refused:
    return Refused(str(told["rule"]), numbers.in_words(str(told["reason"])))
