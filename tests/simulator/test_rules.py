"""The rule catalogue is complete, in order, and says which rules are open."""

from __future__ import annotations

import pytest

from smslab.simulator.policy import SETTINGS
from smslab.simulator.rules import RULES, nearest

SECTIONS = {
    2: {"C": 12},
    3: {"N": 8},
    4: {"P": 10},
    5: {"A": 13},
    6: {"R": 3, "M": 6},
    7: {"S": 5},
    8: {"W": 6, "T": 5, "O": 2},
    9: {"X": 6},
    10: {"I": 10},
}
"""The last number of every letter, by section, in the order of the domain."""

OPEN = (
    *("N-4", "P-5", "P-6", "P-7", "P-8", "P-9", "P-10"),
    *("A-5", "A-6", "A-7", "A-8", "A-9", "A-10", "A-11", "A-12", "A-13"),
    *("M-5", "M-6", "W-6", "T-5", "I-2", "I-8"),
)

NOT_YET = (
    *("S-2", "S-3", "W-1", "W-2", "W-3", "W-4", "W-5", "W-6"),
    *("T-1", "T-2", "T-3", "T-4", "T-5", "O-1", "O-2"),
    *("X-1", "X-2", "X-3", "X-4", "X-5", "X-6", "I-9"),
)


def test_every_rule_is_there_in_order_and_in_its_section() -> None:
    expected = [
        (f"{letter}-{number}", section)
        for section, letters in SECTIONS.items()
        for letter, last in letters.items()
        for number in range(1, last + 1)
    ]
    assert [(key, rule.section) for key, rule in RULES.items()] == expected
    assert [rule.id for rule in RULES.values()] == list(RULES)


def test_every_sentence_is_one_sentence_of_its_own() -> None:
    sentences = [rule.sentence for rule in RULES.values()]
    assert len(set(sentences)) == len(sentences)
    for sentence in sentences:
        assert sentence[0].isupper() or sentence.startswith(("global.", "sn_agent_initiated."))
        assert sentence.endswith(".")
        assert ". " not in sentence


def test_every_rule_names_its_source() -> None:
    assert [rule.id for rule in RULES.values() if not rule.source.strip()] == []
    unsourced = [rule for rule in RULES.values() if rule.source == "no source"]
    assert {rule.settled for rule in unsourced} == {"open"}


def test_open_rules_are_exactly_those_no_source_settles_and_say_so() -> None:
    rules = [rule for rule in RULES.values() if rule.settled == "open"]
    assert [rule.id for rule in rules] == list(OPEN)
    assert [rule.id for rule in rules if "open" not in rule.sentence] == []


def test_rules_the_simulator_does_not_follow_yet() -> None:
    assert tuple(rule.id for rule in RULES.values() if not rule.implemented) == NOT_YET


def test_every_switch_belongs_to_a_rule_that_is_there() -> None:
    assert [s.name for s in SETTINGS.values() if s.rule not in RULES] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a-4", "A-4"), ("A_4", "A-4"), ("A4", "A-4"), ("S-6", "S-5"), ("smoke", None)],
)
def test_nearest_rule_of_a_tag_that_is_none(text: str, expected: str | None) -> None:
    assert nearest(text) == expected
