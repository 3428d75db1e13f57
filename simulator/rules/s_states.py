"""S-1 to S-5: the states of an interaction."""

from __future__ import annotations

from functools import partial

from smslab.simulator.rules.rule import Rule

_rule = partial(Rule, section=7)

STATES = (
    _rule(
        "S-1",
        "An interaction starts as New, is On Hold while it waits for assignment, and is Work In "
        "Progress once an agent accepts it or is assigned.",
        "interaction-states.md",
    ),
    _rule(
        "S-2",
        "Where wrap-up is configured, a conversation that ends takes its interaction to Wrap Up, "
        "and the agent or the timer ends that as Closed Complete.",
        "interaction-wrap-up-state.md",
    ),
    _rule(
        "S-3",
        "An interaction in Wrap Up still counts against the agent's capacity.",
        "interaction-wrap-up-state.md",
    ),
    _rule(
        "S-4",
        "Closing is final: no message reaches a closed interaction and nothing reopens it.",
        "follows from the tables of A-1 to A-4 and R-1 to R-3",
    ),
    _rule(
        "S-5",
        "The state reason says how it ended: Left Before Engagement or No Activity (abandoned); "
        "User Ended, Auto Closed, No User Response, Topic Complete, Left For Search or Agent "
        "Ended (complete); Error (faulted).",
        "va-interactions.md",
    ),
)
