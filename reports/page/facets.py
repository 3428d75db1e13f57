"""What scenarios can be found by: status, tag, rule, decision row, party, agent and number."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from smslab.reports.exercised import DECIDED
from smslab.reports.frames.columns import TEXT
from smslab.reports.run import Run
from smslab.simulator.rules import RULES

FACETS = {"scenario": TEXT, "facet": TEXT, "value": TEXT}
"""One row per scenario and thing that it can be found by, each once. ``facet`` is one of:

- ``status``: how it ended;
- ``tag``: with its ``@``;
- ``rule``: a rule that it cites as a tag, or that a state change or a decision in it is due to;
- ``row``: a decision row that was carried out;
- ``situation``, ``case``: a cell of the decision table or of the reassignment grid in which
  something was decided, its two sides joined by ``" / "``;
- ``party``: whose interactions, profiles and numbers there were (a name, or ``guest``);
- ``agent``: who sent, or tried to;
- ``number``: a requester's number."""

SHOWN = ("status", "tag", "rule", "row", "party", "agent", "number", "situation", "case")
"""The facets, in the order in which the page offers them."""


def facets(run: Run) -> pd.DataFrame:
    """Everything that the scenarios of a run can be found by (columns: :data:`FACETS`)."""
    pieces = [*_of_scenarios(run.scenarios), *_of_decisions(run.decisions), *_of_records(run)]
    found = pd.concat(
        [
            pd.DataFrame({"scenario": keys, "facet": facet, "value": values})
            for facet, keys, values in pieces
        ],
        ignore_index=True,
    )
    found = found[found["value"].notna() & (found["value"] != "")].drop_duplicates()
    return found.astype(FACETS).reset_index(drop=True)


_Piece = tuple[str, "pd.Series[str]", "pd.Series[str]"]


def _of_scenarios(scenarios: pd.DataFrame) -> Iterator[_Piece]:
    yield "status", scenarios["scenario"], scenarios["status"]
    tags = scenarios[["scenario", "tags"]].assign(tags=scenarios["tags"].str.split())
    tags = tags.explode("tags")
    yield "tag", tags["scenario"], tags["tags"]
    ids = tags["tags"].str.removeprefix("@")
    known = ids.isin(RULES)
    yield "rule", tags["scenario"][known], ids[known]


def _of_decisions(decisions: pd.DataFrame) -> Iterator[_Piece]:
    keys = decisions["scenario"]
    for column in ("row", "profile_rule", "refused_by"):
        yield "rule", keys, decisions[column]
    decided = decisions["outcome"].isin(DECIDED)
    yield "row", keys[decided], decisions["row"][decided]
    sends = decisions[decisions["command"] != "requester texts"]
    for facet, (down, across) in CELLS.items():
        yield facet, sends["scenario"], sends[down] + " / " + sends[across]
    for column in ("party", "previous_owner"):
        yield "party", keys, decisions[column]
    yield "agent", keys, decisions["agent"]
    yield "number", keys, decisions["requester_number"]


def _of_records(run: Run) -> Iterator[_Piece]:
    transitions, ownership, messages = run.transitions, run.ownership, run.messages
    yield "rule", transitions["scenario"], transitions["rule"]
    yield "party", transitions["scenario"], transitions["of"]
    yield "party", ownership["scenario"], ownership["owner"]
    yield "number", ownership["scenario"], ownership["number"]
    yield "number", messages["scenario"], messages["requester_number"]


CELLS = {
    "situation": ("conversation", "conversation_party"),
    "case": ("number_standing", "began"),
}
"""The columns of the decisions that the two grids are made of."""
