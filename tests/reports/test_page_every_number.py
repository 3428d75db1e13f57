"""No part of the page shows a number that its frames do not hold.

What the grids, the facets and the spans show is compared in ``test_page_numbers``; here are the
parts that remain, and, for all of them, that there is no number besides.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable

import pandas as pd
import pytest

from smslab.reports import Run
from smslab.reports.frames.columns import rows_of
from smslab.reports.frames.grids import by_number, by_row, by_situation
from smslab.reports.page import render
from smslab.simulator.decision_table import NUMBER_ROWS
from smslab.simulator.rules import SECTIONS
from tests.reports.page_text import plain
from tests.reports.synthetic import mixed_journal, reassignment, refused_send

HARMLESS = ("passed", "skipped")


@pytest.fixture(scope="module")
def run() -> Run:
    journal = mixed_journal()
    more = [reassignment(name=f"Moved again, no. {n}").passed() for n in range(11)]
    more += [refused_send().ended("failed", 1, "expected: sent\n     got: refused")]
    journal.scenarios.extend(more)
    journal.scenarios.sort(key=lambda record: record.scenario.scenario)
    return Run(journal)


@pytest.fixture(scope="module")
def page(run: Run) -> str:
    return render(run)


def part(page: str, name: str) -> str:
    """A section without what is drawn, packed or typed into."""
    begin = page.index(f'<section id="{name}"')
    text = page[begin : page.index("</section>", begin)]
    for element in ("svg", "script", "form", "style"):
        text = re.sub(rf"<{element}\b.*?</{element}>", " ", text, flags=re.DOTALL)
    return text


def numbers(texts: Iterable[object]) -> set[str]:
    return {
        found.replace(",", "") for text in texts for found in re.findall(r"\d[\d,]*", str(text))
    }


def held(*frames: pd.DataFrame) -> set[str]:
    """Every number in a cell of the frames; steps count from 1 on the page, from 0 in frames."""
    found = numbers(value for frame in frames for row in rows_of(frame) for value in row.values())
    steps = [frame[name] for frame in frames for name in frame if "step" in str(name)]
    return found | {str(step + 1) for column in steps for step in column.dropna()}


def sizes(frame: pd.DataFrame, *by: str) -> set[str]:
    """How many rows there are for each value of some columns, and in all."""
    groups = [frame.groupby(list(by), dropna=False).size()] if by else []
    return {str(len(frame)), *(str(number) for sizes in groups for number in sizes)}


def allowed(run: Run, name: str) -> set[str]:
    """The numbers that a part of the page may show."""
    bad = run.scenarios[~run.scenarios["status"].isin(HARMLESS)]
    line = run.journal.run
    assert line is not None
    told = held(run.scenarios, run.steps, run.settings) | {str(line.seed)}
    grids = numbers(str(effect) for row in NUMBER_ROWS for effect in row.effects)
    return {
        "failures": told | held(run.followed, run.decisions) | sizes(bad, "status"),
        "rows": held(by_row(run.decisions), by_situation(run.decisions), run.rules, run.settings)
        | sizes(run.decisions, "row")
        | held(run.decisions),
        "numbers": held(by_number(run.decisions), run.rules, run.settings) | grids,
        "states": sizes(run.transitions, "entity", "from", "to")
        | held(run.rules)
        | _records_and_scenarios(run),
        "ownership": held(run.ownership) | sizes(run.ownership, "number") | _moved(run),
        "scenarios": told
        | held(run.followed, run.decisions, run.ownership, run.messages)
        | sizes(run.scenarios, "feature", "status")
        | sizes(run.scenarios)
        | {"1"},  # "Steps count from 1"
        "rules": held(run.rules) | _exercised(run),
        "settings": held(run.settings) | _set(run),
        "provenance": {str(line.seed), str(run.scenarios["feature"].nunique())}
        | numbers([line.smslab]),
    }[name]


def _records_and_scenarios(run: Run) -> set[str]:
    frame = run.transitions
    records = frame.drop_duplicates(["scenario", "id"]).groupby("entity").size()
    scenarios = frame.groupby(["entity", "from", "to"], dropna=False)["scenario"].nunique()
    return {str(number) for counts in (records, scenarios) for number in counts}


def _moved(run: Run) -> set[str]:
    spans = run.ownership.groupby(["scenario", "number"])["owner"].agg(list).map(tuple)
    moved = Counter(owners for owners in spans if len(owners) > 1)
    return {str(number) for number in (*moved.values(), moved.total(), spans.size)} | sizes(
        run.ownership.drop_duplicates(["scenario", "number"]), "number"
    )


def _exercised(run: Run) -> set[str]:
    groups = run.rules.groupby("section")["exercised"]
    return {str(int(number)) for column in (groups.sum(), groups.size()) for number in column}


def _set(run: Run) -> set[str]:
    frame = run.settings
    of_run, within = frame[frame["scenario"].isna()], frame[frame["scenario"].notna()]
    scenarios = within.groupby(["name", "value"])["scenario"].nunique()
    changed = int(of_run["changed"].sum())
    totals = (changed, len(of_run), len(of_run) - changed, within["name"].nunique())
    return {str(number) for number in (*totals, *scenarios)}


SECTION_NAMES = (
    *("failures", "rows", "numbers", "states", "ownership", "scenarios", "rules", "settings"),
    "provenance",
)


@pytest.mark.parametrize("name", SECTION_NAMES)
def test_a_part_shows_no_number_that_its_frames_do_not_hold(name: str, run: Run, page: str) -> None:
    shown = numbers([plain(part(page, name))])
    assert shown
    assert shown - allowed(run, name) == set()


def test_every_part_is_looked_at(page: str) -> None:
    assert set(re.findall(r'<section id="([^"]+)"', page)) == set(SECTION_NAMES)


def test_the_head_of_the_page_counts_scenarios_and_rules(run: Run, page: str) -> None:
    head = page[page.index("<header") : page.index("</header>")]
    known, exercised = len(run.rules), int(run.rules["exercised"].sum())
    simulated = int(run.rules["implemented"].sum())
    untried = by_row(run.decisions)
    rows = untried[(untried["exercised"] == 0) & untried["implemented"]]["row"]
    statuses = run.scenarios["status"].value_counts()
    bad = statuses.drop([status for status in HARMLESS if status in statuses.index])
    others = int(bad.drop("failed").sum())
    shown = numbers([plain(head)])
    expected = {str(number) for number in (known, exercised, simulated, len(run.scenarios), others)}
    assert shown == expected | {str(number) for number in statuses} | numbers(rows)


def test_every_rule_has_its_counts(run: Run, page: str) -> None:
    text = part(page, "rules")
    for row in rows_of(run.rules):
        begin = text.index(f'<tr><th scope="row" class="t">{row["id"]}<')
        cells = re.findall(
            r'<td class="n"[^>]*>([\d,]+)</td>', text[begin : text.index("</tr>", begin)]
        )
        assert cells == [f"{row[n]:,}" for n in ("scenarios", "passed", "failed", "events")]
    for section, rows in run.rules.groupby("section"):
        name = html.escape(SECTIONS[int(str(section))])
        assert f"{name} : {rows['exercised'].sum()} of {len(rows)} exercised" in plain(text)


def test_every_setting_says_how_many_scenarios_set_it(run: Run, page: str) -> None:
    text = part(page, "settings")
    within = run.settings[run.settings["scenario"].notna()]
    for name, rows in within.groupby("name"):
        begin = text.index(f'<th scope="row" class="code">{name}<')
        row = plain(text[begin : text.index("</tr>", begin)])
        for value, number in rows.groupby("value")["scenario"].nunique().items():
            assert f"{value} in {number} scenario" in row


def test_every_feature_counts_its_scenarios(run: Run, page: str) -> None:
    text = part(page, "scenarios")
    found = re.findall(
        r'<details class="feature"[^>]*><summary><h3>(.*?)</h3>(.*?)</summary>', text
    )
    shown = {
        (plain(name), status): int(number)
        for name, counts in found
        for number, status in re.findall(r"([\d,]+) ([a-z ]+?)\b(?=$| \W)", plain(counts))
    }
    expected = run.scenarios.groupby(["feature", "status"]).size()
    assert shown == {key: int(number) for key, number in expected.items()}


def test_the_settings_are_counted(run: Run, page: str) -> None:
    frame = run.settings
    of_run, within = frame[frame["scenario"].isna()], frame[frame["scenario"].notna()]
    changed, named = int(of_run["changed"].sum()), within["name"].nunique()
    said = f"{changed} of {len(of_run)} are not at their default; {named} were set within scenarios"
    assert said in plain(part(page, "settings"))


def test_the_state_maps_count_the_transitions(run: Run, page: str) -> None:
    begin = page.index('<section id="states"')
    section = page[begin : page.index("</section>", begin)]
    drawings = re.findall(r"<svg.*?</svg>", section, re.DOTALL)
    drawn = {plain(re.findall(r"<title[^>]*>(.*?)</title>", each)[0]): each for each in drawings}
    for entity, rows in run.transitions.groupby("entity"):
        drawing = drawn[f"States of the {entity}"]
        expected = Counter(f"{r['from'] or 'new record'} → {r['to']}" for r in rows_of(rows))
        for text in re.findall(r"<desc[^>]*>(.*?)</desc>", drawing), _titles(drawing):
            assert _arrows(text) == expected
        labels = re.findall(r"<text[^>]*>([\d,]+)</text>", drawing)
        assert sorted(map(int, labels)) == sorted(expected.values())
        reached = re.findall(r"reached ([\d,]+) times?", drawing)
        assert sorted(map(int, reached)) == sorted(rows.groupby("to").size())


def _titles(drawing: str) -> list[str]:
    """What is said when an arrow is pointed at."""
    return re.findall(r"<title>(.*?)</title>", drawing)


def _arrows(texts: list[str]) -> dict[str, int]:
    found = re.findall(r"(?:^|; )([^;]*? → [^;]*?): ([\d,]+) times?", "; ".join(texts))
    return {html.unescape(arrow): int(number.replace(",", "")) for arrow, number in found}
