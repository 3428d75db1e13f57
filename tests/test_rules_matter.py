"""Every rule matters: broken on purpose, it fails a scenario that is tagged with it.

What is broken is the data and the functions of the simulator, one at a time, in this
process; the features run on it unchanged. A mutant that no scenario notices would be a
rule that nobody tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from smslab.simulator import (
    applying,
    compose,
    core,
    decision_table,
    inbound_table,
    instance,
    profiles,
    sending,
)
from smslab.simulator.decision_table import NUMBER_ROWS, SEND_ROWS, Effect, NumberStanding
from smslab.simulator.inbound_table import CONVERSATION_ROWS, MATCH_ROWS, Opened
from smslab.simulator.phone_numbers import NumberRefusal, NumberRules, PhoneNumber, normalise
from smslab.simulator.policy import SETTINGS, Policy
from smslab.simulator.profiles import Standing
from smslab.simulator.records import Channel, Interaction
from smslab.simulator.rules import RULES
from smslab.steps.engine.direct import language, run_planned
from smslab.steps.engine.planning import PlannedScenario, plan_features

FEATURES = Path(__file__).parent.parent / "features"
T = TypeVar("T")
Break = Callable[[pytest.MonkeyPatch], None]


@cache
def planned() -> list[PlannedScenario]:
    return list(plan_features([FEATURES], language()))


def noticed(rule: str, policy: Policy | None = None) -> bool:
    """Whether a scenario tagged with the rule fails."""
    records = run_planned(planned(), policy=policy, tags=f"@{rule}", stop_on_failure=True)
    assert records, f"no scenario is tagged @{rule}"
    result = records[-1].result
    return result is not None and result.status == "failed"


def test_unbroken_everything_passes() -> None:
    statuses = {record.result.status for record in run_planned(planned()) if record.result}
    assert statuses == {"passed"}


# The tables

SEND_MUTANTS = [
    (position, effect) for position, row in enumerate(SEND_ROWS) for effect in row.effects
]


@pytest.mark.parametrize(
    ("position", "effect"),
    SEND_MUTANTS,
    ids=[f"{SEND_ROWS[position].id}-{position}-{effect.name}" for position, effect in SEND_MUTANTS],
)
def test_every_effect_of_every_row_matters(
    monkeypatch: pytest.MonkeyPatch, position: int, effect: Effect
) -> None:
    row = SEND_ROWS[position]
    without = replace(row, effects=tuple(e for e in row.effects if e is not effect))
    monkeypatch.setattr(decision_table, "SEND_ROWS", _with(SEND_ROWS, position, without))
    assert noticed(row.id)


@pytest.mark.parametrize("position", range(len(SEND_ROWS)))
def test_every_row_matters(monkeypatch: pytest.MonkeyPatch, position: int) -> None:
    row = SEND_ROWS[position]
    opens = Effect.OPEN_INTERACTION in row.effects
    other = next(r for r in SEND_ROWS if (Effect.OPEN_INTERACTION in r.effects) != opens)
    changed = replace(row, effects=other.effects)
    monkeypatch.setattr(decision_table, "SEND_ROWS", _with(SEND_ROWS, position, changed))
    assert noticed(row.id)


@pytest.mark.parametrize("position", range(len(NUMBER_ROWS)))
def test_every_row_of_the_number_matters(monkeypatch: pytest.MonkeyPatch, position: int) -> None:
    row = NUMBER_ROWS[position]
    effects = () if row.effects else (Effect.REPLACE_PROFILE, Effect.CREATE_PROFILE)
    changed = replace(row, effects=effects)
    monkeypatch.setattr(decision_table, "NUMBER_ROWS", _with(NUMBER_ROWS, position, changed))
    assert noticed(row.id)


@pytest.mark.parametrize("position", range(len(NUMBER_ROWS)))
def test_every_warning_matters(monkeypatch: pytest.MonkeyPatch, position: int) -> None:
    row = NUMBER_ROWS[position]
    changed = replace(row, warns=not row.warns)
    monkeypatch.setattr(decision_table, "NUMBER_ROWS", _with(NUMBER_ROWS, position, changed))
    assert noticed(row.id)


@pytest.mark.parametrize("position", range(len(CONVERSATION_ROWS)))
def test_every_row_of_a_requesters_text_matters(
    monkeypatch: pytest.MonkeyPatch, position: int
) -> None:
    row = CONVERSATION_ROWS[position]
    others = tuple(
        replace(r, conversation=r.conversation | row.conversation)
        for r in CONVERSATION_ROWS
        if r is not row
    )
    monkeypatch.setattr(inbound_table, "CONVERSATION_ROWS", others)
    assert noticed(row.id)


@pytest.mark.parametrize("position", range(len(MATCH_ROWS)))
def test_every_row_of_the_matching_matters(monkeypatch: pytest.MonkeyPatch, position: int) -> None:
    row = MATCH_ROWS[position]
    opened = Opened.GUEST if row.opened is not Opened.GUEST else Opened.RECORD
    changed = replace(row, opened=opened)
    monkeypatch.setattr(inbound_table, "MATCH_ROWS", _with(MATCH_ROWS, position, changed))
    if row.opened is Opened.GUEST:
        monkeypatch.setattr(inbound_table, "MATCH_ROWS", _without(MATCH_ROWS, position))
    assert noticed(row.id)


def _with(rows: tuple[T, ...], position: int, row: T) -> tuple[T, ...]:
    return (*rows[:position], row, *rows[position + 1 :])


def _without(rows: tuple[T, ...], position: int) -> tuple[T, ...]:
    return (*rows[:position], *rows[position + 1 :])


CONDITIONS = compose.OFFER_CONDITIONS


@pytest.mark.parametrize("position", range(len(CONDITIONS)), ids=[c.rule for c in CONDITIONS])
def test_every_condition_of_the_compose_form_matters(
    monkeypatch: pytest.MonkeyPatch, position: int
) -> None:
    monkeypatch.setattr(compose, "OFFER_CONDITIONS", _without(CONDITIONS, position))
    assert noticed(CONDITIONS[position].rule)


# The settings

DEFAULTS = [
    (setting.name, value)
    for setting in SETTINGS.values()
    if RULES[setting.rule].implemented
    for value in (setting.values if len(setting.values) < 5 else ("none", "DE"))
    if value != setting.default
]


@pytest.mark.parametrize(("name", "value"), DEFAULTS)
def test_every_default_matters(name: str, value: str) -> None:
    assert noticed(SETTINGS[name].rule, Policy().changed(name, value))


@pytest.mark.parametrize("name", [name for name, _ in DEFAULTS])
def test_every_switch_is_obeyed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A scenario sets each switch away from its default, and fails where that has no effect."""
    monkeypatch.setattr(Policy, "changed", lambda policy, changed, value: policy)
    assert noticed(SETTINGS[name].rule)


# The functions


def _ignore_normalise_rules(**fixed: bool | str) -> Break:
    def changed(entry: str, territory: str | None, rules: NumberRules) -> object:
        return normalise(entry, territory, replace(rules, **fixed))  # type: ignore[arg-type]

    return lambda patch: patch.setattr(core, "normalise", changed)


def _after_normalise(change: Callable[[PhoneNumber], PhoneNumber]) -> Break:
    def changed(entry: str, territory: str | None, rules: NumberRules) -> object:
        number = normalise(entry, territory, rules)
        return number if isinstance(number, NumberRefusal) else change(number)

    return lambda patch: patch.setattr(core, "normalise", changed)


def _letters_are_left_out(patch: pytest.MonkeyPatch) -> None:
    def changed(entry: str, territory: str | None, rules: NumberRules) -> object:
        return normalise("".join(c for c in entry if not c.isalpha()), territory, rules)

    patch.setattr(core, "normalise", changed)


def _only_the_location_itself(patch: pytest.MonkeyPatch) -> None:
    def own(location: str | None, locations: object) -> str | None:
        found = locations.get(location) if location else None  # type: ignore[attr-defined]
        return found.territory if found else None

    patch.setattr(core, "territory_of", own)


def _reply_to_the_owner(patch: pytest.MonkeyPatch) -> None:
    to_the_interactions = sending.party_written_to

    def to_the_numbers(core: core.Core, request: sending.SendRequest) -> object:
        party = to_the_interactions(core, request)
        profile = profiles.active_profile(core, request.send_to or "", "SMS")
        return core.store.parties[profile.party] if profile and profile.party else party

    patch.setattr(sending, "party_written_to", to_the_numbers)


def _ask_the_record(patch: pytest.MonkeyPatch) -> None:
    by_profile = profiles.standing_of

    def by_record(core: core.Core, number: str, channel: str, party: object) -> Standing:
        standing = by_profile(core, number, channel, party)  # type: ignore[arg-type]
        owner = core.store.parties.get(standing.owner)
        if owner and number not in core.numbers_of(owner):
            return replace(standing, standing=NumberStanding.FREE)
        return standing

    patch.setattr(sending, "standing_of", by_record)


def _move_by_editing(patch: pytest.MonkeyPatch) -> None:
    rows = tuple(
        replace(row, effects=(Effect.CLAIM_PROFILE,))
        if row.standing is NumberStanding.OTHER
        else row
        for row in NUMBER_ROWS
    )
    patch.setattr(decision_table, "NUMBER_ROWS", rows)


def _settle_only_with_a_different_party(patch: pytest.MonkeyPatch) -> None:
    rows = tuple(
        replace(row, effects=tuple(e for e in row.effects if e is not Effect.SETTLE_NUMBER))
        for row in SEND_ROWS
    )
    patch.setattr(decision_table, "SEND_ROWS", rows)


def _form(**changes: object) -> Break:
    whole = compose.compose_form

    def changed(*args: object) -> object:
        return replace(whole(*args), **changes)  # type: ignore[arg-type]

    return lambda patch: patch.setattr(compose, "compose_form", changed)


CLOSED_BY_SEND = applying._CLOSED_BY_SEND

BREAKS: dict[str, list[Break]] = {
    "C-5": [_form(send_from=None), _form(send_from="+4930901820")],
    "C-6": [
        lambda patch: patch.setattr(
            Interaction, "party", property(lambda i: i.opened_for or i.consumer or i.contact)
        ),
        _form(send_to=None),
    ],
    "C-7": [lambda patch: patch.setattr(compose, "_profile_number", lambda *args: None)],
    "C-8": [_form(allows_other=True), _form(allows_other=False)],
    "C-9": [lambda patch: patch.setattr(compose, "card_for", lambda *args: None)],
    "C-10": [lambda patch: patch.setattr(compose, "check_attachments", lambda *args: None)],
    "C-12": [lambda patch: patch.setattr(compose, "sorted", _reversed, raising=False)],
    "N-1": [_after_normalise(lambda number: replace(number, converted=True))],
    "N-2": [
        lambda patch: patch.setattr(
            core, "normalise", lambda entry, territory, rules: normalise(entry, None, rules)
        )
    ],
    "N-3": [_only_the_location_itself],
    "N-4": [_ignore_normalise_rules(default_territory="FR")],
    "N-5": [_letters_are_left_out],
    "N-6": [_ignore_normalise_rules(strict=False), _ignore_normalise_rules(strict=True)],
    "N-7": [
        _ignore_normalise_rules(allow_national_entry=False),
        _ignore_normalise_rules(allow_national_entry=True),
    ],
    "N-8": [_after_normalise(lambda number: replace(number, e164=f"{number.e164[:3]} x"))],
    "P-1": [_reply_to_the_owner],
    "P-2": [lambda patch: patch.setattr(sending.Assessment, "warning", None)],
    "P-3": [_ask_the_record],
    "P-4": [_move_by_editing],
    "P-5": [
        lambda patch: patch.setattr(
            instance.Instance, "decline", lambda self, request: self.send(request, confirmed=True)
        )
    ],
    "P-7": [lambda patch: patch.setattr(profiles, "deactivate_profile", lambda *args: None)],
    "P-9": [
        lambda patch: patch.setattr(
            profiles, "standing_of", lambda *args: Standing(NumberStanding.FREE, None, None, "")
        )
    ],
    "A-6": [
        lambda patch: patch.setattr(
            applying,
            "_CLOSED_BY_SEND",
            dict(zip(CLOSED_BY_SEND, reversed(CLOSED_BY_SEND.values()), strict=True)),
        )
    ],
    "A-8": [_settle_only_with_a_different_party],
}


def _reversed(rows: Iterable[Channel], key: Callable[[Channel], tuple[int, str]]) -> list[Channel]:
    return sorted(rows, key=key, reverse=True)


@pytest.mark.parametrize(
    ("rule", "position"), [(rule, i) for rule, breaks in BREAKS.items() for i in range(len(breaks))]
)
def test_every_function_of_a_rule_matters(
    monkeypatch: pytest.MonkeyPatch, rule: str, position: int
) -> None:
    BREAKS[rule][position](monkeypatch)
    assert noticed(rule)


def test_every_rule_of_sections_2_to_5_is_broken_by_some_test() -> None:
    broken = {
        *BREAKS,
        *(row.id for row in SEND_ROWS),
        *(row.id for row in NUMBER_ROWS),
        *(condition.rule for condition in CONDITIONS),
        *(SETTINGS[name].rule for name, _ in DEFAULTS),
    }
    assert {rule.id for rule in RULES.values() if rule.section in (2, 3, 4, 5)} <= broken
