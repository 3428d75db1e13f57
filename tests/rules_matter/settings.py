"""The settings in values that are not their defaults."""

from __future__ import annotations

from smslab.simulator.policy import SETTINGS, Setting
from smslab.simulator.rules import RULES


def others(setting: Setting) -> tuple[str, ...]:
    """Values of a setting that are not its default: all, or some where there are many."""
    if setting.kind == "timer":
        return ("1 second", "3000 days")
    some = setting.values if len(setting.values) < 5 else ("none", "DE")
    return tuple(value for value in some if value != setting.default)


DEFAULTS = [
    (setting.name, value)
    for setting in SETTINGS.values()
    if RULES[setting.rule].implemented
    for value in others(setting)
]
"""Name and value of each setting of an implemented rule, away from the default."""
