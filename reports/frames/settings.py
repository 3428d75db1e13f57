"""The switches and properties that a run, and single scenarios, used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from smslab.reports.frames.columns import COUNT, TEXT, TRUTH, as_text, build
from smslab.reports.frames.told import Told
from smslab.reports.journal_file import RunLine
from smslab.simulator.policy import SETTINGS as CATALOGUE

SETTINGS = {
    "name": TEXT,
    "kind": TEXT,
    "rule": TEXT,
    "question": TEXT,
    "scenario": TEXT,
    "status": TEXT,
    "step": COUNT,
    "value": TEXT,
    "default": TEXT,
    "changed": TRUTH,
}
"""One row per setting of the run (``scenario`` missing), then one per change of a setting within
a scenario. ``kind``: switch (settles an open rule), property (the platform's own) or timer
(a duration, in words). ``rule``:
the rule it settles; ``question``: what it decides. ``status``: how the scenario ended.
``value``: what it was set to; ``default``: as shipped; ``changed``: whether the two differ.
A setting that this version does not know has no kind, rule, question and default."""


def settings(run: RunLine | None, scenarios: Iterable[Told]) -> pd.DataFrame:
    """Every setting used (columns: :data:`SETTINGS`), in the order of the policy."""
    return build(SETTINGS, [*_of_the_run(run), *_of_scenarios(scenarios)])


def _of_the_run(run: RunLine | None) -> Iterator[tuple[object, ...]]:
    if run is not None:
        for name, value in run.policy.items():
            yield _row(name, as_text(value), None, None, None)


def _of_scenarios(scenarios: Iterable[Told]) -> Iterator[tuple[object, ...]]:
    for each in scenarios:
        for event in each.events("setting"):
            yield _row(event.id, as_text(event.new), each.key, each.status, event.step)


def _row(
    name: str, value: str | None, scenario: str | None, status: str | None, step: int | None
) -> tuple[object, ...]:
    known = CATALOGUE.get(name)
    default = None if known is None else known.default
    return (
        name,
        known and known.kind,
        known and known.rule,
        known and known.question,
        scenario,
        status,
        step,
        value,
        default,
        known is not None and value != default,
    )
