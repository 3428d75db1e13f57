"""The effects of a decision, applied to the tables: the only place that carries them out."""

from __future__ import annotations

from collections.abc import Callable

from smslab.simulator import interactions, profiles
from smslab.simulator.core import Core
from smslab.simulator.decision_table import Effect, NumberStanding
from smslab.simulator.messages import send_message
from smslab.simulator.records import Interaction, Message
from smslab.simulator.sending import Assessment
from smslab.simulator.states import InteractionState, StateReason

_CLOSED_BY_SEND = {
    "closed_complete": (InteractionState.CLOSED_COMPLETE, StateReason.AUTO_CLOSED),
    "closed_abandoned": (InteractionState.CLOSED_ABANDONED, StateReason.NO_ACTIVITY),
}


class Application:
    """Carries out one assessed send.

    ``interaction`` is the id of the one that the next effect is about, in the end the one
    that the message went into; ``message`` is the message sent, None before.
    """

    def __init__(self, core: Core, assessment: Assessment) -> None:
        self._core = core
        self._store = core.store
        self._assessment = assessment
        self._rule = ""
        self.interaction = assessment.existing.id if assessment.existing else None
        self.message: Message | None = None

    def run(self) -> None:
        """Every effect of the decision, in its order."""
        for effect in self._assessment.decision.effects:
            self._rule = self._assessment.decision.rule_of(effect)
            _EFFECTS[effect](self)

    def run_number_only(self) -> None:
        """Only what the decision does to the number (P-5 with its switch off)."""
        for effect in self._assessment.decision.number_row.effects:
            self._rule = "P-5"
            _EFFECTS[effect](self)

    def _close_existing(self) -> None:
        self._close(self._current)

    def _close(self, interaction: Interaction) -> None:
        state, reason = _CLOSED_BY_SEND[self._core.policy.closed_by_send]
        self._store.update(interaction, self._rule, state=state, state_reason=reason)

    def _create_profile(self) -> None:
        a = self._assessment
        profiles.create_profile(
            self._core, a.number, a.channel.name, a.party, a.provider_number, self._rule
        )

    def _claim_profile(self) -> None:
        profile = self._assessment.standing.profile
        if profile is not None:
            profiles.claim_profile(self._core, profile, self._assessment.party, self._rule)

    def _replace_profile(self) -> None:
        a = self._assessment
        if a.standing.standing is NumberStanding.OWN:
            return  # A-4 with a number that is the party's already: nothing to replace
        if a.standing.profile is not None:
            profiles.deactivate_profile(self._core, a.standing.profile, self._rule)
        self._create_profile()
        if self._core.policy.other_lines_on_reassignment == "close":
            self._rule = "P-8"
            for interaction in profiles.interactions_left_behind(
                self._core, a.number, a.provider_number, a.standing.owner
            ):
                self._close(interaction)

    def _open_interaction(self) -> None:
        a = self._assessment
        self.interaction = interactions.open_sms_interaction(
            self._core, profiles.party_fields(a.party), (a.number, a.provider_number), self._rule
        ).id

    def _assign_to_agent(self) -> None:
        self._store.update(
            self._current,
            self._rule,
            state=InteractionState.WORK_IN_PROGRESS,
            assigned_to=self._assessment.request.agent,
        )

    def _join_live_group(self) -> None:
        interactions.join_live_group(
            self._core, self._current.id, self._assessment.request.agent, self._rule
        )

    def _send_message(self) -> None:
        self.message = send_message(
            self._core,
            self._current,
            author=self._assessment.request.agent,
            body=self._assessment.request.body,
            attachments=self._assessment.request.attachments,
            rule=self._rule,
        )

    @property
    def _current(self) -> Interaction:
        if self.interaction is None:
            raise AssertionError(f"{self._assessment.decision.row.id} has no interaction to act on")
        return self._store.interactions[self.interaction]


_EFFECTS: dict[Effect, Callable[[Application], None]] = {
    Effect.CLOSE_EXISTING: Application._close_existing,
    Effect.CREATE_PROFILE: Application._create_profile,
    Effect.CLAIM_PROFILE: Application._claim_profile,
    Effect.REPLACE_PROFILE: Application._replace_profile,
    Effect.OPEN_INTERACTION: Application._open_interaction,
    Effect.ASSIGN_TO_AGENT: Application._assign_to_agent,
    Effect.JOIN_LIVE_GROUP: Application._join_live_group,
    Effect.SEND_MESSAGE: Application._send_message,
}
"""What carries out each effect."""
