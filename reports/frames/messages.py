"""Messages and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from smslab.reports.frames.columns import COUNT, TEXT, TIME, build
from smslab.reports.frames.told import Told
from smslab.simulator.journal import Event

_RECORDED = (
    "direction",
    "author",
    "body",
    "interaction",
    "requester_number",
    "provider_number",
    "state",
    "error_code",
)

MESSAGES = {
    "scenario": TEXT,
    "id": TEXT,
    "sequence": COUNT,
    "time": TIME,
    "step": COUNT,
    "of": TEXT,
    **dict.fromkeys(_RECORDED, TEXT),
    "states": TEXT,
}
"""One row per message. ``of``: whose conversation it went into (a party's name, or ``guest``).
``direction``: inbound or outbound. ``author``: a name, or ``guest``. ``interaction``: its number.
``state``: the last one; ``states``: all of them, joined by `` → ``; ``error_code``: the
provider's, where it gave one."""


def messages(scenarios: Iterable[Told]) -> pd.DataFrame:
    """Every message (columns: :data:`MESSAGES`), by scenario and sequence."""
    return build(MESSAGES, (row for each in scenarios for row in _rows(each)))


def _rows(each: Told) -> Iterator[tuple[object, ...]]:
    first: dict[str, Event] = {}
    fields: dict[str, dict[str, str | None]] = {}
    states: dict[str, list[str]] = {}
    for event in each.events("message"):
        first.setdefault(event.id, event)
        fields.setdefault(event.id, {})[event.field] = each.names.shown(event.field, event.new)
        if event.field == "state":
            states.setdefault(event.id, []).append(str(event.new))
    for id, event in first.items():
        yield (
            each.key,
            id,
            event.sequence,
            event.time,
            event.step,
            each.names.of("message", id, event.sequence),
            *(fields[id].get(name) for name in _RECORDED),
            " → ".join(states.get(id, ())),
        )
