"""The accounts of a server, from a TOML file: users with roles, applications, the carrier.

A file looks like this::

    [users.bill]
    password_env = "BILL_PASSWORD"
    roles = ["agent_workspace_user"]

    [clients.my-integration]
    secret_env = "MY_INTEGRATION_SECRET"

    [carrier]
    account_sid = "AC00000000000000000000000000000001"
    auth_token_env = "TWILIO_AUTH_TOKEN"

    [carrier.numbers."+4930901820"]
    auth_token_env = "TWILIO_AUTH_TOKEN_BERLIN"

Every secret is named either in the file, or, with ``_env`` after its key, as the environment
variable that holds it. No message quotes a secret.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smslab.simulator.nearest import did_you_mean

DEVELOPMENT_SID = "AC" + "0" * 32
DEVELOPMENT_TOKEN = "development"
"""The carrier's account and token of a server without accounts, which is on loopback only."""

_SID = re.compile(r"AC[0-9a-fA-F]{32}")


class BadAccounts(ValueError):
    """The file of accounts cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in, by ``name``."""

    name: str
    password: str = field(repr=False)
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CarrierAccount:
    """The company's account with the carrier; ``numbers`` may have tokens of their own."""

    sid: str = DEVELOPMENT_SID
    token: str = field(default=DEVELOPMENT_TOKEN, repr=False)
    numbers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def token_of(self, provider_number: str) -> str:
        """The token with which the carrier signs what it sends to a number."""
        return self.numbers.get(provider_number, self.token)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Users and client applications by name, with their secrets, and the carrier's account."""

    users: Mapping[str, User]
    clients: Mapping[str, str] = field(default_factory=dict, repr=False)
    carrier: CarrierAccount = field(default_factory=CarrierAccount)


def read_accounts(path: Path, environment: Mapping[str, str] = os.environ) -> Accounts:
    """The accounts of a file. Raises BadAccounts."""
    try:
        with path.open("rb") as stream:
            content = tomllib.load(stream)
    except OSError as error:
        raise BadAccounts(f"{path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        raise BadAccounts(f"{path} is not TOML.") from None
    return _Reader(path, environment).accounts(content)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the tables of one file."""

    path: Path
    environment: Mapping[str, str]

    def accounts(self, content: dict[str, Any]) -> Accounts:
        """The accounts of the whole file."""
        self._check_keys("", content, {"users", "clients", "carrier"})
        users = self._tables("users", content.get("users", {}))
        if not users:
            raise BadAccounts(f"{self.path} has no user; add [users.NAME].")
        clients = self._tables("clients", content.get("clients", {}))
        return Accounts(
            {name: self._user(name, table) for name, table in users.items()},
            {name: self._client(name, table) for name, table in clients.items()},
            self._carrier(content.get("carrier")),
        )

    def _user(self, name: str, table: dict[str, Any]) -> User:
        where = f"users.{name}"
        self._check_keys(where, table, {"password", "password_env", "roles"})
        if ":" in name:
            raise BadAccounts(f"{self.path}: {where}: a user name has no colon.")
        roles = table.get("roles", [])
        if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
            raise BadAccounts(f"{self.path}: {where}.roles must be a list of texts.")
        return User(name, self._secret(where, table, "password"), frozenset(roles))

    def _client(self, name: str, table: dict[str, Any]) -> str:
        self._check_keys(f"clients.{name}", table, {"secret", "secret_env"})
        return self._secret(f"clients.{name}", table, "secret")

    def _carrier(self, table: Any) -> CarrierAccount:
        if not isinstance(table, dict):
            raise BadAccounts(
                f"{self.path} has no [carrier]; add it with account_sid and auth_token_env."
            )
        keys = {"account_sid", "auth_token", "auth_token_env", "numbers"}
        self._check_keys("carrier", table, keys)
        sid = table.get("account_sid")
        if not isinstance(sid, str) or not _SID.fullmatch(sid):
            raise BadAccounts(f"{self.path}: carrier.account_sid is AC and 32 hexadecimal digits.")
        tokens = {}
        for number, each in self._tables("carrier.numbers", table.get("numbers", {})).items():
            where = f"carrier.numbers.{number}"
            self._check_keys(where, each, {"auth_token", "auth_token_env"})
            tokens[number] = self._secret(where, each, "auth_token")
        return CarrierAccount(sid, self._secret("carrier", table, "auth_token"), tokens)

    def _secret(self, where: str, table: dict[str, Any], key: str) -> str:
        """A secret of the file, or of the environment variable that the file names."""
        variable = f"{key}_env"
        if (key in table) == (variable in table):
            raise BadAccounts(f"{self.path}: {where} has either {key} or {variable}.")
        if key in table:
            found = table[key]
        elif (found := self.environment.get(str(table[variable]))) is None:
            raise BadAccounts(
                f"{self.path}: {where}.{variable}: the environment has no {table[variable]!r}."
            )
        if not isinstance(found, str) or not found:
            raise BadAccounts(f"{self.path}: {where}.{key} must be a text, and not empty.")
        return found

    def _tables(self, where: str, content: Any) -> dict[str, dict[str, Any]]:
        if not isinstance(content, dict) or not all(isinstance(v, dict) for v in content.values()):
            raise BadAccounts(f"{self.path}: {where} holds a table for each name.")
        return content

    def _check_keys(self, where: str, table: dict[str, Any], known: set[str]) -> None:
        for key in table:
            if key not in known:
                place = f"{where}.{key}".lstrip(".")
                hint = did_you_mean(key, sorted(known))
                raise BadAccounts(f"{self.path}: there is no {place}; {hint}")
