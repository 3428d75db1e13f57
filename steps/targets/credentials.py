"""Credentials of a target: from the environment or a keyring, and from nowhere else.

They are never arguments of a command, which other users of a machine can see, and never
printed: :class:`Secret` shows itself as ``***``.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from urllib.parse import quote, quote_plus

from smslab.steps.targets.protocol import TargetFailed

USER, PASSWORD, TOKEN, SIGNING = "USER", "PASSWORD", "TOKEN", "SIGNING_TOKEN"
_HIDDEN = "***"
SERVICE = "smslab"
"""The service name of entries in a keyring; the user name there is ``<target> PASSWORD``."""


class Secret:
    """A text that is not shown; :meth:`reveal` gives it to the one place that sends it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text."""
        return self._text

    def __repr__(self) -> str:
        return _HIDDEN

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a target wants to know: user and password, or a token; None where nothing is set.

    ``signing`` is the auth token of the provider, with which the webhook's texts are signed.
    """

    user: str | None = None
    password: Secret | None = None
    token: Secret | None = None
    signing: Secret | None = None

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """All that must not be seen."""
        return tuple(each for each in (self.password, self.token, self.signing) if each)

    def hidden_in(self, text: str) -> str:
        """A text in which no secret is left, as it is or as it travels."""
        for form in sorted(self._forms(), key=lambda each: -len(each)):
            text = text.replace(form, _HIDDEN)
        return text

    def _forms(self) -> set[str]:
        """The ways in which a secret may stand in an answer."""
        plain = [each.reveal() for each in self.secrets]
        pair = [f"{self.user}:{self.password.reveal()}"] if self.password else []
        encoded = (b64encode(each.encode()).decode() for each in (*plain, *pair))
        return {form for each in plain for form in _spellings(each)} | set(encoded)


def credentials_of(target: str) -> Credentials:
    """The credentials of a target, by its name or URL.

    Each of USER, PASSWORD, TOKEN and SIGNING_TOKEN comes from ``SMSLAB_TARGET_<it>``, or for
    a named target from ``SMSLAB_<NAME>_<it>``; else from the keyring, if ``keyring`` is
    installed. Raises TargetFailed where only one of user and password is there, and for what
    no request can carry.
    """
    found = {each: _found(target, each) for each in (USER, PASSWORD, TOKEN, SIGNING)}
    for what, text in found.items():
        _check_characters(_variables(target, what)[0], text or "", is_token=what == TOKEN)
    user, password = found[USER], found[PASSWORD]
    if (user is None) != (password is None):
        missing = _variables(target, USER if user is None else PASSWORD)[0]
        raise TargetFailed(f"The credentials of {target} are incomplete: set {missing}, too.")
    hidden = {name: Secret(text) for name, text in found.items() if text and name != USER}
    return Credentials(user, hidden.get(PASSWORD), hidden.get(TOKEN), hidden.get(SIGNING))


def check_no_credentials(url: str) -> None:
    """Raise TargetFailed for a URL with a user or password in it, without showing them."""
    if "@" in url:
        raise TargetFailed(
            "The URL of a target holds no credentials: set SMSLAB_TARGET_USER and "
            "SMSLAB_TARGET_PASSWORD in the environment, or keep them in a keyring."
        )


def _spellings(secret: str) -> Iterator[str]:
    yield from (secret, quote(secret, safe=""), quote_plus(secret))
    yield from (json.dumps(secret, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False))


def _check_characters(variable: str, text: str, *, is_token: bool) -> None:
    """Raise TargetFailed for a text with a line break and the like, which nobody would find."""
    if any(ord(each) < 32 or ord(each) == 127 for each in text):
        raise TargetFailed(
            f"{variable} (or its entry in the keyring) has a line break or another control "
            "character in it: set it anew, without."
        )
    if is_token and not text.isascii():
        raise TargetFailed(
            f"{variable} (or its entry in the keyring) is no token: it is not ASCII."
        )


def _found(target: str, what: str) -> str | None:
    for variable in _variables(target, what):
        if os.environ.get(variable):
            return os.environ[variable]
    return _in_keyring(target, what)


def _variables(target: str, what: str) -> tuple[str, ...]:
    general = f"SMSLAB_TARGET_{what}"
    if "://" in target:
        return (general,)
    own = "".join(each if each.isalnum() else "_" for each in target).upper()
    return (f"SMSLAB_{own}_{what}", general)


def _in_keyring(target: str, what: str) -> str | None:
    """The entry in the keyring; None where there is none, or no keyring that can be opened."""
    if find_spec("keyring") is None:
        return None
    keyring = import_module("keyring")
    errors = import_module("keyring.errors")
    try:
        found: str | None = keyring.get_password(SERVICE, f"{target} {what}")
    except errors.KeyringError:
        return None
    return found
