"""W-1 to W-6, T-1 to T-5, O-1 and O-2: routing, timers and opt-out."""

from __future__ import annotations

from functools import partial

from smslab.simulator.rules.rule import Rule

_rule = partial(Rule, section=8, implemented=False)

ROUTING = (
    _rule(
        "W-1",
        "Work is offered only to agents whose presence state receives work on the SMS channel.",
        "awa-configure-agent-presence.md",
        implemented=True,
    ),
    _rule(
        "W-2",
        "An agent at capacity gets no offer, and with nobody free the work item waits in the "
        "queue.",
        "awa-service-channel-capacity.md",
        implemented=True,
    ),
    _rule(
        "W-3",
        "The offer goes to the agent longest without work (Last Assigned) or with the most "
        "capacity left (Most Capacity).",
        "awa-assignment-rules.md",
        implemented=True,
    ),
    _rule(
        "W-4",
        "A rejected or timed-out offer goes to another agent; the reject reason says whether to "
        "ask the same agent again, and a timeout may change the agent's presence state.",
        "awa-assignment-rules.md; reassign-rejected-timed-out-work-items.md",
        implemented=True,
    ),
    _rule(
        "W-5",
        "A requester who asks the virtual agent for an agent is handed to the queue.",
        "exploring-va-sms-twilio-app.md",
        implemented=True,
    ),
    _rule(
        "W-6",
        "Whether capacity limits the SMS that an agent sends is open; by default it does not.",
        "no source",
        settled="open",
        implemented=True,
    ),
)

TIMERS = (
    _rule(
        "T-1",
        "A requester's message without an agent's response prompts the agent, after 30 minutes "
        "by default.",
        "configure-messaging-actions.md",
        implemented=True,
    ),
    _rule(
        "T-2",
        "An agent's message without the requester's response makes the interaction Closed "
        "Abandoned, after 2 days by default.",
        "configure-messaging-actions.md",
        implemented=True,
    ),
    _rule(
        "T-3",
        "A messaging action prompts the agent, prompts the requester, reassigns or sets the "
        "state; it has a duration, a filter on the interaction and an active flag.",
        "configure-messaging-actions.md",
        implemented=True,
    ),
    _rule(
        "T-4",
        "An hourly job closes virtual agent conversations without a requester's message for 2 "
        "hours: No User Response if the requester had engaged, No Activity if not.",
        "va-open-conversations.md; va-interactions.md",
        implemented=True,
    ),
    _rule(
        "T-5",
        "Whether that job also closes an agent's SMS conversation is open, as the pages "
        "disagree; by default it does not.",
        "va-open-conversations.md; configure-messaging-actions.md",
        settled="open",
        implemented=True,
    ),
)

OPT_OUT = (
    _rule(
        "O-1",
        "STOP, START and Notification switch and show update notifications, which start off and "
        "exist only for parties with a user account.",
        "exploring-va-sms-twilio-app.md",
        implemented=True,
    ),
    _rule(
        "O-2",
        "The provider, not the instance, decides whether an SMS reaches a number that sent STOP "
        "(Twilio answers error 21610); whether that text goes into a conversation is open.",
        "provider documentation",
        implemented=True,
    ),
)
