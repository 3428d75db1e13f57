"""Every number on the page is one of a frame."""

from __future__ import annotations

import json
import re

import pytest

from smslab.reports import Run
from smslab.reports.exercised import DECIDED
from smslab.reports.frames.columns import rows_of
from smslab.reports.frames.grids import by_number, by_row, by_situation
from smslab.reports.page import render
from smslab.reports.page.facets import FACETS, SHOWN, facets
from smslab.reports.page.states import ENTITIES, entities
from tests.reports.page_text import plain
from tests.reports.synthetic import mixed_journal


@pytest.fixture(scope="module")
def run() -> Run:
    return Run(mixed_journal())


@pytest.fixture(scope="module")
def page(run: Run) -> str:
    return render(run)


def part(page: str, name: str) -> str:
    begin = page.index(f'<section id="{name}"')
    return page[begin : page.index("</section>", begin)]


def linked(text: str) -> dict[str, tuple[int, str]]:
    """By the filter that a number leads to: the number, and the words after it in its cell."""
    found = {}
    for match in re.finditer(
        r'<a class="big" href="#\?([^"]*)">([\d,]+)<span.*?</a>(.*?)</t[dr]>', text, re.DOTALL
    ):
        found[match[1]] = (int(match[2].replace(",", "")), plain(match[3]))
    return found


def test_the_verdict_counts_the_statuses(run: Run, page: str) -> None:
    chips = plain(page[page.index('class="chips"') : page.index("</header>")])
    for status, number in run.scenarios["status"].value_counts().items():
        assert f"{number} {status}" in chips
    rules = run.rules
    assert f"{rules['exercised'].sum()} of {len(rules)} known rules" in plain(page)


def test_every_decision_row_has_its_counts(run: Run, page: str) -> None:
    cells = linked(part(page, "rows"))
    decided = run.decisions[run.decisions["outcome"].isin(DECIDED)]
    exercised = [row for row in rows_of(by_row(run.decisions)) if row["exercised"]]
    assert exercised
    for row in exercised:
        number, words = cells[f"row={row['row']}"]
        assert number == row["exercised"]
        scenarios = decided[decided["row"] == row["row"]]["scenario"].nunique()
        assert f"in {scenarios} scenario" in words
        for name in ("passed", "failed", "warned", "declined", "refused", "undone"):
            assert (f"{row[name]} {name}" in words) == bool(row[name])


@pytest.mark.parametrize(
    ("name", "facet", "columns"),
    [
        ("rows", "situation", ("conversation", "conversation_party")),
        ("numbers", "case", ("number_standing", "began")),
    ],
)
def test_every_cell_of_the_grids_has_its_counts(
    name: str, facet: str, columns: tuple[str, str], run: Run, page: str
) -> None:
    cells = linked(part(page, name))
    frame = by_situation(run.decisions) if facet == "situation" else by_number(run.decisions)
    exercised = [row for row in rows_of(frame) if row["exercised"]]
    assert exercised
    for row in exercised:
        value = f"{row[columns[0]]} / {row[columns[1]]}".replace(" ", "%20")
        number, words = cells[f"{facet}={value}"]
        assert number == row["exercised"]
        assert (f"{row['warned']} warned" in words) == bool(row["warned"])


def test_every_state_change_is_counted(run: Run, page: str) -> None:
    text = plain(part(page, "states"))
    for entity in entities(run):
        of_entity = run.transitions[run.transitions["entity"] == entity.name]
        records = len(of_entity[["scenario", "id"]].drop_duplicates())
        assert f"{entity.name.capitalize()} {records} record" in text
        assert sum(change["times"] for change in entity.changes) == len(of_entity)
        for change in entity.changes:
            row = (
                f"{change['from'] or 'new'} {change['to']} {change['times']} {change['scenarios']}"
            )
            assert row in text
    assert {each.name for each in entities(run)} == set(ENTITIES)


def test_the_facets_are_what_the_frames_say(run: Run) -> None:
    found = facets(run)
    assert dict(found.dtypes.astype(str)) == FACETS
    assert not found.duplicated().any()

    def keys(facet: str, value: str) -> set[str]:
        return set(found[(found["facet"] == facet) & (found["value"] == value)]["scenario"])

    scenarios, decisions = run.scenarios, run.decisions
    assert keys("status", "passed") == set(scenarios[scenarios["status"] == "passed"]["scenario"])
    tagged = scenarios["tags"].str.split().map(lambda tags: "@A-1" in tags)
    assert keys("tag", "@A-1") == set(scenarios[tagged]["scenario"])
    carried = decisions["outcome"].isin(DECIDED) & (decisions["row"] == "A-4")
    assert keys("row", "A-4") == set(decisions[carried]["scenario"])
    refused = set(decisions[decisions["refused_by"] == "N-5"]["scenario"])
    assert keys("rule", "N-5") >= refused != set()
    assert keys("party", "guest") == {"Guests > A guest turns out to be Ana"}
    assert set(found["facet"]) == set(SHOWN)


def test_the_index_of_the_script_is_the_facets(run: Run, page: str) -> None:
    text = page[page.index('id="index">') + len('id="index">') :]
    index = json.loads(text[: text.index("</script>")])
    found = facets(run)
    told = {
        (key, name, values[code])
        for key, cells in zip(run.scenarios["scenario"], index["scenarios"], strict=True)
        for (name, values), codes in zip(index["facets"], cells, strict=True)
        for code in codes
    }
    assert told == set(found.itertuples(index=False, name=None))


def test_the_spans_of_numbers_that_changed_hands_are_those_of_the_frame(
    run: Run, page: str
) -> None:
    sizes = run.ownership.groupby(["scenario", "number"])["owner"].size()
    moved = int((sizes > 1).sum())
    times = re.findall(r"<summary>([\d,]+)×</summary>", part(page, "ownership"))
    assert sum(map(int, times)) == moved == 2
