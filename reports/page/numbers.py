"""The numbers that changed hands within a scenario, by who had them in which order."""

from __future__ import annotations

from dataclasses import dataclass, field

from smslab.reports.frames.columns import rows_of
from smslab.reports.run import Run

Link = tuple[str, str]


@dataclass(slots=True)
class Moved:
    """One order of owners: each with the rule that made it so; ``links`` to its scenarios.

    ``ended``: in the end the number was nobody's. A number counts once in each scenario.
    """

    owners: tuple[tuple[str, str | None], ...]
    ended: bool
    numbers: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def moved_numbers(run: Run, links: dict[str, str]) -> list[Moved]:
    """The orders of owners of numbers that had more than one in a scenario, frequent ones first."""
    titles = dict(zip(run.scenarios["scenario"], run.scenarios["title"], strict=True))
    sizes = run.ownership.groupby(["scenario", "number"])["owner"].transform("size")
    spans: dict[tuple[str, str], list[tuple[str, str | None, bool]]] = {}
    for row in rows_of(run.ownership[sizes > 1]):
        span = (row["owner"], row["from_rule"], row["until"] is not None)
        spans.setdefault((row["scenario"], row["number"]), []).append(span)
    found: dict[object, Moved] = {}
    for (key, number), of_number in spans.items():
        owners = tuple((owner, rule) for owner, rule, _ in of_number)
        moved = found.setdefault((owners, of_number[-1][2]), Moved(owners, of_number[-1][2]))
        moved.links.append((links[key], titles[key]))
        if number not in moved.numbers:
            moved.numbers.append(number)
    return sorted(found.values(), key=lambda moved: -len(moved.links))
