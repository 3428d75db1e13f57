"""The policy of an instance: one switch for every open rule, and the system properties.

A switch settles what no documentation settles; its default is the choice of domain.md.
A property is documented and belongs to the platform. This module is the only place
that names them: the phrases, the command line and the reports read :data:`SETTINGS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Literal

import phonenumbers

from smslab.simulator.durations import in_words
from smslab.simulator.nearest import nearest
from smslab.simulator.setting import (
    BadValue,
    Setting,
    UnknownSetting,
    property_,
    settings_of,
    switch,
    text,
    timer,
    typed,
)

__all__ = ["SETTINGS", "BadValue", "Policy", "Setting", "UnknownSetting", "setting_named"]


@dataclass(frozen=True, slots=True)
class Policy:
    """The value of every setting. The rule ids are those of domain.md."""

    default_territory: str = switch(
        "N-4",
        "US",
        "Which territory converts a number when none is found for its owner?",
        "none",
        *sorted(phonenumbers.SUPPORTED_REGIONS - {"US"}),
    )
    strict_numbers: bool = property_(
        "glide.phone_number_e164.strict",
        "N-6",
        True,
        "Is a number refused that does not fit the format of its territory?",
    )
    national_entry: bool = property_(
        "glide.phone_number_e164.allow_national_entry",
        "N-7",
        True,
        "May a number be entered in local format?",
    )
    decline_changes_nothing: bool = switch(
        "P-5", True, "Does declining the warning leave the number with its owner?"
    )
    guest_profile: Literal["claim", "replace"] = switch(
        "P-6",
        "claim",
        "What becomes of a guest's profile when an agent writes to a party?",
        "replace",
    )
    one_owner_per_number: bool = switch(
        "P-7", True, "Does a number have one owner, whatever the provider number?"
    )
    other_lines_on_reassignment: Literal["keep", "close"] = switch(
        "P-8", "keep", "What becomes of the previous owner's conversations on other lines?", "close"
    )
    claim_updates_interaction: bool = switch(
        "P-10", True, "Does a guest's active interaction follow its claimed profile?"
    )
    different_party_first: bool = switch(
        "A-4",
        True,
        "Does a different party count before the virtual agent or agent that is talking?",
    )
    queued_interaction: Literal["take_over", "close_and_create"] = switch(
        "A-5",
        "take_over",
        "What does a send do to a conversation that waits in the queue?",
        "close_and_create",
    )
    closed_by_send: Literal["closed_complete", "closed_abandoned"] = switch(
        "A-6",
        "closed_complete",
        "In which state is an interaction that a send closes?",
        "closed_abandoned",
    )
    guest_is_different_party: bool = switch(
        "A-7", False, "Does a guest's conversation count as one with a different party?"
    )
    sends_are_serialised: bool = switch(
        "A-9", True, "Do two sends on one line at the same moment wait for each other?"
    )
    unknown_provider_number: Literal["refuse", "allow"] = switch(
        "A-10", "refuse", "May an agent send from a number that is not configured?", "allow"
    )
    failed_delivery_undoes_send: bool = switch(
        "A-11", False, "Does a refusal by the provider at hand-over undo the whole send?"
    )
    outage_messages: Literal["wait", "refuse"] = switch(
        "A-11", "wait", "What becomes of messages during an outage of the provider?", "refuse"
    )
    message_validity: timedelta = timer(
        "A-11", timedelta(hours=10), "How long may a message wait at the provider to be sent?"
    )
    delivery_reports: Literal["failures", "all", "none"] = switch(
        "A-11", "failures", "What does the provider report after it has sent?", "all", "none"
    )
    delivery_takes: timedelta = timer(
        "A-11", timedelta(seconds=5), "How long after sending does the provider report?"
    )
    linked_records_are_one_party: bool = switch(
        "A-12", True, "Are a user and the contact or consumer linked to it the same party?"
    )
    wrap_up_is_active: bool = switch(
        "A-13", False, "Does an interaction in Wrap Up count as an active conversation?"
    )
    ambiguous_number: Literal["guest", "first_record"] = switch(
        "M-5",
        "guest",
        "Who is a requester whose number is on several records?",
        "first_record",
    )
    match_consumers: bool = switch(
        "M-6", True, "Is a requester's number looked up on consumers, too?"
    )
    deduplicate_inbound: bool = switch(
        "R-1", True, "Is a repeated message id of the provider one message?"
    )
    unclear_replies: Literal["hand_over", "close"] = switch(
        "W-5",
        "hand_over",
        "What follows when the virtual agent does not understand a requester three times?",
        "close",
    )
    wrap_up: bool = property_(
        "wrap_up", "S-2", False, "Does an agent's conversation that ends go through Wrap Up?"
    )
    wrap_up_duration: timedelta = timer(
        "S-2", timedelta(minutes=5), "How long is Wrap Up before the system ends it?"
    )
    offers_take_capacity: bool = switch(
        "W-2", True, "Does an offer that waits for its agent take capacity?"
    )
    assignment_rule: Literal["last_assigned", "most_capacity"] = property_(
        "assignment_rule", "W-3", "last_assigned", "Who is offered work first?", "most_capacity"
    )
    offers_count_as_work: bool = switch(
        "W-3", True, "Is an agent who was offered work, but did not take it, no longer first?"
    )
    offer_timeout: timedelta = timer(
        "W-4", timedelta(minutes=1), "How long does an offer wait for its agent?"
    )
    timeout_presence: Literal["unchanged", "Away", "Offline"] = property_(
        "timeout_presence",
        "W-4",
        "unchanged",
        "Which presence state has an agent after an offer timed out?",
        "Away",
        "Offline",
    )
    timed_out_agent_is_asked_again: bool = switch(
        "W-4", False, "Is an agent whose offer timed out asked again when nobody else can?"
    )
    transferring_agent_leaves: bool = switch(
        "W-4", True, "Does an agent who transfers a conversation leave its live group profile?"
    )
    agent_send_ignores_capacity: bool = switch(
        "W-6", True, "Is an agent's own SMS assigned to the agent whatever the capacity?"
    )
    agent_response: timedelta = timer(
        "T-1",
        timedelta(minutes=30),
        "How long does a requester wait for a response before the agent is prompted?",
    )
    requester_response: timedelta = timer(
        "T-2",
        timedelta(days=2),
        "How long does an agent wait for a response before the interaction is abandoned?",
    )
    abandoned_by_messaging_action: Literal["no_activity", "left_before_engagement"] = switch(
        "T-2",
        "no_activity",
        "Which state reason has an interaction that a messaging action abandons?",
        "left_before_engagement",
    )
    prompts_repeat: bool = switch(
        "T-3", False, "Does a prompt repeat for as long as there is no response?"
    )
    messaging_action_filter: Literal["when_due", "at_message"] = switch(
        "T-3",
        "when_due",
        "When is it looked at whether a messaging action is active and for an interaction?",
        "at_message",
    )
    va_idle_timeout: timedelta = timer(
        "T-4",
        timedelta(hours=2),
        "After how long without a requester's text does the hourly job close a conversation?",
    )
    engaged_by: Literal["reply", "first_text"] = switch(
        "T-4",
        "reply",
        "Has a requester engaged by a reply only, or by the text that began the conversation?",
        "first_text",
    )
    idle_job_closes_agent_conversations: bool = switch(
        "T-5", False, "Does the hourly idle job close conversations that an agent has?"
    )
    keyword_texts: Literal["converse", "act_only", "withhold"] = switch(
        "O-2",
        "converse",
        "Does a text that is a keyword go into a conversation, only to the instance, or nowhere?",
        "act_only",
        "withhold",
    )

    def changed(self, name: str, value: str) -> Policy:
        """This policy with the setting ``name`` at the text ``value``.

        Raises UnknownSetting or BadValue, each naming the nearest valid choice.
        """
        setting = setting_named(name)
        changes: dict[str, Any] = {_ATTRIBUTES[setting.name]: typed(setting, value)}
        return replace(self, **changes)

    def as_dict(self) -> dict[str, str | bool]:
        """Every setting by name, in the order of :data:`SETTINGS`; durations in words."""
        values = {name: getattr(self, attribute) for name, attribute in _ATTRIBUTES.items()}
        return {n: in_words(v) if isinstance(v, timedelta) else v for n, v in values.items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, str | bool]) -> Policy:
        """The policy with these settings, else the defaults. Raises as :meth:`changed`."""
        policy = cls()
        for name, value in values.items():
            policy = policy.changed(name, text(value))
        return policy


def setting_named(name: str) -> Setting:
    """The setting of this name. Raises UnknownSetting with the nearest name."""
    if name in SETTINGS:
        return SETTINGS[name]
    near = nearest(name, SETTINGS)
    hint = f"did you mean {near!r}?" if near else f"the settings are: {', '.join(SETTINGS)}."
    raise UnknownSetting(f"There is no setting {name!r}; {hint}")


_FOUND = settings_of(Policy)
_ATTRIBUTES = {name: attribute for name, (_, attribute) in _FOUND.items()}

SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {n: setting for n, (setting, _) in _FOUND.items()}
)
"""Every switch and property by name, in the order of domain.md."""
