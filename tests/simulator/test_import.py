"""Many parties in one command, and how many changes there were."""

from __future__ import annotations

import pytest

from smslab.simulator.errors import UnknownRecord
from smslab.simulator.states import PartyKind
from tests.simulator.company import COMPANY, company, told_by, whole_state

CEM = {"name": "Cem", "mobile_phone": "+4915123456782"}
DORA = {"name": "Dora", "mobile_phone": "+4915123456783"}


def test_imported_parties_are_like_those_that_were_added() -> None:
    at = company()
    imported = at.instance.import_parties(PartyKind.CONSUMER, [CEM, DORA])
    other = company()
    added = [
        other.instance.add_party(PartyKind.CONSUMER, "Cem", mobile_phone="+4915123456782"),
        other.instance.add_party(PartyKind.CONSUMER, "Dora", mobile_phone="+4915123456783"),
    ]
    assert imported == added
    assert at.store.snapshot() == other.store.snapshot()
    assert told_by(at) == told_by(other)
    assert {event.command for event in at.instance.journal.events[-4:]} == {"import consumers"}


def test_an_import_without_the_journal_is_told_nowhere() -> None:
    at = company()
    events = list(at.instance.journal.events)
    (cem,) = at.instance.import_parties(PartyKind.CONSUMER, [CEM], journalled=False)
    assert at.instance.journal.events == events
    message = at.instance.requester_texts("+4915123456782", COMPANY, "Hello")
    assert message is not None
    assert message.author == cem.id


def test_an_import_with_a_bad_row_imports_nobody() -> None:
    at = company()
    before = whole_state(at.instance)
    with pytest.raises(UnknownRecord, match="no location 'location-99'"):
        at.instance.import_parties(PartyKind.CONSUMER, [CEM, DORA | {"location": "location-99"}])
    assert whole_state(at.instance) == before


def test_changes_are_counted_unless_they_are_undone() -> None:
    at = company()
    before = at.store.changes
    at.instance.change_party(at.ana, name="Anna")
    assert at.store.changes == before + 1
    at.instance.change_party(at.ana, name="Anna")
    assert at.store.changes == before + 1
    mark = at.store.mark()
    at.store.update(at.store.parties[at.ana], name="Ana")
    assert at.store.changes == before + 2
    at.store.undo_to(mark)
    assert at.store.changes == before + 1
