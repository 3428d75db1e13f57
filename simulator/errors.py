"""What the simulator says when it cannot or will not do what was asked."""

from __future__ import annotations


class Refused(Exception):
    """The instance refuses a command by a rule; nothing has changed.

    ``rule`` is the rule id, ``reason`` one sentence for the person who asked.
    """

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"{reason} (rule {rule})")
        self.rule = rule
        self.reason = reason


class UnknownRecord(LookupError):
    """The caller named a record that does not exist: a mistake in the call, not a refusal."""
