"""The frames on a journal that the simulator wrote: the contract holds on both sides."""

from __future__ import annotations

from smslab.reports import Run
from smslab.reports.frames.columns import rows_of
from smslab.reports.journal_file import ResultLine, ScenarioLine, ScenarioRecord
from smslab.reports.page import render
from smslab.simulator.instance import Instance
from smslab.simulator.sending import SendRequest
from smslab.simulator.states import InteractionType, PartyKind
from tests.reports.synthetic import journal_of

NUMBER = "+4915123456789"


def reassigned() -> Run:
    """Ana has a conversation at her number; Cleo then writes to Ben at it."""
    instance = Instance(seed=1)
    instance.add_channel("SMS")
    instance.add_provider_number("+1 415 555 2671", instance.add_provider("Twilio", "SMS").id)
    ana = instance.add_party(PartyKind.CONSUMER, "Ana", mobile_phone=NUMBER)
    ben = instance.add_party(PartyKind.CONSUMER, "Ben", mobile_phone=NUMBER)
    bill, cleo = instance.add_agent("Bill"), instance.add_agent("Cleo")
    instance.send(SendRequest(bill.id, "Hello", party=ana.id))
    call = instance.open_interaction(InteractionType.PHONE, [ben.id], cleo.id)
    request = SendRequest(cleo.id, "Your parcel is here", interaction=call.id)
    instance.send(request)
    instance.send(request, confirmed=True)
    line = ScenarioLine("K", "F", "f.feature", 1, None, "S", ("@A-4",), None, 1, "")
    result = ResultLine("K", "passed", None, None, None, None)
    return Run(journal_of(ScenarioRecord(line, [], instance.journal.events, result)))


def test_decisions_ownership_and_messages_of_a_reassignment() -> None:
    run = reassigned()
    decisions = [
        (d["outcome"], d["row"], d["profile_rule"], d["agent"], d["party"], d["previous_owner"])
        for d in rows_of(run.decisions)
    ]
    assert decisions == [
        ("sent", "A-1", "P-9", "Bill", "Ana", None),
        ("warned", "A-4", "P-4", "Cleo", "Ben", "Ana"),
        ("sent", "A-4", "P-4", "Cleo", "Ben", "Ana"),
    ]
    spans = [(s["number"], s["owner"], s["until_rule"]) for s in rows_of(run.ownership)]
    assert spans == [(NUMBER, "Ana", "A-4"), (NUMBER, "Ben", None)]
    messages = [(m["author"], m["of"], m["body"]) for m in rows_of(run.messages)]
    assert messages == [("Bill", "Ana", "Hello"), ("Cleo", "Ben", "Your parcel is here")]


def test_transitions_name_whose_interaction_it_was() -> None:
    run = reassigned()
    closed = [
        (t["entity"], t["of"], t["from"], t["to"])
        for t in rows_of(run.transitions)
        if t["rule"] == "A-4" and t["from"] is not None and t["entity"] != "message"
    ]
    assert closed == [
        ("interaction", "Ana", "Work In Progress", "Closed Complete"),
        ("channel user profile", "Ana", "active", "inactive"),
        ("interaction", "Ben", "New", "Work In Progress"),
    ]


def test_the_page_of_a_real_journal_can_be_rendered() -> None:
    assert "The only scenario passed." in render(reassigned())
