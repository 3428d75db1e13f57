"""What a drawing says, read from its SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from markupsafe import Markup

SVG = "{http://www.w3.org/2000/svg}"


def tree(drawing: Markup) -> ET.Element:
    """The drawing as XML; a browser puts what is in an svg element into its namespace."""
    return ET.fromstring(str(drawing).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))


def texts(drawing: Markup) -> list[str]:
    """The words in a drawing, as they stand there (shortened where they are)."""
    return [text.text or "" for text in tree(drawing).iter(f"{SVG}text")]


def pointed_at(drawing: Markup) -> list[str]:
    """What is shown when a part of the drawing is pointed at."""
    svg = tree(drawing).find(f"{SVG}svg")
    assert svg is not None
    return [title.text or "" for part in svg for title in _titles(part)]


def _titles(part: ET.Element) -> Iterator[ET.Element]:
    return iter(()) if part.tag == f"{SVG}title" else part.iter(f"{SVG}title")
