"""A run as its journal tells it, with the pandas frames that every report is made from."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from smslab.reports.collecting import uncollected
from smslab.reports.journal_file import JournalFile, read

if TYPE_CHECKING:
    import pandas as pd

    from smslab.reports.frames.told import Told

FRAMES = (
    "scenarios",
    "steps",
    "transitions",
    "decisions",
    "ownership",
    "messages",
    "rules",
    "settings",
    "changes",
)
"""The names of the frames of a run: the attributes of :class:`Run`, the sheets of a workbook."""


class Run:
    """One journal and its frames; a frame is built when first asked for, and then kept.

    pandas is imported only then, so that the command line starts quickly.
    """

    def __init__(self, journal: JournalFile) -> None:
        self.journal = journal

    @cached_property
    def _told(self) -> list[Told]:
        from smslab.reports.frames.told import told

        return told(self.journal.scenarios)

    @cached_property
    def scenarios(self) -> pd.DataFrame:
        """One row per scenario: :data:`smslab.reports.frames.scenarios.SCENARIOS`."""
        from smslab.reports.frames.scenarios import scenarios

        return scenarios(self.journal.scenarios)

    @cached_property
    def steps(self) -> pd.DataFrame:
        """One row per step: :data:`smslab.reports.frames.steps.STEPS`."""
        from smslab.reports.frames.steps import steps

        return steps(self.journal.scenarios)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """One row per event: :data:`smslab.reports.frames.changes.CHANGES`.

        By far the largest frame; :attr:`followed` and :attr:`transitions` do without it.
        """
        from smslab.reports.frames.changes import changes

        return changes(self._told)

    @cached_property
    def followed(self) -> pd.DataFrame:
        """The rows of :attr:`changes` that a reader follows, with the same columns.

        States, who has what, settings and breaches: what the page shows below a scenario.
        """
        from smslab.reports.frames.changes import followed

        return followed(self._told)

    @cached_property
    def transitions(self) -> pd.DataFrame:
        """One row per state change: :data:`smslab.reports.frames.changes.TRANSITIONS`."""
        from smslab.reports.frames.changes import transitions

        return transitions(self.followed)

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """One row per decision: :data:`smslab.reports.frames.decisions.DECISIONS`."""
        from smslab.reports.frames.decisions import decisions

        return decisions(self._told)

    @cached_property
    def ownership(self) -> pd.DataFrame:
        """One row per span of an owner: :data:`smslab.reports.frames.ownership.OWNERSHIP`."""
        from smslab.reports.frames.ownership import ownership

        return ownership(self._told)

    @cached_property
    def messages(self) -> pd.DataFrame:
        """One row per message: :data:`smslab.reports.frames.messages.MESSAGES`."""
        from smslab.reports.frames.messages import messages

        return messages(self._told)

    @cached_property
    def rules(self) -> pd.DataFrame:
        """One row per rule: :data:`smslab.reports.frames.coverage.RULE_COVERAGE`."""
        from smslab.reports.frames.coverage import rule_coverage

        return rule_coverage(self._told)

    @cached_property
    def settings(self) -> pd.DataFrame:
        """One row per setting used: :data:`smslab.reports.frames.settings.SETTINGS`."""
        from smslab.reports.frames.settings import settings

        return settings(self.journal.run, self._told)


def load(path: str | os.PathLike[str]) -> Run:
    """The run at ``path``: a results folder or a journal file.

    Raises JournalNotFound where there is none; damage is in ``run.journal.damage``.
    """
    with uncollected():
        return Run(read(Path(path)))
