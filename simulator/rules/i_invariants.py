"""I-1 to I-10: what must hold in every reachable state."""

from __future__ import annotations

from functools import partial

from smslab.simulator.rules.rule import Rule

_rule = partial(Rule, section=10)

INVARIANTS = (
    _rule(
        "I-1",
        "No line ever has two active SMS interactions.",
        "follows from A-1 to A-4 and R-1 to R-3",
    ),
    _rule(
        "I-2",
        "No number ever has two active profiles on one channel; open to the extent that P-7 is.",
        "follows from P-7",
        settled="open",
        no_setting="the setting of P-7, one_owner_per_number, decides",
    ),
    _rule(
        "I-3",
        "An interaction that is closed gets no message and stays closed.",
        "follows from S-4",
    ),
    _rule(
        "I-4",
        "Each outbound message is part of exactly one interaction, and on that interaction's line.",
        "follows from A-1 to A-4",
    ),
    _rule(
        "I-5",
        "The agent who has an active interaction is a member of its live group profile.",
        "follows from A-1 to A-4",
    ),
    _rule(
        "I-6",
        "When a send is done, the number's active profile is that of the party written to.",
        "follows from P-1 and P-4",
    ),
    _rule(
        "I-7",
        "Joining a conversation by A-2 leaves assigned to alone.",
        "follows from A-2",
    ),
    _rule(
        "I-8",
        "A send that is refused or declined leaves no trace in the records; for a declined one "
        "this is open, as P-5 is.",
        "follows from P-5",
        settled="open",
        no_setting="the setting of P-5, decline_changes_nothing, decides",
    ),
    _rule(
        "I-9",
        "The work an agent accepted stays within capacity, except for what W-6 adds.",
        "follows from W-2 and W-6",
    ),
    _rule(
        "I-10",
        "A profile that was deactivated stays inactive.",
        "follows from P-4",
    ),
)
