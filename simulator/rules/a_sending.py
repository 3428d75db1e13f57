"""A-1 to A-13: what happens when an agent sends an SMS."""

from __future__ import annotations

from functools import partial

from smslab.simulator.rules.rule import Rule

_DECISION_TABLE = "Seed; agent-init-messg-csm-cws.md"
_rule = partial(Rule, section=5)
_open = partial(Rule, source="no source", section=5, settled="open")

SENDING = (
    _rule(
        "A-1",
        "With no active SMS interaction, a new one is created and assigned to the agent, who "
        "joins its live group profile.",
        _DECISION_TABLE,
    ),
    _rule(
        "A-2",
        "With an active interaction that an agent has, the message joins that conversation and "
        "so does the sending agent, while assigned to stays.",
        _DECISION_TABLE,
    ),
    _rule(
        "A-3",
        "An active interaction with the virtual agent is closed, and a new one is created and "
        "assigned to the agent, who joins its live group profile.",
        _DECISION_TABLE,
    ),
    _rule(
        "A-4",
        "An active interaction with a different party is closed, the number gets a new profile "
        "in place of the old, and a new interaction is assigned to the agent; only that this "
        "goes before A-3 and A-2 is open.",
        _DECISION_TABLE,
    ),
    _open(
        "A-5",
        "What a send does to an active interaction still waiting in the queue is open; by "
        "default the agent takes it over.",
    ),
    _open(
        "A-6",
        "The state in which A-3 and A-4 leave the interaction they close is open; by default "
        "Closed Complete.",
    ),
    _open(
        "A-7",
        "Whether a guest counts as a different party is open; by default a guest does not.",
    ),
    _open(
        "A-8",
        "What a send does when no interaction is active but the number is another party's is "
        "open; here A-1 decides and the number is reassigned, with the warning, as in every row.",
        no_setting="P-2 to P-4 hold for every send, so no other choice is left",
    ),
    _open(
        "A-9",
        "Whether two sends on one line at the same moment wait for each other is open; by "
        "default one creates the interaction and the other joins it.",
    ),
    _open(
        "A-10",
        "What happens to a send from a typed number that is no configured provider number is "
        "open; by default it is refused.",
    ),
    _open(
        "A-11",
        "Whether a failed delivery undoes the send is open; by default the decision stays and "
        "the message carries the provider's status and error code.",
    ),
    _open(
        "A-12",
        "Whether a user and the contact or consumer linked to that user are one party is open; "
        "by default they are.",
    ),
    _open(
        "A-13",
        "Whether an interaction in Wrap Up is still active is open; by default it is not, and a "
        "send leaves it alone.",
    ),
)
