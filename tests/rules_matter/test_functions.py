"""Every function of a rule matters: broken on purpose, it fails a scenario tagged with it."""

from __future__ import annotations

import pytest

from smslab.simulator.compose import OFFER_CONDITIONS
from smslab.simulator.decision_table import NUMBER_ROWS, SEND_ROWS
from smslab.simulator.policy import SETTINGS
from smslab.simulator.requesters.inbound_table import CONVERSATION_ROWS, MATCH_ROWS
from smslab.simulator.rules import RULES
from tests.rules_matter import (
    carriers,
    extension_points,
    invariants,
    routing,
    sending,
    timers,
    virtual_agent,
)
from tests.rules_matter.breaking import Break, noticed
from tests.rules_matter.settings import DEFAULTS

SUBJECTS = (
    sending.BREAKS,
    extension_points.BREAKS,
    carriers.BREAKS,
    timers.BREAKS,
    virtual_agent.BREAKS,
    routing.BREAKS,
    invariants.BREAKS,
)
BREAKS = [
    pytest.param(rule, each, id=f"{rule}-{position}")
    for subject in SUBJECTS
    for rule, breaks in subject.items()
    for position, each in enumerate(breaks)
]


@pytest.mark.parametrize(("rule", "each"), BREAKS)
def test_every_function_of_a_rule_matters(
    monkeypatch: pytest.MonkeyPatch, rule: str, each: Break
) -> None:
    each(monkeypatch)
    assert noticed(rule)


def test_every_rule_is_broken_by_some_test() -> None:
    broken = {
        *(rule for subject in SUBJECTS for rule in subject),
        *(row.id for row in SEND_ROWS),
        *(row.id for row in NUMBER_ROWS),
        *(row.id for row in CONVERSATION_ROWS),
        *(row.id for row in MATCH_ROWS),
        *(condition.rule for condition in OFFER_CONDITIONS),
        *(SETTINGS[name].rule for name, _ in DEFAULTS),
    }
    assert broken >= set(RULES)
