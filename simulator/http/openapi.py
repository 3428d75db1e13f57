"""The contract of the served instance, as one OpenAPI file."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from smslab.simulator.http.auth.authentication import TOKEN_PATH

_CONTROL = "/control/"


@cache
def contract(has_control: bool, has_accounts: bool, further_tables: tuple[str, ...] = ()) -> bytes:
    """The file, less what a server does not offer, and with the further tables that it has."""
    content = json.loads(files("smslab.simulator.http").joinpath("openapi.json").read_bytes())
    content["paths"] = {
        path: item
        for path, item in content["paths"].items()
        if (has_control or not path.startswith(_CONTROL)) and (has_accounts or path != TOKEN_PATH)
    }
    content["components"]["schemas"]["TableName"]["enum"] += further_tables
    return json.dumps(content, indent=2).encode() + b"\n"
