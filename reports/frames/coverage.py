"""Rule coverage: what the scenarios of a run say about each rule of the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from smslab.reports.exercised import exercised
from smslab.reports.frames.columns import COUNT, TEXT, TRUTH, build
from smslab.reports.frames.told import Told
from smslab.simulator.rules import RULES

RULE_COVERAGE = {
    "id": TEXT,
    "sentence": TEXT,
    "source": TEXT,
    "settled": TEXT,
    "implemented": TRUTH,
    "section": COUNT,
    "scenarios": COUNT,
    "passed": COUNT,
    "failed": COUNT,
    "not_run": COUNT,
    "events": COUNT,
    "decisions": COUNT,
    "breaches": COUNT,
    "exercised": TRUTH,
}
"""One row per rule of the catalogue, in its order. ``settled``: documented or open.
``implemented``: whether this version simulates it. ``scenarios``: how many carry its id as a
tag; of these ``passed``, ``failed`` and ``not_run`` (any other status). ``events``: state changes
that it caused. ``decisions``: in which it was the row, or settled the number, or refused.
``breaches``: how often an invariant was broken. ``exercised``: a scenario that exercised it (see
:func:`~smslab.reports.exercised.exercised`) passed or failed."""


def rule_coverage(scenarios: Iterable[Told]) -> pd.DataFrame:
    """Every rule (columns: :data:`RULE_COVERAGE`)."""
    tagged: Counter[tuple[str, str]] = Counter()
    caused: Counter[tuple[str, str]] = Counter()
    for each in scenarios:
        kind = each.status if each.status in ("passed", "failed") else "not_run"
        tagged.update((rule, kind) for rule in rule_ids(each.record.scenario.tags))
        if kind != "not_run":
            caused.update((rule, "exercised") for rule in exercised(each.record))
        caused.update(_causes(each))
    return build(RULE_COVERAGE, (_row(id, tagged, caused) for id in RULES))


def rule_ids(tags: Iterable[str]) -> list[str]:
    """The ids of the catalogue among the tags of a scenario, each once, in their order."""
    named = (tag.removeprefix("@") for tag in tags)
    return [id for id in dict.fromkeys(named) if id in RULES]


def _causes(each: Told) -> Iterable[tuple[str, str]]:
    for entity, events in each.by_entity.items():
        if entity == "invariant":
            yield from ((event.id, "breaches") for event in events)
        elif entity == "decision":
            told = (e for e in events if e.field in ("row", "profile_rule", "refused_by"))
            yield from ((str(event.new), "decisions") for event in told)
        else:
            yield from ((event.rule, "events") for event in events if event.rule is not None)


def _row(
    id: str, tagged: Counter[tuple[str, str]], caused: Counter[tuple[str, str]]
) -> tuple[object, ...]:
    rule = RULES[id]
    passed, failed, not_run = (tagged[id, kind] for kind in ("passed", "failed", "not_run"))
    return (
        id,
        rule.sentence,
        rule.source,
        rule.settled,
        rule.implemented,
        rule.section,
        passed + failed + not_run,
        passed,
        failed,
        not_run,
        caused[id, "events"],
        caused[id, "decisions"],
        caused[id, "breaches"],
        caused[id, "exercised"] > 0,
    )
