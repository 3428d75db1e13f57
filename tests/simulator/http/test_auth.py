"""Accounts from a file, Basic authentication, tokens, and the roles that are needed."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from smslab.simulator.http.auth.accounts import (
    Accounts,
    BadAccounts,
    CarrierAccount,
    User,
    read_accounts,
)
from smslab.simulator.http.auth.authentication import Authentication
from smslab.simulator.http.auth.tokens import Tokens
from smslab.simulator.http.errors import ApiError
from smslab.simulator.http.settings import Settings
from tests.simulator.http.asking import ANA, ANAS, Served, problem
from tests.simulator.http.asking import served as serving

NUMBER = "/api/now/initiate_message/validate_phone_number"
ROLES = {
    "agent": {"agent_workspace_user"},
    "clerk": {"itil"},
    "boss": {"admin"},
    "tester": {"smslab_control"},
    "nobody": set(),
}
USERS = {name: User(name, f"secret of {name}", frozenset(roles)) for name, roles in ROLES.items()}
ACCOUNTS = Accounts(USERS, {"app": "app's secret", "other": "other's secret"}, CarrierAccount())


def basic(name: str, password: str | None = None) -> dict[str, str]:
    """The header of Basic authentication."""
    secret = f"secret of {name}" if password is None else password
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


@pytest.fixture
def guarded() -> Iterator[Served]:
    """A server where everybody has to sign in."""
    with serving(Settings(control=True, demo=True, accounts=ACCOUNTS)) as found:
        yield found


def token(guarded: Served, **form: str) -> httpx.Response:
    """What the address of tokens answers."""
    client = {"client_id": "app", "client_secret": "app's secret"}
    return guarded.post("/oauth_token.do", data=client | form)


PASSWORD = {"grant_type": "password", "username": "agent", "password": "secret of agent"}


def test_the_right_password_and_role_open(guarded: Served) -> None:
    answered = guarded.post(NUMBER, json={"phone_number": ANAS}, headers=basic("agent"))
    assert answered.status_code == 200


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_passwords_have_letters_of_their_own(encoding: str) -> None:
    accounts = Accounts({"jörg": User("jörg", "schlüssel:ß")})
    header = base64.b64encode("jörg:schlüssel:ß".encode(encoding)).decode()
    assert Authentication(accounts).user_of(f"Basic {header}").name == "jörg"
    with pytest.raises(ApiError):
        Authentication(accounts).user_of(f"Basic {header[:-4]}")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic("agent", "wrong"),
        basic("agent", ""),
        basic("stranger", ""),
        basic("", ""),
        {"Authorization": "Basic"},
        {"Authorization": "Basic !!!"},
        {"Authorization": "Basic /////w=="},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": "Digest x"},
    ],
)
def test_whoever_cannot_say_who_they_are_is_asked(guarded: Served, headers: dict[str, str]) -> None:
    answered = guarded.post(NUMBER, json={"phone_number": ANAS}, headers=headers)
    assert problem(answered, 401)["message"] == "User Not Authenticated"
    assert answered.headers["www-authenticate"].startswith("Basic")


TABLE = "/api/now/table/csm_consumer"


@pytest.mark.parametrize(
    ("method", "path", "may"),
    [
        ("POST", NUMBER, {"agent", "boss"}),
        ("POST", "/api/x_smslab/agent_sms/preview", {"agent", "boss"}),
        ("GET", TABLE, set(ROLES)),
        ("POST", TABLE, {"clerk", "boss"}),
        ("PATCH", f"{TABLE}/{ANA}", {"clerk", "boss"}),
        ("DELETE", f"{TABLE}/{'0' * 32}", {"clerk", "boss"}),
        ("GET", "/control/state", {"tester"}),
        ("POST", "/control/reset", {"tester"}),
        ("GET", "/nowhere", set(ROLES)),
        ("GET", "/health", {*ROLES, ""}),
        ("GET", "/ready", {*ROLES, ""}),
        ("GET", "/openapi.json", {*ROLES, ""}),
    ],
)
def test_every_area_needs_its_role(guarded: Served, method: str, path: str, may: set[str]) -> None:
    def refused(headers: dict[str, str]) -> bool:
        said = guarded.ask(method, path, json={}, headers=headers).text
        return "User Not Auth" in said  # enticated, or orized

    allowed = {name for name in ROLES if not refused(basic(name))}
    assert allowed == may - {""}
    assert refused({}) is ("" not in may)


def test_a_token_for_a_password_opens_as_the_password_does(guarded: Served) -> None:
    given = token(guarded, **PASSWORD).json()
    assert (given["token_type"], given["scope"]) == ("Bearer", "useraccount")
    assert 0 < given["expires_in"] <= 1800
    bearer = {"Authorization": f"Bearer {given['access_token']}"}
    assert guarded.post(NUMBER, json={"phone_number": ANAS}, headers=bearer).status_code == 200
    problem(guarded.get("/control/state", headers=bearer), 403)
    assert token(guarded, **PASSWORD).json()["access_token"] == given["access_token"]
    refreshed = token(guarded, grant_type="refresh_token", refresh_token=given["refresh_token"])
    assert refreshed.json()["access_token"] == given["access_token"]


@pytest.mark.parametrize(
    "form",
    [
        {**PASSWORD, "password": "wrong"},
        {**PASSWORD, "username": "stranger"},
        {**PASSWORD, "client_secret": "wrong"},
        {**PASSWORD, "client_id": "nobody"},
        {**PASSWORD, "client_id": "", "client_secret": ""},
        {"grant_type": "refresh_token", "refresh_token": "nonsense"},
        {"grant_type": "refresh_token"},
    ],
)
def test_no_token_for_what_is_wrong(guarded: Served, form: dict[str, str]) -> None:
    answered = token(guarded, **form)
    assert answered.status_code == 401
    assert answered.json()["error_description"] == "access_denied"
    assert "token" not in answered.json()


def test_an_application_may_sign_in_by_its_header(guarded: Served) -> None:
    for application, status in (("app", 200), ("other", 401)):
        given = guarded.post("/oauth_token.do", data=PASSWORD, auth=(application, "app's secret"))
        assert given.status_code == status, given.text
    both = PASSWORD | {"client_id": "app", "client_secret": "wrong"}
    given = guarded.post("/oauth_token.do", data=both, auth=("app", "app's secret"))
    assert given.status_code == 401


def test_another_grant_is_not_supported(guarded: Served) -> None:
    assert token(guarded, grant_type="implicit").status_code == 400
    problem(guarded.post("/oauth_token.do", json={}), 415)


def test_a_refresh_token_is_the_applications(guarded: Served) -> None:
    mine = token(guarded, **PASSWORD).json()["refresh_token"]
    stolen = {"client_id": "other", "client_secret": "other's secret"}
    again = {"grant_type": "refresh_token", "refresh_token": mine}
    assert token(guarded, **again, **stolen).status_code == 401


def test_tokens_end(guarded: Served) -> None:
    now = [0.0]
    tokens = Tokens(60, lambda: now[0])
    first, left = tokens.give("ana", "app")
    assert left == 60
    now[0] = 59
    assert tokens.give("ana", "app") == (first, 1)
    found = tokens.holder(first)
    assert found is not None
    assert found.user == "ana"
    now[0] = 60
    assert tokens.holder(first) is None
    second, _ = tokens.give("ana", "app")
    assert second != first
    assert tokens.holder(first) is None
    assert tokens.holder("") is None


def test_a_token_ends_with_its_half_hour() -> None:
    now = [0.0]
    authentication = Authentication(ACCOUNTS, lambda: now[0])
    given, _ = authentication._access.give("agent", "app")
    assert authentication.user_of(f"bearer {given}") is USERS["agent"]
    now[0] = 1_800
    with pytest.raises(ApiError):
        authentication.user_of(f"Bearer {given}")


FILE = """
[users.bill]
password_env = "BILL"
roles = ["agent_workspace_user"]
[users.cleo]
password = "c"
[clients.app]
secret_env = "APP"
[carrier]
account_sid = "AC00000000000000000000000000000001"
auth_token_env = "TOKEN"
[carrier.numbers."+4930901820"]
auth_token = "berlin"
"""
SECRETS = {"BILL": "b", "APP": "a", "TOKEN": "t"}


def accounts(tmp_path: Path, text: str, environment: dict[str, str] = SECRETS) -> Accounts:
    """The accounts of a file with this text."""
    path = tmp_path / "accounts.toml"
    path.write_text(text, encoding="utf-8")
    return read_accounts(path, environment)


def test_a_file_of_accounts(tmp_path: Path) -> None:
    found = accounts(tmp_path, FILE)
    assert found.users["bill"] == User("bill", "b", frozenset({"agent_workspace_user"}))
    assert found.users["cleo"].roles == frozenset()
    assert found.clients == {"app": "a"}
    assert found.carrier.token_of("+4930901820") == "berlin"
    assert found.carrier.token_of("+4989123456") == "t"


def test_no_secret_is_shown(tmp_path: Path) -> None:
    shown = repr(accounts(tmp_path, FILE.replace('"c"', '"hush-hush"')))
    assert "hush-hush" not in shown
    assert "berlin" not in shown


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("password_env", "pasword_env", "did you mean 'password_env'"),
        ('password = "c"', "", "users.cleo has either password or password_env"),
        ('password = "c"', 'password = ""', "users.cleo.password must be a text"),
        ('password = "c"', "password = 5", "users.cleo.password must be a text"),
        ('"BILL"', '"BIL"', "the environment has no 'BIL'"),
        ("AC0", "XX0", "carrier.account_sid is AC and 32"),
        ('["agent_workspace_user"]', '"itil"', "users.bill.roles must be a list"),
        ("[clients.app]", "[client.app]", "did you mean 'clients'"),
        ("[users.cleo]", '[users."cl:eo"]', "no colon"),
        ("[carrier]", "[carrier", "is not TOML"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(BadAccounts) as raised:
        accounts(tmp_path, FILE.replace(old, new))
    assert said in str(raised.value)
    assert "accounts.toml" in str(raised.value)


@pytest.mark.parametrize("text", ["", "users = 1", '[users.a]\npassword = "x"', "[users]"])
def test_a_file_without_users_or_carrier_is_none(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadAccounts):
        accounts(tmp_path, text)
    with pytest.raises(BadAccounts, match="cannot be read"):
        read_accounts(tmp_path / "nowhere")


def test_no_secret_is_in_an_answer_or_the_journal(guarded: Served) -> None:
    said: list[Any] = [
        guarded.post(NUMBER, json={}, headers=basic("agent", "my password")),
        token(guarded, **{**PASSWORD, "password": "my password"}),
        guarded.get("/control/journal", headers=basic("tester")),
        guarded.get("/control/state", headers=basic("tester")),
    ]
    texts = "".join(answered.text for answered in said)
    assert "my password" not in texts
    assert "secret of" not in texts
