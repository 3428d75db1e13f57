"""The sequence of a scenario: what its events tell, between its steps, along its clock."""

from __future__ import annotations

from datetime import datetime

from smslab.reports.diagrams import telling_interactions, telling_messages, telling_numbers
from smslab.reports.diagrams.clock import GAP, later
from smslab.reports.diagrams.sequence_rows import KINDS, Lifeline, Row, Sequence
from smslab.reports.diagrams.telling import Ending, Teller, Telling
from smslab.reports.journal_file import ScenarioRecord
from smslab.reports.titles import title

MOST_ROWS = 120
"""Rows that are drawn; of more, those in the middle are left out, and it says so."""

MOST_LIFELINES = 16
"""Lifelines that are drawn; what happens between others is left out, and it says so."""

_TELLERS: dict[tuple[str, str], Teller] = {
    **telling_interactions.TELLERS,
    **telling_numbers.TELLERS,
    **telling_messages.TELLERS,
}
_ENDINGS: dict[str, Ending] = {**telling_numbers.ENDINGS, **telling_messages.ENDINGS}


def sequence_of(record: ScenarioRecord) -> Sequence:
    """What happened in a scenario, between whom, step by step; no rows where nothing did."""
    story = Telling()
    _tell(record, story)
    rows = _with_company(story.rows)
    keys = _first_keys(rows)
    sequence = Sequence(title(record.scenario), _lifelines(story, keys), rows)
    _leave_out(sequence, frozenset(keys))
    if sequence.rows:
        _add_steps(sequence, record)
    return sequence


def _tell(record: ScenarioRecord, story: Telling) -> None:
    tellers = _TELLERS
    for event in record.events:
        teller = tellers.get((event[3], event[5]))
        if teller is not None:
            teller(story, event)
    for (entity, _), noted in story.noted.items():
        _ENDINGS[entity](story, noted)


def _with_company(rows: list[Row]) -> list[Row]:
    """The rows that touch somebody, without those who would be there for nothing else."""
    rows = [row for row in rows if row.stops or row.kind == "alarm"]
    if not any(row.optional for row in rows):
        return rows
    others = {key for row in rows if not row.optional for key in row.stops}
    return [row for row in rows if not row.optional or others.issuperset(row.stops)]


def _first_keys(rows: list[Row]) -> list[str]:
    found = dict.fromkeys(key for row in rows for key in row.stops)
    return list(found)[:MOST_LIFELINES]


def _lifelines(story: Telling, keys: list[str]) -> list[Lifeline]:
    """From left to right, by kind, then as they appear."""
    return sorted(map(story.lifeline, keys), key=lambda line: KINDS.index(line.kind))


def _leave_out(sequence: Sequence, drawn: frozenset[str]) -> None:
    """Leave out what touches a lifeline too many, and the middle of rows too many."""
    rows = [row for row in sequence.rows if drawn.issuperset(row.stops)]
    among_others = len(sequence.rows) - len(rows)
    sequence.left_out = among_others
    if len(rows) > MOST_ROWS:
        half = MOST_ROWS // 2
        cut, rest = rows[half:-half], rows[-half:]
        sequence.left_out += len(cut)
        sequence.resumed = {row.stops[0]: row.state for row in cut if row.kind == "state"}
        rows = [*rows[:half], _cut(rest[0], len(cut), "in between"), *rest]
    if among_others:
        rows.append(_cut((rows or sequence.rows)[-1], among_others, "that touch others"))
    sequence.rows = rows


def _cut(near: Row, number: int, which: str) -> Row:
    words = f"{number:,} rows {which} are not drawn; the tables have everything"
    return Row("cut", near.time, near.step, text=words)


def _add_steps(sequence: Sequence, record: ScenarioRecord) -> None:
    """Put the steps around what they did, and the time that passes between."""
    result = record.result
    failed = -1 if result is None or result.step is None else result.step
    rows: list[Row] = []
    now, step = sequence.rows[0].time, -1
    for row in sequence.rows:
        if row.step != step:
            rows += _end(record, step, now)
            if step < failed < row.step:
                rows += [*_begin(record, failed, now), *_end(record, failed, now)]
            step = row.step
            rows += _begin(record, step, now)
        if row.time - now >= GAP:
            rows.append(Row("gap", row.time, step, text=later(row.time - now)))
        now = row.time
        rows.append(row)
    if step < failed:
        step = failed
        rows += _begin(record, step, now)
    sequence.rows = [*rows, *_end(record, step, now)]


def _begin(record: ScenarioRecord, position: int, time: datetime) -> list[Row]:
    """The words of a step, where there is one."""
    if not 0 <= position < len(record.steps):
        return []
    step = record.steps[position]
    sign = "✗ " if step.status in _FAILED else ""
    words = f"{sign}{position + 1} {step.keyword.strip()} {step.text}"
    return [Row("step", time, position, text=words, tone="bad" if sign else "")]


def _end(record: ScenarioRecord, position: int, time: datetime) -> list[Row]:
    """What a step that failed says."""
    if not 0 <= position < len(record.steps):
        return []
    step = record.steps[position]
    if step.status not in _FAILED or not step.message:
        return []
    words = " · ".join(filter(None, map(str.strip, step.message.splitlines())))
    return [Row("alarm", time, position, text=words, tone="bad")]


_FAILED = ("failed", "broken")
