"""Every row of every table matters: changed on purpose, it fails a scenario tagged with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smslab.simulator import compose, decision_table
from smslab.simulator.decision_table import NUMBER_ROWS, SEND_ROWS, Effect
from smslab.simulator.requesters import inbound_table
from smslab.simulator.requesters.inbound_table import CONVERSATION_ROWS, MATCH_ROWS, Opened
from tests.rules_matter.breaking import left_out, noticed, replaced, run_all


def test_unbroken_everything_passes() -> None:
    statuses = {record.result.status for record in run_all() if record.result}
    assert statuses == {"passed"}


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
    monkeypatch.setattr(decision_table, "SEND_ROWS", replaced(SEND_ROWS, position, without))
    assert noticed(row.id)


@pytest.mark.parametrize("position", range(len(SEND_ROWS)))
def test_every_row_matters(monkeypatch: pytest.MonkeyPatch, position: int) -> None:
    row = SEND_ROWS[position]
    opens = Effect.OPEN_INTERACTION in row.effects
    other = next(r for r in SEND_ROWS if (Effect.OPEN_INTERACTION in r.effects) != opens)
    changed = replace(row, effects=other.effects)
    monkeypatch.setattr(decision_table, "SEND_ROWS", replaced(SEND_ROWS, position, changed))
    assert noticed(row.id)


@pytest.mark.parametrize("position", range(len(NUMBER_ROWS)))
def test_every_row_of_the_number_matters(monkeypatch: pytest.MonkeyPatch, position: int) -> None:
    row = NUMBER_ROWS[position]
    effects = () if row.effects else (Effect.REPLACE_PROFILE, Effect.CREATE_PROFILE)
    changed = replace(row, effects=effects)
    monkeypatch.setattr(decision_table, "NUMBER_ROWS", replaced(NUMBER_ROWS, position, changed))
    assert noticed(row.id)


@pytest.mark.parametrize("position", range(len(NUMBER_ROWS)))
def test_every_warning_matters(monkeypatch: pytest.MonkeyPatch, position: int) -> None:
    row = NUMBER_ROWS[position]
    changed = replace(row, warns=not row.warns)
    monkeypatch.setattr(decision_table, "NUMBER_ROWS", replaced(NUMBER_ROWS, position, changed))
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
    monkeypatch.setattr(inbound_table, "MATCH_ROWS", replaced(MATCH_ROWS, position, changed))
    if row.opened is Opened.GUEST:
        monkeypatch.setattr(inbound_table, "MATCH_ROWS", left_out(MATCH_ROWS, position))
    assert noticed(row.id)


CONDITIONS = compose.OFFER_CONDITIONS


@pytest.mark.parametrize("position", range(len(CONDITIONS)), ids=[c.rule for c in CONDITIONS])
def test_every_condition_of_the_compose_form_matters(
    monkeypatch: pytest.MonkeyPatch, position: int
) -> None:
    monkeypatch.setattr(compose, "OFFER_CONDITIONS", left_out(CONDITIONS, position))
    assert noticed(CONDITIONS[position].rule)
