"""Reads pages strictly, for the tests."""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "input"}


class Page(HTMLParser):
    """Reads a page strictly: elements must nest, ids must be unique; what is packed is unpacked."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.scripts: list[tuple[str, str]] = []
        self.details: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes.update(name for name, _ in attrs)
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if "href" in found else []
        if tag not in VOID:
            self.open.append((tag, found.get("type") or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ("", "")
        if inside[0] == "script":
            self.scripts.append((inside[1], data))
            if inside[1] == "application/octet-stream":
                parts = json.loads(zlib.decompress(base64.b64decode(data), wbits=-15))
                assert not self.details.keys() & parts.keys()
                self.details.update(parts)
        elif inside[0] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def unpacked(self) -> Page:
        """All the details together."""
        return Page("".join(self.details.values()))
