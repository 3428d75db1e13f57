"""The state changes of a run in a form in which those of another run can stand beside them.

Two runs number their records differently as soon as one of them makes a record more, and a
real instance numbers from anywhere. A record is therefore known by its kind and by how many
of that kind its scenario had before: ``interaction 2`` is the second interaction of the
scenario, whatever its id.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

import pandas as pd

from smslab.reports.frames.columns import COUNT, TEXT
from smslab.reports.run import Run

STATES = {
    "scenario": TEXT,
    "record": TEXT,
    "field": TEXT,
    "nth": COUNT,
    "of": TEXT,
    "old": TEXT,
    "new": TEXT,
}
"""One row per change that a reader follows: of a state, of who has what, or a breach.
``record``: its kind and number within the scenario; ``nth``: the how many-th change of this
field of this record, from 0; ``of``, ``old`` and ``new`` as in
:data:`smslab.reports.frames.changes.CHANGES`, but with such records in place of ids. The columns
of that frame with the journal's own words follow: ``sequence``, ``time``, ``step``, ``entity``,
``id``, ``rule``, ``command`` and, as they were written, ``said_of``, ``said_old`` and
``said_new``."""

KEY = ["scenario", "record", "field", "nth"]
"""The columns that make two rows of two runs the same change."""

COMPARED = ["of", "old", "new"]
"""The columns in which the same change of two runs may differ."""

_SAID = {"of": "said_of", "old": "said_old", "new": "said_new"}
_WORD = re.compile(r"[\w-]+")


def states(run: Run) -> pd.DataFrame:
    """The changes that a reader follows (columns: :data:`STATES`), in the order of the journal.

    Settings are left out: they are what a scenario asks for, not what became of it.
    """
    seen = run.followed[run.followed["entity"] != "setting"].reset_index(drop=True)
    numbers = _numbers(seen)
    keys = pd.MultiIndex.from_frame(seen[["scenario", "id"]])
    seen["record"] = pd.Series(numbers.reindex(keys).array, dtype="str").fillna(seen["id"])
    for name, said in _SAID.items():
        seen[said] = seen[name]
    _rename_values(seen, numbers.to_dict())
    seen["nth"] = seen.groupby(["scenario", "record", "field"]).cumcount()
    return seen


def digests(states: pd.DataFrame) -> dict[str, str]:
    """By scenario, a text that is the same for the same states; none for a scenario without any.

    The order in which different records change plays no part in it.
    """
    ordered = states.sort_values(KEY, kind="stable")
    columns = [ordered[name].astype("object").fillna("") for name in (*KEY[1:], *COMPARED)]
    lines: dict[str, list[str]] = {}
    for scenario, *values in zip(ordered["scenario"], *columns, strict=True):
        lines.setdefault(scenario, []).append("\x1f".join(map(str, values)))
    return {
        scenario: sha256("\x1e".join(each).encode("utf-8", "replace")).hexdigest()[:16]
        for scenario, each in lines.items()
    }


def _numbers(seen: pd.DataFrame) -> pd.Series[Any]:
    """``interaction 2`` and the like by scenario and id, for every record but breaches."""
    records = seen.loc[seen["entity"] != "invariant"]
    records = records[["scenario", "entity", "id"]].drop_duplicates()
    records = records.drop_duplicates(["scenario", "id"])
    nth = records.groupby(["scenario", "entity"]).cumcount() + 1
    names = [f"{entity} {number}" for entity, number in zip(records["entity"], nth, strict=True)]
    index = pd.MultiIndex.from_frame(records[["scenario", "id"]])
    return pd.Series(names, index=index, dtype="str")


def _rename_values(seen: pd.DataFrame, numbers: dict[Any, str]) -> None:
    """Put records in place of ids in the values, also of breaches, which name them in a text."""
    for name in COMPARED:
        there = seen[name].notna() & (seen["field"] != "state")
        pairs = list(zip(seen.loc[there, "scenario"], seen.loc[there, name], strict=True))
        renamed = {pair: _renamed(*pair, numbers) for pair in set(pairs)}
        seen.loc[there, name] = [renamed[pair] for pair in pairs]


def _renamed(scenario: str, text: str, numbers: dict[Any, str]) -> str:
    def known(word: re.Match[str]) -> str:
        return numbers.get((scenario, word[0]), word[0])

    return _WORD.sub(known, text)
