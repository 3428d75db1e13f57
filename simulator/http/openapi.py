"""The contract of the served instance, as one OpenAPI file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def contract() -> bytes:
    """The OpenAPI file as it is."""
    return files("smslab.simulator.http").joinpath("openapi.json").read_bytes()
