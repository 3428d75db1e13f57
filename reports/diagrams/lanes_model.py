"""Who owned a number when, and what agents were told about it: one story per number."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from smslab.reports.frames.columns import rows_of
from smslab.reports.run import Run

Key: TypeAlias = tuple[str, str]
"""Scenario and number."""

_Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something happened to a number, ``since`` the first moment: ``what``, by which rule."""

    since: timedelta
    what: str
    tone: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """An owner, from one moment to another, by position; ``until`` is None while it lasts.

    ``line`` is 0 unless the number has several owners at once.
    """

    owner: str
    begin: int
    until: int | None
    line: int


@dataclass(slots=True)
class Story:
    """What happened to one number in one scenario, and in all others in which it was the same."""

    number: str
    began: datetime
    moments: tuple[Moment, ...]
    spans: tuple[Span, ...]
    scenarios: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Beat:
    """A moment in the making: its place in the order of events, and what is known of it."""

    time: datetime
    order: float
    what: str
    tone: str = ""
    rule: str = ""


def stories(run: Run, numbers: Collection[str] | None = None) -> list[Story]:
    """The stories of a run, equal ones once, in the order of the scenarios.

    Without ``numbers``, those in which a number had more than one owner, or an agent was warned.
    """
    spans = _by_number(rows_of(run.ownership), "number")
    told = _by_number(_warnings(run), "requester_number")
    titles = dict(zip(run.scenarios["scenario"], run.scenarios["title"], strict=True))
    found: dict[object, Story] = {}
    for key, rows in spans.items():
        chosen = len(rows) > 1 or key in told if numbers is None else key[1] in numbers
        if chosen:
            story = _story(key[1], rows, told.get(key, []))
            same = (story.number, story.moments, story.spans)
            found.setdefault(same, story).scenarios.append(str(titles.get(key[0], key[0])))
    return list(found.values())


def _warnings(run: Run) -> list[_Row]:
    decisions = run.decisions
    told = decisions[decisions["outcome"].isin(["warned", "declined"])]
    columns = ["scenario", "requester_number", "outcome", "time", "sequence"]
    return rows_of(told[columns].dropna())


def _by_number(rows: list[_Row], number: str) -> dict[Key, list[_Row]]:
    found: dict[Key, list[_Row]] = {}
    for row in rows:
        found.setdefault((str(row["scenario"]), str(row[number])), []).append(row)
    return found


def _story(number: str, spans: list[_Row], told: list[_Row]) -> Story:
    beats = [_Beat(row["from"], row["sequence"], "") for row in spans]
    ends = [_end(row, spans, beats) for row in spans]
    beats += [_Beat(row["time"], row["sequence"], *_TOLD[str(row["outcome"])]) for row in told]
    order = sorted(
        {id(beat): beat for beat in [*beats, *(end for end in ends if end is not None)]}.values(),
        key=lambda beat: (beat.time, beat.order),
    )
    _name_changes(order, spans, beats)
    place = {id(beat): position for position, beat in enumerate(order)}
    began = order[0].time
    return Story(
        number,
        began,
        tuple(Moment(beat.time - began, beat.what, beat.tone, beat.rule) for beat in order),
        tuple(_on_lines(_placed(spans, beats, ends, place))),
    )


_TOLD = {"warned": ("⚠ warned", "warn"), "declined": ("⊘ declined", "warn")}


def _end(row: _Row, spans: list[_Row], beats: list[_Beat]) -> _Beat | None:
    """When a span ends: with the one that takes over, or at a moment of its own."""
    until = row["until"]
    if until is None:
        return None
    for other, beat in zip(spans, beats, strict=False):
        follows = other["sequence"] > row["sequence"] and other["from_step"] == row["until_step"]
        if follows and beat.time == until:
            return beat
    return _Beat(until, float("inf"), "free")


def _name_changes(order: list[_Beat], spans: list[_Row], beats: list[_Beat]) -> None:
    """Say of every change how it came about: after a warning, it was confirmed."""
    rules = {id(beat): row["from_rule"] for row, beat in zip(spans, beats, strict=False)}
    warned, first = False, True
    for beat in order:
        if beat.what.startswith("⚠"):
            warned = True
        elif beat.what.startswith("⊘"):
            warned = False
        elif id(beat) in rules:
            rule = rules[id(beat)]
            confirmed = warned and rule != "P-5"
            words = "✓ confirmed" if confirmed else "first owner" if first else "new owner"
            beat.what, beat.rule = words, rule or ""
            warned = first = False


def _placed(
    spans: list[_Row], beats: list[_Beat], ends: list[_Beat | None], place: dict[int, int]
) -> Iterator[Span]:
    for row, beat, end in zip(spans, beats, ends, strict=False):
        until = None if end is None else place[id(end)]
        yield Span(str(row["owner"]), place[id(beat)], until, 0)


def _on_lines(spans: Iterator[Span]) -> Iterator[Span]:
    """Spans at the same time on lines of their own."""
    free: list[float] = []
    for span in sorted(spans, key=lambda span: span.begin):
        until = float("inf") if span.until is None else span.until
        line = next((n for n, end in enumerate(free) if end <= span.begin), len(free))
        free[line : line + 1] = [until]
        yield Span(span.owner, span.begin, span.until, line)
