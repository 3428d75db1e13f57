"""The tables of domain.md section 6, as data: a requester texts the company."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from smslab.simulator.decision_table import Conversation


class RecordMatch(StrEnum):
    """On how many records of parties the number stands."""

    NONE = "no record"
    ONE = "one record"
    SEVERAL = "several records"


class ProfileMatch(StrEnum):
    """The number's active profile against those records."""

    NONE = "no profile"
    AGREES = "a profile that no record contradicts"
    DISAGREES = "a profile that the records contradict"


class Opened(StrEnum):
    """Whom a new conversation is opened for."""

    RECORD = "the party of the record, with a new profile"
    PROFILE = "the profile's party"
    GUEST = "a guest, with a new profile bound to nobody"


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """R-1 to R-3: ``opens`` says whether a new interaction is needed."""

    id: str
    conversation: frozenset[Conversation]
    opens: bool


@dataclass(frozen=True, slots=True)
class MatchRow:
    """M-1 to M-5: whom a new interaction is opened for."""

    id: str
    records: frozenset[RecordMatch]
    profile: ProfileMatch
    opened: Opened


CONVERSATION_ROWS: tuple[ConversationRow, ...] = (
    ConversationRow("R-1", frozenset({Conversation.NONE}), opens=True),
    ConversationRow("R-2", frozenset({Conversation.AGENT, Conversation.QUEUE}), opens=False),
    ConversationRow("R-3", frozenset({Conversation.VIRTUAL_AGENT}), opens=False),
)

MATCH_ROWS: tuple[MatchRow, ...] = (
    MatchRow("M-1", frozenset({RecordMatch.ONE}), ProfileMatch.NONE, Opened.RECORD),
    MatchRow("M-2", frozenset(RecordMatch), ProfileMatch.AGREES, Opened.PROFILE),
    MatchRow("M-3", frozenset({RecordMatch.NONE}), ProfileMatch.NONE, Opened.GUEST),
    MatchRow("M-4", frozenset(RecordMatch), ProfileMatch.DISAGREES, Opened.PROFILE),
    MatchRow("M-5", frozenset({RecordMatch.SEVERAL}), ProfileMatch.NONE, Opened.GUEST),
)


def conversation_row(conversation: Conversation) -> ConversationRow:
    """The row for whoever has the active interaction on the line."""
    return next(row for row in CONVERSATION_ROWS if conversation in row.conversation)


def match_row(records: RecordMatch, profile: ProfileMatch) -> MatchRow:
    """The row that says whom the number is matched to."""
    return next(r for r in MATCH_ROWS if records in r.records and profile is r.profile)
