"""`smslab serve` as a process of its own: over the network, by many at once, and killed."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import ssl
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import requests
from pysnc import ServiceNowClient  # type: ignore[import-untyped]
from pysnc.auth import ServiceNowPasswordGrantFlow  # type: ignore[import-untyped]
from pysnc.exceptions import AuthenticationException  # type: ignore[import-untyped]
from typer.testing import CliRunner

from smslab.simulator.http.auth.accounts import DEVELOPMENT_TOKEN
from smslab.simulator.http.carrier.signatures import HEADER, signature
from smslab.simulator.http.demo import COMPANY
from smslab.steps.cli import app
from tests.steps.server import PATIENCE, Server, serving

HOOK = "/api/sn_va_sms_twilio/message"
FOREIGN = 10**20
"""Above it no message of the instance's own has its SID."""


class Requester:
    """A client with a connection of its own, as plain as can be: it must cost little."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def __aenter__(self) -> Requester:
        port = httpx.URL(self._url).port
        self._from, self._to = await asyncio.open_connection("127.0.0.1", port)
        return self

    async def __aexit__(self, *error: object) -> None:
        self._to.close()

    async def text(self, number: str, body: str, sid: str) -> bool:
        """Text the company; whether it was acknowledged."""
        form = {"From": number, "To": COMPANY, "Body": body, "MessageSid": sid}
        signed = f"{HEADER}: {signature(DEVELOPMENT_TOKEN, f'{self._url}{HOOK}', form.items())}"
        try:
            await self._post(HOOK, urlencode(form), "application/x-www-form-urlencoded", signed)
        except (OSError, asyncio.IncompleteReadError):
            return False
        return True

    async def send(self, agent: str, party: str, number: str) -> dict[str, Any]:
        """Let an agent write to a number for a party, having confirmed; what is answered."""
        wish = {
            "agent": agent,
            "user_table": "csm_consumer",
            "user_document": party,
            "send_to": number,
            "message": "Hello",
            "confirmed": True,
        }
        path = "/api/x_smslab/agent_sms/send"
        said = json.loads(await self._post(path, json.dumps(wish), "application/json"))
        result: dict[str, Any] = said["result"]
        return result

    async def _post(self, path: str, content: str, kind: str, *headers: str) -> bytes:
        """The body of the answer, which must be well."""
        lines = (
            f"POST {path} HTTP/1.1",
            f"Host: {self._url.removeprefix('http://')}",
            f"Content-Type: {kind}",
            f"Content-Length: {len(content)}",
            *headers,
        )
        self._to.write("\r\n".join((*lines, "", content)).encode())
        head = (await self._from.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"content-length: (\d+)", head)
        assert length is not None
        body = await self._from.readexactly(int(length[1]))
        assert head.startswith("HTTP/1.1 200 "), head
        return body


def messages(url: str) -> list[dict[str, str]]:
    """Every message of the instance as it is now, by what its control area says."""
    records = httpx.get(f"{url}/control/state", timeout=PATIENCE).json()["records"]
    latest = {each["id"]: each for each in records if each["class"] == "Message"}
    return list(latest.values())


def sid_of(number: int) -> str:
    return f"SM{number:032d}"


def number_of(client: int) -> str:
    return f"+4915123{client:06d}"


def test_two_hundred_clients_at_once_lose_and_duplicate_nothing(tmp_path: Path) -> None:
    clients, each = 200, 3

    async def one(url: str, client: int) -> bool:
        async with Requester(url) as requester:
            sids = [sid_of(client * each + turn) for turn in range(each)]
            repeated = sids[:1] if client % 10 == 0 else []
            number = number_of(client % 150)  # some share their line with another
            return all([await requester.text(number, "Hi", sid) for sid in [*sids, *repeated]])

    async def all_at_once(url: str) -> list[bool]:
        return await asyncio.gather(*(one(url, client) for client in range(clients)))

    with serving(tmp_path, "--demo", "--control") as server:
        acknowledged = asyncio.run(all_at_once(server.url))
        assert all(acknowledged)
        found = messages(server.url)
        assert sorted(m["provider_id"] for m in found if m["direction"] == "inbound") == [
            sid_of(number) for number in range(clients * each)
        ]
        state = httpx.get(f"{server.url}/control/state", timeout=PATIENCE).json()
        assert state["breaches"] == []
        interactions = {r["id"]: r for r in state["records"] if r["class"] == "Interaction"}
        lines = Counter(row["requester_number"] for row in interactions.values())
        assert set(lines.values()) == {1}
        assert len(lines) == 150
        for message in found:
            conversation = interactions[message["interaction"]]
            assert conversation["requester_number"] == message["requester_number"]


def test_agents_and_requesters_at_once_leave_one_conversation_on_every_line(
    tmp_path: Path,
) -> None:
    async def one(url: str, client: int) -> list[dict[str, Any]]:
        number = number_of(client % 40)  # five clients fight for every number
        agent, party = ("Bill", "Cleo")[client % 2], f"consumer-{client // 40 % 2 + 1}"
        async with Requester(url) as requester:
            sent = [await requester.send(agent, party, number)]
            assert await requester.text(number, "Hi", sid_of(FOREIGN + client))
            return [*sent, await requester.send(agent, party, number)]

    async def all_at_once(url: str) -> list[list[dict[str, Any]]]:
        return await asyncio.gather(*(one(url, client) for client in range(200)))

    with serving(tmp_path, "--demo", "--control") as server:
        answers = [each for said in asyncio.run(all_at_once(server.url)) for each in said]
        state = httpx.get(f"{server.url}/control/state", timeout=PATIENCE).json()
    found = {r["id"]: r for r in state["records"] if r["class"] == "Message"}.values()
    assert state["breaches"] == []
    assert {each["status"] for each in answers} == {"sent"}
    sent = [each["message"]["number"] for each in answers]
    assert sorted(m["id"] for m in found if m["author"].startswith("agent-")) == sorted(sent)
    assert len(set(sent)) == 400
    inbound = [m["provider_id"] for m in found if m["direction"] == "inbound"]
    assert sorted(inbound) == [sid_of(FOREIGN + client) for client in range(200)]
    latest = {r["id"]: r for r in state["records"] if r["class"] == "Interaction"}
    lines = Counter(
        row["requester_number"]
        for row in latest.values()
        if row["state"] in ("New", "On Hold", "Work In Progress")
    )
    assert lines == {number_of(client): 1 for client in range(40)}
    assert {row["state"] for row in latest.values()} >= {"Closed Complete", "Work In Progress"}
    for message in found:
        assert latest[message["interaction"]]["requester_number"] == message["requester_number"]


def test_what_was_acknowledged_survives_a_kill_in_the_middle_of_writes(tmp_path: Path) -> None:
    acknowledged: list[str] = []

    async def until_killed(server: Server, first: int, enough: int) -> None:
        async def one(client: int) -> None:
            async with Requester(server.url) as requester:
                for turn in range(50):
                    sid = sid_of(first + client * 50 + turn)
                    if not await requester.text(number_of(client), "x" * 500, sid):
                        return
                    acknowledged.append(sid)
                    if len(acknowledged) == enough:
                        server.kill()

        await asyncio.gather(*(one(client) for client in range(7)))

    options = ("--demo", "--control", "--state", "state")
    for turn in range(2):
        enough = len(acknowledged) + 40
        with serving(tmp_path, *options) as server:
            asyncio.run(until_killed(server, turn * 1_000, enough))
            assert server.process.returncode == -signal.SIGKILL
    with (tmp_path / "state").open("ab") as file:
        file.write(b'{"command":"requester_te')  # as a write that was torn would leave it
    with serving(tmp_path, *options) as server:
        assert "The last line of state was not finished: 24 bytes dropped" in server.warned
        kept = Counter(message["provider_id"] for message in messages(server.url))
        assert set(acknowledged) <= set(kept)
        assert max(kept.values()) == 1
        agents = httpx.get(f"{server.url}/control/state").json()["records"]
        assert [r["name"] for r in agents if r["class"] == "Agent"] == ["Bill", "Cleo"]


def test_the_official_client_over_tls_signed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "accounts.toml").write_text(
        "[users.integration]\npassword = 'correct horse'\nroles = ['admin']\n"
        "[clients.parcels]\nsecret = 'battery+%2Bstaple'\n"
        f"[carrier]\naccount_sid = 'AC{'0' * 32}'\nauth_token = 'a secret'\n"
    )
    options = ("--demo", "--tls", "certificates", "--accounts", "accounts.toml")
    with serving(tmp_path, *options) as server:
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.delenv(name, raising=False)
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(f"{server.url}/ready", timeout=PATIENCE)
        certificate = tmp_path / "certificates" / "smslab-certificate.pem"
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        client = ServiceNowClient(server.url, ("integration", "correct horse"))
        consumer = client.GlideRecord("csm_consumer")
        consumer.order_by("name")
        consumer.query()
        assert [str(each.get_value("name")) for each in consumer] == ["Ana", "Ben"]
        ben = client.GlideRecord("csm_consumer")
        assert ben.get("name", "Ben")
        ben.name = "Benedict"
        assert ben.update()
        new = client.GlideRecord("csm_consumer")
        new.initialize()
        new.name = "Cora"
        new.mobile_phone = "0151 23456781"
        made = str(new.insert())
        again = client.GlideRecord("csm_consumer")
        assert again.get(made)
        assert again.get_value("name") == "Cora"
        password = ("integration", "correct horse")
        by_token = ServiceNowPasswordGrantFlow(*password, "parcels", "battery+%2Bstaple")
        client = ServiceNowClient(server.url, by_token)
        assert client.GlideRecord("csm_consumer").get("name", "Benedict")
        wrong = ServiceNowClient(server.url, ("integration", "wrong"))
        with pytest.raises(AuthenticationException):
            wrong.GlideRecord("csm_consumer").get(made)


def test_over_tls_and_past_tricks_with_paths(tmp_path: Path) -> None:
    with serving(tmp_path, "--control", "--tls", "certificates") as server:
        context = ssl.create_default_context(
            cafile=tmp_path / "certificates" / "smslab-certificate.pem"
        )
        with httpx.Client(verify=context, trust_env=False) as client:
            assert client.get(f"{server.url}/ready").json() == {"status": "ready"}
        port = httpx.URL(server.url).port
        for path in (
            "/control/../control/state",
            "/api/now/../../control/state",
            "/openapi.json/../app.py",
            "/../../etc/passwd",
            "/%2e%2e/control/state",
            "//control/state",
            "http://127.0.0.1/../control/state",
        ):
            asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
            assert b" 404 " in answer(port, context, asked.encode()).split(b"\r\n")[0]
        for raw in (
            b"nonsense\r\n\r\n",
            b"GET / HTTP/1.1\r\nA: b\r\n\r\n",
            b"\x00" * 100 + b"\r\n\r\n",
        ):
            assert b" 400 " in answer(port, context, raw).split(b"\r\n")[0]
        smuggled = (
            b"POST /control/reset HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        )
        assert b" 200 " not in answer(port, context, smuggled).split(b"\r\n")[0]


def answer(port: int | None, context: ssl.SSLContext, request: bytes) -> bytes:
    """All that is answered to bytes that no client would send."""
    with (
        socket.create_connection(("127.0.0.1", port or 0), timeout=PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as secure,
    ):
        secure.sendall(request)
        said = b""
        while part := secure.recv(65_536):
            said += part
            if said.startswith(b"HTTP/1.1 4"):
                break
        return said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "give a file of accounts with --accounts"),
        (["--accounts", "nowhere.toml"], "nowhere.toml cannot be read"),
        (["--state", "nowhere/state"], "nowhere/state cannot be opened"),
        (["--tables", "nowhere"], "nowhere"),
        (["--switch", "guest_profil=claim"], "did you mean 'guest_profile'?"),
        (["--policy", "nowhere.toml"], "nowhere.toml cannot be read"),
        (["--extension", "nowhere.py"], "There is no file"),
        (["--tls", "/dev/null/x"], "choose another folder"),
        (["--host", "256.1.1.1"], "--accounts"),
    ],
)
def test_what_cannot_be_served_is_said_in_a_sentence(
    options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(app, ["serve", "--port", "0", *options])
    assert ended.exit_code == 2, ended.output
    assert said in ended.output
    assert "Traceback" not in ended.output


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = CliRunner().invoke(app, ["serve", "--port", port])
    assert ended.exit_code == 2
    assert f"127.0.0.1:{port} cannot be used" in ended.output
