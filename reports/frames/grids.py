"""The decision table and the reassignment cases, counted: what was tried, and what never was."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from smslab.reports.exercised import DECIDED
from smslab.reports.frames.columns import COUNT, TEXT, TRUTH, build
from smslab.simulator.decision_table import (
    SEND_ROWS,
    Conversation,
    ConversationParty,
    NumberStanding,
    Row,
)
from smslab.simulator.requesters.inbound_table import CONVERSATION_ROWS
from smslab.simulator.rules import RULES

BEGINNINGS = ("reply to phone interaction", "prefilled number", "picked number", "typed number")
"""How a send can begin (P-1, C-6 to C-8)."""

COUNTS = {
    "exercised": COUNT,
    "passed": COUNT,
    "failed": COUNT,
    "unfinished": COUNT,
    "warned": COUNT,
    "declined": COUNT,
    "refused": COUNT,
    "undone": COUNT,
}
"""Decisions counted. ``exercised``: carried out (sent, received or undone), of these in scenarios
that ``passed``, ``failed``, or neither (``unfinished``); and by outcome: ``warned``, ``declined``,
``refused``, ``undone`` (which is part of ``exercised``)."""

BY_ROW = {"row": TEXT, "when": TEXT, "then": TEXT, "implemented": TRUTH, **COUNTS}
"""One row per decision row, those never exercised first. ``when`` and ``then`` in words;
alternatives that a switch chooses between stand on lines of their own."""

BY_SITUATION = {
    "conversation": TEXT,
    "conversation_party": TEXT,
    "possible": TRUTH,
    "rows": TEXT,
    **COUNTS,
}
"""One row per situation of the line: who has the active interaction, and whose it is.
``possible``: whether a decision row speaks of it. ``rows``: those that were carried out."""

BY_NUMBER = {"number_standing": TEXT, "began": TEXT, **COUNTS}
"""One row per reassignment case: whose the number was, and how the send began."""


def by_row(decisions: pd.DataFrame) -> pd.DataFrame:
    """The decision table by row (columns: :data:`BY_ROW`)."""
    counts = _counts(decisions, ["row"])
    known = dict.fromkeys(row.id for row in SEND_ROWS)
    known.update(dict.fromkeys(row.id for row in CONVERSATION_ROWS))
    known.update(dict.fromkeys(str(id) for (id,) in counts))
    rows = [(id, *_in_words(id), *counts.get((id,), _NOTHING)) for id in known]
    rows.sort(key=lambda row: bool(row[4]))
    return build(BY_ROW, rows)


def by_situation(decisions: pd.DataFrame) -> pd.DataFrame:
    """The decision table by situation (columns: :data:`BY_SITUATION`), every combination."""
    sends = decisions[decisions["command"] != "requester texts"]
    keys = ["conversation", "conversation_party"]
    counts, fired = _counts(sends, keys), _fired(sends, keys)
    pairs = dict.fromkeys((str(c), str(p)) for c in Conversation for p in ConversationParty)
    pairs.update(dict.fromkeys((str(c), str(p)) for c, p in counts))
    return build(
        BY_SITUATION,
        (
            (*pair, _is_possible(*pair), fired.get(pair, ""), *counts.get(pair, _NOTHING))
            for pair in pairs
        ),
    )


def by_number(decisions: pd.DataFrame) -> pd.DataFrame:
    """The reassignment cases (columns: :data:`BY_NUMBER`), every combination."""
    counts = _counts(decisions, ["number_standing", "began"])
    pairs = dict.fromkeys((str(s), b) for s in NumberStanding for b in BEGINNINGS)
    pairs.update(dict.fromkeys((str(s), str(b)) for s, b in counts))
    return build(BY_NUMBER, ((*pair, *counts.get(pair, _NOTHING)) for pair in pairs))


_NOTHING = (0,) * len(COUNTS)


def _counts(decisions: pd.DataFrame, keys: list[str]) -> dict[tuple[Any, ...], tuple[int, ...]]:
    """The :data:`COUNTS` of each combination of ``keys`` that occurs."""
    decided = decisions["outcome"].isin(DECIDED)
    passed, failed = (decisions["status"] == status for status in ("passed", "failed"))
    flags = pd.DataFrame(
        {
            **{key: decisions[key] for key in keys},
            "exercised": decided,
            "passed": decided & passed,
            "failed": decided & failed,
            "unfinished": decided & ~passed & ~failed,
            **{o: decisions["outcome"] == o for o in ("warned", "declined", "refused", "undone")},
        }
    )
    sums = flags.groupby(keys, sort=True)[list(COUNTS)].sum()
    return {
        _tuple(key): tuple(map(int, row)) for key, row in zip(sums.index, sums.values, strict=True)
    }


def _fired(decisions: pd.DataFrame, keys: list[str]) -> dict[tuple[Any, ...], str]:
    decided = decisions[decisions["outcome"].isin(DECIDED) & decisions["row"].notna()]
    return {_tuple(key): ", ".join(sorted(set(rows))) for key, rows in decided.groupby(keys)["row"]}


def _tuple(key: Hashable) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


def _is_possible(conversation: str, party: str) -> bool:
    return any(
        conversation in set(map(str, row.conversation)) and party in set(map(str, row.parties))
        for row in SEND_ROWS
    )


def _in_words(id: str) -> tuple[str, str, bool]:
    sends = [row for row in SEND_ROWS if row.id == id]
    texts = [row for row in CONVERSATION_ROWS if row.id == id]
    whens = [_when_sent(row) for row in sends]
    whens += [f"A requester texts: {_conversation(row.conversation)}" for row in texts]
    thens = [_then(row) for row in sends]
    thens += [_OPENS if row.opens else _JOINS for row in texts]
    implemented = id in RULES and RULES[id].implemented
    return "\n".join(dict.fromkeys(whens)), "\n".join(thens), implemented


_OPENS = "a new interaction is opened, and the message goes into it"
_JOINS = "the message goes into the existing conversation"
_WHO = {
    Conversation.AGENT: "an agent",
    Conversation.VIRTUAL_AGENT: "the virtual agent",
    Conversation.QUEUE: "nobody yet (it waits in the queue)",
}
_WHOSE = {
    ConversationParty.SAME: "the same party",
    ConversationParty.DIFFERENT: "a different party",
    ConversationParty.GUEST: "a guest",
}


def _when_sent(row: Row) -> str:
    whose = [words for party, words in _WHOSE.items() if party in row.parties]
    conversation = f"An agent sends: {_conversation(row.conversation)}"
    if len(whose) in (0, len(_WHOSE)):
        return conversation
    return f"{conversation}, and the interaction is that of {_any_of(whose)}"


def _conversation(with_whom: frozenset[Conversation]) -> str:
    if Conversation.NONE in with_whom:
        return "no active SMS interaction on the line"
    words = [words for who, words in _WHO.items() if who in with_whom]
    return f"active interaction with {_any_of(words)}"


def _then(row: Row) -> str:
    effects = "; ".join(map(str, row.effects))
    if row.switch is None:
        return effects
    return f"{row.switch[0]} = {row.switch[1]}: {effects}"


def _any_of(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
