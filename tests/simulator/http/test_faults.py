"""Requests that are wrong in every way: the documented error, and nothing changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smslab.simulator.http import bodies
from smslab.simulator.http.serving import LOOPBACK, Address, Unsafe, checked
from smslab.simulator.http.settings import Settings
from tests.simulator.http.asking import ANA, ANAS, URL, Served, problem
from tests.simulator.http.asking import served as serving

NUMBER = "/api/now/initiate_message/validate_phone_number"
SEND = "/api/x_smslab/agent_sms/send"
HOOK = "/api/sn_va_sms_twilio/message"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
POSTS = (
    NUMBER,
    "/api/now/initiate_message/validate_profile",
    SEND,
    "/control/reset",
    "/control/commands/send",
    "/control/clock",
    "/control/faults",
    "/control/agents/Bill/send",
)

BROKEN = {
    "no JSON": b"{",
    "not an object": b"[1]",
    "a number": b"17",
    "not UTF-8": b'{"phone_number": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "too deep": b'{"a":' * 100_000,
    "deep but closed": b'{"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "half of a character": rb'{"phone_number": "\ud800", "message": "\ud800", "seed": "\ud800"}',
    "not a number": b'{"phone_number": NaN}',
    "endless": b'{"seed": Infinity}',
    "beyond numbers": b'{"phone_number": 1e999, "message": -1e999}',
    "a huge number": b'{"seed": ' + b"9" * 5_000 + b"}",
    "a null byte": b"\x00",
    "keys of no use": b'{"' + b"x" * 10_000 + b'": 1}',
    "null": b"null",
}


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("what", BROKEN)
def test_json_that_is_none_is_an_error_and_changes_nothing(
    served: Served, path: str, what: str
) -> None:
    instance, before = served.world.instance, served.world.mark()
    answered = served.post(path, content=BROKEN[what], headers=JSON)
    assert problem(answered, 400)["message"]
    assert (served.world.instance, served.world.mark()) == (instance, before)
    assert len(answered.text) < 1_000


@pytest.mark.parametrize("kind", ["text/plain", "", "application/x-www-form-urlencoded", "json"])
def test_json_must_be_called_json(served: Served, kind: str) -> None:
    headers = {"Content-Type": kind}
    problem(served.post(SEND, content=b'{"message": "Hi"}', headers=headers), 415)


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"Body=%ff", FORM, 400),
        (b"Body=\xff", FORM, 400),
        (b"&&&", FORM, 400),
        (b"=&" * 2_000, FORM, 400),
        (b"Body", FORM, 400),
        (b"{}", JSON, 415),
        (b"--x\r\n", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
        (b"", {}, 403),
    ],
)
def test_forms_that_are_none(
    served: Served, content: bytes, headers: dict[str, str], status: int
) -> None:
    before = served.world.mark()
    problem(served.post(HOOK, content=content, headers=headers), status)
    assert served.world.mark() == before


@pytest.mark.parametrize("path", [*POSTS, HOOK, "/api/now/table/csm_consumer"])
def test_a_body_that_is_too_large_is_refused_before_it_is_read(path: str) -> None:
    with serving(Settings(control=True, demo=True, largest_body=100)) as served:
        said = problem(served.post(path, content=b"x" * 101, headers=JSON), 413)
        assert "100 bytes" in str(said["detail"])

        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(1_000):
                yield b"x" * 10

        problem(served.post(path, content=pieces(), headers=JSON), 413)


def test_a_body_that_never_ends_is_not_waited_for(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.05)

    async def slow() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(60)

    problem(served.post(SEND, content=slow(), headers=JSON), 408)


def test_a_body_that_comes_in_pieces_is_read_whole(served: Served) -> None:
    async def slow() -> AsyncIterator[bytes]:
        for piece in (b'{"phone_', b'number": "+49151', b'23456789"}'):
            await asyncio.sleep(0.001)
            yield piece

    answered = served.post(NUMBER, content=slow(), headers=JSON)
    assert answered.json()["result"]["e164"] == ANAS


@pytest.mark.parametrize(
    "path",
    [
        "//control/state",
        "/control/state/",
        "/control//state",
        "/CONTROL/state",
        "/control/state%00",
        "/control/state;x=1",
        "/..%2f..%2fetc/passwd",
        "/api/now/table/..%2f..%2fcontrol%2fstate",
        "/api/now/table/%2e%2e/%2e%2e",
        "/%ff%fe",
    ],
)
def test_tricks_with_paths_lead_nowhere(served: Served, path: str) -> None:
    url = httpx.URL(URL).copy_with(raw_path=path.encode())
    assert url.raw_path == path.encode()
    answered = served.ask("GET", url)
    assert answered.status_code in (307, 400, 404), answered.text
    if answered.status_code == 307:
        assert answered.headers["location"].startswith("http://127.0.0.1/control/state")
    else:
        problem(answered, answered.status_code)


def test_headers_do_not_break_out_of_an_answer(served: Served) -> None:
    for header in ("X-Smslab-Run", "Origin", "Authorization", "Content-Type"):
        answered = served.post(SEND, json={}, headers={header: "x, y: z%0d%0aSet-Cookie: a=b"})
        assert answered.status_code in (400, 409, 415)
        assert "set-cookie" not in answered.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 400),
        ({"Host": "127.0.0.1.evil.example"}, 400),
        ({"Host": ""}, 400),
        ({"Host": "[::1].evil.example"}, 400),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost.evil.example:8000"}, 403),
        ({"Host": "localhost:8000"}, 200),
        ({"Host": "[::1]:8000"}, 200),
        ({"Origin": "http://127.0.0.1:8000"}, 200),
    ],
)
def test_no_page_of_another_site_gets_in_by_way_of_a_browser(
    headers: dict[str, str], status: int
) -> None:
    settings = checked(Settings(control=True), Address())
    assert settings.hosts == LOOPBACK
    with serving(settings) as served:
        assert served.get("/control/state", headers=headers).status_code == status


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "example.org", ""])
def test_others_get_in_with_passwords_only(host: str) -> None:
    with pytest.raises(Unsafe, match="--accounts"):
        checked(Settings(), Address(host))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_on_loopback_nobody_has_to_sign_in(host: str) -> None:
    assert checked(Settings(), Address(host)).accounts is None


def test_methods_that_are_none(served: Served) -> None:
    for method in ("PUT", "TRACE", "BREW", "get"):
        answered = served.ask(method, SEND)
        problem(answered, 405)
        assert answered.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/now/table/csm_consumer", "GET, HEAD, POST"),
        (f"/api/now/v2/table/csm_consumer/{ANA}", "DELETE, GET, HEAD, PATCH, PUT"),
        ("/api/now/attachment/file", "POST"),
        ("/api/now/v1/attachment/upload", "POST"),
        ("/api/now/attachment/1", "DELETE, GET, HEAD, PATCH"),
        ("/control/clock", "GET, HEAD, POST"),
        ("/health", "GET, HEAD"),
    ],
)
def test_a_method_that_is_none_is_told_those_that_are(
    served: Served, path: str, allowed: str
) -> None:
    methods = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"}
    for method in methods - set(allowed.split(", ")):
        answered = served.ask(method, path, content=b"\xff", headers=JSON)
        problem(answered, 405)
        assert answered.headers["allow"] == allowed


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text() | st.just("class"), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        *("agent", "interaction", "user_table", "user_document", "send_to", "send_from"),
        *("message", "confirmed", "attachments", "phone_number", "channel_user_id"),
        *("inbound_id", "channel", "arguments", "request", "party", "seed", "policy", "at"),
        *("advance", "number", "condition", "outage_of"),
    ]
)
WORDS = st.sampled_from(
    ["Bill", "agent-1", ANA, ANAS, "csm_consumer", "sys_user", "SMS", "", "Ana"]
)


def test_whatever_is_posted_is_answered() -> None:
    with serving() as served:

        @given(st.sampled_from(POSTS), st.dictionaries(KEYS, json_values | WORDS, max_size=8))
        def answered(path: str, body: dict[str, Any]) -> None:
            try:
                found: httpx.Response = served.post(path, json=body)
            except UnicodeEncodeError:  # httpx writes no half of a character
                return
            assert found.status_code in (200, 400, 404), found.text
            if found.status_code != 200:
                problem(found, found.status_code)

        answered()


def test_the_carrier_takes_no_strange_numbers(served: Served) -> None:
    told = served.command(
        "requester_texts", requester_number="\n", provider_number="\r\nX: y", body="\x00"
    )
    assert told["error"]["rule"] == "R-1"
