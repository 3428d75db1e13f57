"""The phrase book as text for a terminal, and as data for editors."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from smslab.steps.phrase_book import Phrase, Subject, parameter_types

FORMAT = 1
"""The version of the data for editors."""

_LETTER_BEYOND_ASCII = "\\u00C0-\\uFFFF"


def as_lines(subjects: Iterable[Subject], width: int) -> Iterator[str]:
    """The subjects with their phrases, at most ``width`` wide where words can be wrapped."""
    for subject in subjects:
        yield f"{subject.name}"
        if subject.about:
            yield from textwrap.wrap(subject.about, width)
        yield ""
        for phrase in subject.phrases:
            yield from phrase_lines(phrase, width)
            yield ""


def phrase_lines(phrase: Phrase, width: int) -> Iterator[str]:
    """A phrase, its parameters, an example, and where it is defined."""
    yield from _wrapped(f"{'/'.join(phrase.keywords)} {phrase.text}", 2, width)
    if phrase.under:
        yield f"      with a {phrase.under} under it"
    for parameter in phrase.parameters:
        if parameter.values:
            choices = f"{{{parameter.name}}} is {_one_of(parameter.values)}"
            yield from _wrapped(choices, 6, width)
    if phrase.example is not None:
        step = phrase.example.step
        yield from _wrapped(f"as in: {step.text}", 6, width)
        yield from (f"        {row}" for row in _table(step.table or ()))
    yield f"      {phrase.place}"


def as_data(subjects: Iterable[Subject]) -> dict[str, Any]:
    """The phrase book as JSON: phrases, parameter types, and the settings for VS Code."""
    return {
        "format": FORMAT,
        "phrases": [_phrase_data(p) for subject in subjects for p in subject.phrases],
        "settings": {
            "cucumber.features": ["features/**/*.feature"],
            "cucumber.glue": _glue(subjects),
            "cucumber.parameterTypes": [
                {"name": name, "regexp": _for_editors(pattern)}
                for name, pattern in parameter_types().items()
                if name not in _BUILT_IN
            ],
        },
    }


_BUILT_IN = frozenset(
    [
        *("int", "float", "word", "string", "bigdecimal"),
        *("biginteger", "byte", "short", "long", "double"),
    ]
)


def _phrase_data(phrase: Phrase) -> dict[str, Any]:
    example = phrase.example
    return {
        "subject": phrase.subject,
        "keywords": list(phrase.keywords),
        "phrase": phrase.text,
        "parameters": [
            {"name": each.name, "values": list(each.values)} for each in phrase.parameters
        ],
        "under": phrase.under or None,
        "example": example
        and {
            "keyword": example.step.keyword,
            "text": example.step.text,
            "table": example.step.table,
            "docstring": example.step.docstring,
            "place": example.place,
        },
        "used": phrase.used,
        "file": phrase.file,
        "line": phrase.line,
    }


def _for_editors(pattern: str) -> str:
    """A pattern for JavaScript, where a letter is one of ASCII unless more are listed."""
    upper = pattern.replace(r"[^\W\d_a-z]", f"[A-Z{_LETTER_BEYOND_ASCII}]")
    return upper.replace(r"[\w.]", rf"[\w.{_LETTER_BEYOND_ASCII}]")


def _wrapped(text: str, indent: int, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 4),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    from smslab.steps.gherkin_text import table_lines

    return table_lines(list(rows))


def _one_of(values: tuple[str, ...]) -> str:
    return f"{', '.join(values[:-1])} or {values[-1]}"


def _glue(subjects: Iterable[Subject]) -> list[str]:
    """Where the definitions are, as patterns from the current folder.

    VS Code looks only at files in the folder that is open: an environment that lies elsewhere
    gets the pattern of one in ``.venv``.
    """
    folders = {subject.module.parent for subject in subjects}
    here = Path.cwd().resolve()
    inside = {f.relative_to(here).as_posix() for f in folders if f.is_relative_to(here)}
    elsewhere = {_IN_AN_ENVIRONMENT} if len(inside) < len(folders) else set()
    return [f"{folder}/*.py".removeprefix("./") for folder in sorted(inside | elsewhere)]


_IN_AN_ENVIRONMENT = ".venv/**/smslab/steps/language"
