"""The provider's answers, error codes and keywords, and what it is asked that makes no sense."""

from __future__ import annotations

from datetime import timedelta

import pytest

from smslab.simulator.carriers import errors
from smslab.simulator.carriers.answers import Answer, HandOver, answer_to
from smslab.simulator.carriers.destinations import Condition, fault_of
from smslab.simulator.carriers.errors import ERRORS, Stage, UnknownErrorCode, error_of
from smslab.simulator.carriers.keywords import KEYWORDS, keyword_in
from smslab.simulator.errors import Refused, UnknownRecord
from smslab.simulator.requesters.notifications import CHOICES
from smslab.simulator.states import MessageState, PartyKind
from tests.simulator.company import ANAS, BENS, COMPANY, STRANGERS, company, policy, whole_state

WELL = HandOver(
    opted_out=False,
    fault=None,
    length=10,
    outage=False,
    outage_refuses=False,
    wait=None,
    longest_wait=timedelta(hours=10),
)
EVERYTHING = HandOver(
    opted_out=True,
    fault=errors.INVALID_NUMBER,
    length=1601,
    outage=True,
    outage_refuses=True,
    wait=timedelta(hours=10),
    longest_wait=timedelta(hours=10),
)


def test_the_first_row_that_fits_decides() -> None:
    facts, codes = EVERYTHING, []
    for cured in (
        {"opted_out": False},
        {"fault": None},
        {"length": 1600},
        {"outage_refuses": False},
        {"wait": timedelta(hours=9)},
    ):
        codes.append(answer_to(facts).error_code)
        facts = facts._replace(**cured)
    assert codes == ["21610", "21211", "21617", "30410", "21611"]
    assert answer_to(facts) == Answer(MessageState.QUEUED)
    assert answer_to(facts._replace(outage=False)) == Answer(MessageState.QUEUED)
    assert answer_to(facts._replace(wait=None)) == Answer(MessageState.QUEUED)
    assert answer_to(WELL) == Answer(MessageState.SENT)


def test_every_error_says_what_it_means_and_where_it_is_described() -> None:
    assert list(ERRORS) == [error.code for error in ERRORS.values()]
    for error in ERRORS.values():
        assert error.meaning.endswith(".")
        assert error.source == f"https://www.twilio.com/docs/api/errors/{error.code}"
    assert len({error.meaning for error in ERRORS.values()}) == len(ERRORS)


@pytest.mark.parametrize(
    ("code", "hint"),
    [("21710", "did you mean 21610?"), ("30O03", "did you mean 30003?"), ("x", "there are: 21211")],
)
def test_an_unknown_error_code_is_refused_with_the_nearest(code: str, hint: str) -> None:
    here = company()
    before = whole_state(here.instance)
    for command in (here.instance.refuse_messages_to, here.instance.fail_messages_to):
        with pytest.raises(UnknownErrorCode) as caught:
            command(ANAS, code)
        assert hint in str(caught.value)
    assert whole_state(here.instance) == before
    assert here.send().error_code is None


@pytest.mark.parametrize("condition", list(Condition))
def test_every_condition_has_an_error_of_its_stage(condition: Condition) -> None:
    for number in (ANAS, "+442079460018"):
        fault = fault_of(condition, number)
        assert (error_of(fault.error_code).stage is Stage.HAND_OVER) is fault.refused


@pytest.mark.parametrize(
    ("number", "code", "refused"),
    [
        ("+4930901820", "21635", True),
        ("+33142685300", "21635", True),
        ("+442079460018", "30006", False),
        ("+12125550123", "30006", False),
        ("+14165550123", "30006", False),
    ],
)
def test_a_landline_is_tried_in_three_countries(number: str, code: str, refused: bool) -> None:
    fault = fault_of(Condition.LANDLINE, number)
    assert (fault.error_code, fault.refused) == (code, refused)


def test_one_number_has_one_condition_the_last_one() -> None:
    here = company()
    here.instance.set_condition(ANAS, Condition.INVALID)
    here.instance.set_condition(ANAS, Condition.UNREACHABLE)
    assert len(list(here.store.destinations)) == 1
    assert here.send().error_code is None
    here.instance.advance(timedelta(seconds=5))
    assert [row.error_code for row in here.store.messages] == ["30003"]


def test_a_condition_that_is_not_there_cannot_end() -> None:
    here = company()
    here.instance.set_condition(ANAS, Condition.INVALID)
    here.instance.clear_condition(ANAS)
    before = whole_state(here.instance)
    for number in (ANAS, BENS):
        with pytest.raises(Refused, match=r"Nothing is wrong with \+49"):
            here.instance.clear_condition(number)
    assert whole_state(here.instance) == before


def test_an_outage_ends_once_and_begins_once() -> None:
    here = company()
    before = whole_state(here.instance)
    with pytest.raises(Refused, match="no outage that could end"):
        here.instance.end_outage(here.provider)
    assert whole_state(here.instance) == before
    here.instance.begin_outage(here.provider)
    with pytest.raises(Refused, match="an outage already"):
        here.instance.begin_outage(here.provider)
    here.instance.end_outage(here.provider)
    assert here.store.providers[here.provider].outage is False


def test_an_outage_of_a_provider_that_is_not_there() -> None:
    for command in (company().instance.begin_outage, company().instance.end_outage):
        with pytest.raises(UnknownRecord, match="no provider 'provider-9'"):
            command("provider-9")


@pytest.mark.parametrize("seconds", [0, -5])
def test_a_delivery_that_takes_no_time_is_refused(seconds: int) -> None:
    here = company()
    before = whole_state(here.instance)
    with pytest.raises(ValueError, match="not a duration that can pass"):
        here.instance.deliver_in(timedelta(seconds=seconds))
    assert whole_state(here.instance) == before


def test_a_report_that_is_no_longer_wanted_is_not_given() -> None:
    here = company(policy(delivery_reports="all"))
    here.send()
    here.instance.change_setting("delivery_reports", "failures")
    here.instance.advance(timedelta(hours=1))
    assert [row.state for row in here.store.messages] == [MessageState.SENT]


def test_a_long_text_is_measured_in_code_units() -> None:
    here = company()
    assert here.send(body="👍" * 800).error_code is None
    assert here.send(body="👍" * 801).error_code == "21617"


@pytest.mark.parametrize("text", ["stop", " STOP\n", "StOp", "\tunsubscribe "])
def test_a_keyword_is_the_whole_text_in_any_letters(text: str) -> None:
    assert keyword_in(text) is KEYWORDS[0]


@pytest.mark.parametrize("text", ["", " ", "STOP STOP", "STOP!", "DON'T STOP", "STOPP", "ST OP"])
def test_other_texts_are_none(text: str) -> None:
    assert keyword_in(text) is None


def test_no_word_has_two_meanings() -> None:
    words = [word for keyword in KEYWORDS for word in keyword.words]
    assert len(words) == len(set(words)) == 13
    assert all(word == word.upper() for word in (*words, *CHOICES))


def test_the_opt_out_of_a_line_is_one_record_and_in_the_journal() -> None:
    here = company()
    for text in ("STOP", "START", "STOP"):
        here.instance.requester_texts(ANAS, COMPANY, text)
    assert [row.state for row in here.store.opt_outs] == ["opted out"]
    said = [
        (event.old, event.new, event.rule, event.actor)
        for event in here.instance.journal.events
        if (event.entity, event.field) == ("opt-out", "state")
    ]
    assert said == [
        (None, "opted out", "O-2", "provider"),
        ("opted out", "opted in", "O-2", "provider"),
        ("opted in", "opted out", "O-2", "provider"),
    ]


def test_the_choice_of_a_user_is_in_the_journal() -> None:
    here = company()
    uma = here.add(PartyKind.USER, "Uma", "0151 23456781")
    here.instance.requester_texts(STRANGERS, COMPANY, "START")
    said = [
        (event.entity, event.id, event.old, event.new, event.rule)
        for event in here.instance.journal.events
        if event.field == "update_notifications"
    ]
    assert said == [("user", uma, False, True, "O-1")]


def test_a_command_word_to_a_number_that_is_not_the_companys_changes_nothing() -> None:
    here = company(policy(keyword_texts="act_only"))
    here.add(PartyKind.USER, "Uma", "0151 23456781")
    before = whole_state(here.instance)
    for text in ("START", "STOP", "Notification"):
        with pytest.raises(Refused, match="not a number of the company"):
            here.instance.requester_texts(STRANGERS, "+4989123456", text)
    assert whole_state(here.instance) == before
