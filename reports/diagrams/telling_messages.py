"""What is said, what becomes of it, and what is decided about it."""

from __future__ import annotations

from typing import Any

from smslab.reports.diagrams.telling import (
    VIRTUAL_AGENT,
    Ending,
    Noted,
    Teller,
    Telling,
    by,
    whose,
)
from smslab.simulator.journal import Event
from smslab.simulator.states import Direction, MessageState

_LATER = "message, later"
"""What the provider says of a message after other things have happened."""

_TROUBLE = (MessageState.FAILED, MessageState.UNDELIVERED)


def _keep(story: Telling, event: Event) -> None:
    story.note(event, "arrow").fields[event.field] = event.new


def _message_in(story: Telling, event: Event) -> None:
    noted = story.note(event, "arrow")
    noted.fields["interaction"] = event.new
    talk = story.talk(str(event.new))
    noted.holder = None if story.is_of_command(talk.row) else talk.holder


def _message_state(story: Telling, event: Event) -> None:
    if event.new == MessageState.RECEIVED and event.old is None:
        story.inbound = Noted(story.add_before_command(event, "arrow"), {"state": event.new})
        story.noted[event.entity, event.id] = story.inbound
        return
    noted = story.note(event, "arrow")
    if event.old is None or (story.is_last(noted.row) and event.time == noted.row.time):
        noted.fields["state"] = event.new
        return
    later = Noted(story.add(event, "arrow"), {**noted.fields, "state": event.new})
    story.noted[_LATER, f"{event.id} {event.new}"] = later


def _message_error(story: Telling, event: Event) -> None:
    for state in _TROUBLE:
        later = story.noted.get((_LATER, f"{event.id} {state}"))
        if later is not None:
            later.fields["error_code"] = event.new
            return
    _keep(story, event)


def _decision(story: Telling, event: Event) -> None:
    key = (event.entity, event.id)
    noted = story.noted.get(key)
    if noted is None:
        if event.new == "requester texts" and story.inbound is not None:
            noted = Noted(story.inbound.row)
        else:
            noted = Noted(story.add_before_command(event, "note"))
            story.end_command()
        story.noted[key], story.inbound = noted, None
    noted.fields[event.field] = event.new


def _opt_out_state(story: Telling, event: Event) -> None:
    if event.old is None:
        _keep(story, event)
    else:
        number = story.note(event, "note").fields.get("requester_number", "")
        words = f"{number} has {event.new}{by(event.rule)}"
        story.add(event, "note", (story.provider(),), words, "warn")


def _fault(story: Telling, event: Event) -> None:
    words = f"✗ the topic fails: {event.new}"
    story.add(event, "note", (story.agent(VIRTUAL_AGENT),), words, "bad")


def _broken(story: Telling, event: Event) -> None:
    story.add(event, "alarm", (), f"✗ {event.id} is broken: {event.new}", "bad")


# Put into words


def _said(story: Telling, noted: Noted) -> None:
    fields, row = noted.fields, noted.row
    interaction, state = str(fields.get("interaction", "")), str(fields.get("state", ""))
    talk, number = story.talk(interaction), str(fields.get("requester_number", ""))
    author = str(fields.get("author", ""))
    row.text = f"“{fields.get('body', '')}”"
    if fields.get("direction") == Direction.INBOUND:
        way = (story.requester(author, number), story.provider(), interaction)
        row.stops = way if noted.holder is None else (*way, noted.holder)
        return
    begins = (interaction,) if author == "instance" else (story.agent(author), interaction)
    row.stops = (*begins, story.provider())
    if state == MessageState.QUEUED:
        row.text += " waits with the provider"
    elif state == MessageState.FAILED:
        row.text, row.tone = f"✗ failed{_code(fields)}: {row.text}", "bad"
    else:
        row.stops = (*row.stops, story.requester(talk.party, number))


def _said_later(story: Telling, noted: Noted) -> None:
    fields, row = noted.fields, noted.row
    state, interaction = str(fields["state"]), str(fields.get("interaction", ""))
    body = f"“{fields.get('body', '')}”"
    if state == MessageState.SENT:
        to = story.requester(story.talk(interaction).party, str(fields.get("requester_number", "")))
        row.stops, row.text = (story.provider(), to), body
        return
    row.stops = (story.provider(), interaction)
    if state in _TROUBLE:
        row.text, row.tone = f"✗ {state}{_code(fields)}: {body}", "bad"
    else:
        row.text, row.tone = f"{state}: {body}", "soft"


def _code(fields: dict[str, Any]) -> str:
    return f" (error {fields['error_code']})" if fields.get("error_code") else ""


def _decided(story: Telling, noted: Noted) -> None:
    fields, row = noted.fields, noted.row
    outcome, agent = fields.get("outcome"), fields.get("agent")
    rows = _rows(fields)
    if row.kind == "arrow":
        row.text += f" · {rows}"
        return
    if agent is not None:
        row.stops = (story.agent(str(agent)),)
    elif fields.get("interaction") is not None:
        row.stops = (str(fields["interaction"]),)
    else:
        row.stops = (story.provider(),)
    row.text, row.tone = rows, "soft"
    if outcome == "warned":
        owner = whose(story.name(str(fields.get("previous_owner"))))
        row.text, row.tone = f"⚠ warned: the number is {owner} · {rows}", "warn"
    elif outcome == "declined":
        row.text, row.tone = "⊘ declines the warning: nothing is sent", "warn"
    elif outcome == "refused":
        refused = by(fields.get("refused_by")).replace(" ·", " by")
        row.text, row.tone = f"✗ refused{refused}: {fields.get('reason', '')}", "bad"
    elif outcome == "undone":
        row.text, row.tone = f"✗ undone{_code(fields)} · {rows}", "bad"


def _rows(fields: dict[str, Any]) -> str:
    row, number = fields.get("row"), fields.get("profile_rule")
    parts = [f"row {row}"] if row else []
    return " · ".join([*parts, f"number by {number}"] if number else parts)


def _prompted(story: Telling, noted: Noted) -> None:
    interaction, agent = noted.fields.get("interaction"), noted.fields.get("agent")
    action = story.name(str(noted.fields.get("action", "")))
    story.talk(str(interaction))
    noted.row.stops = (str(interaction), story.agent(str(agent)))
    noted.row.text = f"prompts the agent · {action}"


def _opted(story: Telling, noted: Noted) -> None:
    number = str(noted.fields.get("requester_number", ""))
    noted.row.kind, noted.row.stops = "note", (story.provider(),)
    noted.row.text, noted.row.tone = f"{number} has {noted.fields.get('state')}", "warn"


def _answered(story: Telling, noted: Noted) -> None:
    fields, row = noted.fields, noted.row
    row.stops = (story.provider(), story.at_number(str(fields.get("requester_number", ""))))
    row.text = f"“{fields.get('body', '')}”"
    if fields.get("state") == MessageState.FAILED:
        row.stops, row.text, row.tone = row.stops[:1], f"✗ failed: {row.text}", "bad"


TELLERS: dict[tuple[str, str], Teller] = {
    ("message", "state"): _message_state,
    ("message", "interaction"): _message_in,
    **{("message", f): _keep for f in ("direction", "author", "body", "requester_number")},
    ("message", "error_code"): _message_error,
    **{("decision", f): _decision for f in ("command", "outcome", "agent", "interaction", "row")},
    **{("decision", f): _decision for f in ("profile_rule", "previous_owner", "error_code")},
    **{("decision", f): _decision for f in ("refused_by", "reason")},
    **{("prompt", f): _keep for f in ("interaction", "agent", "action")},
    ("opt-out", "requester_number"): _keep,
    ("opt-out", "state"): _opt_out_state,
    **{("keyword answer", f): _keep for f in ("requester_number", "state", "body")},
    ("topic run", "fault"): _fault,
    ("invariant", "broken"): _broken,
}
"""By entity and field."""

ENDINGS: dict[str, Ending] = {
    "message": _said,
    _LATER: _said_later,
    "decision": _decided,
    "prompt": _prompted,
    "opt-out": _opted,
    "keyword answer": _answered,
}
"""By entity."""
