"""C-1 to C-12: what the compose form offers an agent."""

from __future__ import annotations

from functools import partial

from smslab.simulator.rules.rule import Rule

_rule = partial(Rule, section=2)

COMPOSE_FORM = (
    _rule(
        "C-1",
        "An agent can compose an SMS only while some messaging-type channel has a provider "
        "configured.",
        "Seed, Requirements",
    ),
    _rule(
        "C-2",
        "The compose form is available on interactions of every type but messaging.",
        "compose-sms-store-app.md",
    ),
    _rule(
        "C-3",
        "A Closed Complete or Closed Abandoned interaction no longer has the compose form.",
        "agent-init-messg-csm-cws.md",
    ),
    _rule(
        "C-4",
        "Composing takes the role agent_workspace_user.",
        "compose-sms-store-app.md",
    ),
    _rule(
        "C-5",
        "Send from holds the provider number when there is one; of several the agent picks one, "
        "or types one.",
        "Seed; compose-sms-store-app.md",
    ),
    _rule(
        "C-6",
        "Send to starts from the interaction's consumer or contact, and from the user it was "
        "opened for when it has neither.",
        "compose-sms-store-app.md",
    ),
    _rule(
        "C-7",
        "A party that already has a channel user profile gets that profile's number in Send to.",
        "compose-sms-store-app.md",
    ),
    _rule(
        "C-8",
        "Where the channel's configuration allows it, the agent may choose Other and type a "
        "number, which is converted to E.164.",
        "agent-init-messg-csm-cws.md; agent-init-messg-setup.md",
    ),
    _rule(
        "C-9",
        "A conversation going on at the chosen number, whoever it is with, shows as a card: "
        "interaction number, message type, last update, party and assigned to.",
        "Seed; compose-sms-store-app.md",
    ),
    _rule(
        "C-10",
        "Only images can be attached, unless the instance says otherwise.",
        "compose-sms-store-app.md",
    ),
    _rule(
        "C-11",
        "A channel that checks for an active recipient profile is left out for a party without "
        "an active channel user profile.",
        "agent-init-messg-setup.md",
    ),
    _rule(
        "C-12",
        "Channels appear in their configured order, lowest first, and inactive configurations "
        "do not appear.",
        "agent-init-messg-setup.md",
    ),
)
