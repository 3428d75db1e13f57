"""Decisions: what each command of a send, and each text of a requester, came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from smslab.reports.frames.columns import COUNT, TEXT, TIME, build
from smslab.reports.frames.told import Told
from smslab.simulator.journal import Event

_RECORDED = (
    "command",
    "row",
    "profile_rule",
    "outcome",
    "refused_by",
    "reason",
    "agent",
    "party",
    "channel",
    "requester_number",
    "provider_number",
    "began",
    "conversation",
    "conversation_party",
    "number_standing",
    "previous_owner",
    "interaction",
    "error_code",
)

DECISIONS = {
    "scenario": TEXT,
    "status": TEXT,
    "id": TEXT,
    "sequence": COUNT,
    "time": TIME,
    "step": COUNT,
    **dict.fromkeys(_RECORDED, TEXT),
}
"""One row per decision. ``status``: how the scenario ended. ``command``: send, decline or
requester texts. ``row``: the decision row that fired (A-1.. or R-1..). ``profile_rule``: the rule
that settled the number. ``outcome``: sent, warned (the agent has yet to answer), declined,
refused (``refused_by`` a rule, ``reason`` in words), undone, received. ``agent``, ``party`` and
``previous_owner`` are names. ``requester_number`` and ``provider_number`` are the line.
``began``: how the send began. ``conversation``: who had the active interaction on the line;
``conversation_party``: whose that was; ``number_standing``: whose the number was, all before the
decision. ``interaction``: the one the message went to;
``error_code``: the provider's, where it refused the message. What does not apply is missing."""


def decisions(scenarios: Iterable[Told]) -> pd.DataFrame:
    """Every decision (columns: :data:`DECISIONS`), by scenario and sequence."""
    return build(DECISIONS, (row for each in scenarios for row in _rows(each)))


def _rows(each: Told) -> Iterator[tuple[object, ...]]:
    first: dict[str, Event] = {}
    fields: dict[str, dict[str, str | None]] = {}
    for event in each.events("decision"):
        first.setdefault(event.id, event)
        shown = each.names.shown(event.field, event.new)
        fields.setdefault(event.id, {})[event.field] = shown
    for id, event in first.items():
        yield (
            each.key,
            each.status,
            id,
            event.sequence,
            event.time,
            event.step,
            *(fields[id].get(name) for name in _RECORDED),
        )
