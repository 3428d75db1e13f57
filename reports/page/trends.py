"""Trends over kept runs: small drawings, the runs, and the scenarios that are not steady."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from smslab.reports.comparing.kinds import KINDS
from smslab.reports.history.trends import MOST, Trends
from smslab.reports.page.text import count

_WIDTH, _HEIGHT, _EDGE = 240, 48, 6
_DRAWN = (
    ("Scenarios that did not pass", "bad"),
    ("Scenarios", "scenarios"),
    ("Rules exercised", "rules"),
    ("Seconds", "seconds"),
)
_MARKED = ("seed", "smslab", "switches")


@dataclass(frozen=True, slots=True)
class TrendsView:
    """The section.

    ``bad``: how many did not pass in the last run. ``drawings``: what is drawn, its last value,
    and the drawing. ``since``: kind, how many and the first of them as (fragment, title).
    ``runs``: newest first, ``changed`` naming what is not as in the run before. ``failing`` and
    ``unsteady``: as in the trends, with a ``fragment``.
    """

    sentence: str
    bad: int
    drawings: list[tuple[str, str, Markup]]
    since: list[tuple[str, int, list[tuple[str | None, str]]]]
    runs: list[dict[str, Any]]
    failing: list[dict[str, Any]]
    unsteady: list[dict[str, Any]]


def trends_section(
    trends: Trends, links: Mapping[str, str], titles: Mapping[str, str]
) -> TrendsView | None:
    """The view of the trends; None for fewer than two runs, which make no trend.

    ``links`` are fragments of the page by scenario key, ``titles`` what a reader calls them.
    """
    runs = [{**run, "bad": _bad(run)} for run in trends.runs]
    if len(runs) < 2:
        return None
    for before, run in pairwise(runs):
        run["changed"] = [name for name in _MARKED if run[name] != before[name]]
    runs[0]["changed"] = []
    return TrendsView(
        _sentence(runs),
        runs[-1]["bad"],
        [
            (title, _said(runs[-1][name]), sparkline([run[name] for run in runs], title))
            for title, name in _DRAWN
            if any(run[name] is not None for run in runs)
        ],
        _since(trends, links, titles),
        runs[::-1],
        [{**row, "fragment": links.get(row["scenario"])} for row in trends.failing],
        [{**row, "fragment": links.get(row["scenario"])} for row in trends.unsteady],
    )


def sparkline(values: list[float | None], title: str) -> Markup:
    """A line through the values, from 0 up, the last marked; what is missing is left out."""
    known = [(position, value) for position, value in enumerate(values) if value is not None]
    top = max((value for _, value in known), default=0) or 1
    wide = max(len(values) - 1, 1)
    places = [
        (
            f"{_EDGE + position * (_WIDTH - 2 * _EDGE) / wide:.1f}",
            f"{_HEIGHT - _EDGE - value * (_HEIGHT - 2 * _EDGE) / top:.1f}",
        )
        for position, value in known
    ]
    line = " ".join(f"{x},{y}" for x, y in places)
    said = ", ".join("not known" if value is None else _said(value) for value in values)
    marks = "".join(
        f'<circle cx="{x}" cy="{y}" r="{3.5 if number == len(places) else 1.5}"/>'
        for number, (x, y) in enumerate(places, start=1)
    )
    return Markup(
        f'<svg class="spark" role="img" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" aria-label="{escape(title)}, oldest run first: {escape(said)}">'
        f'<path d="M{_EDGE} {_HEIGHT - _EDGE}H{_WIDTH - _EDGE}"/>'
        f'<polyline points="{line}"/>{marks}</svg>'
    )


def _bad(run: Mapping[str, Any]) -> int:
    number: int = run["failed"] + run["other"]
    return number


def _said(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def _sentence(runs: list[dict[str, Any]]) -> str:
    clean = 0
    for run in reversed(runs):
        if run["bad"]:
            break
        clean += 1
    kept = f"The last {count(len(runs), 'run')} of these features"
    if clean == len(runs):
        return f"{kept}: nothing failed in any of them."
    if clean:
        return f"{kept}: nothing failed in the last {clean if clean > 1 else 'one'}."
    first = next(
        (before["number"] for before in reversed(runs) if not before["bad"]),
        None,
    )
    if first is None:
        return f"{kept}: something failed in every one of them."
    return f"{kept}: run {first} was the last in which nothing failed."


def _since(
    trends: Trends, links: Mapping[str, str], titles: Mapping[str, str]
) -> list[tuple[str, int, list[tuple[str | None, str]]]]:
    return [
        (kind, len(keys), [(links.get(key), titles.get(key, key)) for key in keys[:MOST]])
        for kind in KINDS
        if (keys := trends.since.get(kind, []))
    ]
