"""Status callbacks of messages that the official client sends."""

from __future__ import annotations

from pathlib import Path

import pytest
from twilio.request_validator import RequestValidator

from smslab.simulator.http.auth.accounts import DEVELOPMENT_SID, DEVELOPMENT_TOKEN, CarrierAccount
from smslab.simulator.http.carrier.callbacks import Callbacks
from smslab.simulator.http.carrier.problems import Problem
from smslab.simulator.http.settings import Settings
from tests.simulator.http.asking import ANAS, COMPANY, Served
from tests.simulator.http.asking import served as serving
from tests.simulator.http.receiving import Receiver
from tests.simulator.http.twilio_client import client, refusal


def test_every_state_is_called_back_with_a_good_signature(
    served: Served, receiver: Receiver
) -> None:
    served.ask("PATCH", "/control/policy", json={"delivery_reports": "all"})
    sent = client(served).messages.create(
        to=ANAS, from_=COMPANY, body="x", status_callback=receiver.url
    )
    served.settle()
    assert receiver.told() == ["sent"]
    served.told("/control/clock", advance=5)
    served.settle()
    assert receiver.told() == ["sent", "delivered"]
    validator = RequestValidator(DEVELOPMENT_TOKEN)
    for callback in receiver.came:
        assert validator.validate(receiver.url, callback.form, callback.signature)
        assert callback.form["MessageSid"] == sent.sid
        assert callback.form["AccountSid"] == DEVELOPMENT_SID
        assert (callback.form["To"], callback.form["From"]) == (ANAS, COMPANY)
        assert "ErrorCode" not in callback.form
    assert client(served).messages(sent.sid).fetch().status == "delivered"


def test_a_message_that_does_not_arrive_is_called_back_with_its_error(
    served: Served, receiver: Receiver
) -> None:
    served.told("/control/faults", number=ANAS, condition="unreachable")
    client(served).messages.create(to=ANAS, from_=COMPANY, body="x", status_callback=receiver.url)
    served.told("/control/clock", advance=5)
    served.settle()
    assert receiver.told() == ["sent", "undelivered"]
    assert receiver.came[-1].form["ErrorCode"] == "30003"


def test_a_receiver_that_is_not_there_does_no_harm(served: Served) -> None:
    sent = client(served).messages.create(
        to=ANAS, from_=COMPANY, body="x", status_callback="http://127.0.0.1:9/"
    )
    served.settle()
    assert client(served).messages(sent.sid).fetch().status == "sent"


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://example.org/",
        "http://localhost.example.org/",
        "http://127.0.0.1@example.org/",
        "http://127.0.0.1\\@example.org/",
        "http://127.0.0.1.example.org/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "http://[::1/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1/\r\nX: y",
        "http://127.0.0.1/ä",
        "http://127.0.0.1/" + "x" * 2_000,
        "callback",
    ],
)
def test_nobody_makes_the_server_ask_others(served: Served, url: str) -> None:
    assert refusal(served, ANAS, COMPANY, status_callback=url) == 21609


def test_callbacks_go_where_the_server_was_told() -> None:
    callbacks = Callbacks(CarrierAccount(), frozenset({"callbacks.example"}))
    for url in ("https://callbacks.example/x", "http://127.0.0.1:1/", "http://[::1]:1/"):
        callbacks.check(url)
    with pytest.raises(Problem):
        callbacks.check("https://other.example/")


def test_states_are_called_back_in_order_as_a_limited_number_sends(
    served: Served, receiver: Receiver
) -> None:
    served.ask("PATCH", "/control/policy", json={"delivery_reports": "all"})
    served.told("/control/faults", provider_number=COMPANY, segments_per_second=1)
    sids = [
        client(served)
        .messages.create(to=ANAS, from_=COMPANY, body="x", status_callback=receiver.url)
        .sid
        for _ in range(3)
    ]
    served.settle()
    assert receiver.told() == ["sent"]
    for passes in (1, 1, 1, "1 hour"):
        served.told("/control/clock", advance=passes)
        served.settle()
    told = [(each.form["MessageSid"], each.form["MessageStatus"]) for each in receiver.came]
    assert [sid for sid, state in told if state == "sent"] == sids
    for sid in sids:
        assert [state for each, state in told if each == sid] == ["sent", "delivered"]


def test_none_of_many_callbacks_is_lost(served: Served, receiver: Receiver) -> None:
    served.ask("PATCH", "/control/policy", json={"delivery_reports": "all"})
    served.told("/control/faults", outage_of="provider-1")
    for _ in range(150):
        client(served).messages.create(
            to=ANAS, from_=COMPANY, body="x", status_callback=receiver.url
        )
    served.told("/control/faults", end_of_outage_of="provider-1")
    served.told("/control/clock", advance="1 hour")
    served.settle()
    assert sorted(receiver.told()) == ["delivered"] * 150 + ["sent"] * 150


def test_nothing_is_called_back_again_after_a_restart(tmp_path: Path, receiver: Receiver) -> None:
    settings = Settings(control=True, demo=True, state_file=tmp_path / "state")
    with serving(settings) as first:
        sent = client(first).messages.create(
            to=ANAS, from_=COMPANY, body="x", status_callback=receiver.url
        )
        first.settle()
    with serving(settings) as again:
        again.settle()
        assert client(again).messages(sent.sid).fetch().status == "sent"
        assert receiver.told() == ["sent"]
        again.ask("PATCH", "/control/policy", json={"delivery_reports": "all"})
        following = client(again).messages.create(to=ANAS, from_=COMPANY, body="x")
        assert following.sid != sent.sid
