"""The test numbers that the carrier publishes, and what a message from or to one gets.

They are those of https://www.twilio.com/docs/iam/test-credentials. Here they work beside the
company's own numbers; with Twilio they need test credentials.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

VALID = "+15005550006"
"""From this number every account may send."""

FROM: Mapping[str, str] = MappingProxyType(
    {"+15005550001": "21212", "+15005550007": "21606", "+15005550008": "21611"}
)
"""The error codes of messages from a number."""

TO: Mapping[str, str] = MappingProxyType(
    {
        "+15005550001": "21211",
        "+15005550002": "21612",
        "+15005550003": "21408",
        "+15005550004": "21610",
        "+15005550009": "21614",
    }
)
"""The error codes of messages to a number."""
