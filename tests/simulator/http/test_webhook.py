"""The carrier's webhook, with signatures that the official validator makes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from smslab.simulator.http.auth.accounts import Accounts, CarrierAccount, User
from smslab.simulator.http.carrier.signatures import is_signed, signature
from smslab.simulator.http.settings import Settings
from smslab.simulator.states import Direction
from tests.simulator.http.asking import ANAS, COMPANY, URL, Served, problem
from tests.simulator.http.asking import served as serving

PATH = "/api/sn_va_sms_twilio/message"
TEXT = {"From": ANAS, "To": COMPANY, "Body": "Where is my parcel?", "MessageSid": "SM1"}


def posted(
    served: Served,
    form: dict[str, str],
    token: str = "development",
    signed: str = f"{URL}{PATH}",
    path: str = PATH,
) -> httpx.Response:
    """A form, as the carrier would post it."""
    header = RequestValidator(token).compute_signature(signed, form)
    return served.post(path, data=form, headers={"X-Twilio-Signature": header})


def test_a_text_arrives_in_a_conversation(served: Served) -> None:
    answered = posted(served, TEXT)
    assert answered.status_code == 200
    assert answered.headers["content-type"].startswith("text/xml")
    assert "<Response>" in answered.text
    (message,) = served.world.instance.store.messages
    assert message.direction is Direction.INBOUND
    assert (message.body, message.provider_id) == ("Where is my parcel?", "SM1")
    assert served.world.instance.store.interactions[message.interaction].consumer == "consumer-1"


def test_a_repeated_sid_is_one_message(served: Served) -> None:
    assert [posted(served, TEXT).status_code for _ in range(2)] == [200, 200]
    assert len(served.world.instance.store.messages) == 1


def test_without_a_sid_every_text_counts(served: Served) -> None:
    form = {key: value for key, value in TEXT.items() if key != "MessageSid"}
    posted(served, form)
    posted(served, {**form, "MessageSid": ""})
    assert [each.provider_id for each in served.world.instance.store.messages] == [None, None]


def test_media_are_attachments(served: Served) -> None:
    media = {"NumMedia": "2", "MediaUrl0": "https://m/0", "MediaUrl1": "https://m/1"}
    assert posted(served, {**TEXT, **media, "MediaContentType0": "image/png"}).status_code == 200
    (message,) = served.world.instance.store.messages
    assert message.attachments == ("https://m/0", "https://m/1")


@pytest.mark.parametrize(
    "change",
    [
        {"From": "Ana"},
        {"From": "00491512345678"},
        {"From": "+٤٩١٥١٢٣٤٥٦٧٨"},
        {"To": ""},
        {"NumMedia": "x"},
        {"NumMedia": "-1"},
        {"NumMedia": "11"},
        {"NumMedia": "1"},
    ],
)
def test_a_form_that_cannot_be_changes_nothing(served: Served, change: dict[str, str]) -> None:
    before = served.world.mark()
    problem(posted(served, {**TEXT, **change}), 400)
    assert served.world.mark() == before


def test_a_number_that_is_not_the_companys_is_refused_by_its_rule(served: Served) -> None:
    said = problem(posted(served, {**TEXT, "To": "+4989123456"}), 400)
    assert said == {
        "message": "+4989123456 is not a number of the company.",
        "detail": "rule R-1",
    }


def test_a_signature_that_is_wrong_or_missing_is_refused(served: Served) -> None:
    before = served.world.mark()
    problem(served.post(PATH, data=TEXT), 403)
    problem(posted(served, TEXT, token="other"), 403)
    problem(posted(served, TEXT, signed=f"{URL}/other"), 403)
    header = RequestValidator("development").compute_signature(f"{URL}{PATH}", TEXT)
    changed = {**TEXT, "Body": "I want a refund"}
    problem(served.post(PATH, data=changed, headers={"X-Twilio-Signature": header}), 403)
    assert served.world.mark() == before


def test_the_query_is_signed_too(served: Served) -> None:
    with_query = f"{PATH}?from=%C3%A4"
    assert posted(served, TEXT, signed=f"{URL}{with_query}", path=with_query).status_code == 200
    problem(posted(served, TEXT, path=with_query), 403)


def settings(**further: Any) -> Settings:
    """With a token for every number, and another for one of them."""
    carrier = CarrierAccount("AC" + "1" * 32, "general", {COMPANY: "berlin"})
    user = User("u", "p")
    return Settings(demo=True, accounts=Accounts({"u": user}, carrier=carrier), **further)


def test_a_number_may_have_a_token_of_its_own() -> None:
    with serving(settings()) as served:
        assert posted(served, TEXT, token="berlin").status_code == 200
        problem(posted(served, TEXT, token="general"), 403)
        problem(posted(served, {**TEXT, "To": "+4989123456"}, token="general"), 400)


def test_behind_another_address_that_one_is_signed() -> None:
    with serving(settings(public_url="https://texts.example/")) as served:
        signed = f"https://texts.example{PATH}"
        assert posted(served, TEXT, token="berlin", signed=signed).status_code == 200
        problem(posted(served, TEXT, token="berlin"), 403)


forms = st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=5)
urls = st.sampled_from(
    [
        "http://127.0.0.1:8000/a",
        "https://x.example/a?b=c",
        "http://x.example:80/",
        "https://[::1]:1/",
    ]
)


@given(forms, urls, st.text(min_size=1))
def test_our_signatures_are_the_official_ones(form: dict[str, str], url: str, token: str) -> None:
    try:
        official = RequestValidator(token).compute_signature(url, form)
    except UnicodeEncodeError:  # half of a character is nothing that a form can hold
        return
    assert signature(token, url, form.items()) == official
    assert RequestValidator(token).validate(url, form, signature(token, url, form.items()))
    assert is_signed(token, url, form.items(), official)
    assert not is_signed(token + "x", url, form.items(), official)


class Fields(dict[str, list[str]]):
    """A form whose fields may be repeated, as the official client wants it."""

    def getall(self, name: str) -> list[str]:
        return self[name]


@given(st.dictionaries(st.text("aB1", max_size=2), st.lists(st.text("aB1"), min_size=1)), urls)
def test_repeated_fields_are_signed_as_the_official_client_does(
    form: dict[str, list[str]], url: str
) -> None:
    pairs = [(name, value) for name, values in form.items() for value in values]
    assert signature("t", url, pairs) == RequestValidator("t").compute_signature(url, Fields(form))


def test_a_host_with_a_port_that_is_none_has_signed_nothing(served: Served) -> None:
    problem(served.post(PATH, data=TEXT, headers={"Host": "127.0.0.1:99999"}), 403)
    for port in ("99999", "None", "x"):
        assert not is_signed("t", f"http://127.0.0.1:{port}/", [], "x")


def test_a_signature_may_leave_the_port_out() -> None:
    with_port, without = "https://x.example:443/a", "https://x.example/a"
    for signed, asked in ((with_port, without), (without, with_port)):
        assert is_signed("t", asked, [], signature("t", signed, []))


def test_of_a_repeated_field_the_last_counts_and_all_are_signed(served: Served) -> None:
    pairs = [*TEXT.items(), ("Body", "Second")]
    header = signature("development", f"{URL}{PATH}", pairs)
    headers = {
        "X-Twilio-Signature": header,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    assert served.post(PATH, content=urlencode(pairs), headers=headers).status_code == 200
    (message,) = served.world.instance.store.messages
    assert message.body == "Second"
