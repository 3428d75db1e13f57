"""Whose a number becomes: by a new profile, by one that moves, or by one that is claimed."""

from __future__ import annotations

from smslab.reports.diagrams.telling import Ending, Noted, Teller, Telling, by, whose
from smslab.simulator.journal import Event
from smslab.simulator.states import ProfileState


def _state(story: Telling, event: Event) -> None:
    if event.old is None:
        story.note(event, "note").fields["rule"] = event.rule
        return
    fields = story.note(event, "note").fields
    number = str(fields.get("number", ""))
    owner = story.requester(fields.get("party"), number)
    ended = event.new == ProfileState.INACTIVE
    is_now = f"is no longer {whose(story.name(owner))}" if ended else f"is {event.new} again"
    row = story.add(event, "note", (owner,), f"{number} {is_now}{by(event.rule)}", "soft")
    story.released[number] = (row, owner)


def _number(story: Telling, event: Event) -> None:
    noted, number = story.note(event, "note"), str(event.new)
    noted.fields["number"] = number
    released, owner = story.released.get(number, (None, ""))
    if story.is_last(noted.row) and len(story.rows) > 1 and story.rows[-2] is released:
        del story.rows[-2]
        noted.fields["from"] = owner
    story.owners[number] = story.requester(None, number)


def _party(story: Telling, event: Event) -> None:
    noted = story.note(event, "note")
    fields = noted.fields
    number = str(fields.get("number", ""))
    party = None if event.new is None else str(event.new)
    if story.is_last(noted.row):
        fields["party"] = party
        story.owners[number] = story.requester(party, number)
        return
    before = story.requester(fields.get("party"), number)
    fields.setdefault("first", fields.get("party"))
    fields["party"] = party
    owner = story.owners[number] = story.requester(party, number)
    words = f"{number} becomes {whose(story.name(owner))}{by(event.rule)}"
    story.add(event, "arrow", (before, owner), words, "soft")


def _in_words(story: Telling, noted: Noted) -> None:
    fields, row = noted.fields, noted.row
    number = str(fields.get("number", ""))
    owner = story.requester(fields.get("first", fields.get("party")), number)
    row.tone = "soft"
    if "from" in fields:
        row.kind, row.stops = "arrow", (fields["from"], owner)
        words = f"{number} moves to {story.name(owner)}"
    else:
        row.stops, words = (owner,), f"{number} is {whose(story.name(owner))}"
    row.text = words + by(fields.get("rule"))


TELLERS: dict[tuple[str, str], Teller] = {
    ("channel user profile", "state"): _state,
    ("channel user profile", "number"): _number,
    ("channel user profile", "party"): _party,
}
"""By entity and field."""

ENDINGS: dict[str, Ending] = {"channel user profile": _in_words}
"""By entity."""
