"""What the control area takes and tells in words: an agent's wishes by name, and faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smslab.simulator.http.codec import decode
from smslab.simulator.http.encoding import CLASS
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
    for keys, name in _FAULTS:
        if keys == body.keys():
            return name, {_ARGUMENT.get(key, key): value for key, value in body.items()}
    known = "; ".join(" and ".join(sorted(keys)) for keys, _ in _FAULTS)
    raise ApiError(400, "There is no such fault", f"A fault has these keys: {known}.")


def request_of_agent(store: Store, agent: str, body: dict[str, Any]) -> SendRequest:
    """What an agent fills in; agent and party by name or id. Raises ApiError or Undecodable."""
    wish = {
        CLASS: SendRequest.__name__,
        **{key: value for key, value in body.items() if key != "message"},
        "agent": _id_of(store.agents, agent, "agent"),
        "body": body.get("message", ""),
    }
    if isinstance(body.get("party"), str):
        wish["party"] = _id_of(store.parties, body["party"], "party")
    found: SendRequest = decode(SendRequest, wish)
    return found


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
