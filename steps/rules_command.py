"""`smslab rules`: the rule catalogue, and the scenarios that exercise each rule."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from smslab.simulator.nearest import nearest
from smslab.simulator.policy import SETTINGS
from smslab.simulator.rules import RULES, SECTIONS, Rule
from smslab.steps.engine.model import Scenario
from smslab.steps.engine.parsing import parse_file
from smslab.steps.engine.places import shown_path
from smslab.steps.selection import selected

WIDTH = 80
"""How many columns the text takes at most, file names and numbers aside."""

_INDENT = " " * 6


@dataclass(slots=True)
class Tagged:
    """A scenario with the tag of a rule: where it is (``file:line``), and its rows if several."""

    place: str
    name: str
    rows: int = 1

    def __str__(self) -> str:
        more = f" (and {self.rows - 1} more)" if self.rows > 1 else ""
        return f"{self.place}  {self.name}{more}"


ByRule: TypeAlias = Mapping[str, list[Tagged]]


class UnknownRule(ValueError):
    """There is no rule of this id; the message gives the nearest."""


def chosen_rules(ids: Iterable[str], only_open: bool) -> list[Rule]:
    """The rules of these ids, all for none, in the order of the catalogue. Raises UnknownRule."""
    wanted = {_known(id) for id in ids}
    return [
        rule
        for rule in RULES.values()
        if (not wanted or rule.id in wanted) and (rule.settled == "open" or not only_open)
    ]


def _known(id: str) -> str:
    rule_id = id.upper().removeprefix("@")
    if rule_id in RULES:
        return rule_id
    near = nearest(rule_id, RULES)
    hint = f"did you mean {near}?" if near else "smslab rules lists them all."
    raise UnknownRule(f"There is no rule {id}; {hint}")


def tagged_scenarios(paths: Iterable[str]) -> ByRule:
    """The scenarios in feature files by rule. Raises NothingThere for a path that is none."""
    found: defaultdict[str, dict[str, Tagged]] = defaultdict(dict)
    for file in _files(selected(paths)):
        for candidate in parse_file(file, shown_path(file, Path.cwd())):
            if isinstance(candidate, Scenario):
                for tag in candidate.tags:
                    _note(found[tag.removeprefix("@")], candidate)
    return {rule: list(scenarios.values()) for rule, scenarios in found.items()}


def _note(found: dict[str, Tagged], scenario: Scenario) -> None:
    place = f"{scenario.file}:{scenario.heading_at}"
    if place in found:
        found[place].rows += 1
    else:
        found[place] = Tagged(place, scenario.name)


def _files(selection: Iterable[str]) -> Iterator[Path]:
    for each in selection:
        path = Path(each.partition("::")[0])
        yield from sorted(path.rglob("*.feature")) if path.is_dir() else [path]


def catalogue(rules: Iterable[Rule], tagged: ByRule) -> Iterator[str]:
    """The lines to print: a block for every rule, below the title of its section."""
    shown = list(rules)
    for section, of_section in groupby(shown, key=lambda rule: rule.section):
        title = SECTIONS[section]
        yield from (title, "=" * len(title), "")
        for rule in of_section:
            yield from _block(rule, tagged.get(rule.id, []))
            yield ""
    opened = sum(rule.settled == "open" for rule in shown)
    without = [rule.id for rule in shown if not tagged.get(rule.id)]
    yield f"Rules: {len(shown)}, of them open: {opened}."
    yield from _wrapped(f"Without a scenario: {', '.join(without) or 'none'}.", "")


def _block(rule: Rule, scenarios: list[Tagged]) -> Iterator[str]:
    implemented = "implemented" if rule.implemented else "not implemented"
    rows = sum(scenario.rows for scenario in scenarios)
    number = f"{rows} scenario{'' if rows == 1 else 's'}"
    yield f"{rule.id:<6}{rule.settled}, {implemented}, {number}"
    yield from _wrapped(rule.sentence, _INDENT)
    yield from _wrapped(f"Source: {rule.source}", _INDENT)
    for setting in SETTINGS.values():
        if setting.rule == rule.id:
            text = f"{setting.kind.capitalize()}: {setting.name} = {setting.default} (default)"
            yield from _wrapped(text, _INDENT)
    if rule.no_setting:
        yield from _wrapped(f"No setting: {rule.no_setting}.", _INDENT)
    for scenario in scenarios:
        yield from _wrapped(str(scenario), f"{_INDENT}- ", f"{_INDENT}  ")


def _wrapped(text: str, indent: str, next_indent: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if next_indent is None else next_indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
