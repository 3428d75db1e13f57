"""What steps attached, as the page can show it without running or loading any of it."""

from __future__ import annotations

import base64
import binascii
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from smslab.reports.journal_file import AttachmentLine
from smslab.reports.page.text import count
from smslab.reports.run import Run

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""The types that browsers show as a picture and nothing else; SVG can hold more than that."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment. Of ``picture`` (a data: address), ``links`` and ``text`` at most one is set.

    ``title`` is its file name or media type; ``size`` tells how much there is.
    """

    title: str
    media_type: str
    size: str
    picture: str | None = None
    links: tuple[Link, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A line of links; ``address`` is None where it does not lead to the web."""

    text: str
    address: str | None


def by_step(attachments: Iterable[AttachmentLine]) -> dict[int, list[Attached]]:
    """What every step attached, by its position; -1 is around the steps."""
    found: dict[int, list[Attached]] = defaultdict(list)
    for line in attachments:
        found[line.step].append(attached(line))
    return dict(found)


def attached(line: AttachmentLine) -> Attached:
    """One attachment as the page shows it."""
    kind = line.media_type.partition(";")[0].strip().lower()
    title = line.file_name or line.media_type
    if line.encoding == "text":
        size = count(len(line.body), "character")
        if kind == "text/uri-list":
            return Attached(title, line.media_type, size, links=_links(line.body))
        return Attached(title, line.media_type, size, text=line.body)
    try:
        size = count(len(base64.b64decode(line.body, validate=True)), "byte")
    except (binascii.Error, ValueError):
        return Attached(title, line.media_type, "damaged")
    picture = f"data:{kind};base64,{line.body}" if kind in PICTURES else None
    return Attached(title, line.media_type, size, picture)


def has_pictures(run: Run) -> bool:
    """Whether the page needs to be allowed to show pictures."""
    lines = (line for record in run.journal.scenarios for line in record.attachments)
    return any(attached(line).picture for line in lines)


def _links(body: str) -> tuple[Link, ...]:
    lines = (line.strip() for line in body.splitlines())
    return tuple(Link(line, _address(line)) for line in lines if line and line[0] != "#")


def _address(text: str) -> str | None:
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.netloc else None
