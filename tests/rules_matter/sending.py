"""The rules of sections 2 to 5 that are functions, each broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from smslab.simulator import (
    applying,
    compose,
    core,
    decision_table,
    instance,
    profiles,
    sending,
    store,
)
from smslab.simulator.decision_table import NUMBER_ROWS, SEND_ROWS, Effect, NumberStanding
from smslab.simulator.numbers.phone_numbers import (
    NumberRefusal,
    NumberRules,
    PhoneNumber,
    normalise,
)
from smslab.simulator.profiles import Standing
from smslab.simulator.records import Channel, Interaction
from tests.rules_matter.breaking import Break


def _reversed(rows: Iterable[Channel], key: Callable[[Channel], tuple[int, str]]) -> list[Channel]:
    return sorted(rows, key=key, reverse=True)


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

    def by_record(core: core.Core, number: str, *others: object) -> Standing:
        standing = by_profile(core, number, *others)  # type: ignore[arg-type]
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
    "C-7": [lambda patch: patch.setattr(compose._Occasion, "profile_number", lambda *args: None)],
    "C-8": [_form(allows_other=True), _form(allows_other=False)],
    "C-9": [lambda patch: patch.setattr(compose, "card_for", lambda *args: None)],
    "C-10": [lambda patch: patch.setattr(compose, "check_attachments", lambda *args: None)],
    "C-12": [lambda patch: patch.setattr(store, "sorted", _reversed, raising=False)],
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
