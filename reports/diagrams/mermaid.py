"""The sequence of a scenario as Mermaid text, for pull requests and wikis that draw it."""

from __future__ import annotations

import re

from smslab.reports.diagrams.lettering import shortened
from smslab.reports.diagrams.sequence_model import sequence_of
from smslab.reports.diagrams.sequence_rows import Lifeline, Row, Sequence
from smslab.reports.journal_file import ScenarioRecord

MOST = 120
"""Characters of a text that Mermaid is given."""

_SAFE = re.compile(r"[^\w .,!?+\-/()“”…·→✗⚠⊘✓]")


def sequence_mermaid(record: ScenarioRecord) -> str:
    """The sequence that :func:`smslab.reports.diagrams.sequence` draws, as Mermaid text.

    Whatever could mean something to Mermaid is written as the entity of its sign. Empty where
    nothing happened.
    """
    told = sequence_of(record)
    if not told.rows:
        return ""
    keys = {line.key: f"p{place}" for place, line in enumerate(told.lifelines)}
    lines = ["sequenceDiagram"]
    lines += [_participant(line, keys[line.key]) for line in told.lifelines]
    lines += [line for row in told.rows for line in _lines(row, keys, told)]
    return "\n".join(f"    {line}" if place else line for place, line in enumerate(lines)) + "\n"


def _participant(line: Lifeline, key: str) -> str:
    word = "actor" if line.kind in ("requester", "agent") else "participant"
    about = f" ({_text(line.about)})" if line.about else ""
    return f"{word} {key} as {_text(line.name)}{about}"


def _lines(row: Row, keys: dict[str, str], told: Sequence) -> list[str]:
    stops = [keys[key] for key in row.stops]
    text = _text(row.text) or "-"
    if row.kind == "arrow" and stops[0] != stops[-1]:
        sign = {"bad": "-x", "soft": "-->>"}.get(row.tone, "->>")
        return [f"{stops[0]}{sign}{stops[-1]}: {text}"]
    if stops:
        return [f"Note over {stops[0]}: {text}"]
    if not told.lifelines:
        return []
    ends = dict.fromkeys((keys[told.lifelines[0].key], keys[told.lifelines[-1].key]))
    return [f"Note over {','.join(ends)}: {text}"]


def _text(text: str) -> str:
    """The text on one line, with entities in place of signs that Mermaid may take for its own."""
    return _SAFE.sub(lambda match: f"#{ord(match.group())};", shortened(text, MOST))
