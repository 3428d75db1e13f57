"""What a reader calls a scenario, and how it ended; free of pandas, for the command line."""

from __future__ import annotations

from smslab.reports.journal_file import ScenarioLine, ScenarioRecord

CUT_OFF = "cut off"
"""The status of a scenario whose result is not in the journal."""


def status_of(record: ScenarioRecord) -> str:
    """How a scenario ended: its status, or ``cut off``."""
    return CUT_OFF if record.result is None else record.result.status


def withheld(number: int) -> str:
    """What to say of scenarios that were not run; nothing where there are none."""
    if not number:
        return ""
    scenarios = "1 more scenario was" if number == 1 else f"{number:,} more scenarios were"
    return (
        f"{scenarios} not run: in strict mode nothing runs until all of this is put right "
        "(--no-strict runs what can run)"
    )


def title(scenario: ScenarioLine) -> str:
    """What a reader calls a scenario within its feature: rule, name and example values."""
    name = scenario.name if scenario.rule is None else f"{scenario.rule}: {scenario.name}"
    if not scenario.examples:
        return name
    values = ", ".join(f"{column}={value}" for column, value in scenario.examples.items())
    return f"{name} ({values})"
