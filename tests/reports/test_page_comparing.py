"""The page's sections about other runs: what changed since one of them, and trends."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from smslab.reports import Run
from smslab.reports.comparing import compare
from smslab.reports.history.kept import History, Occasion
from smslab.reports.history.trends import Trends
from smslab.reports.page import render
from smslab.reports.page.compared import compare_section
from smslab.reports.page.trends import sparkline, trends_section
from smslab.reports.page.verdict import anchors
from tests.reports.hostile import hostile_journal
from tests.reports.story import Story, run_line
from tests.reports.synthetic import claimed_guest, first_contact, journal_of, reassignment

START = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def before() -> Run:
    return Run(journal_of(first_contact().passed(), claimed_guest().passed()))


@pytest.fixture
def after() -> Run:
    other = claimed_guest().change("interaction", "IMS0000001", "state", "New", "Faulted")
    return Run(
        journal_of(
            first_contact().ended("failed", 1, "expected: Ben\n     got: Ana"),
            other.passed(),
            reassignment().passed(),
            run=run_line(queued_interaction="close_and_create"),
        )
    )


def trends_of(tmp_path: Path, *runs: Run) -> Trends:
    history = History(str(tmp_path / "history.sqlite"))
    for number, run in enumerate(runs):
        history.keep(run, Occasion(START + timedelta(days=number), "features"))
    return history.trends()


def section(page: str, name: str) -> str:
    found = re.search(rf'<section id="{name}">.*?</section>', page, re.DOTALL)
    assert found is not None, f"there is no section {name}"
    return found[0]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_page_without_other_runs_has_neither_section(after: Run) -> None:
    page = render(after)
    assert 'id="compared"' not in page
    assert 'id="trends"' not in page


def test_what_changed_is_that_of_the_frames(before: Run, after: Run) -> None:
    comparison = compare(before, after, ("monday", "tuesday"))
    view = compare_section(comparison, anchors(after))
    assert view.sentence == comparison.sentence()
    frame = comparison.scenarios
    assert {kind.name: len(kind.scenarios) for kind in view.kinds} == {
        kind: int(number) for kind, number in frame["kind"].value_counts().items()
    }
    changed = comparison.transitions["a"] != comparison.transitions["b"]
    assert len(view.transitions) == changed.sum() > 0


def test_what_changed_is_told_with_links_and_both_sides(before: Run, after: Run) -> None:
    html = section(render(after, comparison=compare(before, after, ("mon", "tue"))), "compared")
    text = words(html)
    assert "From mon to tue: 1 regressed, 1 with different states and 1 new; 0 the same." in text
    assert "queued_interaction take_over close_and_create" in text
    assert "1 regressed did not fail in the first run, and does in the second" in text
    assert "✓ passed → ✗ failed expected: Ben got: Ana" in text
    assert "first difference, in mon no such change of interaction 1" in text
    assert "in tue interaction IMS0000001 of Ana: New → Faulted (in step 2)" in text
    links = anchors(after)
    assert set(re.findall(r'href="#([^"]+)"', html)) == set(links.values())


def test_a_scenario_that_is_gone_is_named_without_a_link(before: Run, after: Run) -> None:
    html = section(render(before, comparison=compare(after, before)), "compared")
    gone = html[html.index("1 gone</span>") :].partition("</details>")[0]
    assert "The number now belongs to someone else" in words(gone)
    assert "href" not in gone


def test_damage_of_the_compared_run_is_said(before: Run, after: Run) -> None:
    before.journal.damage.append("a line is lost")
    html = section(render(after, comparison=compare(before, after)), "compared")
    assert "The journal of the first run is damaged" in words(html)


def test_the_same_comparison_and_trends_give_the_same_bytes(
    before: Run, after: Run, tmp_path: Path
) -> None:
    trends = trends_of(tmp_path, before, after)
    comparison = compare(before, after)
    pages = {render(after, comparison=comparison, trends=trends) for _ in range(2)}
    again = compare(Run(before.journal), Run(after.journal))
    pages.add(render(Run(after.journal), comparison=again, trends=trends))
    assert len(pages) == 1


def test_one_run_is_no_trend(after: Run, tmp_path: Path) -> None:
    page = render(after, trends=trends_of(tmp_path, after))
    assert 'id="trends"' not in page


def test_trends_show_what_was_kept(before: Run, after: Run, tmp_path: Path) -> None:
    html = section(render(after, trends=trends_of(tmp_path, before, before, after)), "trends")
    text = words(html)
    assert "The last 3 runs of these features: run 2 was the last in which nothing failed." in text
    assert "1 regressed A first message" in text
    assert "1 new The number now belongs to someone else" in text
    assert "A first message failed since this run" in text
    assert "3 2026-03-03 08:30 3 2 1 0 0" in text, "the run itself, newest first"
    assert "queued_interaction=close_and_create ≠ changed" in text
    (drawing,) = re.findall(r'aria-label="(Scenarios that did not pass[^"]*)"', html)
    assert drawing == "Scenarios that did not pass, oldest run first: 0, 0, 1"


@pytest.mark.parametrize(
    ("ways", "sentence"),
    [
        ("pp", "The last 2 runs of these features: nothing failed in any of them."),
        ("fpp", "The last 3 runs of these features: nothing failed in the last 2."),
        ("ffp", "The last 3 runs of these features: nothing failed in the last one."),
        ("pff", "The last 3 runs of these features: run 1 was the last in which nothing failed."),
        ("ff", "The last 2 runs of these features: something failed in every one of them."),
    ],
)
def test_the_sentence_of_the_trends(ways: str, sentence: str, tmp_path: Path) -> None:
    statuses = {"p": "passed", "f": "failed"}
    runs = [Run(journal_of(Story("s").ended(statuses[way]))) for way in ways]
    view = trends_section(trends_of(tmp_path, *runs), {}, {})
    assert view is not None
    assert view.sentence == sentence


def test_a_sparkline_goes_from_0_to_the_largest() -> None:
    drawing = ElementTree.fromstring(sparkline([0, 5, None, 10], "Things & more"))
    points = drawing.find("polyline")
    assert points is not None
    assert points.attrib["points"] == "6.0,42.0 82.0,24.0 234.0,6.0"
    assert drawing.attrib["aria-label"] == "Things & more, oldest run first: 0, 5, not known, 10"
    assert len(drawing.findall("circle")) == 3
    flat = ElementTree.fromstring(sparkline([0, 0], "Nothing")).find("polyline")
    assert flat is not None
    assert flat.attrib["points"] == "6.0,42.0 234.0,42.0"


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    hostile, plain = Run(hostile_journal()), Run(journal_of(first_contact().passed()))
    name = '<script>alert(1)</script>"'
    for first, second in ((plain, hostile), (hostile, plain)):
        page = render(
            second,
            comparison=compare(first, second, (name, name)),
            trends=trends_of(tmp_path, first, second),
        )
        for each in ("compared", "trends"):
            html = section(page, each)
            assert not re.search(r"<(script|img|iframe|object|style)\b", html)
            assert not re.search(r"<[^>]*\s(on\w+|style)=", html)
            assert not re.search("[\x00-\x08\x0b-\x1f]", html)
