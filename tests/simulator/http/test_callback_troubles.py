"""Status callbacks to receivers that are slow, broken, or not there."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from twilio.request_validator import RequestValidator

from smslab.simulator.http.auth.accounts import DEVELOPMENT_TOKEN, CarrierAccount
from smslab.simulator.http.carrier.callbacks import Callbacks
from smslab.simulator.http.carrier.ledger import Posted
from smslab.simulator.states import MessageState
from tests.simulator.http.asking import ANAS, COMPANY
from tests.simulator.http.receiving import Receiver, receiving

TIME = datetime(2026, 1, 5, 9, tzinfo=UTC)


def posted(callback: str, sid: str = "SM1") -> Posted:
    """A message that has been sent, whose states are called back."""
    return Posted(
        sid, ANAS, COMPANY, "x", (), callback, TIME, TIME, MessageState.SENT, 1, None, TIME
    )


def tell(*each: Posted, patience: float = 30) -> None:
    """Call back for all, and wait for it."""

    async def told() -> None:
        callbacks = Callbacks(CarrierAccount(), frozenset(), patience)
        await callbacks.begin()
        for one in each:
            callbacks.tell(one)
        await callbacks.settled()
        await callbacks.end()

    asyncio.run(told())


def delivered(before: Posted) -> Posted:
    """The same message, once it has arrived."""
    return replace(before, state=MessageState.DELIVERED)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("error", "it answered 500"),
        ("elsewhere", "it answered 307"),
        ("never", "it did not answer within 0.5 seconds"),
        ("drops", "it did not answer within 0.5 seconds"),
        ("nonsense", "what is this"),
    ],
)
def test_a_callback_that_is_not_taken_is_logged_and_the_next_one_goes_out(
    receiver: Receiver, caplog: pytest.LogCaptureFixture, path: str, wrong: str
) -> None:
    first = posted(f"{receiver.base}/{path}")
    tell(first, delivered(first), patience=0.5 if "0.5" in wrong else 30)
    assert [(each.path, each.form["MessageStatus"]) for each in receiver.came] == [
        (f"/{path}", "sent"),
        (f"/{path}", "delivered"),
    ]
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith(f"Status callbacks to {receiver.base} fail: ")
    assert wrong in record.getMessage()


def test_an_answer_is_not_read_to_its_end(
    receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    first = posted(f"{receiver.base}/endless")
    tell(first, delivered(first))
    assert receiver.told() == ["sent", "delivered"]
    assert not caplog.records


def test_a_slow_receiver_holds_up_no_other(receiver: Receiver) -> None:
    async def told() -> list[str]:
        callbacks = Callbacks(CarrierAccount(), frozenset(), 60)
        await callbacks.begin()
        for number in range(20):
            callbacks.tell(posted(f"{receiver.base}/never", f"SM{number}"))
        callbacks.tell(posted(other.url, "SMwell"))
        while not other.came:
            await asyncio.sleep(0.01)
        await callbacks.end()
        return [each.path for each in receiver.came]

    with receiving() as other:
        slow = asyncio.run(asyncio.wait_for(told(), 30))
    assert set(slow) <= {"/never"}
    assert len(slow) <= 5, "so many were asked at once"


def test_what_was_wrong_is_logged_again_once_it_was_well(
    receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    paths = ("error", "error", "status", "error")
    tell(*(posted(f"{receiver.base}/{path}") for path in paths))
    assert [each.path for each in receiver.came] == [f"/{path}" for path in paths]
    assert len(caplog.records) == 2


def test_the_log_holds_no_password(caplog: pytest.LogCaptureFixture) -> None:
    tell(posted("http://ana:secret@127.0.0.1:9/secret?secret"))
    assert "http://127.0.0.1:9 fail" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("end", ["", "/", "?of=parcel", "/a%2Fb?x=%7E|#part", "/x?a=1&a=2&b="])
def test_what_is_signed_is_the_address_that_is_asked(receiver: Receiver, end: str) -> None:
    tell(posted(f"{receiver.base}{end}"))
    (came,) = receiver.came
    asked = f"{receiver.base}{came.path}"
    assert RequestValidator(DEVELOPMENT_TOKEN).validate(asked, came.form, came.signature)


def test_no_callback_is_begun_after_the_end(receiver: Receiver) -> None:
    async def ended() -> None:
        callbacks = Callbacks(CarrierAccount(), frozenset())
        callbacks.tell(posted(receiver.url))
        await callbacks.begin()
        callbacks.tell(posted(f"{receiver.base}/never"))
        callbacks.tell(delivered(posted(f"{receiver.base}/never")))
        while not receiver.came:
            await asyncio.sleep(0.01)
        await callbacks.end()
        callbacks.tell(posted(receiver.url))
        await callbacks.settled()

    asyncio.run(ended())
    assert receiver.told() == ["sent"]
