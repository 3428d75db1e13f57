"""The rules of messaging actions (T-1 to T-3), each broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from smslab.simulator.core import Core
from smslab.simulator.deadlines import Deadlines
from smslab.simulator.messaging_actions import (
    messaging_action_commands,
    messaging_action_records,
    messaging_actions,
    messaging_timers,
)
from smslab.simulator.messaging_actions.messaging_action_records import (
    ActionKind,
    MessagingAction,
    MessagingEvent,
)
from smslab.simulator.records import Interaction
from smslab.simulator.states import InteractionState, StateReason
from smslab.simulator.store import Store
from tests.rules_matter.breaking import Break


def _without(kind: ActionKind) -> Break:
    return lambda patch: patch.setitem(messaging_actions._EFFECTS, kind, lambda *args: None)


def _instead(kind: ActionKind, other: ActionKind) -> Break:
    return lambda patch: patch.setitem(
        messaging_actions._EFFECTS, kind, messaging_actions._EFFECTS[other]
    )


def _no_answer_counts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(messaging_timers, "ANSWERED_BY", {event: event for event in MessagingEvent})


def _only_the_first_message_counts(patch: pytest.MonkeyPatch) -> None:
    arm: Callable[..., None] = Deadlines.set

    def once(self: Deadlines, *args: object) -> None:
        if args[0] not in self._lane_of:
            arm(self, *args)

    patch.setattr(Deadlines, "clear", lambda *args: None)
    patch.setattr(Deadlines, "set", once)


def _anybody_has_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(messaging_actions, "is_with_an_agent", lambda interaction: True)
    patch.setattr(messaging_timers, "is_with_an_agent", lambda interaction: True)


def _seen(**changed: object) -> Break:
    """Let every messaging action be looked at as if it had other fields."""
    fits = messaging_actions.fits

    def looked_at(store: Store, action: MessagingAction, interaction: Interaction) -> bool:
        return fits(store, replace(action, **changed), interaction)  # type: ignore[arg-type]

    return lambda patch: patch.setattr(messaging_timers, "fits", looked_at)


def _all_by(rule: str) -> Break:
    return lambda patch: patch.setattr(messaging_action_records.MessagingAction, "rule", rule)


def _prompts_count_as_messages(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(messaging_actions, "INSTANCE", "agent-1")


def _all_at_once(patch: pytest.MonkeyPatch) -> None:
    """Messaging actions run in the order of their names, not when they fall due."""
    run = messaging_actions.carry_out
    waiting: list[tuple[Core, MessagingAction, Interaction]] = []

    def later(*due: object) -> None:
        waiting.append(due)  # type: ignore[arg-type]
        if len(waiting) == 2:
            for one in sorted(waiting, key=lambda due: due[1].name, reverse=True):
                run(*one)
            waiting.clear()

    patch.setattr(messaging_timers, "carry_out", later)


def _closing_complete(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(messaging_actions, "reason_for", lambda *args: StateReason.NO_USER_RESPONSE)


BREAKS: dict[str, list[Break]] = {
    "T-1": [
        _without(ActionKind.PROMPT_AGENT),
        _instead(ActionKind.PROMPT_AGENT, ActionKind.PROMPT_REQUESTER),
        _no_answer_counts,
        _only_the_first_message_counts,
        _anybody_has_it,
        _seen(active=True),
        _all_at_once,
    ],
    "T-2": [
        _without(ActionKind.SET_STATE),
        _instead(ActionKind.SET_STATE, ActionKind.REASSIGN),
        _no_answer_counts,
        _only_the_first_message_counts,
        _closing_complete,
        _seen(active=True),
        _all_by("T-3"),
    ],
    "T-3": [
        *map(_without, ActionKind),
        _instead(ActionKind.REASSIGN, ActionKind.PROMPT_AGENT),
        _seen(active=True),
        _seen(provider_number=None),
        _seen(party_kind=None),
        _seen(assigned_to=None),
        _closing_complete,
        _anybody_has_it,
        _prompts_count_as_messages,
        _all_at_once,
        lambda patch: patch.setattr(messaging_actions, "PROMPT_TEXT", ""),
        lambda patch: patch.setattr(messaging_action_commands, "SETTABLE", tuple(InteractionState)),
        lambda patch: patch.setattr(messaging_action_commands, "check_duration", lambda d: None),
        lambda patch: patch.setattr(Deadlines, "set", lambda *args: None),
    ],
}
