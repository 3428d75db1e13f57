"""What the machine relies on: a journal that does not tell the tables is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from smslab.simulator.instance import Instance
from smslab.simulator.states import PartyKind
from tests.always.replay import Replay


def instance() -> Instance:
    made = Instance()
    made.add_party(PartyKind.CONSUMER, "Ana", mobile_phone="+4915123456789")
    return made


def change_silently(at: Instance) -> None:
    at.store.parties.put(replace(at.store.parties["consumer-1"], name="Ben"))


def tell_of_nothing(at: Instance) -> None:
    event = at.journal.events[-1]
    at.journal.events.append(event._replace(field="name", old="Ana", new="Ben"))


def forget_an_event(at: Instance) -> None:
    at.change_party("consumer-1", name="Ben")
    del at.journal.events[-1]


def tell_the_old_value_wrongly(at: Instance) -> None:
    at.change_party("consumer-1", name="Ben")
    at.journal.events[-1] = at.journal.events[-1]._replace(old="Cem")


def remove_silently(at: Instance) -> None:
    at.store.parties.remove("consumer-1")


def switch_silently(at: Instance) -> None:
    at.core.policy = at.policy.changed("match_consumers", "false")


def test_commands_are_told() -> None:
    at = instance()
    replay = Replay(at)
    at.change_party("consumer-1", name="Ben", mobile_phone=None)
    at.change_setting("match_consumers", "false")
    at.change_setting("offer_timeout", "2 hours")
    at.add_agent("Bill")
    assert replay.difference() == []


@pytest.mark.parametrize(
    "spoil",
    [
        change_silently,
        tell_of_nothing,
        forget_an_event,
        tell_the_old_value_wrongly,
        remove_silently,
        switch_silently,
    ],
)
def test_what_differs_is_said(spoil: Callable[[Instance], None]) -> None:
    at = instance()
    replay = Replay(at)
    spoil(at)
    assert len(replay.difference()) == 1
