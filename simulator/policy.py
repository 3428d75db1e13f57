"""The policy of an instance: one switch for every open rule, and the system properties.

A switch settles what no documentation settles; its default is the choice of domain.md.
A property is documented and belongs to the platform. This module is the only place
that names them: the phrases, the command line and the reports read :data:`SETTINGS`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Literal

import phonenumbers

from smslab.simulator.clock import check_duration
from smslab.simulator.durations import duration, in_words

Kind = Literal["switch", "property", "timer"]


class UnknownSetting(ValueError):
    """No setting has this name; the message gives the nearest."""


class BadValue(ValueError):
    """The setting does not take this value; the message says which it takes."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A switch or property: its name, the rule it settles, its values and its default.

    ``values`` and ``default`` are texts as written in features and on the command line
    (``"true"`` and ``"false"`` for yes-or-no settings); ``choices`` says the values in
    words where listing them would not help.
    """

    name: str
    rule: str
    values: tuple[str, ...]
    default: str
    kind: Kind
    question: str
    choices: str


def _switch(rule: str, default: Any, question: str, *others: str) -> Any:
    """A field of :class:`Policy`: a yes-or-no switch, or one that has ``others`` as values."""
    return field(
        default=default,
        metadata={"rule": rule, "question": question, "others": others, "kind": "switch"},
    )


def _timer(rule: str, default: timedelta, question: str) -> Any:
    return field(
        default=default,
        metadata={"rule": rule, "question": question, "others": (), "kind": "timer"},
    )


def _property(name: str, rule: str, default: Any, question: str, *others: str) -> Any:
    """A documented property, with values as for :func:`_switch`."""
    return field(
        default=default,
        metadata={
            "rule": rule,
            "question": question,
            "others": others,
            "kind": "property",
            "name": name,
        },
    )


@dataclass(frozen=True, slots=True)
class Policy:
    """The value of every setting. The rule ids are those of domain.md."""

    default_territory: str = _switch(
        "N-4",
        "US",
        "Which territory converts a number when none is found for its owner?",
        "none",
        *sorted(phonenumbers.SUPPORTED_REGIONS - {"US"}),
    )
    strict_numbers: bool = _property(
        "glide.phone_number_e164.strict",
        "N-6",
        True,
        "Is a number refused that does not fit the format of its territory?",
    )
    national_entry: bool = _property(
        "glide.phone_number_e164.allow_national_entry",
        "N-7",
        True,
        "May a number be entered in local format?",
    )
    decline_changes_nothing: bool = _switch(
        "P-5", True, "Does declining the warning leave the number with its owner?"
    )
    guest_profile: Literal["claim", "replace"] = _switch(
        "P-6",
        "claim",
        "What becomes of a guest's profile when an agent writes to a party?",
        "replace",
    )
    one_owner_per_number: bool = _switch(
        "P-7", True, "Does a number have one owner, whatever the provider number?"
    )
    other_lines_on_reassignment: Literal["keep", "close"] = _switch(
        "P-8", "keep", "What becomes of the previous owner's conversations on other lines?", "close"
    )
    claim_updates_interaction: bool = _switch(
        "P-10", True, "Does a guest's active interaction follow its claimed profile?"
    )
    different_party_first: bool = _switch(
        "A-4",
        True,
        "Does a different party count before the virtual agent or agent that is talking?",
    )
    queued_interaction: Literal["take_over", "close_and_create"] = _switch(
        "A-5",
        "take_over",
        "What does a send do to a conversation that waits in the queue?",
        "close_and_create",
    )
    closed_by_send: Literal["closed_complete", "closed_abandoned"] = _switch(
        "A-6",
        "closed_complete",
        "In which state is an interaction that a send closes?",
        "closed_abandoned",
    )
    guest_is_different_party: bool = _switch(
        "A-7", False, "Does a guest's conversation count as one with a different party?"
    )
    sends_are_serialised: bool = _switch(
        "A-9", True, "Do two sends on one line at the same moment wait for each other?"
    )
    unknown_provider_number: Literal["refuse", "allow"] = _switch(
        "A-10", "refuse", "May an agent send from a number that is not configured?", "allow"
    )
    failed_delivery_undoes_send: bool = _switch(
        "A-11", False, "Does a refusal by the provider at hand-over undo the whole send?"
    )
    outage_messages: Literal["wait", "refuse"] = _switch(
        "A-11", "wait", "What becomes of messages during an outage of the provider?", "refuse"
    )
    message_validity: timedelta = _timer(
        "A-11", timedelta(hours=10), "How long may a message wait at the provider to be sent?"
    )
    delivery_reports: Literal["failures", "all", "none"] = _switch(
        "A-11", "failures", "What does the provider report after it has sent?", "all", "none"
    )
    delivery_takes: timedelta = _timer(
        "A-11", timedelta(seconds=5), "How long after sending does the provider report?"
    )
    linked_records_are_one_party: bool = _switch(
        "A-12", True, "Are a user and the contact or consumer linked to it the same party?"
    )
    wrap_up_is_active: bool = _switch(
        "A-13", False, "Does an interaction in Wrap Up count as an active conversation?"
    )
    ambiguous_number: Literal["guest", "first_record"] = _switch(
        "M-5",
        "guest",
        "Who is a requester whose number is on several records?",
        "first_record",
    )
    match_consumers: bool = _switch(
        "M-6", True, "Is a requester's number looked up on consumers, too?"
    )
    deduplicate_inbound: bool = _switch(
        "R-1", True, "Is a repeated message id of the provider one message?"
    )
    unclear_replies: Literal["hand_over", "close"] = _switch(
        "W-5",
        "hand_over",
        "What follows when the virtual agent does not understand a requester three times?",
        "close",
    )
    wrap_up: bool = _property(
        "wrap_up", "S-2", False, "Does an agent's conversation that ends go through Wrap Up?"
    )
    wrap_up_duration: timedelta = _timer(
        "S-2", timedelta(minutes=5), "How long is Wrap Up before the system ends it?"
    )
    offers_take_capacity: bool = _switch(
        "W-2", True, "Does an offer that waits for its agent take capacity?"
    )
    assignment_rule: Literal["last_assigned", "most_capacity"] = _property(
        "assignment_rule", "W-3", "last_assigned", "Who is offered work first?", "most_capacity"
    )
    offers_count_as_work: bool = _switch(
        "W-3", True, "Is an agent who was offered work, but did not take it, no longer first?"
    )
    offer_timeout: timedelta = _timer(
        "W-4", timedelta(minutes=1), "How long does an offer wait for its agent?"
    )
    timeout_presence: Literal["unchanged", "Away", "Offline"] = _property(
        "timeout_presence",
        "W-4",
        "unchanged",
        "Which presence state has an agent after an offer timed out?",
        "Away",
        "Offline",
    )
    timed_out_agent_is_asked_again: bool = _switch(
        "W-4", False, "Is an agent whose offer timed out asked again when nobody else can?"
    )
    transferring_agent_leaves: bool = _switch(
        "W-4", True, "Does an agent who transfers a conversation leave its live group profile?"
    )
    agent_send_ignores_capacity: bool = _switch(
        "W-6", True, "Is an agent's own SMS assigned to the agent whatever the capacity?"
    )
    agent_response: timedelta = _timer(
        "T-1",
        timedelta(minutes=30),
        "How long does a requester wait for a response before the agent is prompted?",
    )
    requester_response: timedelta = _timer(
        "T-2",
        timedelta(days=2),
        "How long does an agent wait for a response before the interaction is abandoned?",
    )
    abandoned_by_messaging_action: Literal["no_activity", "left_before_engagement"] = _switch(
        "T-2",
        "no_activity",
        "Which state reason has an interaction that a messaging action abandons?",
        "left_before_engagement",
    )
    prompts_repeat: bool = _switch(
        "T-3", False, "Does a prompt repeat for as long as there is no response?"
    )
    messaging_action_filter: Literal["when_due", "at_message"] = _switch(
        "T-3",
        "when_due",
        "When is it looked at whether a messaging action is active and for an interaction?",
        "at_message",
    )
    va_idle_timeout: timedelta = _timer(
        "T-4",
        timedelta(hours=2),
        "After how long without a requester's text does the hourly job close a conversation?",
    )
    engaged_by: Literal["reply", "first_text"] = _switch(
        "T-4",
        "reply",
        "Has a requester engaged by a reply only, or by the text that began the conversation?",
        "first_text",
    )
    idle_job_closes_agent_conversations: bool = _switch(
        "T-5", False, "Does the hourly idle job close conversations that an agent has?"
    )
    keyword_texts: Literal["converse", "act_only", "withhold"] = _switch(
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
        changes: dict[str, Any] = {_ATTRIBUTES[setting.name]: _typed(setting, value)}
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
            policy = policy.changed(name, _text(value))
        return policy


def setting_named(name: str) -> Setting:
    """The setting of this name. Raises UnknownSetting with the nearest name."""
    if name in SETTINGS:
        return SETTINGS[name]
    near = difflib.get_close_matches(name, SETTINGS, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]!r}?" if near else f"the settings are: {', '.join(SETTINGS)}."
    raise UnknownSetting(f"There is no setting {name!r}; {hint}")


def _typed(setting: Setting, value: str) -> str | bool | timedelta:
    if setting.kind == "timer":
        return _timed(setting, value)
    if value not in setting.values:
        near = difflib.get_close_matches(value, setting.values, n=1, cutoff=0.4)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        raise BadValue(f"The setting {setting.name!r} is {setting.choices}, not {value!r}{hint}")
    return value == "true" if setting.values == _YES_NO else value


def _timed(setting: Setting, value: str) -> timedelta:
    try:
        parsed = duration(value)
        check_duration(parsed)
    except ValueError as error:
        raise BadValue(f"The setting {setting.name!r} is a duration: {error}") from None
    return parsed


def _text(value: object) -> str:
    if isinstance(value, timedelta):
        return in_words(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


_YES_NO = ("true", "false")


def _read_settings() -> dict[str, tuple[Setting, str]]:
    """Setting and attribute of :class:`Policy`, by the name of the setting."""
    found = {}
    for entry in fields(Policy):
        meta = entry.metadata
        name = meta.get("name", entry.name)
        default = _text(entry.default)
        values = _YES_NO if isinstance(entry.default, bool) else (default, *meta["others"])
        choices = " or ".join(values) if len(values) < 4 else "none or a territory such as US or DE"
        if meta["kind"] == "timer":
            values, choices = (), "a duration such as 30 minutes or 2 days"
        setting = Setting(
            name, meta["rule"], values, default, meta["kind"], meta["question"], choices
        )
        found[name] = (setting, entry.name)
    return found


_FOUND = _read_settings()
_ATTRIBUTES = {name: attribute for name, (_, attribute) in _FOUND.items()}

SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {n: setting for n, (setting, _) in _FOUND.items()}
)
"""Every switch and property by name, in the order of domain.md."""
