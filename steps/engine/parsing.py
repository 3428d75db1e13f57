"""Feature files into scenarios, over the official Gherkin pickles.

What cannot be run is never dropped: every trouble is a :class:`FeatureProblem` with a
scenario of its own, which stands for it in the run and in every report.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException, ParserException

from smslab.steps.engine.keys import by_place, distinct
from smslab.steps.engine.model import (
    Candidate,
    FeatureProblem,
    Kind,
    Remark,
    Scenario,
    Step,
    scenario_key,
)
from smslab.steps.engine.official_gherkin import document_of, pickles_of
from smslab.steps.engine.remarks import outline_remarks, tag_remarks
from smslab.steps.engine.unparsable import in_words

__all__ = ["Candidate", "FeatureProblem", "distinct", "parse_file", "parse_text"]


def parse_file(path: Path, shown: str, *, allow_same_names: bool = False) -> list[Candidate]:
    """The scenarios of one feature file, called ``shown`` in every report. Never raises.

    Of scenarios with one name the later ones are problems, unless ``allow_same_names``
    says that :func:`distinct` will number them.
    """
    try:
        source = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return _unusable(shown, line, "the file is not utf-8 text. Save it as UTF-8.")
    except OSError as error:
        return _unusable(shown, 1, f"the file cannot be read: {error.strerror}.")
    return parse_text(source, shown, allow_same_names=allow_same_names)


def parse_text(source: str, shown: str, *, allow_same_names: bool = False) -> list[Candidate]:
    """As :func:`parse_file`, from the text of a file."""
    try:
        document = document_of(source)
    except CompositeParserException as error:
        return _does_not_parse(shown, error.errors)
    except ParserException as error:
        return _does_not_parse(shown, [error])
    if "feature" not in document:
        return _unusable(
            shown, 1, "the file is empty. Expected a line that begins with `Feature:`."
        )
    return _Feature(document, shown, allow_same_names).parsed()


def _does_not_parse(shown: str, errors: list[ParserException]) -> list[Candidate]:
    first = errors[0]
    said = in_words(first)
    more = f" {len(errors) - 1} more of this kind follow in the file." if errors[1:] else ""
    return _unusable(shown, first.location["line"], f"the file does not parse: {said}{more}")


def _unusable(shown: str, line: int, message: str) -> list[Candidate]:
    name = Path(shown).name
    stand_in = Scenario(shown, name, shown, "en", "", None, name, (), None, line, line, ())
    return [FeatureProblem(shown, line, message, stand_in)]


class _Feature:
    """One parsed document on its way to scenarios."""

    def __init__(self, document: Any, shown: str, allow_same_names: bool) -> None:
        self.shown = shown
        self.allow_same_names = allow_same_names
        self.feature = document["feature"]
        self.pickles = pickles_of(document | {"uri": shown})
        self.nodes = _Nodes(self.feature)

    def parsed(self) -> list[Candidate]:
        if not self.nodes.scenarios:
            line = self.feature["location"]["line"]
            said = "the feature has no scenario. Write one, or remove the file."
            return _unusable(
                self.shown, line, said + _read_as_description(self.feature["description"])
            )
        found = [self._checked(self._scenario(pickle)) for pickle in self.pickles]
        return sorted([*found, *self._without_rows()], key=by_place)

    def _scenario(self, pickle: Any) -> Scenario:
        node_id, *row = pickle["astNodeIds"]
        node, rule = self.nodes.scenarios[node_id]
        examples = self.nodes.rows[row[0]] if row else None
        feature, name = self.feature["name"], pickle["name"]
        return Scenario(
            key=scenario_key(feature, rule, name, examples),
            feature=feature,
            file=self.shown,
            language=self.feature["language"],
            description=_dedented(node["description"]),
            rule=rule,
            name=name,
            tags=tuple(dict.fromkeys(tag["name"] for tag in pickle["tags"])),
            examples=examples,
            at=pickle["location"]["line"],
            heading_at=node["location"]["line"],
            steps=tuple(self._steps(pickle["steps"])),
            remarks=self.nodes.remarks[node_id],
        )

    def _steps(self, pickled: list[Any]) -> Iterator[Step]:
        kind: Kind | None = None
        for step in pickled:
            node, background = self.nodes.steps[step["astNodeIds"][0]]
            keyword = sys.intern(node["keyword"].strip())
            if not (keyword == "*" and kind):
                kind = _KINDS.get(
                    step["type"], kind if node["keywordType"] == "Conjunction" else None
                )
            argument = step.get("argument", {})
            table = argument.get("dataTable")
            yield Step(
                keyword=keyword,
                text=step["text"],
                kind=kind,
                at=node["location"]["line"],
                background=background,
                table=table and _table(table),
                docstring=argument["docString"]["content"] if "docString" in argument else None,
            )

    def _checked(self, scenario: Scenario) -> Candidate:
        node_line = self.nodes.repeated.get(scenario.heading_at)
        if node_line is not None and not self.allow_same_names:
            said = (
                f'the name "{scenario.name}" is already that of the scenario in line {node_line}. '
                "Give one of them another name: results are kept by feature, rule and name."
            )
        elif all(step.background for step in scenario.steps):
            said = "the scenario has no steps, so it would show nothing. Write them, or remove it."
            said += _read_as_description(scenario.description)
        else:
            return scenario
        return FeatureProblem(self.shown, scenario.at, said, scenario)

    def _without_rows(self) -> Iterator[FeatureProblem]:
        present = {pickle["astNodeIds"][0] for pickle in self.pickles}
        for node_id, (node, rule) in self.nodes.scenarios.items():
            if node_id in present:
                continue
            line, name, feature = node["location"]["line"], node["name"], self.feature["name"]
            stand_in = Scenario(
                key=scenario_key(feature, rule, name, None),
                feature=feature,
                file=self.shown,
                language=self.feature["language"],
                description=_dedented(node["description"]),
                rule=rule,
                name=name,
                tags=(),
                examples=None,
                at=line,
                heading_at=line,
                steps=(),
            )
            said = "the outline has no example rows, so it would never run. Add one, or remove it."
            yield FeatureProblem(self.shown, line, said, stand_in)


class _Nodes:
    """The nodes of a feature by their id: pickles point at them."""

    def __init__(self, feature: Any) -> None:
        self.scenarios: dict[str, tuple[Any, str | None]] = {}
        self.steps: dict[str, tuple[Any, bool]] = {}
        self.rows: dict[str, dict[str, str]] = {}
        self.repeated: dict[int, int] = {}
        self.remarks: dict[str, tuple[Remark, ...]] = {}
        self._walk(feature["children"], None, feature["tags"])

    def _walk(self, children: list[Any], rule: str | None, tags: list[Any]) -> None:
        names: dict[str, int] = {}
        for child in children:
            if "rule" in child:
                inner = child["rule"]
                self._walk(inner["children"], inner["name"], [*tags, *inner["tags"]])
            elif "background" in child:
                self.steps.update(
                    (step["id"], (step, True)) for step in child["background"]["steps"]
                )
            else:
                self._scenario(child["scenario"], rule, names)
                self.remarks[child["scenario"]["id"]] = _remarks(child["scenario"], tags)

    def _scenario(self, node: Any, rule: str | None, names: dict[str, int]) -> None:
        self.scenarios[node["id"]] = (node, rule)
        self.steps.update((step["id"], (step, False)) for step in node["steps"])
        line = node["location"]["line"]
        first = names.setdefault(node["name"], line)
        if first != line:
            self.repeated[line] = first
        for examples in node["examples"]:
            columns = [cell["value"] for cell in examples.get("tableHeader", {}).get("cells", ())]
            for row in examples.get("tableBody", ()):
                values = [cell["value"] for cell in row["cells"]]
                self.rows[row["id"]] = dict(zip(columns, values, strict=True))


def _remarks(node: Any, tags: list[Any]) -> tuple[Remark, ...]:
    of_examples = [tag for examples in node["examples"] for tag in examples["tags"]]
    found = [*tag_remarks([*tags, *node["tags"], *of_examples]), *outline_remarks(node)]
    return tuple(dict.fromkeys(found))


_KINDS: dict[str, Kind] = {"Context": "given", "Action": "when", "Outcome": "then"}


def _read_as_description(text: str) -> str:
    """A hint for whoever mistyped the first keyword: from there on all is description."""
    first = text.strip().partition("\n")[0]
    return f" `{first}` is read as its description; mind the keywords." if first else ""


def _table(table: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell["value"] for cell in row["cells"]) for row in table["rows"])


def _dedented(description: str) -> str:
    return "\n".join(line.strip() for line in description.strip().splitlines())
