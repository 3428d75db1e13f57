"""Credentials come from the environment or a keyring, and are seen nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from smslab.simulator.http.auth.accounts import Accounts, CarrierAccount, User
from smslab.steps.targets.choosing import chosen_target
from smslab.steps.targets.client import checked_url
from smslab.steps.targets.credentials import Credentials, Secret, credentials_of
from smslab.steps.targets.protocol import TargetFailed
from tests.steps.conftest import Folder
from tests.steps.targets.conftest import Serve, feature

PASSWORD, SIGNING = "correct-horse-battery", "f00dfeedc0ffee"
ACCOUNTS = Accounts(
    {"robot": User("robot", PASSWORD, frozenset({"smslab_control", "admin"}))},
    carrier=CarrierAccount(token=SIGNING),
)
ENVIRONMENT = {
    "SMSLAB_TARGET_USER": "robot",
    "SMSLAB_TARGET_PASSWORD": PASSWORD,
    "SMSLAB_TARGET_SIGNING_TOKEN": SIGNING,
}

TEXTS = feature("conversations_of_guests")


class InMemory(KeyringBackend):
    """A backend of the library that keeps its entries here, and nothing on this machine."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._entries[service, username] = password


def everything_written(folder: Folder) -> str:
    files = (path for path in folder.path.rglob("*") if path.is_file())
    return "".join(path.read_text(errors="replace") for path in files)


def test_a_run_with_credentials_leaves_none_behind(folder: Folder, serve: Serve) -> None:
    folder.environment |= ENVIRONMENT
    options = ["--target", serve(accounts=ACCOUNTS), "--record", "recorded.jsonl"]
    options += ["--messages", "messages.ndjson"]
    ran = folder.smslab("run", TEXTS, *options)
    assert ran.returncode == 0, ran.stdout
    for secret in (PASSWORD, SIGNING):
        assert secret not in ran.stdout + ran.stderr + everything_written(folder)


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("SMSLAB_TARGET_PASSWORD", "Look at the user, the password and the roles."),
        ("SMSLAB_TARGET_SIGNING_TOKEN", "Look at the auth token of the provider"),
    ],
)
def test_wrong_credentials_are_said_and_not_shown(
    folder: Folder, serve: Serve, variable: str, said: str
) -> None:
    wrong = "wrong-horse-battery"
    folder.environment |= {**ENVIRONMENT, variable: wrong}
    ran = folder.smslab("run", TEXTS, "--target", serve(accounts=ACCOUNTS))
    assert ran.returncode in (1, 2)
    output = ran.stdout + ran.stderr + everything_written(folder)
    assert said in output
    assert wrong not in output


def test_without_credentials_it_is_said_which_to_set(folder: Folder, serve: Serve) -> None:
    target = chosen_target(serve(accounts=ACCOUNTS), folder.path)
    with pytest.raises(TargetFailed, match="Set SMSLAB_TARGET_USER and SMSLAB_TARGET_PASSWORD"):
        target.check(())
    target.close()


def test_a_url_with_credentials_is_refused_without_showing_them(folder: Folder) -> None:
    ran = folder.smslab("run", TEXTS, "--target", f"https://robot:{PASSWORD}@example.com")
    assert ran.returncode == 2
    assert "The URL of a target holds no credentials" in ran.stderr + ran.stdout
    assert PASSWORD not in ran.stdout + ran.stderr


def test_a_named_target_has_variables_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMSLAB_TARGET_USER", "anybody")
    monkeypatch.setenv("SMSLAB_DEV_2_USER", "robot")
    monkeypatch.setenv("SMSLAB_TARGET_PASSWORD", PASSWORD)
    found = credentials_of("dev-2")
    assert found.user == "robot"
    assert found.password is not None
    assert found.password.reveal() == PASSWORD
    assert PASSWORD not in f"{found} {found!r} {found.secrets}"
    assert found.hidden_in(f"the password {PASSWORD} is wrong") == "the password *** is wrong"


def test_half_of_the_credentials_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMSLAB_DEV_USER", "robot")
    with pytest.raises(TargetFailed, match="incomplete: set SMSLAB_DEV_PASSWORD, too"):
        credentials_of("dev")


@pytest.mark.parametrize(
    ("what", "text", "said"),
    [
        ("TOKEN", "s3cr3t\n", "SMSLAB_DEV_TOKEN .* has a line break"),
        ("SIGNING_TOKEN", "s3\tcr3t", "SMSLAB_DEV_SIGNING_TOKEN .* another control"),
        ("TOKEN", "s3cr3t-ä", "SMSLAB_DEV_TOKEN .* is no token: it is not ASCII"),
    ],
)
def test_what_no_request_can_carry_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, what: str, text: str, said: str
) -> None:
    monkeypatch.setenv(f"SMSLAB_DEV_{what}", text)
    with pytest.raises(TargetFailed, match=said) as raised:
        credentials_of("dev")
    assert "cr3t" not in str(raised.value)


@pytest.fixture
def use() -> Iterator[Callable[[KeyringBackend], None]]:
    """Chooses the backend of the library until the test ends."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_keyring_is_asked_where_the_environment_says_nothing(
    use: Callable[[KeyringBackend], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(InMemory())
    for what, secret in {"USER": "robot", "PASSWORD": PASSWORD, "SIGNING_TOKEN": SIGNING}.items():
        keyring.set_password("smslab", f"dev {what}", secret)
    monkeypatch.setenv("SMSLAB_DEV_SIGNING_TOKEN", "of the environment")
    found = credentials_of("dev")
    assert (found.user, found.password and found.password.reveal()) == ("robot", PASSWORD)
    assert found.signing is not None
    assert found.signing.reveal() == "of the environment"
    assert credentials_of("prod") == Credentials()


def test_a_keyring_that_cannot_be_opened_has_no_entries(
    use: Callable[[KeyringBackend], None],
) -> None:
    use(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.get_password("smslab", "dev USER")
    assert credentials_of("dev") == Credentials()


def test_without_the_library_there_is_no_keyring(
    use: Callable[[KeyringBackend], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(InMemory())
    keyring.set_password("smslab", "dev TOKEN", PASSWORD)
    monkeypatch.setattr("smslab.steps.targets.credentials.find_spec", lambda name: None)
    assert credentials_of("dev") == Credentials()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.com", "is no URL of a target"),
        ("http://", "is no URL of a target"),
        ("https://example.com/api", "ends after the host and port"),
        ("https://example.com:99999", "no host and port that can be"),
        ("http://example.com", "Credentials would travel to http://example.com for all to read"),
    ],
)
def test_a_url_that_cannot_be_is_refused(url: str, said: str) -> None:
    with pytest.raises(TargetFailed, match=said):
        checked_url(url, Credentials("robot", Secret(PASSWORD)))


def test_credentials_may_travel_to_this_machine_and_over_tls() -> None:
    mine = Credentials("robot", Secret(PASSWORD))
    for url in ("http://127.0.0.1:8000", "http://[::1]:8000", "https://example.com"):
        assert checked_url(f"{url}/", mine) == url


@pytest.mark.parametrize("secret", [PASSWORD, 'with "quotes" and ä'])
def test_what_is_recorded_hides_secrets_even_in_answers(tmp_path: Path, secret: str) -> None:
    from smslab.steps.targets.client import Answer, Request
    from smslab.steps.targets.recording import Recorder

    class Telling:
        def begin(self, seed: int) -> None: ...

        def wait(self, seconds: float) -> None: ...

        def send(self, request: Request) -> Answer:
            return Answer(200, {"echo": secret, secret: [f"robot:{secret}"]})

        def close(self) -> None: ...

    file = tmp_path / "recorded.jsonl"
    credentials = Credentials("robot", Secret(secret))
    recorder = Recorder(Telling(), file, {"kind": "http"}, credentials.hidden_in)
    recorder.begin(1)
    recorder.send(Request("GET", "/"))
    recorder.close()
    assert secret not in file.read_text()
    assert json.dumps(secret)[1:-1] not in file.read_text()
    answers = [json.loads(line) for line in file.read_text().splitlines()][2]["exchanges"]
    assert list(answers[0]["answer"].values()) == ["***", ["robot:***"]]
