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
    routing,
    sending,
    timers,
    virtual_agent,
)
from tests.rules_matter.breaking import noticed
from tests.rules_matter.settings import DEFAULTS

BREAKS = {
    **sending.BREAKS,
    **extension_points.BREAKS,
    **carriers.BREAKS,
    **timers.BREAKS,
    **virtual_agent.BREAKS,
    **routing.BREAKS,
}
"""By rule id; further subjects add their own."""


@pytest.mark.parametrize(
    ("rule", "position"), [(rule, i) for rule, breaks in BREAKS.items() for i in range(len(breaks))]
)
def test_every_function_of_a_rule_matters(
    monkeypatch: pytest.MonkeyPatch, rule: str, position: int
) -> None:
    BREAKS[rule][position](monkeypatch)
    assert noticed(rule)


def test_every_rule_is_broken_by_some_test() -> None:
    broken = {
        *BREAKS,
        *(row.id for row in SEND_ROWS),
        *(row.id for row in NUMBER_ROWS),
        *(row.id for row in CONVERSATION_ROWS),
        *(row.id for row in MATCH_ROWS),
        *(condition.rule for condition in OFFER_CONDITIONS),
        *(SETTINGS[name].rule for name, _ in DEFAULTS),
    }
    sections = {2, 3, 4, 5, 6, 9}
    assert {rule.id for rule in RULES.values() if rule.section in sections} <= broken
