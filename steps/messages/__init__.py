"""Cucumber Messages: a run as every tool of Cucumber reads it, in NDJSON.

The envelopes are plain objects of the official schema, because most of them come as such
from gherkin-official.
"""

from __future__ import annotations

PROTOCOL = "34.2.0"
"""The version of the schema."""
