"""The phrase book as one HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from smslab.reports.page.rendering import environment, head


def render(phrases: Iterable[Mapping[str, Any]], abouts: Mapping[str, str]) -> str:
    """The page.

    ``phrases`` have subject, keywords, phrase, parameters (name, values), under, example
    (keyword, text, table, docstring, place; or None), used, file and line; ``abouts`` is a
    sentence by subject.
    """
    subjects: dict[str, list[Mapping[str, Any]]] = {}
    for phrase in phrases:
        subjects.setdefault(phrase["subject"], []).append(phrase)
    return (
        environment()
        .get_template("phrase_book.html")
        .render(
            **head(),
            subjects=[(name, abouts.get(name, ""), found) for name, found in subjects.items()],
        )
    )
