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
from smslab.steps.targets.number_ranges import is_number
from smslab.steps.targets.protocol import TargetFailed
from smslab.steps.targets.servicenow.columns import REQUESTER_NUMBER
from smslab.steps.targets.servicenow.mirror import Mirror
from smslab.steps.targets.servicenow.numbers import Numbers

_ROWS = {row.id: row for row in SEND_ROWS}
_NUMBER_ROWS = {row.id: row for row in reversed(NUMBER_ROWS)}

_RESULT = (
    *("status", "row", "number_row", "warning", "send_to", "send_from"),
    *("interaction", "message", "error_code", "refusal"),
)
_PUBLISHED = "What it answers is SendResult in /openapi.json of smslab serve."

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


def told_by(result: Told) -> Told:
    """The result that a resource gave. Raises TargetFailed for one that is not as published."""
    missing = ", ".join(name for name in _RESULT if name not in result)
    if missing:
        raise TargetFailed(f"The resource for sends answers without {missing}. {_PUBLISHED}")
    known = {"status": get_args(Status)}
    if result["row"] is not None:
        known |= {"row": tuple(_ROWS), "number_row": tuple(_NUMBER_ROWS)}
    elif result["status"] != "refused":
        raise TargetFailed(f"A send was {result['status']!r} by no row. {_PUBLISHED}")
    for name, values in known.items():
        if result[name] not in values:
            raise TargetFailed(
                f"The resource for sends answers {result[name]!r} as {name}; there are: "
                f"{', '.join(values)}. {_PUBLISHED}"
            )
    _check_line(result)
    return result


def _check_line(result: Told) -> None:
    """Raise TargetFailed for a line that is none; a sender may have a name in place of a number."""
    if result["row"] is None:
        return
    if not is_number(result["send_to"]) or not isinstance(result["send_from"], str):
        raise TargetFailed(
            f"A send goes to {result['send_to']!r} from {result['send_from']!r}, and not to a "
            f"number in E.164. {_PUBLISHED}"
        )


def assessment_of(
    core: Core, request: SendRequest, told: Told, numbers: Numbers
) -> Assessment | None:
    """What the instance made of a send, None where it says no row; before it is looked at anew.

    Raises TargetFailed where its warning names somebody else than the tables do.
    """
    if told["row"] is None:
        return None
    party = party_written_to(core, request)
    number, provider_number = numbers.own(told["send_to"]), numbers.own(told["send_from"])
    existing = conversation_on(core, number, provider_number)
    standing = profiles.standing_of(core, number, SMS, party, provider_number)
    seen = _seen_from(core, existing, party)
    _check_warning(told["warning"], standing.owner_name, numbers)
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


def _check_warning(warning: object, owner: str, numbers: Numbers) -> None:
    if warning is not None and (not owner or owner not in str(warning)):
        raise TargetFailed(
            f"The resource for sends warns {numbers.in_words(str(warning))!r}; by the profiles the "
            f"number is {owner or 'nobody'}'s."
        )


def outcome_of(
    request: SendRequest,
    told: Told,
    assessed: Assessment | None,
    mirror: Mirror,
    numbers: Numbers,
) -> SendOutcome:
    """What came of a send, after the tables were looked at. Raises TargetFailed."""
    refusal = told["refusal"]
    return SendOutcome(
        told["status"],
        request,
        assessed,
        _refused(refusal, numbers) if refusal is not None else None,
        _id("interaction", told, mirror),
        _id("message", told, mirror),
        told["error_code"],
    )


def _refused(refusal: Any, numbers: Numbers) -> Refused:
    if not isinstance(refusal, Mapping) or not {"rule", "reason"} <= refusal.keys():
        raise TargetFailed(f"A refusal of a send is {refusal!r}. {_PUBLISHED}")
    return Refused(str(refusal["rule"]), numbers.in_words(str(refusal["reason"])))


def _id(name: str, told: Told, mirror: Mirror) -> str | None:
    """The id of a record that the resource names. Raises TargetFailed where nothing shows it."""
    named = told[name]
    if named is None:
        return None
    sys_id = str(named.get("sys_id")) if isinstance(named, Mapping) else str(named)
    found = mirror.id_of(sys_id)
    if found is None and told["status"] != "previewed":
        raise TargetFailed(
            f"The resource for sends names the {name} {sys_id!r}, which the tables do not show on "
            "a line of the scenario: does the business rule work that fills in "
            f"{REQUESTER_NUMBER}?"
        )
    return found


def _decision(told: Told) -> Decision:
    found, of_number = _ROWS[told["row"]], _NUMBER_ROWS[told["number_row"]]
    effects = (*found.effects, *of_number.effects)
    return Decision(found, of_number, effects, told["warning"] is not None)


def _seen_from(core: Core, existing: Interaction | None, party: Party) -> ConversationParty:
    if existing is None:
        return ConversationParty.NONE
    if existing.party is None:
        return ConversationParty.GUEST
    same = same_party(core.store, core.policy, existing.party, party.id)
    return ConversationParty.SAME if same else ConversationParty.DIFFERENT
