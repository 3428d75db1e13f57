"""What runs, but cannot be meant: columns and placeholders of outlines, tags that name no rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from smslab.simulator.nearest import nearest
from smslab.simulator.rules import RULES
from smslab.steps.engine.model import Remark

_PLACEHOLDER = re.compile(r"<([^<>\n]+)>")
_RULE_TAG = re.compile(r"@([A-Za-z]-\d+)")


def outline_remarks(node: Any) -> Iterator[Remark]:
    """The remarks on the columns of a scenario node with examples, and on its placeholders."""
    tables = [each for each in node["examples"] if "tableHeader" in each]
    if not tables:
        return
    used = list(_placeholders(node))
    names = {name for _, name in used}
    for table in tables:
        header = table["tableHeader"]
        columns = [cell["value"] for cell in header["cells"]]
        line = header["location"]["line"]
        for column in columns:
            if column not in names:
                yield Remark(line, "unused column", _unused(column, names - set(columns)))
        for at, name in used:
            if name not in columns:
                yield Remark(at, "unknown placeholder", _unknown(name, columns, line))


def tag_remarks(tags: Iterable[Any]) -> Iterator[Remark]:
    """The remarks on tags that look like a rule and name none."""
    for tag in tags:
        found = _RULE_TAG.fullmatch(tag["name"])
        if found and found[1] not in RULES:
            near = nearest(found[1].upper(), RULES, 0.0)
            said = (
                f"the tag {tag['name']} looks like a rule, but the catalogue has none of that "
                f"name; did you mean @{near}? `smslab rules` lists them."
            )
            yield Remark(tag["location"]["line"], "unknown tag", said)


def _placeholders(node: Any) -> Iterator[tuple[int, str]]:
    """Line and name of every placeholder of an outline, in order."""
    for line, text in _texts(node):
        for name in _PLACEHOLDER.findall(text):
            yield line, name


def _texts(node: Any) -> Iterator[tuple[int, str]]:
    yield node["location"]["line"], node["name"]
    for step in node["steps"]:
        line = step["location"]["line"]
        yield line, step["text"]
        if "docString" in step:
            yield line, step["docString"]["content"]
            yield line, step["docString"].get("mediaType", "")
        for row in step.get("dataTable", {}).get("rows", ()):
            for cell in row["cells"]:
                yield row["location"]["line"], cell["value"]


def _unused(column: str, missing: set[str]) -> str:
    near = nearest(column, sorted(missing), 0.6)
    hint = f"; did you mean it where <{near}> stands?" if near else ". Use it, or remove it."
    return f"no step uses the Examples column {column!r}{hint}"


def _unknown(name: str, columns: list[str], line: int) -> str:
    near = nearest(name, columns)
    known = f"did you mean <{near}>?" if near else f"it has {', '.join(columns)}."
    return f"<{name}> is no column of the Examples in line {line}; {known}"
