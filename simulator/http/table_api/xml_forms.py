"""The documented second form of bodies: XML, as ``application/xml``.

An answer is ``<response><result>...</result></response>``, with one ``result`` for each row
of a list; a request ``<request><entry><name>value</name></entry></request>``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from smslab.simulator.http.errors import ApiError

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION = re.compile("<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def as_xml(content: Mapping[str, Any]) -> bytes:
    """An answer as XML; characters that XML cannot have are shown as a question mark."""
    root = ElementTree.Element("response")
    for name, value in content.items():
        for each in value if isinstance(value, list) else [value]:
            _append(root, name, each)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _append(parent: ElementTree.Element, name: str, value: Any) -> None:
    child = ElementTree.SubElement(parent, name)
    if isinstance(value, Mapping):
        for key, each in value.items():
            _append(child, key, each)
    elif value is not None:
        child.text = _NOT_XML.sub("?", str(value))


def of_xml(body: bytes) -> dict[str, str]:
    """The names and values of a request in XML, of several entries the first.

    Raises ApiError 400, also for a body that declares entities, which may be made to grow.
    """
    try:
        # As UTF-8, whatever it says of itself: in another encoding a declaration would hide.
        text = body.decode("utf-8-sig")
        if _DECLARATION.search(text):
            raise ApiError(400, "The body is not accepted", "It declares entities or a type.")
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError) as error:
        raise ApiError(400, "The body is not XML", str(error)[:200]) from None
    entry = root.find("entry")
    return {child.tag: child.text or "" for child in (root if entry is None else entry)}
