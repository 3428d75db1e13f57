"""Scenarios in the order of the feature files: by feature and rule, outlines and backgrounds once.

The journal is flat: every row of an outline is a scenario, and every scenario has the steps of
its background. A reader wants them as they were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from smslab.reports.journal_file import ScenarioRecord, StepLine


@dataclass(frozen=True, slots=True)
class Entry:
    """One scenario; ``anchor`` is its fragment on the page."""

    anchor: str
    record: ScenarioRecord


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario, or the rows of an outline."""

    entries: list[Entry]


@dataclass(slots=True)
class RulePart:
    """What stands under one Gherkin rule (None: outside any), and its own background."""

    name: str | None
    told: list[Told] = field(default_factory=list)
    background: list[StepLine] = field(default_factory=list)


@dataclass(slots=True)
class Feature:
    """A feature: its background, and its scenarios by rule, in the order of the file."""

    name: str
    file: str
    rules: list[RulePart]
    background: list[StepLine] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        """Its scenarios, every row of an outline apart."""
        return [entry for part in self.rules for told in part.told for entry in told.entries]


def anchor(position: int) -> str:
    """The fragment of the scenario at this position of the journal."""
    return f"s{position + 1}"


def features(records: Sequence[ScenarioRecord]) -> list[Feature]:
    """Every feature, by name and file."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for position, record in enumerate(records):
        key = (record.scenario.feature, record.scenario.file)
        groups.setdefault(key, []).append(Entry(anchor(position), record))
    return [_feature(name, file, groups[name, file]) for name, file in sorted(groups)]


def same_step(one: StepLine, other: StepLine) -> bool:
    """Whether two steps say the same."""
    return (one.text, one.keyword, one.table, one.docstring) == (
        other.text,
        other.keyword,
        other.table,
        other.docstring,
    )


def _feature(name: str, file: str, entries: list[Entry]) -> Feature:
    rules: dict[str | None, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.record.scenario.at):
        rules.setdefault(entry.record.scenario.rule, []).append(entry)
    parts = [RulePart(rule, _told(found)) for rule, found in rules.items()]
    feature = Feature(name, file, parts, _background(entries))
    if len(parts) > 1 or parts[0].name is not None:
        known = len(feature.background)
        for part in parts:
            of_part = [entry for told in part.told for entry in told.entries]
            part.background = _background(of_part)[known:]
    return feature


def _told(entries: Iterable[Entry]) -> list[Told]:
    """Rows of one outline share the lines of its steps."""
    found: dict[object, Told] = {}
    for entry in entries:
        own = next((step.at for step in entry.record.steps if not step.background), None)
        row = entry.record.scenario.examples is not None and own is not None
        found.setdefault(own if row else entry.anchor, Told([])).entries.append(entry)
    return list(found.values())


def _background(entries: list[Entry]) -> list[StepLine]:
    """The steps that every scenario begins with; one that was cut off does not count."""
    common: list[StepLine] | None = None
    for entry in entries:
        record = entry.record
        if not record.steps or record.result is None:
            continue
        if common is None:
            common = list(takewhile(lambda step: step.background, record.steps))
            continue
        pairs = zip(common, record.steps, strict=False)
        same = sum(
            1 for _ in takewhile(lambda pair: pair[1].background and same_step(*pair), pairs)
        )
        del common[same:]
    return common or []
