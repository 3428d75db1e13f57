"""What must always hold (section 10), and the finality of closed states, each broken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smslab.simulator import (
    applying,
    decision_table,
    instance,
    interactions,
    messages,
    profiles,
    sending,
)
from smslab.simulator.core import Core
from smslab.simulator.decision_table import SEND_ROWS, Effect
from smslab.simulator.records import ChannelUserProfile, Interaction, Party
from smslab.simulator.routing import workload
from smslab.simulator.states import ProfileState
from tests.rules_matter.breaking import Break


def _every_send_finds_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sending, "conversation_on", lambda *args: None)


def _old_profiles_stay(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(profiles, "deactivate_profile", lambda *args: None)


def _closed_conversations_go_on(patch: pytest.MonkeyPatch) -> None:
    active = sending.conversation_on

    def any_of_the_line(core: Core, number: str, provider_number: str) -> Interaction | None:
        line = (number, provider_number)
        rows = [row for row in core.store.interactions if row.line == line]
        return active(core, number, provider_number) or (rows[-1] if rows else None)

    patch.setattr(sending, "conversation_on", any_of_the_line)


def _messages_leave_on_another_line(patch: pytest.MonkeyPatch) -> None:
    send = messages.send_message

    def elsewhere(core: Core, interaction: Interaction, **message: object) -> object:
        other = replace(interaction, provider_number="+4989999999")
        return send(core, other, **message)  # type: ignore[arg-type]

    patch.setattr(applying, "send_message", elsewhere)


def _nobody_joins(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(interactions, "join_live_group", lambda *args: None)


def _new_profiles_are_bound_to_nobody(patch: pytest.MonkeyPatch) -> None:
    create = profiles.create_profile

    def unbound(
        core: Core, number: str, channel: str, party: Party | None, provider_number: str, rule: str
    ) -> ChannelUserProfile:
        return create(core, number, channel, None, provider_number, rule)

    patch.setattr(profiles, "create_profile", unbound)


def _injection_assigns(patch: pytest.MonkeyPatch) -> None:
    rows = tuple(
        replace(row, effects=(Effect.ASSIGN_TO_AGENT, *row.effects)) if row.id == "A-2" else row
        for row in SEND_ROWS
    )
    patch.setattr(decision_table, "SEND_ROWS", rows)


def _refusals_change_something(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        instance.Instance, "decline", lambda self, request: self.send(request, confirmed=True)
    )


def _accepting_is_never_too_much(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(workload, "room", lambda *args, **named: 1.0)


def _old_profiles_come_back(patch: pytest.MonkeyPatch) -> None:
    create = profiles.create_profile

    def reused(
        core: Core, number: str, channel: str, party: Party | None, provider_number: str, rule: str
    ) -> ChannelUserProfile:
        for old in core.store.profiles:
            if old.number == number and party is not None and old.party == party.id:
                return core.store.update(old, rule, state=ProfileState.ACTIVE)
        return create(core, number, channel, party, provider_number, rule)

    patch.setattr(profiles, "create_profile", reused)


def _closing_is_not_final(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(interactions, "refuse_if_final", lambda *args: None)


BREAKS: dict[str, list[Break]] = {
    "S-4": [_closed_conversations_go_on, _closing_is_not_final],
    "I-1": [_every_send_finds_nothing],
    "I-2": [_old_profiles_stay],
    "I-3": [_closed_conversations_go_on],
    "I-4": [_messages_leave_on_another_line],
    "I-5": [_nobody_joins],
    "I-6": [_new_profiles_are_bound_to_nobody],
    "I-7": [_injection_assigns],
    "I-8": [_refusals_change_something],
    "I-9": [_accepting_is_never_too_much],
    "I-10": [_old_profiles_come_back],
}
