"""Messaging actions, durations and settings that cannot be: refused, and nothing has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.messaging_actions.messaging_action_records import ActionKind
from smslab.simulator.states import InteractionState
from tests.simulator.company import STRANGERS, company, whole_state
from tests.simulator.messaging import AGENT, HOUR, added, begun, runs


@pytest.mark.parametrize(
    "duration",
    [timedelta(0), timedelta(hours=-1), timedelta(days=36_526), timedelta(milliseconds=1500)],
)
def test_durations_that_cannot_be_are_refused(duration: timedelta) -> None:
    world = company()
    added(world, ActionKind.PROMPT_AGENT)
    before, events = whole_state(world.instance), len(world.instance.journal.events)
    with pytest.raises(Refused, match=r"The messaging action '.*' (cannot wait|waits for whole)"):
        world.instance.add_messaging_action("Odd", AGENT, ActionKind.PROMPT_AGENT, duration)
    with pytest.raises(Refused, match="prompt agent"):
        world.instance.change_messaging_action("prompt agent", duration=duration)
    assert whole_state(world.instance) == before
    assert len(world.instance.journal.events) == events
    assert begun(world).state is InteractionState.WORK_IN_PROGRESS


@pytest.mark.parametrize("duration", [timedelta(0), timedelta(hours=-1), timedelta(days=36_526)])
def test_time_does_not_pass_by_durations_that_cannot_be(duration: timedelta) -> None:
    world = company()
    begun(world)
    before = whole_state(world.instance)
    with pytest.raises(ValueError, match="not a duration that can pass"):
        world.instance.advance(duration)
    assert whole_state(world.instance) == before
    world.instance.advance(timedelta(days=2))
    assert len(runs(world)) == 1


@pytest.mark.parametrize(
    "value", ["0 minutes", "-5 minutes", "5", "99999999999 weeks", "100 years"]
)
@pytest.mark.parametrize("name", ["agent_response", "requester_response"])
def test_settings_that_are_no_durations_are_refused(name: str, value: str) -> None:
    world = company()
    before = whole_state(world.instance)
    with pytest.raises(ValueError, match=f"The setting '{name}' is a duration"):
        world.instance.change_setting(name, value)
    assert whole_state(world.instance) == before


@pytest.mark.parametrize(
    ("action", "state", "says"),
    [
        (ActionKind.SET_STATE, None, "if, and only if"),
        (ActionKind.REASSIGN, InteractionState.WRAP_UP, "if, and only if"),
        (ActionKind.SET_STATE, InteractionState.FAULTED, "cannot set the state Faulted"),
    ],
)
def test_states_that_cannot_be_set_are_refused(
    action: ActionKind, state: InteractionState | None, says: str
) -> None:
    world = company()
    before = whole_state(world.instance)
    with pytest.raises(Refused, match=says):
        world.instance.add_messaging_action("Odd", AGENT, action, HOUR, state=state)
    assert whole_state(world.instance) == before


def test_names_and_what_a_filter_names_must_fit() -> None:
    world = company()
    added(world, ActionKind.PROMPT_AGENT)
    before = whole_state(world.instance)
    with pytest.raises(Refused, match="already"):
        added(world, ActionKind.PROMPT_AGENT)
    with pytest.raises(UnknownRecord, match="did you mean 'prompt agent'"):
        world.instance.change_messaging_action("promt agent", active=False)
    with pytest.raises(UnknownRecord, match="agent-9"):
        world.instance.change_messaging_action("prompt agent", assigned_to="agent-9")
    with pytest.raises(UnknownRecord, match="is not a number of the company"):
        world.instance.change_messaging_action("prompt agent", provider_number=STRANGERS)
    assert whole_state(world.instance) == before


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("No agent response", "agent_response"),
        ("No requester response", "requester_response"),
    ],
)
def test_the_duration_of_a_shipped_one_is_a_setting(name: str, setting: str) -> None:
    with pytest.raises(Refused, match=setting):
        company().instance.change_messaging_action(name, duration=HOUR)
