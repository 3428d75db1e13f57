"""Whose a number was, and from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from smslab.reports.frames.columns import COUNT, TEXT, TIME, build
from smslab.reports.frames.names import Names
from smslab.reports.frames.told import Told
from smslab.simulator.journal import Event

OWNERSHIP = {
    "scenario": TEXT,
    "number": TEXT,
    "channel": TEXT,
    "owner": TEXT,
    "from": TIME,
    "until": TIME,
    "from_step": COUNT,
    "until_step": COUNT,
    "from_rule": TEXT,
    "until_rule": TEXT,
    "profile": TEXT,
    "sequence": COUNT,
}
"""One row per span in which a number belonged to one owner. ``owner``: the party's name, or
``guest``. ``from``, ``until``: virtual time; ``until`` is missing while it lasts. ``from_step``,
``until_step``, ``from_rule``, ``until_rule``: the step and rule that began and ended it.
``profile``: id of the channel user profile. ``sequence``: of the event that began it."""


def ownership(scenarios: Iterable[Told]) -> pd.DataFrame:
    """Every span (columns: :data:`OWNERSHIP`), by scenario, number and beginning."""
    return build(OWNERSHIP, (row for each in scenarios for row in _rows(each)))


@dataclass(slots=True)
class _Span:
    """A channel user profile with one owner, while it is active."""

    owner: str
    began: Event
    ended: Event | None = None


@dataclass(slots=True)
class _Profile:
    """What is known of one profile so far."""

    spans: list[_Span]
    active: bool = False
    number: str = ""
    channel: str = ""


def _rows(each: Told) -> Iterator[tuple[object, ...]]:
    profiles: dict[str, _Profile] = {}
    for event in each.events("channel user profile"):
        _apply(profiles.setdefault(event.id, _Profile([])), event, each.names)
    spans = [(profile, span, id) for id, profile in profiles.items() for span in profile.spans]
    spans.sort(key=lambda found: (found[0].number, found[1].began.sequence))
    for profile, span, id in spans:
        began, ended = span.began, span.ended
        yield (
            each.key,
            profile.number,
            profile.channel,
            span.owner,
            began.time,
            _time(ended),
            began.step,
            ended and ended.step,
            began.rule,
            ended and ended.rule,
            id,
            began.sequence,
        )


def _apply(profile: _Profile, event: Event, names: Names) -> None:
    owner = names.of(event.entity, event.id, event.sequence) or ""
    if event.field == "number":
        profile.number = str(event.new)
    elif event.field == "channel":
        profile.channel = names.shown("channel", event.new) or ""
    elif event.field == "state" and event.new == "active":
        profile.active = True
        profile.spans.append(_Span(owner, event))
    elif profile.active and event.field == "state":
        profile.active = False
        profile.spans[-1].ended = event
    elif profile.active and event.field == "party" and owner != profile.spans[-1].owner:
        profile.spans[-1].ended = event
        profile.spans.append(_Span(owner, event))


def _time(event: Event | None) -> datetime | None:
    return None if event is None else event.time
