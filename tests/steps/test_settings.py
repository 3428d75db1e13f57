"""Switches on the command line."""

from __future__ import annotations

import pytest

from smslab.simulator.policy import Policy
from smslab.steps.settings import policy_of


def test_switches_change_the_policy() -> None:
    changed = policy_of(["closed_by_send=closed_abandoned", "guest_profile = replace"])
    assert changed == Policy(closed_by_send="closed_abandoned", guest_profile="replace")


@pytest.mark.parametrize(
    ("switch", "said"),
    [
        ("closed_by_sent=closed_abandoned", "did you mean 'closed_by_send'"),
        ("closed_by_send=closed_abandond", "did you mean 'closed_abandoned'"),
        ("closed_by_send", "NAME=VALUE"),
    ],
)
def test_a_wrong_switch_is_a_usage_error_with_the_nearest_choice(switch: str, said: str) -> None:
    with pytest.raises(pytest.UsageError, match=said):
        policy_of([switch])
