"""The page on a wide and a narrow screen, for all readers, whatever stands in the journal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smslab.reports import Run
from smslab.reports.journal_file import JournalFile
from smslab.reports.page import render
from smslab.reports.page.folder import write_folder
from tests.page.conftest import Opened, Reader
from tests.reports.hostile import ENDLESS, NASTY, hostile_journal
from tests.reports.synthetic import mixed_journal

JOURNALS = {"mixed": mixed_journal(), "hostile": hostile_journal()}

OPEN_ALL = """async () => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  for (let turn = 0; turn < 40; turn += 1) {
    await new Promise((done) => setTimeout(done, 25));
    const empty = [...document.querySelectorAll("details.sc[id] > .more:not([data-of])")];
    if (!empty.length) return;
  }
}"""


def open_all(opened: Opened) -> None:
    """Unfold everything, and let the details of the scenarios come."""
    opened.page.evaluate(OPEN_ALL)


def fits(opened: Opened) -> None:
    """It is nowhere wider than a screen, a phone, or a sheet of A4 within its margins."""
    for width, paper in ((1280, False), (718, True), (390, False)):
        opened.page.set_viewport_size({"width": width, "height": 900})
        opened.page.emulate_media(media="print" if paper else "screen")
        assert opened.sideways() == 0, width


@pytest.mark.parametrize("journal", JOURNALS.values(), ids=JOURNALS)
def test_nothing_scrolls_sideways(journal: JournalFile, reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(render(Run(journal)), encoding="utf-8")
    opened = reader.open(tmp_path / "report.html")
    fits(opened)
    open_all(opened)
    fits(opened)


def test_nothing_executes_even_without_the_policy(reader: Reader, tmp_path: Path) -> None:
    page = render(Run(JOURNALS["hostile"]))
    without_policy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    assert without_policy != page
    for text in (page, without_policy):
        (tmp_path / "report.html").write_text(text, encoding="utf-8")
        opened = reader.open(tmp_path / "report.html", width=390)
        open_all(opened)
        assert opened.page.title().endswith("- smslab")
        assert opened.page.locator("script:not([type])").count() == 1


def test_hostile_values_can_be_searched_for(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(render(Run(JOURNALS["hostile"])), encoding="utf-8")
    opened = reader.open(tmp_path / "report.html", width=390)
    opened.page.get_by_label("Find").fill("onerror=\"document.title='taken'\"")
    assert opened.page.locator("#found").inner_text() == "1 of 2 scenarios"
    opened.page.get_by_label("Find").fill(ENDLESS)
    assert opened.page.locator("#found").inner_text() == "1 of 2 scenarios"
    for name in ("Tag", "Party"):
        field = opened.page.get_by_label(name)
        values = field.locator("option").evaluate_all("all => all.map((each) => each.value)")
        assert any(value[:20] == f"@{NASTY}"[:20] or value[:8] == NASTY[:8] for value in values)
        for value in values:
            field.select_option(value)
            assert opened.sideways() == 0


def test_the_reader_notices_what_it_looks_for(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        "<title>x</title><div style='width:3000px'>wide</div>"
        "<script>setTimeout(() => { alert(1); fetch('file:///nowhere'); }, 100)</script>"
    )
    opened = reader.open(tmp_path / "bad.html", width=390)
    opened.page.wait_for_timeout(400)
    assert opened.sideways() > 2000
    assert opened.dialogs == ["1"]
    assert opened.requests or opened.errors
    reader.opened.remove(opened)
    opened.page.context.close()


def serious(opened: Opened, *rules: str) -> list[tuple[str, str]]:
    """What axe finds that keeps somebody from reading: by these rules, or by all."""
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = opened.page.evaluate("options => axe.run(document, options)", options)
    assert found["passes"]
    return [
        (each["id"], each["nodes"][0]["html"])
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("page", ["report.html", "feature-003-reassigning-a-number.html"])
def test_nothing_serious_keeps_anyone_from_reading(
    page: str, axe: str, reader: Reader, tmp_path: Path
) -> None:
    run = Run(JOURNALS["mixed"])
    write_folder(run, tmp_path)
    (tmp_path / "report.html").write_text(render(run), encoding="utf-8")
    opened = reader.open(tmp_path / page)
    open_all(opened)
    opened.page.evaluate(axe)
    assert serious(opened) == []
    opened.page.emulate_media(color_scheme="dark")
    assert serious(opened, "color-contrast") == []
