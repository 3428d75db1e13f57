"""Which rules a scenario exercised: what it says of itself, and which rows it carried out."""

from __future__ import annotations

from collections.abc import Iterable

from smslab.reports.journal_file import ScenarioRecord
from smslab.simulator.decision_table import SEND_ROWS
from smslab.simulator.journal import Event
from smslab.simulator.requesters.inbound_table import CONVERSATION_ROWS
from smslab.simulator.rules import RULES

DECIDED = ("sent", "received", "undone")
"""The outcomes in which a row was carried out, not only previewed or refused."""

_ROWS = frozenset({row.id for row in SEND_ROWS} | {row.id for row in CONVERSATION_ROWS})


def exercised(record: ScenarioRecord) -> set[str]:
    """The rules of the catalogue that a scenario exercised.

    Those that it is tagged with; but a decision row is exercised where it was carried out,
    whatever the tags say.
    """
    tagged = {tag.removeprefix("@") for tag in record.scenario.tags} & RULES.keys()
    return (tagged - _ROWS) | _carried_out(record.events)


def _carried_out(events: Iterable[Event]) -> set[str]:
    rows: dict[str, str] = {}
    decided: set[str] = set()
    for event in events:
        if event.entity == "decision":
            if event.field == "row":
                rows[event.id] = str(event.new)
            elif event.field == "outcome" and event.new in DECIDED:
                decided.add(event.id)
    return {row for id, row in rows.items() if id in decided}
