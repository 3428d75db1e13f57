"""Numbers that a request must give in E.164."""

from __future__ import annotations

import re

from smslab.simulator.http.errors import ApiError

_E164 = re.compile(r"\+[1-9][0-9]{1,14}")


def check_e164(name: str, number: object) -> None:
    """Raise ApiError 400 for a number in another form; ``name`` is what the request calls it."""
    if not isinstance(number, str) or not _E164.fullmatch(number):
        raise ApiError(400, f"{name} must be a number in E.164, such as +4915123456789")
