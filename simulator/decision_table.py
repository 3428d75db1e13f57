"""The decision table of domain.md section 5, as data.

Everything that shows, explores or mutates the table reads :data:`SEND_ROWS` and
:data:`NUMBER_ROWS`; :func:`decide` is the only code that picks from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from smslab.simulator.policy import Policy


class Conversation(StrEnum):
    """Who has the active interaction on the line."""

    NONE = "none"
    AGENT = "agent"
    VIRTUAL_AGENT = "virtual agent"
    QUEUE = "queue"


class ConversationParty(StrEnum):
    """Whose the active interaction is, seen from the party that is written to."""

    NONE = "none"
    SAME = "same"
    DIFFERENT = "different"
    GUEST = "guest"


class NumberStanding(StrEnum):
    """Whose the number is, by its active channel user profile (P-9)."""

    FREE = "free"
    OWN = "own"
    GUEST = "guest"
    OTHER = "other"


class Effect(StrEnum):
    """What a decision does, one thing each, in words for the product owner."""

    CLOSE_EXISTING = "the existing interaction is closed"
    SETTLE_NUMBER = "the number becomes the party's (see the number's table)"
    CREATE_PROFILE = "a channel user profile is created for the party"
    CLAIM_PROFILE = "the guest's channel user profile is bound to the party"
    REPLACE_PROFILE = (
        "a channel user profile is created for the party and the existing one is deactivated"
    )
    OPEN_INTERACTION = "a new interaction is opened"
    ASSIGN_TO_AGENT = "the interaction is assigned to the agent"
    JOIN_LIVE_GROUP = "the agent joins the live group profile"
    SEND_MESSAGE = "the message goes into the conversation"


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the table looks at."""

    conversation: Conversation
    party: ConversationParty
    standing: NumberStanding


@dataclass(frozen=True, slots=True)
class Row:
    """A row for the line: fits where both sets hold the situation and the switch has the value."""

    id: str
    conversation: frozenset[Conversation]
    parties: frozenset[ConversationParty]
    effects: tuple[Effect, ...]
    switch: tuple[str, str] | None = None

    def fits(self, conversation: Conversation, party: ConversationParty) -> bool:
        """True where the row speaks of this conversation and party."""
        return conversation in self.conversation and party in self.parties


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A row for the number: what settling it means, and whether the agent is warned first."""

    id: str
    standing: NumberStanding
    effects: tuple[Effect, ...]
    warns: bool = False
    switch: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The rows that fired, what follows in order, and whether the agent is warned first."""

    row: Row
    number_row: NumberRow
    effects: tuple[Effect, ...]
    warns: bool

    def rule_of(self, effect: Effect) -> str:
        """The rule that an effect is due to: the number's row for what it adds, else the row."""
        added = effect in self.number_row.effects and effect not in self.row.effects
        return self.number_row.id if added else self.row.id


_ANYBODY = frozenset(ConversationParty) - {ConversationParty.NONE}
_NEW_INTERACTION = (
    Effect.OPEN_INTERACTION,
    Effect.ASSIGN_TO_AGENT,
    Effect.JOIN_LIVE_GROUP,
    Effect.SEND_MESSAGE,
)

SEND_ROWS: tuple[Row, ...] = (
    Row(
        "A-4",
        frozenset({Conversation.AGENT, Conversation.VIRTUAL_AGENT, Conversation.QUEUE}),
        frozenset({ConversationParty.DIFFERENT}),
        (Effect.CLOSE_EXISTING, Effect.REPLACE_PROFILE, *_NEW_INTERACTION),
    ),
    Row(
        "A-3",
        frozenset({Conversation.VIRTUAL_AGENT}),
        _ANYBODY,
        (Effect.CLOSE_EXISTING, Effect.SETTLE_NUMBER, *_NEW_INTERACTION),
    ),
    Row(
        "A-2",
        frozenset({Conversation.AGENT}),
        _ANYBODY,
        (Effect.SETTLE_NUMBER, Effect.JOIN_LIVE_GROUP, Effect.SEND_MESSAGE),
    ),
    Row(
        "A-5",
        frozenset({Conversation.QUEUE}),
        _ANYBODY,
        (
            Effect.SETTLE_NUMBER,
            Effect.ASSIGN_TO_AGENT,
            Effect.JOIN_LIVE_GROUP,
            Effect.SEND_MESSAGE,
        ),
        switch=("queued_interaction", "take_over"),
    ),
    Row(
        "A-5",
        frozenset({Conversation.QUEUE}),
        _ANYBODY,
        (Effect.CLOSE_EXISTING, Effect.SETTLE_NUMBER, *_NEW_INTERACTION),
        switch=("queued_interaction", "close_and_create"),
    ),
    Row(
        "A-1",
        frozenset({Conversation.NONE}),
        frozenset({ConversationParty.NONE}),
        (Effect.SETTLE_NUMBER, *_NEW_INTERACTION),
    ),
)
"""What happens on the line, first fit first (but see ``different_party_first``)."""

NUMBER_ROWS: tuple[NumberRow, ...] = (
    NumberRow("P-9", NumberStanding.FREE, (Effect.CREATE_PROFILE,)),
    NumberRow("P-9", NumberStanding.OWN, ()),
    NumberRow(
        "P-6", NumberStanding.GUEST, (Effect.CLAIM_PROFILE,), switch=("guest_profile", "claim")
    ),
    NumberRow(
        "P-6", NumberStanding.GUEST, (Effect.REPLACE_PROFILE,), switch=("guest_profile", "replace")
    ),
    NumberRow("P-4", NumberStanding.OTHER, (Effect.REPLACE_PROFILE,), warns=True),
)
"""What settling the number means, by whose it is (A-8: with every row)."""


def rows_in_force(policy: Policy) -> tuple[Row, ...]:
    """The rows of :data:`SEND_ROWS` under this policy, in the order in which they are tried."""
    rows = [row for row in SEND_ROWS if _is_on(row.switch, policy)]
    if not policy.different_party_first:
        rows.sort(key=lambda row: row.id not in _BEFORE_DIFFERENT_PARTY)
    return tuple(rows)


_BEFORE_DIFFERENT_PARTY = frozenset({"A-3", "A-2"})


def decide(situation: Situation, policy: Policy) -> Decision:
    """The decision for a situation: first row that fits, with the number settled by its own row."""
    party = situation.party
    if party is ConversationParty.GUEST and policy.guest_is_different_party:
        party = ConversationParty.DIFFERENT
    row = next(r for r in rows_in_force(policy) if r.fits(situation.conversation, party))
    number_row = next(
        n for n in NUMBER_ROWS if n.standing is situation.standing and _is_on(n.switch, policy)
    )
    return Decision(row, number_row, _settled(row, number_row), number_row.warns)


def _settled(row: Row, number_row: NumberRow) -> tuple[Effect, ...]:
    """The row's effects with the number's own in place of SETTLE_NUMBER."""
    effects: list[Effect] = []
    for effect in row.effects:
        effects.extend(number_row.effects if effect is Effect.SETTLE_NUMBER else (effect,))
    return tuple(effects)


def _is_on(switch: tuple[str, str] | None, policy: Policy) -> bool:
    return switch is None or getattr(policy, switch[0]) == switch[1]
