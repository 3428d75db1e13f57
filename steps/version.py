"""Which smslab this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def smslab_version() -> str:
    """The version of the installed distribution, or ``unknown`` in a mere checkout."""
    try:
        return version("smslab")
    except PackageNotFoundError:
        return "unknown"
