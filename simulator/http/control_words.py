"""What the control area takes and tells in words: an agent's wishes by name, and faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smslab.simulator.http.codec import Decoder, decoder, object_of
from smslab.simulator.http.e164 import check_e164
from smslab.simulator.http.errors import ApiError
from smslab.simulator.outcomes import SendOutcome
from smslab.simulator.records import Agent, Party
from smslab.simulator.sending import SendRequest
from smslab.simulator.store import Store
from smslab.simulator.table import Table

_FAULTS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"number", "condition"}), "set_condition"),
    (frozenset({"number", "refused_with"}), "refuse_messages_to"),
    (frozenset({"number", "undelivered_with"}), "fail_messages_to"),
    (frozenset({"number"}), "clear_condition"),
    (frozenset({"outage_of"}), "begin_outage"),
    (frozenset({"end_of_outage_of"}), "end_outage"),
    (frozenset({"provider_number", "segments_per_second"}), "limit_throughput"),
)
_ARGUMENT = {
    "number": "requester_number",
    "refused_with": "error_code",
    "undelivered_with": "error_code",
    "outage_of": "provider",
    "end_of_outage_of": "provider",
}


def command_of_fault(body: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The command that a fault is, and its arguments as JSON. Raises ApiError 400."""
    for key in body.keys() & {"number", "provider_number"}:
        check_e164(key, body[key])
    for keys, name in _FAULTS:
        if keys == body.keys():
            return name, {_ARGUMENT.get(key, key): value for key, value in body.items()}
    known = "; ".join(" and ".join(sorted(keys)) for keys, _ in _FAULTS)
    raise ApiError(400, "There is no such fault", f"A fault has these keys: {known}.")


_WISH_KEYS: Mapping[str, Decoder] = {
    "message": decoder(str),
    **dict.fromkeys(("party", "interaction", "send_to", "send_from"), decoder(str | None)),
    "attachments": decoder(tuple[str, ...]),
}
_WISH = object_of(_WISH_KEYS, [])
_WISH_TO_SEND = object_of(_WISH_KEYS, ["message"])


def request_of_agent(
    store: Store, agent: str, body: Mapping[str, Any], *, is_sent: bool
) -> SendRequest:
    """What an agent fills in; agent and party by name or id. Raises ApiError or Undecodable.

    One that ``is_sent`` has a message.
    """
    agent = _id_of(store.agents, agent, "agent")
    wish = (_WISH_TO_SEND if is_sent else _WISH)(body, "")
    party = wish.get("party")
    return SendRequest(
        agent=agent,
        body=wish.get("message", ""),
        party=None if party is None else _id_of(store.parties, party, "party"),
        interaction=wish.get("interaction"),
        send_to=wish.get("send_to"),
        send_from=wish.get("send_from"),
        attachments=wish.get("attachments", ()),
    )


def _id_of(table: Table[Any], word: str, called: str) -> str:
    """The id of a record by its id, or its name where only one has it. Raises ApiError."""
    if table.get(word) is not None:
        return word
    found: list[Agent | Party] = table.find("name", word)
    if len(found) == 1:
        return found[0].id
    if found:
        ids = ", ".join(each.id for each in found)
        raise ApiError(400, f"There are several of the name {word!r}", f"Say which: {ids}.")
    raise ApiError(404, f"There is no {called} {word!r}")


def told(outcome: SendOutcome) -> dict[str, Any]:
    """What came of a send, in few words."""
    assessed, refusal = outcome.assessment, outcome.refusal
    return {
        "status": outcome.status,
        "row": assessed.decision.row.id if assessed else None,
        "number_row": assessed.decision.number_row.id if assessed else None,
        "warning": assessed.warning if assessed else None,
        "requester_number": assessed.number if assessed else None,
        "provider_number": assessed.provider_number if assessed else None,
        "interaction": outcome.interaction,
        "message": outcome.message,
        "error_code": outcome.error_code,
        "refusal": {"rule": refusal.rule, "reason": refusal.reason} if refusal else None,
    }
