"""What steps attach to a scenario: text, data, pictures and links, kept in its record."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from smslab.reports.journal_file import AttachmentLine
from smslab.steps.engine.stage import StageOnDemand

_MEDIA_TYPE = re.compile(r"[a-z0-9][\w.+-]*/[a-z0-9][\w.+-]*(?: *;.*)?", re.IGNORECASE)
_TEXTUAL = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml|yaml)\b|image/svg\+xml", re.I)
_JSON = re.compile(r"application/(?:[\w.-]+\+)?json\b", re.IGNORECASE)


class BadAttachment(ValueError):
    """Something that cannot be attached so; the message says what can."""


class Attach:
    """The fixture ``attach`` of one scenario.

    ``attach(body, media_type, file_name=None)`` keeps ``body`` with the running step: text,
    the bytes of a picture, links (``text/uri-list``, one in a line), or, as a JSON media
    type, any value that JSON can hold. Raises BadAttachment for anything else.
    """

    __slots__ = ("_scenario", "_stage")

    def __init__(self, scenario: str, stage: StageOnDemand) -> None:
        self._scenario = scenario
        self._stage = stage

    def __call__(self, body: Any, media_type: str, file_name: str | None = None) -> None:
        """Keep ``body`` with the running step, or with the scenario between its steps."""
        if not _MEDIA_TYPE.fullmatch(media_type):
            raise BadAttachment(
                f"{media_type!r} is no media type. Expected one such as text/plain, "
                "application/json, image/png or text/uri-list."
            )
        encoding, written = _written(body, media_type)
        line = AttachmentLine(
            self._scenario,
            self._stage.step,
            media_type,
            None if file_name is None else str(file_name),
            encoding,
            written,
        )
        self._stage.attachments.append(line)


def _written(body: Any, media_type: str) -> tuple[str, str]:
    """How a body stands in the journal: its encoding and its text."""
    if isinstance(body, bytes | bytearray | memoryview):
        return _of_bytes(bytes(body), media_type)
    if _JSON.match(media_type) and not isinstance(body, str):
        return "text", _json(body)
    if not isinstance(body, str):
        raise BadAttachment(
            f"a {type(body).__name__} cannot be attached as {media_type}. Expected text or "
            "bytes; a value goes with application/json."
        )
    if not _TEXTUAL.match(media_type):
        raise BadAttachment(f"{media_type} is attached as bytes, not as text.")
    return "text", body


def _of_bytes(body: bytes, media_type: str) -> tuple[str, str]:
    if _TEXTUAL.match(media_type):
        try:
            return "text", body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return "base64", base64.b64encode(body).decode("ascii")


def _json(body: Any) -> str:
    try:
        return json.dumps(body, ensure_ascii=False, indent=2)
    except (TypeError, ValueError) as error:
        raise BadAttachment(f"this value is none that JSON can hold: {error}.") from None
