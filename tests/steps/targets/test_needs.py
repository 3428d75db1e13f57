"""What phrases need, and how a scenario is shown that needs what the target lacks."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from smslab.steps.engine.registry import Registry, language_modules
from smslab.steps.needs import Need, declares_needs, needs, needs_of
from tests.steps.conftest import Folder
from tests.steps.targets.conftest import Serve, set_up_company, write_targets


def test_every_phrase_says_what_it_needs() -> None:
    phrases = Registry(language_modules()).definitions
    assert [each.place for each in phrases if not declares_needs(each.function)] == []


def test_needs_may_depend_on_the_arguments() -> None:
    @needs(Need.READ, lambda arguments: [Need.SEND] if arguments["agent"] else [Need.INBOUND])
    def phrase() -> None: ...

    assert needs_of(phrase, lambda: {"agent": "Bill"}) == {Need.READ, Need.SEND}
    assert needs_of(phrase, lambda: {"agent": None}) == {Need.READ, Need.INBOUND}
    assert needs_of(lambda: None, dict) == {Need.UNDECLARED}


@pytest.fixture
def described(folder: Folder, serve: Serve) -> Folder:
    """Four scenarios, and a target that can play one of them."""
    url = serve()
    set_up_company(url)
    write_targets(folder, url)
    folder.write(
        "features/conftest.py",
        """
        from pytest_bdd import when

        @when("something of our own is done")
        def _(): ...
        """,
    )
    folder.write(
        "features/some.feature",
        """
        Feature: Some

          Scenario: Possible
            Given Ana is a consumer

          Scenario: In time
            When 3 hours pass
            And the setting "wrap_up" becomes "true"

          Scenario: Of our own
            When something of our own is done

          Scenario: Of another channel
            Given the company has the chat channel "Web" with "+1 312 555 0109"
        """,
    )
    return folder


def test_what_the_target_lacks_is_skipped_loudly_and_in_every_output(described: Folder) -> None:
    options = ["--target", "dev", "--messages", "messages.ndjson"]
    output = described.smslab("run", "features", *options).stdout
    assert "4 scenarios: 1 passed, 3 skipped" in output
    assert "NOT TESTED: 3 scenarios were skipped, because the target dev lacks: " in output
    for need in (Need.TIME, Need.SETTINGS, Need.UNDECLARED, Need.COMPANY):
        assert f"{need} (1)" in output
    said = "not run: the target lacks time control and changing settings."
    result = next(
        record.result
        for record in described.journal().scenarios
        if record.scenario.name == "In time" and record.result
    )
    assert (result.status, result.step, result.message) == ("skipped", 0, said)
    page = (described.path / "results/latest/report.html").read_text()
    assert said in page
    assert "<strong>Not tested:</strong>" in page
    junit = ElementTree.parse(described.path / "results/latest/junit.xml").getroot()
    assert junit.attrib["skipped"] == "3"
    assert said in [each.attrib["message"] for each in junit.iter("skipped")]
    lines = (described.path / "messages.ndjson").read_text().splitlines()
    finished = [json.loads(line).get("testStepFinished") for line in lines]
    told = [each["testStepResult"] for each in finished if each]
    assert {"status": "SKIPPED", "message": said} in [
        {name: each.get(name) for name in ("status", "message")} for each in told
    ]


def test_a_run_of_skipped_scenarios_has_not_passed(described: Folder) -> None:
    options = ["--target", "dev", "--name", "In time", "--no-reports"]
    ran = described.smslab("run", "features", *options)
    assert ran.returncode == 1
    assert "FAILED - 1 scenario: 1 skipped" in ran.stdout
