"""A failure says on which line the conversation is, and what had just changed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from smslab.steps.engine.whereabouts import where_it_stood
from tests.simulator.company import ANAS, BENS, COMPANY, company

if TYPE_CHECKING:
    from tests.steps.conftest import Folder

FAILING = """
    Feature: Parcels
      Scenario: A notice
        Given the company texts from "+49 30 901820"
        And Ana is a consumer in Berlin
        And Ana's mobile number is "0151 23456789"
        And Ana's interaction of type phone is open with agent Cleo
        When Cleo texts Ana "Your parcel is here"
        Then decision row A-2 applies
"""


def test_before_anything_happened_there_is_nothing_to_say() -> None:
    assert where_it_stood([]) == []


def test_conversations_that_go_on_come_before_those_that_have_ended() -> None:
    made = company()
    ended = made.begin("agent")
    made.instance.close(ended.id)
    ongoing = made.begin("virtual agent", BENS)
    told = where_it_stood(made.instance.journal.events)
    assert told[:4] == [
        f"conversation on the line {BENS} to {COMPANY}:",
        f"  {ongoing.id} with Ben, {ongoing.state}, with the virtual agent",
        f"conversation on the line {ANAS} to {COMPANY}:",
        f"  {ended.id} with Ana, Closed Complete, assigned to Bill",
    ]
    assert told[4] == "last state changes:"
    assert len(told) == 9


def test_a_failing_scenario_tells_it_in_the_terminal(folder: Folder) -> None:
    folder.write("features/f.feature", FAILING)
    said = folder.smslab("run", "--no-reports").stdout
    assert "  conversation on the line +4915123456789 to +4930901820:\n" in said
    assert "    interaction IMS0000002 of Ana: New to Work In Progress (rule A-1)\n" in said


def test_the_debugger_stops_in_the_failing_step(folder: Folder) -> None:
    folder.write("features/f.feature", FAILING)
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--pdb", "-p", "no:cacheprovider"],
        cwd=folder.path,
        input="p 'asked for row ' + rule\nc\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "asked for row A-2" in ended.stdout
    assert "steps/language/outcomes.py" in ended.stdout
