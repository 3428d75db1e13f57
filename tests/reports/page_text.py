"""The words of a page, as somebody reads them."""

from __future__ import annotations

import html
import re


def plain(text: str) -> str:
    """HTML without its elements, each run of spaces as one."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())
