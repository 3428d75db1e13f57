"""What a reader does with the page, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from smslab.reports import Run, write_page
from smslab.reports.comparing import compare
from smslab.reports.page.facets import facets
from smslab.reports.page.folder import write_folder
from tests.page.conftest import Opened, Reader
from tests.reports.story import NUMBER
from tests.reports.synthetic import (
    FAILURE,
    first_contact,
    journal_of,
    mixed_journal,
    reassignment,
)


@pytest.fixture(scope="module")
def run() -> Run:
    return Run(mixed_journal())


@pytest.fixture(scope="module")
def report(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    write_page(run, path)
    return path


def anchors(run: Run, facet: str, value: str) -> set[str]:
    """The scenarios that the frames find."""
    found = facets(run)
    keys = set(found[(found["facet"] == facet) & (found["value"] == value)]["scenario"])
    return {f"s{n}" for n, key in enumerate(run.scenarios["scenario"], start=1) if key in keys}


def count_said(opened: Opened) -> str:
    return opened.page.locator("#found").inner_text()


def test_a_failing_scenario_is_found_from_the_verdict(report: Path, reader: Reader) -> None:
    opened = reader.open(report)
    opened.page.locator(".chips a", has_text="failed").click()
    assert count_said(opened) == "1 of 12 scenarios"
    (anchor,) = opened.shown()
    box = opened.page.locator(f"#{anchor}")
    box.scroll_into_view_if_needed()
    assert FAILURE in box.inner_text()
    assert opened.page.evaluate("location.hash") == "#?status=failed"


def test_a_failure_leads_to_its_scenario(report: Path, reader: Reader) -> None:
    opened = reader.open(report)
    link = opened.page.locator("#failures h3 a", has_text="A first message fails")
    link.click()
    target = opened.page.locator(str(link.get_attribute("href")))
    assert target.get_attribute("open") is not None
    assert target.locator("ol.steps").is_visible()


FOLLOW = """fragment => new Promise((done) => {
  addEventListener("hashchange", () => setTimeout(done, 0), { once: true });
  location.hash = fragment;
})"""
FOUND_BY = {
    "status": "undefined",
    "tag": "@A-4",
    "rule": "P-4",
    "row": "A-1",
    "party": "Ben",
    "agent": "Cleo",
    "number": NUMBER,
    "situation": "agent / different",
    "case": "other / reply to phone interaction",
}


def test_an_address_shows_exactly_the_scenarios_that_the_frames_find(
    run: Run, report: Path, reader: Reader
) -> None:
    opened = reader.open(report)
    for facet, value in FOUND_BY.items():
        wanted = anchors(run, facet, value)
        assert wanted
        query = value.replace(" ", "%20").replace("+", "%2B")
        opened.page.evaluate(FOLLOW, f"#?{facet}={query}")
        assert set(opened.shown()) == wanted, facet
        assert count_said(opened).startswith(f"{len(wanted)} of 12 scenarios")


def test_a_tag_is_not_found_by_its_beginning(reader: Reader, tmp_path: Path) -> None:
    journal = journal_of(
        first_contact(name="One", tags=("@A-1",)).passed(),
        first_contact(name="Ten", tags=("@A-10",), at=90).passed(),
    )
    write_page(Run(journal), tmp_path / "report.html")
    opened = reader.open(tmp_path / "report.html", "#?tag=%40A-1")
    assert len(opened.shown()) == 1
    assert opened.page.locator("details.sc:visible").inner_text().count("One") == 1


def test_text_is_found_as_it_stands_in_a_scenario(report: Path, reader: Reader) -> None:
    opened = reader.open(report)
    find = opened.page.get_by_label("Find")
    find.fill("someone  ELSE")
    assert count_said(opened) == "1 of 12 scenarios"
    find.fill("else someone")
    assert count_said(opened) == "0 of 12 scenarios"
    find.fill(".*")
    assert count_said(opened) == "0 of 12 scenarios"


def test_a_filtered_view_is_shared_by_its_address(report: Path, reader: Reader) -> None:
    first = reader.open(report)
    first.page.get_by_label("Party").select_option("Ana")
    first.page.get_by_label("Find").fill("hello")
    fragment = str(first.page.evaluate("location.hash"))
    second = reader.open(report, fragment)
    assert second.shown() == first.shown() != []
    assert second.page.get_by_label("Party").input_value() == "Ana"
    assert second.page.get_by_label("Find").input_value() == "hello"
    second.page.get_by_role("button", name="Show all").click()
    assert count_said(second) == "All 12 scenarios"
    assert len(second.shown()) == 12


def test_one_row_of_an_outline_is_found_without_the_others(report: Path, reader: Reader) -> None:
    opened = reader.open(report)
    opened.page.get_by_label("Find").fill("020 7946 0000")
    assert count_said(opened) == "1 of 12 scenarios"
    rows = opened.page.locator(".ex tbody tr:visible")
    assert rows.count() == 1
    assert "London" in rows.inner_text()


def test_a_decision_row_leads_to_its_scenarios(run: Run, report: Path, reader: Reader) -> None:
    opened = reader.open(report)
    row = opened.page.locator("table.rows tbody tr", has=opened.page.get_by_text("A-4", exact=True))
    row.locator("a.big").click()
    assert set(opened.shown()) == anchors(run, "row", "A-4")
    assert opened.page.get_by_label("Decision row").input_value() == "A-4"
    feature = opened.page.locator("details.feature:visible > summary")
    assert feature.get_attribute("data-found") == f"{len(opened.shown())} found"
    assert opened.page.locator("#scenarios h2").is_visible()


def test_the_sequence_of_a_passing_scenario_is_read(run: Run, report: Path, reader: Reader) -> None:
    opened = reader.open(report, "#?row=A-4")
    (anchor,) = opened.shown()
    assert opened.page.locator(f"#{anchor} svg").count() == 0
    opened.page.locator(f"#{anchor} > summary").click()
    opened.page.wait_for_selector(f"#{anchor} .more svg")
    drawing = opened.page.locator(f"#{anchor} .more svg")
    texts = " ".join(drawing.locator("text").all_text_contents())
    for name in ("Ana", "Ben", "Cleo", "IMS0000002", "A-4"):
        assert name in texts
    assert "Your parcel is here" in opened.page.locator(f"#{anchor} .more").inner_text()


def test_every_example_of_an_outline_has_its_own_details(report: Path, reader: Reader) -> None:
    opened = reader.open(report)
    rows = opened.page.locator(".ex tbody tr")
    ids = [str(rows.nth(n).get_attribute("id")) for n in range(rows.count())]
    for number, anchor in enumerate(ids, start=1):
        opened.page.goto(f"{report.as_uri()}#{anchor}")
        opened.page.wait_for_selector(f".more[data-of={anchor}] h5")
        more = opened.page.locator(f".more[data-of={anchor}]")
        assert f"Example {number}" in more.inner_text()


def test_without_a_script_everything_but_the_details_is_read(report: Path, reader: Reader) -> None:
    page = reader.open(report, script=False).page
    assert page.locator("#filter").is_hidden()
    assert page.locator("noscript").first.is_visible()
    page.locator("details.feature", has_text="Guests").locator("summary").first.click()
    box = page.locator("details.sc", has_text="A guest turns out to be Ana")
    box.locator("summary").click()
    assert box.locator("ol.steps").is_visible()
    assert "Ana" in box.locator("ol.ev").inner_text()


def test_two_runs_are_compared(reader: Reader, tmp_path: Path) -> None:
    before = Run(journal_of(first_contact().passed(), reassignment().passed()))
    after = Run(journal_of(first_contact().passed(), reassignment().ended("failed", 4, "no")))
    write_page(after, tmp_path / "report.html", comparison=compare(before, after))
    opened = reader.open(tmp_path / "report.html")
    opened.page.get_by_role("link", name="What changed").click()
    compared = opened.page.locator("#compared")
    assert "regressed" in compared.inner_text().lower()
    compared.locator("a", has_text="The number now belongs to someone else").first.click()
    assert opened.page.locator("#s1").get_attribute("open") is not None


def test_a_folder_has_every_drawing_without_a_script(
    run: Run, reader: Reader, tmp_path: Path
) -> None:
    written = write_folder(run, tmp_path / "report")
    assert written[0].name == "index.html"
    overview = reader.open(written[0], "#?row=A-4")
    (anchor,) = overview.shown()
    overview.page.locator(f"#{anchor} > summary").click()
    link = overview.page.locator(f"#{anchor} .more a")
    name, _, fragment = str(link.get_attribute("href")).partition("#")
    assert fragment == anchor
    page = reader.open(tmp_path / "report" / name, f"#{anchor}", script=False).page
    assert page.locator(f"#{anchor} svg").count() == 1
    assert page.locator("script").count() == 0
    page.locator("header a").click()
    assert page.url == written[0].as_uri()
