"""Scenarios as the feature file has them: backgrounds once, outlines with their placeholders."""

from __future__ import annotations

import pytest

from smslab.reports.journal_file import ScenarioRecord
from smslab.reports.page.placeholders import filled, outlined
from smslab.reports.page.telling import features
from tests.reports.story import Story


def scenario(name: str, *own: str, rule: str | None = None, at: int = 10) -> Story:
    story = Story(name, feature="Sending", rule=rule, at=at)
    story.step("Given", "the company texts", background=True)
    if rule is not None:
        story.step("And", f"what {rule} needs", background=True)
    for text in own:
        story.step("When", text)
    return story


def example(place: str, at: int) -> ScenarioRecord:
    story = Story(f"In {place}", feature="Sending", at=5, examples={"place": place})
    story.step("When", f"Ana moves to {place}")
    record = story.passed()
    line = record.scenario
    moved = {name: getattr(line, name) for name in line.__dataclass_fields__} | {"at": at}
    return ScenarioRecord(type(line)(**moved), record.steps, record.events, record.result)


def texts(steps: object) -> list[str]:
    return [step.text for step in steps]  # type: ignore[attr-defined]


def test_a_background_stands_once_and_that_of_a_rule_with_its_rule() -> None:
    (feature,) = features(
        [
            scenario("One", "x", rule="Numbers").passed(),
            scenario("Two", "y", rule="Numbers", at=20).passed(),
            scenario("Three", "z", rule="Names", at=30).passed(),
        ]
    )
    assert texts(feature.background) == ["the company texts"]
    assert [(part.name, texts(part.background)) for part in feature.rules] == [
        ("Numbers", ["what Numbers needs"]),
        ("Names", ["what Names needs"]),
    ]


def test_a_scenario_that_was_cut_off_does_not_shorten_the_background() -> None:
    cut = Story("Cut", feature="Sending", at=30)
    (feature,) = features([scenario("One", "x").passed(), cut.cut_off()])
    assert texts(feature.background) == ["the company texts"]


def test_scenarios_stand_in_the_order_of_the_file_and_features_by_name() -> None:
    records = [
        scenario("A later one", "x", at=50).passed(),
        scenario("B earlier one", "x", at=20).passed(),
        Story("Z", feature="Agents").step("Given", "x").passed(),
    ]
    agents, sending = features(records)
    assert agents.name == "Agents"
    names = [each.record.scenario.name for each in sending.entries]
    assert names == ["B earlier one", "A later one"]
    assert [each.anchor for each in sending.entries] == ["s2", "s1"]


def test_the_rows_of_an_outline_are_told_together() -> None:
    records = [example("Berlin", 21), example("London", 20), scenario("One", "x", at=40).passed()]
    (feature,) = features(records)
    ((rows, single),) = [part.told for part in feature.rules]
    assert [each.record.scenario.name for each in rows.entries] == ["In London", "In Berlin"]
    assert len(single.entries) == 1


@pytest.mark.parametrize(
    ("template", "rows"),
    [
        ("Ana moves to <place>", [{"place": "Berlin"}, {"place": "London"}]),
        ("<a> and <b>", [{"a": "x", "b": "y"}, {"a": "y", "b": "x"}]),
        ("a <n> at 1", [{"n": "1"}, {"n": "2"}]),
        ("<n> of 2 in <m>", [{"n": "2", "m": "22"}, {"n": "3", "m": "33"}]),
        ("the <kind> state", [{"kind": "", "n": "1"}, {"kind": "open", "n": "2"}]),
        ("nothing differs", [{"n": "1"}, {"n": "2"}]),
    ],
)
def test_placeholders_are_given_back(template: str, rows: list[dict[str, str]]) -> None:
    made = [filled(template, row) for row in rows]
    found = outlined(made, rows)
    if all(rows[0].values()):
        assert found == template
    assert found is None or [filled(found, row) for row in rows] == made


def test_a_text_that_no_placeholder_explains_is_not_guessed() -> None:
    assert outlined(["Ana at 9:00", "Ana at 9:01"], [{"n": "1"}, {"n": "2"}]) is None
