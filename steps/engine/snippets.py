"""A step definition to begin with, for a step that no phrase fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from smslab.steps.engine.model import Step

_VALUE = re.compile(r'"[^"]*"|(?<![\w.-])-?\d+\.\d+(?![\w.])|(?<![\w.-])-?\d+(?![\w.])')
_SPECIAL = re.compile(r"([\\{}()/])")


def snippet(step: Step) -> str:
    """Python for a conftest.py: the step as a phrase, with its values as parameters."""
    kind = step.kind or "step"
    phrase, names = _phrase(step.text)
    names += ["datatable"] if step.table is not None else []
    names += ["docstring"] if step.docstring is not None else []
    text = phrase.replace("\\", "\\\\").replace("'", "\\'")
    return f"@{kind}(parse('{text}'))\ndef _({', '.join(names)}):\n    raise NotImplementedError\n"


def conftest(snippets: Iterable[str]) -> str:
    """The snippets, each once, under the imports that they need."""
    different = dict.fromkeys(snippets)
    kinds = sorted({each[1 : each.index("(")] for each in different})
    imports = (
        f"from pytest_bdd import {', '.join(kinds)}\n"
        "from smslab.steps.language.parser import parse\n"
    )
    return "\n\n".join([imports, *different])


def _phrase(text: str) -> tuple[str, list[str]]:
    """The text as a Cucumber Expression, and the names of its parameters."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    parts: list[str] = []
    end = 0
    for match in _VALUE.finditer(text):
        value = match.group()
        kind = "string" if value.startswith('"') else "float" if "." in value else "int"
        seen[kind] += 1
        names.append(kind + (str(seen[kind]) if seen[kind] > 1 else ""))
        parts += [_SPECIAL.sub(r"\\\1", text[end : match.start()]), f"{{{kind}}}"]
        end = match.end()
    return "".join([*parts, _SPECIAL.sub(r"\\\1", text[end:])]), names
