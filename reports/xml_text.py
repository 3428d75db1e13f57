"""Text in XML, and so in workbooks: what XML cannot hold."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text with U+FFFD in place of every character that XML does not allow."""
    return text if text.isprintable() else _ILLEGAL.sub("\ufffd", text)
