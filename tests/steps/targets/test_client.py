"""What is said of targets that answer otherwise than a target does, or not at all."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smslab.simulator.http.tls import certificate_in
from smslab.steps.targets import client
from smslab.steps.targets.choosing import chosen_target
from smslab.steps.targets.client import HttpTransport, Request
from smslab.steps.targets.credentials import Credentials, Secret
from smslab.steps.targets.protocol import TargetFailed, TargetGone
from tests.steps.conftest import Folder
from tests.steps.targets.conftest import Serve, feature

PASSWORD = 'correct-"horse"/bättery'
ROBOT = Credentials("robot", Secret(PASSWORD))


def answering(
    status: int, content: bytes, headers: dict[str, str] | None = None, times: int = 1
) -> Callable[[Any], Any]:
    """Makes an app that gives every request this answer, so many times in a row."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        sent = [(name.encode(), text.encode()) for name, text in (headers or {}).items()]
        echo = dict(scope["headers"]).get(b"authorization", b"")
        await send({"type": "http.response.start", "status": status, "headers": sent})
        for _ in range(times - 1):
            await send({"type": "http.response.body", "body": content, "more_body": True})
        await send({"type": "http.response.body", "body": content.replace(b"AUTH", echo)})

    return lambda original: app


@pytest.mark.parametrize(
    ("status", "content", "headers", "said"),
    [
        (200, b"<html>" + b"x" * 9_000, {}, r"with 200: <html>x{200,300}\.$"),
        (200, b'{"late": 1}', {}, r"is no smslab serve: /control/clock tells no time\.$"),
        (302, b"", {"location": "https://sso.example/in"}, "leads to https://sso.example/in: give"),
        (503, b"resting", {}, r"/control/clock with 503: resting\.$"),
        (
            401,
            b'{"error": {"message": "Who are you"}}',
            {},
            r"401: Who are you\. Set SMSLAB_TARGET",
        ),
    ],
)
def test_who_does_not_answer_as_a_target_is_said_in_a_line(
    folder: Folder, serve: Serve, status: int, content: bytes, headers: dict[str, str], said: str
) -> None:
    target = chosen_target(serve(around=answering(status, content, headers)), folder.path)
    with pytest.raises(TargetFailed, match=said) as raised:
        target.check(())
    assert "\n" not in str(raised.value)
    target.close()


@pytest.mark.parametrize(("seconds", "size"), [(0.0, 1 << 30), (60.0, 1 << 10)])
def test_an_answer_without_end_ends(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, seconds: float, size: int
) -> None:
    transport = HttpTransport(serve(around=answering(200, b"x" * 99, times=50)), Credentials())
    monkeypatch.setattr(client, "SECONDS", seconds)
    monkeypatch.setattr(client, "LARGEST", size)
    with pytest.raises(TargetGone, match="does not end its answer"):
        transport.send(Request("GET", "/"))
    transport.close()


@pytest.mark.parametrize("status", [401, 500])
def test_a_target_that_repeats_credentials_is_not_quoted(serve: Serve, status: int) -> None:
    said = json.dumps({"error": {"message": f"{PASSWORD} AUTH", "detail": "x"}}).encode()
    transport = HttpTransport(serve(around=answering(status, said)), ROBOT)
    try:
        shown = str(transport.send(Request("GET", "/")).body)
    except TargetFailed as error:
        shown = str(error)
    transport.close()
    assert "*** Basic ***" in shown
    for each in (PASSWORD, b64encode(f"robot:{PASSWORD}".encode()).decode()):
        assert each not in shown


def test_a_certificate_made_here_is_trusted_where_it_is_named(
    folder: Folder, serve: Serve, tmp_path: Path
) -> None:
    certificate = certificate_in(tmp_path / "tls", ["127.0.0.1", "localhost"])
    url = serve(certificate=certificate)
    options = ["run", f"{feature('guest_numbers')}:32", "--target", url, "--no-reports"]
    refused = folder.smslab(*options)
    assert refused.returncode == 2
    assert "Point SSL_CERT_FILE to the certificate of the target" in refused.stderr
    folder.environment["SSL_CERT_FILE"] = str(certificate[0])
    passed = folder.smslab(*options)
    assert "PASSED - 1 scenario: 1 passed" in passed.stdout, passed.stderr


def test_the_other_scheme_is_proposed(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = serve(around=answering(200, b"{}"))
    certificate = certificate_in(tmp_path / "tls", ["127.0.0.1"])
    secured = serve(around=answering(200, b"{}"), certificate=certificate)
    for url, said in {
        plain.replace("http:", "https:"): "It may want http://",
        secured.replace("https:", "http:"): "It may want https://",
    }.items():
        transport = HttpTransport(url, Credentials())
        with pytest.raises(TargetGone, match=said):
            transport.send(Request("GET", "/"))
        transport.close()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(TargetFailed, match="SSL_CERT_FILE or SSL_CERT_DIR cannot be used: No such"):
        HttpTransport(plain, Credentials())


def test_a_proxy_that_lets_nobody_through_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://bob:pr0xy-secret@127.0.0.1:9")
    transport = HttpTransport("https://dev.example.com", Credentials())
    with pytest.raises(TargetGone, match="HTTPS_PROXY is set: does the proxy") as raised:
        transport.send(Request("GET", "/"))
    transport.close()
    assert "pr0xy-secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("https://robot:s3/cr3t@example.com", "holds no credentials"),
        ("https://robot:s3?cr3t@example.com", "holds no credentials"),
        ("robot:s3cr3t@example.com", "holds no credentials"),
        ("127.0.0.1:8000", "a URL begins with its scheme: http://127.0.0.1:8000"),
        ("http://[::1", "has no host and port that can be"),
    ],
)
def test_what_is_no_url_is_said_without_its_password(tmp_path: Path, named: str, said: str) -> None:
    with pytest.raises(TargetFailed, match=re.escape(said)) as raised:
        chosen_target(named, tmp_path)
    assert "cr3t" not in str(raised.value)
