"""The signature of the carrier's requests: HMAC-SHA1 of the address and the form, in base64."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

HEADER = "X-Twilio-Signature"
_PORTS = {"http": 80, "https": 443}


def signature(token: str, url: str, fields: Iterable[tuple[str, str]]) -> str:
    """The signature of a form that is posted to an address.

    After the address come name and value of every field, in the order of the names; of a
    name that comes several times every value once, in their order.
    """
    signed = url + "".join(name + value for name, value in sorted(set(fields)))
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def is_signed(token: str, url: str, fields: Iterable[tuple[str, str]], given: str) -> bool:
    """Whether a signature is right, be the port in the signed address or not."""
    pairs = list(fields)
    try:
        addresses = _with_and_without_port(url)
    except ValueError:  # who asked gave a host with a port that is none
        return False
    right = [signature(token, each, pairs) for each in addresses]
    return any(hmac.compare_digest(each.encode(), given.encode()) for each in right)


def _with_and_without_port(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    port = parts.port or _PORTS.get(parts.scheme, 80)
    return (
        urlunsplit(parts._replace(netloc=host)),
        urlunsplit(parts._replace(netloc=f"{host}:{port}")),
    )
