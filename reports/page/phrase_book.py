"""The phrase book as one HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from smslab.reports.page.rendering import environment, style_hash

_TEMPLATES = Path(__file__).parent.parent / "templates"


def render(phrases: Iterable[Mapping[str, Any]], abouts: Mapping[str, str]) -> str:
    """The page.

    ``phrases`` have subject, keywords, phrase, parameters (name, values), under, example
    (keyword, text, table, docstring, place; or None), used, file and line; ``abouts`` is a
    sentence by subject.
    """
    subjects: dict[str, list[Mapping[str, Any]]] = {}
    for phrase in phrases:
        subjects.setdefault(phrase["subject"], []).append(phrase)
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    return (
        environment()
        .get_template("phrase_book.html")
        .render(
            style=Markup(style),
            style_hash=style_hash(style),
            subjects=[(name, abouts.get(name, ""), found) for name, found in subjects.items()],
        )
    )
