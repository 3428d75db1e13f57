"""Where a history is, in the words of a user; free of SQLAlchemy, and of passwords when shown."""

from __future__ import annotations

import re
from urllib.parse import unquote

DEFAULT_ADDRESS = "results/history.sqlite"
"""The file that runs are kept in where nobody says otherwise, in the current folder."""

OFF = "off"
"""The address that means: keep nothing."""

_PASSWORD = re.compile(r"(?<=://)([^:/?#\s]*):(\S*)@")
_IN_QUERY = re.compile(
    r"(?i)([?&;\s](?:[a-z_]*pass(?:word|wd|phrase)?|pwd|[a-z_]*secret)=)[^&;\s]*"
)


class HistoryUnusable(Exception):
    """The history cannot be used: the message says why and what to do, without any password."""


def is_file(address: str) -> bool:
    """Whether an address is the path of an SQLite file, and not that of a server."""
    return "://" not in address


def hidden(text: str) -> str:
    """A text with ``***`` in place of the passwords of the addresses in it."""
    return _IN_QUERY.sub(r"\1***", _PASSWORD.sub(r"\1:***@", text))


def without_password(text: str, address: str) -> str:
    """What a driver said about ``address``, without its password however it is spelt."""
    found = _PASSWORD.search(address)
    secrets = {found[2], unquote(found[2])} if found else set()
    for query in _IN_QUERY.finditer(address):
        value = query[0].removeprefix(query[1])
        secrets |= {value, unquote(value)}
    for secret in sorted(secrets - {""}, key=len, reverse=True):
        text = text.replace(secret, "***")
    return hidden(text)
