"""X-1 to X-6: the extension points, each with what it decides."""

from __future__ import annotations

from functools import partial

from smslab.simulator.rules.rule import Rule

_rule = partial(Rule, section=9)

EXTENSION_POINTS = (
    _rule(
        "X-1",
        "global.AgentInitiatedConversationUtil decides the options of Send from and Send to.",
        "Seed",
    ),
    _rule(
        "X-2",
        "global.ChannelUserProfileExtPoint decides which record a channel user id belongs to.",
        "associate-user-profiles-messaging-interactions.md",
    ),
    _rule(
        "X-3",
        "global.InteractionChannelUserProfileExtPoint decides how an interaction's parties and "
        "the profile's party stay the same.",
        "associate-user-profiles-messaging-interactions.md",
    ),
    _rule(
        "X-4",
        "global.ChannelSendToValidation decides whether a recipient id is valid.",
        "agent-init-messg-validate-recipient.md",
    ),
    _rule(
        "X-5",
        "sn_agent_initiated.ChannelsQualifyingForAgentMessaging decides whether a party is "
        "offered a channel.",
        "agent-init-messg-channel-ext-pt.md",
    ),
    _rule(
        "X-6",
        "sn_agent_initiated.AgentInitiatedMessagingUserDocument decides whose record a message "
        "is for.",
        "agent-init-messg-user-record-ext-pt.md",
    ),
)
