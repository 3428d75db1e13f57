"""The frames of a run as CSV files, one each.

Raw files hold what the frames hold, byte for byte. The safe ones are for spreadsheets: a text
that a spreadsheet would take for a formula has an apostrophe before it. Phone numbers keep
their ``+`` in both, and both are utf-8, with lines that end as RFC 4180 says.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from smslab.reports.atomic import drafted
from smslab.reports.run import FRAMES, Run

_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_NUMBER = re.compile(r"\+[0-9]+")
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_BEGINNING = re.compile(rf"\s*{_SIGNS}")
_WITHIN = re.compile(rf"([\t\r\n;])([^\S\t\r\n]*{_SIGNS})")


def write_csv(run: Run, folder: Path, *, safe: bool = False) -> list[Path]:
    """Write ``scenarios.csv`` and so on into ``folder``, each atomically; returns their paths.

    ``safe``: no text is a formula in a spreadsheet, and the files begin with the mark by which
    Excel knows utf-8. Missing values are empty; times are like ``2026-01-05T09:00:00.000000Z``.
    Raises OSError where that cannot be done.
    """
    paths = []
    for name in FRAMES:
        frame = getattr(run, name)
        paths.append(folder / f"{name}.csv")
        with drafted(paths[-1]) as draft:
            (without_formulas(frame) if safe else frame).to_csv(
                draft,
                index=False,
                date_format=_TIME,
                encoding="utf-8-sig" if safe else "utf-8",
                lineterminator="\r\n",
            )
    return paths


def without_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with an apostrophe before every text that a spreadsheet would calculate.

    The whole of a phone number such as ``+4915123456789`` is left alone. Some spreadsheets
    begin a cell at a semicolon, too, so what follows one counts as a beginning.
    """
    made = frame.copy(deep=False)
    for name in made.columns:
        if made[name].dtype == "str":
            made[name] = made[name].map(plain, na_action="ignore").astype("str")
    return made


def plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    if _NUMBER.fullmatch(text):
        return text
    safe = _WITHIN.sub(r"\1'\2", text)
    return f"'{safe}" if _BEGINNING.match(text) else safe
