"""Basic authentication: what its header says, and whether a secret is right."""

from __future__ import annotations

import base64
import binascii
import hmac
from hashlib import sha256


def credentials_of(authorization: str | None) -> tuple[str, str]:
    """Name and secret in the header of this name, both empty where it is none of Basic's.

    Clients write letters beyond ASCII as UTF-8, or, as the library ``requests``, in Latin-1.
    """
    scheme, _, credentials = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        decoded = base64.b64decode(credentials, validate=True)
    except (binascii.Error, ValueError):
        return "", ""
    try:
        name, _, secret = decoded.decode().partition(":")
    except UnicodeDecodeError:
        name, _, secret = decoded.decode("latin-1").partition(":")
    return name, secret


def is_same(given: str, right: str | None) -> bool:
    """Whether a secret is right, in a time that does not tell how much of it was."""
    one, other = (sha256((secret or "").encode()).digest() for secret in (given, right))
    return hmac.compare_digest(one, other) and bool(right)
