"""A file of Mermaid text for every scenario in which something happened."""

from __future__ import annotations

from pathlib import Path

from smslab.reports import Run
from smslab.reports.exports.mermaid import write_mermaid
from tests.reports.hostile import hostile_journal
from tests.reports.story import Story
from tests.reports.synthetic import first_contact, journal_of, reassignment


def test_scenarios_are_numbered_and_those_without_events_left_out(tmp_path: Path) -> None:
    nothing = Story("An idle one", feature="A").step("Given", "x")
    journal = journal_of(reassignment().passed(), nothing.passed(), first_contact().passed())
    names = [path.name for path in write_mermaid(Run(journal), tmp_path)]
    assert names == [
        "0002-The-number-now-belongs-to-someone-else.mmd",
        "0003-A-first-message.mmd",
    ]
    text = (tmp_path / names[0]).read_text(encoding="utf-8")
    assert text.startswith("sequenceDiagram\n")


def test_hostile_names_make_plain_file_names(tmp_path: Path) -> None:
    for path in write_mermaid(Run(hostile_journal()), tmp_path):
        assert path.name.replace("-", "").replace(".mmd", "").isalnum()
        assert len(path.name) < 100
        assert "<script" not in path.read_text(encoding="utf-8")
