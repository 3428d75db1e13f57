"""The carrier's API, asked by the official client of Twilio."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException

from smslab.simulator.extensions.extension_points import (
    ChannelUserContext,
    ChannelUserProfileExtPoint,
    UserDocument,
)
from smslab.simulator.http.auth.accounts import DEVELOPMENT_SID, DEVELOPMENT_TOKEN
from tests.simulator.http.asking import ANAS, BENS, COMPANY, Served
from tests.simulator.http.twilio_client import TEST_NUMBER, client, refusal


class Broken(ChannelUserProfileExtPoint):
    """Knows nobody."""

    def get_user_document(self, context: ChannelUserContext) -> UserDocument | None:
        raise RuntimeError("nobody is known")


def test_a_message_is_sent_and_can_be_read(served: Served) -> None:
    sent = client(served).messages.create(to=ANAS, from_=COMPANY, body="Hällo")
    assert (sent.status, sent.direction, sent.num_segments) == ("queued", "outbound-api", "1")
    assert sent.date_sent is None
    read = client(served).messages(sent.sid).fetch()
    assert (read.sid, read.status, read.body) == (sent.sid, "sent", "Hällo")
    assert (read.to, read.from_, read.error_code) == (ANAS, COMPANY, None)
    assert read.date_created == datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_it_belongs_to_no_conversation(served: Served) -> None:
    before = served.world.mark()
    client(served).messages.create(to=ANAS, from_=COMPANY, body="Hi")
    assert served.world.mark() == before


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("+15005550001", 21211),
        ("+15005550002", 21612),
        ("+15005550003", 21408),
        ("+15005550004", 21610),
        ("+15005550009", 21614),
        ("123", 21211),
        ("0151 23456789", 21211),
        ("", 21604),
    ],
)
def test_numbers_that_cannot_be_written_to(served: Served, to: str, code: int) -> None:
    assert refusal(served, to, TEST_NUMBER) == code


@pytest.mark.parametrize(
    ("sender", "code"),
    [
        ("+15005550001", 21212),
        ("+15005550007", 21606),
        ("+15005550008", 21611),
        (ANAS, 21606),
        ("+49 30 901820", 21606),
        ("", 21603),
    ],
)
def test_numbers_that_cannot_be_sent_from(served: Served, sender: str, code: int) -> None:
    assert refusal(served, ANAS, sender) == code


def test_the_test_number_sends(served: Served) -> None:
    assert client(served).messages.create(to=ANAS, from_=TEST_NUMBER, body="x").error_code is None
    assert client(served).messages.create(to=TEST_NUMBER, from_=COMPANY, body="x").sid


def test_what_the_instance_knows_of_a_number_holds_here(served: Served) -> None:
    served.command("requester_texts", requester_number=ANAS, provider_number=COMPANY, body="STOP")
    assert refusal(served, ANAS, COMPANY) == 21610
    served.told("/control/faults", number=BENS, condition="not a mobile number")
    assert refusal(served, BENS, COMPANY) == 21614


def test_a_number_does_not_send_to_itself(served: Served) -> None:
    assert refusal(served, COMPANY, COMPANY) == 21266
    assert refusal(served, "+49 30 901820", COMPANY) == 21266
    assert not served.world.instance.store.interactions.by_id


@pytest.mark.parametrize(
    "wish",
    [
        {"messaging_service_sid": "MG" + "1" * 32},
        {"content_sid": "HX" + "1" * 32},
        {"send_at": datetime(2026, 1, 6, tzinfo=UTC), "schedule_type": "fixed"},
    ],
)
def test_what_is_not_simulated_is_refused(served: Served, wish: dict[str, Any]) -> None:
    assert refusal(served, ANAS, COMPANY, **wish) == 20001


def test_texts_that_are_none_or_too_long(served: Served) -> None:
    assert refusal(served, ANAS, COMPANY, body="") == 21602
    assert refusal(served, ANAS, COMPANY, body="x" * 1601) == 21617
    pictures = client(served).messages.create(to=ANAS, from_=COMPANY, media_url=["http://m/1"])
    assert pictures.num_media == "1"
    assert refusal(served, ANAS, COMPANY, media_url=["http://m/1"] * 11) == 21623


def test_a_wrong_account_is_told(served: Served) -> None:
    for wrong in (client(served, token="wrong"), client(served, sid="AC" + "1" * 32)):
        with pytest.raises(TwilioRestException) as raised:
            wrong.messages.create(to=ANAS, from_=COMPANY, body="x")
        assert (raised.value.status, raised.value.code) == (401, 20003)
    with pytest.raises(TwilioException, match="401"):
        client(served, token="wrong").messages.list()
    path = f"/2010-04-01/Accounts/AC{'1' * 32}/Messages.json"
    asked = served.get(path, auth=(DEVELOPMENT_SID, DEVELOPMENT_TOKEN))
    assert (asked.status_code, asked.json()["code"]) == (404, 20404)
    assert asked.json()["more_info"] == "https://www.twilio.com/docs/errors/20404"


def test_a_message_that_is_not_there(served: Served) -> None:
    with pytest.raises(TwilioRestException) as raised:
        client(served).messages("SM" + "0" * 32).fetch()
    assert (raised.value.status, raised.value.code) == (404, 20404)


def test_what_else_the_client_can_do_is_answered_in_its_shape(served: Served) -> None:
    sent = client(served).messages.create(to=ANAS, from_=COMPANY, body="x")
    for change in (sent.delete, lambda: sent.update(body="")):
        with pytest.raises(TwilioRestException) as raised:
            change()
        assert (raised.value.status, raised.value.code) == (405, 20004)
    with pytest.raises(TwilioRestException) as raised:
        client(served).api.accounts(DEVELOPMENT_SID).fetch()
    assert (raised.value.status, raised.value.code) == (404, 20404)
    with pytest.raises(TwilioException, match="20404"):
        sent.media.list()


def test_messages_of_the_instance_are_listed_with_the_others(served: Served) -> None:
    served.told("/control/agents/Bill/send", party="Ana", message="From Bill")
    served.command(
        "requester_texts",
        requester_number=ANAS,
        provider_number=COMPANY,
        body="From Ana",
        provider_id="SM" + "1" * 32,
    )
    client(served).messages.create(to=BENS, from_=COMPANY, body="From the API")
    found = {each.body: each for each in client(served).messages.list()}
    assert set(found) == {"From Bill", "From Ana", "From the API"}
    assert (found["From Ana"].direction, found["From Ana"].status) == ("inbound", "received")
    assert client(served).messages(found["From Bill"].sid).fetch().to == ANAS
    assert [each.body for each in client(served).messages.list(to=BENS)] == ["From the API"]
    assert [each.body for each in client(served).messages.list(from_=ANAS)] == ["From Ana"]


def test_lists_come_in_pages(served: Served) -> None:
    bodies = [f"message {number}" for number in range(5)]
    for body in bodies:
        client(served).messages.create(to=ANAS, from_=COMPANY, body=body)
    listed = list(client(served).messages.stream(page_size=2))
    assert [each.body for each in listed] == bodies[::-1], "the newest first"
    assert len(client(served).messages.list(limit=3, page_size=2)) == 3
    for query in ("PageSize=x", "Page=-1", "PageSize=1e9", "DateSent=x", "DateSent%3E=2026-13-01"):
        path = f"/2010-04-01/Accounts/{DEVELOPMENT_SID}/Messages.json?{query}"
        asked = served.get(path, auth=(DEVELOPMENT_SID, DEVELOPMENT_TOKEN))
        assert (asked.status_code, asked.json()["code"]) == (400, 20001)


def test_lists_are_narrowed_by_when_messages_were_sent(served: Served) -> None:
    def listed(**wanted: datetime | str) -> list[str]:
        return sorted(each.body for each in client(served).messages.list(page_size=1, **wanted))

    for body in ("Monday", "Tuesday"):
        client(served).messages.create(to=ANAS, from_=COMPANY, body=body)
        served.told("/control/clock", advance="1 day")
    served.told("/control/faults", outage_of="provider-1")
    client(served).messages.create(to=ANAS, from_=COMPANY, body="Never")
    assert listed() == ["Monday", "Never", "Tuesday"]
    assert listed(date_sent=datetime(2026, 1, 6, tzinfo=UTC)) == ["Tuesday"]
    assert listed(date_sent_after=datetime(2026, 1, 5, 9, tzinfo=UTC)) == ["Monday", "Tuesday"]
    assert listed(date_sent_after=datetime(2026, 1, 5, 9, 0, 1, tzinfo=UTC)) == ["Tuesday"]
    assert listed(date_sent_before=datetime(2026, 1, 5, 9, tzinfo=UTC)) == ["Monday"]
    assert listed(date_sent_after="2026-01-06", to=BENS) == []


def test_a_message_to_the_company_is_a_text(served: Served) -> None:
    sent = client(served).messages.create(to=COMPANY, from_=TEST_NUMBER, body="Hello company")
    (message,) = served.world.instance.store.messages
    assert (message.body, message.provider_id) == ("Hello company", sent.sid)


def test_a_text_that_the_instance_refuses_was_sent_all_the_same(served: Served) -> None:
    served.world.instance.register_extension(Broken())
    sent = client(served).messages.create(to=COMPANY, from_=TEST_NUMBER, body="Hello company")
    assert not served.world.instance.store.messages.by_id
    assert client(served).messages(sent.sid).fetch().status == "sent"


def test_an_outage_holds_messages_back(served: Served) -> None:
    served.told("/control/faults", outage_of="provider-1")
    sent = client(served).messages.create(to=ANAS, from_=COMPANY, body="x")
    assert client(served).messages(sent.sid).fetch().status == "queued"
    served.told("/control/faults", end_of_outage_of="provider-1")
    assert client(served).messages(sent.sid).fetch().status == "sent"


def test_an_outage_may_fail_messages(served: Served) -> None:
    served.ask("PATCH", "/control/policy", json={"outage_messages": "refuse"})
    served.told("/control/faults", outage_of="provider-1")
    sent = client(served).messages.create(to=ANAS, from_=COMPANY, body="x")
    assert (sent.status, sent.error_code, sent.date_sent) == ("queued", None, None)
    failed = client(served).messages(sent.sid).fetch()
    assert (failed.status, failed.error_code) == ("failed", 30410)
    assert failed.error_message


def test_lists_are_of_the_days_asked_for(served: Served) -> None:
    for day in range(5, 9):
        client(served).messages.create(to=ANAS, from_=COMPANY, body=str(day))
        served.told("/control/clock", advance="1 day")
    served.told("/control/faults", outage_of="provider-1")
    waits = client(served).messages.create(to=ANAS, from_=COMPANY, body="waits")
    assert waits.date_sent is None

    def sent(**when: date) -> list[str]:
        return [each.body for each in client(served).messages.list(**when)]

    assert sent(date_sent=date(2026, 1, 6)) == ["6"]
    assert sent(date_sent_after=datetime(2026, 1, 7, 9, tzinfo=UTC)) == ["8", "7"]
    assert sent(date_sent_before=datetime(2026, 1, 6, 8, 59, tzinfo=UTC)) == ["5"]
    assert sent(date_sent_after=date(2026, 1, 6), date_sent_before=date(2026, 1, 8)) == ["7", "6"]
    assert sent() == ["waits", "8", "7", "6", "5"]


def test_what_is_not_offered_is_told_as_twilio_would(served: Served) -> None:
    sent = client(served).messages.create(to=ANAS, from_=COMPANY, body="x")
    wishes: dict[Callable[[], object], tuple[int, int]] = {
        client(served).messages(sent.sid).delete: (405, 20004),
        lambda: client(served).messages(sent.sid).update(body=""): (405, 20004),
        client(served).api.accounts(DEVELOPMENT_SID).fetch: (404, 20404),
        client(served, token="wrong").messages(sent.sid).delete: (401, 20003),
    }
    for wish, expected in wishes.items():
        with pytest.raises(TwilioRestException) as raised:
            wish()
        assert (raised.value.status, raised.value.code) == expected
    path = f"/2010-04-01/Accounts/{DEVELOPMENT_SID}/Messages"
    for address, allowed in (
        (f"{path}.json", "GET, HEAD, POST"),
        (f"{path}/SM1.json", "GET, HEAD"),
    ):
        asked = served.ask("PATCH", address, auth=(DEVELOPMENT_SID, DEVELOPMENT_TOKEN))
        assert (asked.status_code, asked.headers["allow"]) == (405, allowed)
    assert client(served).messages(sent.sid).fetch().body == "x"
