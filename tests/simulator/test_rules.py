"""The rule catalogue is complete, in order, and says which rules are open."""

from __future__ import annotations

from smslab.simulator.policy import SETTINGS
from smslab.simulator.rules import RULES

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


def test_the_simulator_follows_every_rule() -> None:
    assert [rule.id for rule in RULES.values() if not rule.implemented] == []


def test_every_switch_belongs_to_a_rule_that_is_there() -> None:
    assert [s.name for s in SETTINGS.values() if s.rule not in RULES] == []


def test_every_open_rule_has_a_setting_or_says_why_it_has_none() -> None:
    settled_by_setting = {setting.rule for setting in SETTINGS.values()}
    open_rules = {rule.id for rule in RULES.values() if rule.settled == "open"}
    reasoned = {rule.id for rule in RULES.values() if rule.no_setting}
    assert open_rules - settled_by_setting == reasoned
