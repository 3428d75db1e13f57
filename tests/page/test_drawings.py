"""Drawings in a real browser, with its fonts: no text on another, none outside, none sideways."""

from __future__ import annotations

from pathlib import Path

import pytest

from smslab.reports import Run
from smslab.reports.diagrams import ownership_lanes, sequence, state_map
from smslab.reports.diagrams.statemap import ENTITIES
from tests.page.conftest import Reader
from tests.reports.hostile import hostile_journal
from tests.reports.story import Story
from tests.reports.synthetic import (
    claimed_guest,
    first_contact,
    journal_of,
    mixed_journal,
    reassignment,
)

TEMPLATES = Path(__file__).parents[2] / "reports" / "templates"

AMISS = """
() => {
  const amiss = [], seen = [0, 0];
  for (const svg of document.querySelectorAll("svg")) {
    const [, , wide, high] = svg.getAttribute("viewBox").split(" ").map(Number);
    const texts = [...svg.querySelectorAll("text")];
    const boxes = texts.map((text) => text.getBBox());
    seen[0] += 1;
    seen[1] += texts.length;
    boxes.forEach((a, i) => {
      const said = texts[i].textContent.slice(0, 40);
      if (a.x < -0.5 || a.x + a.width > wide + 0.5 || a.y + a.height > high + 1)
        amiss.push(`outside: ${said}`);
      boxes.slice(i + 1).forEach((b, j) => {
        const beside = a.x >= b.x + b.width - 0.5 || b.x >= a.x + a.width - 0.5;
        if (!beside && a.y < b.y + b.height - 1.5 && b.y < a.y + a.height - 1.5)
          amiss.push(`on each other: ${said} | ${texts[i + j + 1].textContent.slice(0, 40)}`);
      });
    });
  }
  return [amiss, ...seen];
}
"""

NAMES = (
    "Maximiliane von Hohenstein-Württemberg-Unterhaching",
    "👩‍👩‍👧‍👦" * 20,
    "張偉龍" * 20,
    "مرحبا بالعالم " * 10,
    "Z̷̢̛͎̗͙̆̈́͂̕a̶̡̨̛̖l̸̢̛g̷̨͇o" * 6,
    "\u202eLTR?\u202c<b>&amp;",
)


def named(name: str) -> Story:
    """Ana has this name; she writes and is written to, and her number moves."""
    story = reassignment(name, name=name, feature=name)
    for event in [e for e in story.events if e.field == "name"]:
        story.events[story.events.index(event)] = event._replace(new=f"{name}{event.id}")
    story.change("message", "message-1", "state", "sent", "failed", command="provider reports")
    story.change("interaction", "IMS0000002", "state", "Work In Progress", name)
    return story


def crowd() -> Run:
    return Run(journal_of(*(named(name).ended("failed", 4, name) for name in NAMES)))


def drawings(run: Run) -> str:
    before = Run(journal_of(claimed_guest().passed(), first_contact().passed()))
    scenarios = run.journal.scenarios
    parts = [sequence(record, f"q{place}") for place, record in enumerate(scenarios)]
    parts += [ownership_lanes(run, "o")]
    for place, entity in enumerate(ENTITIES):
        parts += [state_map(run, entity, f"m{place}")]
        parts += [state_map(run, entity, f"c{place}", compared=before)]
    style = "".join(
        (TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.css", "diagrams.css")
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Drawings</title>'
        f"<style>{style}</style><main><section>{''.join(parts)}</section></main>"
    )


@pytest.mark.parametrize(
    "run",
    [Run(mixed_journal()), Run(hostile_journal()), crowd()],
    ids=["mixed", "hostile", "names"],
)
def test_no_text_stands_on_another_or_outside(reader: Reader, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "drawings.html"
    path.write_text(drawings(run), encoding="utf-8")
    opened = reader.open(path)
    amiss, pictures, texts = opened.page.evaluate(AMISS)
    assert amiss == []
    assert pictures >= 10
    assert texts > 100
    assert opened.sideways() == 0
    opened.page.set_viewport_size({"width": 390, "height": 900})
    assert opened.sideways() == 0
    assert opened.page.title() == "Drawings"
    ids = opened.page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids)) > 0


def test_the_measurement_notices_what_it_looks_for(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "bad.html"
    text = '<text x="{}" y="20">some words</text>'
    path.write_text(
        f'<!doctype html><svg viewBox="0 0 200 40" width="200" height="40">{text.format(5)}'
        f"{text.format(40)}{text.format(190)}</svg>",
        encoding="utf-8",
    )
    amiss, pictures, texts = reader.open(path).page.evaluate(AMISS)
    assert (pictures, texts) == (1, 3)
    assert amiss == ["on each other: some words | some words", "outside: some words"]
