"""The page as a folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smslab.reports import Run
from smslab.reports.page import details
from smslab.reports.page.folder import page_name, write_folder
from smslab.reports.page.rendering import render
from tests.reports.hostile import hostile_journal
from tests.reports.page_reader import Page
from tests.reports.synthetic import mixed_journal


def test_there_is_an_overview_and_a_page_for_each_feature(tmp_path: Path) -> None:
    run = Run(mixed_journal())
    written = write_folder(run, tmp_path)
    assert written[0] == tmp_path / "index.html"
    assert len(written) == 1 + run.scenarios.groupby(["feature", "file"]).ngroups
    assert sorted(written) == sorted(tmp_path.iterdir())


def test_every_link_between_the_pages_is_relative_and_leads_somewhere(tmp_path: Path) -> None:
    pages = {
        path.name: Page(path.read_text()) for path in write_folder(Run(mixed_journal()), tmp_path)
    }
    between = 0
    for name, page in pages.items():
        for link in page.links:
            target, _, fragment = link.partition("#")
            between += bool(target)
            if not fragment.startswith("?"):
                assert not fragment or fragment in pages[target or name].ids
    assert between > len(pages)


def test_every_scenario_that_decided_something_is_drawn(tmp_path: Path) -> None:
    run = Run(mixed_journal())
    texts = "".join(path.read_text() for path in write_folder(run, tmp_path)[1:])
    drawn = set(re.findall(r'id="s(\d+)q', texts))
    deciding = set(run.decisions["scenario"])
    wanted = {
        str(number)
        for number, key in enumerate(run.scenarios["scenario"], start=1)
        if key in deciding
    }
    assert drawn >= wanted != set()


def test_pages_of_an_earlier_run_go_and_other_files_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.html").write_text("mine")
    (tmp_path / "feature-009-old.html").write_text("old")
    write_folder(Run(mixed_journal()), tmp_path)
    assert (tmp_path / "notes.html").read_text() == "mine"
    assert not (tmp_path / "feature-009-old.html").exists()


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_folder(Run(mixed_journal()), tmp_path / name)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    )
    assert one == two


@pytest.mark.parametrize(
    ("feature", "name"),
    [
        (
            "A number that belongs to someone else",
            "feature-003-a-number-that-belongs-to-someone-else",
        ),
        ("Größe: 5 €", "feature-003-groe-5"),
        ("../../etc/passwd", "feature-003-etc-passwd"),
        ("番号", "feature-003-unnamed"),
        ("W" * 300, "feature-003-" + "w" * 60),
    ],
)
def test_names_of_files_are_plain(feature: str, name: str) -> None:
    assert page_name(3, feature) == f"{name}.html"


def test_hostile_features_make_well_formed_pages(tmp_path: Path) -> None:
    for path in write_folder(Run(hostile_journal()), tmp_path):
        assert Page(path.read_text()).tags["img"] == 0


def test_a_page_of_many_scenarios_says_where_the_drawings_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = Run(mixed_journal())
    all_drawn = Page(render(run)).details
    monkeypatch.setattr(details, "MOST_DRAWN", 3)
    found = Page(render(run)).details
    statuses = run.scenarios["status"].tolist()
    for anchor, html in found.items():
        if statuses[int(anchor[1:]) - 1] == "passed":
            assert "<svg" not in html
            assert "smslab report --folder" in html
        else:
            assert html == all_drawn[anchor]
