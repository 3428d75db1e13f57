"""What a scenario has besides its steps: shown at once, packed away, or left to another page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smslab.reports.diagrams import sequence
from smslab.reports.journal_file import ScenarioRecord
from smslab.reports.page.event_html import (
    CHANGE_COLUMNS,
    DECISION_COLUMNS,
    MESSAGE_COLUMNS,
    OWNER_COLUMNS,
    Line,
    Row,
    by_scenario,
    change_lines,
    decisions_html,
    messages_html,
    owners_html,
)
from smslab.reports.page.step_html import Attachments
from smslab.reports.page.telling import Entry
from smslab.reports.page.verdict import HARMLESS
from smslab.reports.run import Run
from smslab.reports.titles import status_of

MOST_DRAWN = 1000
"""In one file with more scenarios, only those that did not pass are drawn: the drawings of 2,000
take as long as all the rest of their page. The pages of a folder draw every one."""

_NOT_DRAWN = (
    f'<p class="soft">In a page of more than {MOST_DRAWN:,} scenarios only those that did not '
    "pass are drawn; <code>smslab report --folder</code> draws all.</p>"
)


@dataclass(slots=True)
class Details:
    """The rows of the frames by scenario, and how to show them."""

    changes: dict[str, list[Row]]
    decisions: dict[str, list[Row]]
    owners: dict[str, list[Row]]
    messages: dict[str, list[Row]]
    attachments: Attachments
    homes: Mapping[str, str] | None
    unpacked: bool
    drawn: bool
    parts: dict[str, str] = field(default_factory=dict)

    def changed(self, record: ScenarioRecord) -> list[Line]:
        """The state changes of a scenario."""
        return change_lines(self.changes.get(record.scenario.scenario, ()))

    def put_away(self, entry: Entry) -> None:
        """Keep what is only shown when asked for: the sequence, decisions, owners, messages."""
        key = entry.record.scenario.scenario
        told = (
            decisions_html(self.decisions.get(key, ()))
            + owners_html(self.owners.get(key, ()))
            + messages_html(self.messages.get(key, ()))
        )
        if told:
            self.parts[entry.anchor] = f"{self._drawing(entry)}{told}"

    def _drawing(self, entry: Entry) -> str:
        if self.drawn or status_of(entry.record) not in HARMLESS:
            return sequence(entry.record, f"{entry.anchor}q")
        return _NOT_DRAWN

    def more(self, entry: Entry, said: str = "") -> str:
        """What stands open of it: all in the page of a feature, a link to that in an overview."""
        if self.homes is not None:
            words = f"Its sequence, decisions and messages{said}"
            return f'<p><a href="{self.homes[entry.anchor]}#{entry.anchor}">{words}</a></p>'
        return self.parts.get(entry.anchor, "") if self.unpacked else ""


def details_of(
    run: Run, attachments: Attachments, *, homes: Mapping[str, str] | None, unpacked: bool
) -> Details:
    """The details of a run; ``homes`` and ``unpacked`` as in ``feature_views``."""
    return Details(
        by_scenario(run.followed, CHANGE_COLUMNS),
        by_scenario(run.decisions, DECISION_COLUMNS),
        by_scenario(run.ownership, OWNER_COLUMNS),
        by_scenario(run.messages, MESSAGE_COLUMNS),
        attachments,
        homes,
        unpacked,
        unpacked or len(run.journal.scenarios) <= MOST_DRAWN,
    )
