"""R-1 to R-3 and M-1 to M-6: what happens when a requester texts, and who that is."""

from __future__ import annotations

from functools import partial

from smslab.simulator.rules.rule import Rule

_PAGE = "conversation-sms-service-channel-store-app.md"
_rule = partial(Rule, section=6)

REQUESTERS = (
    _rule(
        "R-1",
        "A text on a line with no active SMS interaction opens one, for the virtual agent or "
        "for routing to an agent.",
        _PAGE,
    ),
    _rule(
        "R-2",
        "A text on a line that a live agent has goes into that conversation: agent and "
        "interaction stay.",
        _PAGE,
    ),
    _rule(
        "R-3",
        "A text on a line that the virtual agent has goes into that conversation, and the topic "
        "continues.",
        _PAGE,
    ),
    _rule(
        "M-1",
        "A number found on a user record, and on no profile, gets a profile of that user, for "
        "whom the interaction is opened.",
        _PAGE,
    ),
    _rule(
        "M-2",
        "A number found on a profile, and on no user record, opens the interaction for the "
        "profile's party and changes no user record.",
        _PAGE,
    ),
    _rule(
        "M-3",
        "A number found nowhere is a guest's: the interaction is a guest's and the profile is "
        "bound to nobody.",
        _PAGE,
    ),
    _rule(
        "M-4",
        "Where a user record and a profile name different parties, the profile wins; somebody "
        "may verify and associate the number again later.",
        _PAGE,
    ),
    _rule(
        "M-5",
        "A number on several user records is associated with none of them, as in M-3; that this "
        "holds outside HR is open.",
        "agent-ws-hr-sms-conversation.md",
        settled="open",
    ),
    _rule(
        "M-6",
        "A number on a customer contact is matched as in M-1; whether one on a consumer is "
        "matched too is open, and by default it is.",
        "using-sms-integ-twilio.md",
        settled="open",
    ),
)
