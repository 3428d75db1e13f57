"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# How long one example takes depends on the machine, and is no property of the code.
settings.register_profile("smslab", deadline=None)
settings.load_profile("smslab")
