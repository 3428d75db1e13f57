"""P-1 to P-10: whose number it is, and how it moves to another party."""

from __future__ import annotations

from functools import partial

from smslab.simulator.rules.rule import Rule

_rule = partial(Rule, section=4)

PROFILES = (
    _rule(
        "P-1",
        "An SMS that answers a phone interaction goes to the party that interaction was with "
        "from the start.",
        "Seed",
    ),
    _rule(
        "P-2",
        "When the number's profile is another party's, the agent is warned whose it is and that "
        "sending makes it the current party's.",
        "Seed",
    ),
    _rule(
        "P-3",
        "A number disconnected from A after an interaction stays A's until an agent picks it "
        "for B: the warning names A, and sending gives the number to B.",
        "Seed",
    ),
    _rule(
        "P-4",
        "A number moves by a new channel user profile for the new party and the deactivation of "
        "the old one, which is never edited.",
        "Seed",
    ),
    _rule(
        "P-5",
        "Whether declining the warning leaves everything as it was is open; by default nothing "
        "is sent and nothing changes.",
        "no source",
        settled="open",
    ),
    _rule(
        "P-6",
        "What a send does with a profile bound to nobody is open; by default the party written "
        "to claims it, and nobody is warned.",
        "no source",
        settled="open",
    ),
    _rule(
        "P-7",
        "A number has at most one active SMS profile, whatever the provider number; that this "
        "holds outside HR is open.",
        "agent-ws-hr-sms-conversation.md",
        settled="open",
    ),
    _rule(
        "P-8",
        "When a number moves, what becomes of the old party's active interaction on another line "
        "of that number is open; by default it stays.",
        "no source",
        settled="open",
    ),
    _rule(
        "P-9",
        "Validating a profile answers free, own, guest's or another party's, and names that "
        "party; only the helper's parameters are published, method, field names and wording "
        "are open.",
        "public type package @servicenow/glide",
        settled="open",
        no_setting="the answer has one form, which is this project's own",
    ),
    _rule(
        "P-10",
        "Whether a guest's active interaction passes to the party that claims the guest's "
        "profile is open; by default it does.",
        "no source",
        settled="open",
    ),
)
