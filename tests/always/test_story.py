"""A sequence of commands as a feature file."""

from __future__ import annotations

from tests.always.story import feature, given, then, when


def test_a_story_is_a_feature_with_one_scenario() -> None:
    steps = [
        given("the company has no provider"),
        given('the virtual agent\'s topic "Parcels"', [("does", "text"), ("says", "Wait.")]),
        when("1 day pass"),
        then("nothing is left"),
    ]
    assert feature(steps, "Found").splitlines() == [
        "Feature: Found",
        "",
        "  Scenario: The shortest sequence",
        "    Given the company has no provider",
        '    And the virtual agent\'s topic "Parcels"',
        "      | does | text |",
        "      | says | Wait. |",
        "    When 1 day pass",
        "    Then nothing is left",
    ]
