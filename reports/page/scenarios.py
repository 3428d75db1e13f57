"""Every scenario as HTML: what a reader without a script can read, and what is packed away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from smslab.reports.journal_file import STATUSES, ScenarioRecord, StepLine
from smslab.reports.page.attachments import by_step
from smslab.reports.page.details import Details, details_of
from smslab.reports.page.event_html import Line, changes_html
from smslab.reports.page.packing import packed
from smslab.reports.page.placeholders import outlined
from smslab.reports.page.step_html import (
    Attachments,
    background_html,
    example_values,
    heads,
    outline_html,
    reason_html,
    steps_html,
    unsaid,
)
from smslab.reports.page.telling import Entry, Feature, RulePart, Told, features
from smslab.reports.page.text import count, line, status, whole
from smslab.reports.page.verdict import HARMLESS
from smslab.reports.run import Run
from smslab.reports.titles import CUT_OFF, status_of


@dataclass(frozen=True, slots=True)
class FeatureView:
    """One feature as the page shows it. ``packed`` holds the details of its scenarios."""

    name: str
    file: str
    counts: list[tuple[str, int]]
    bad: bool
    body: Markup
    packed: Markup


def feature_views(
    run: Run,
    attachments: Attachments,
    *,
    homes: Mapping[str, str] | None = None,
    unpacked: bool = False,
) -> list[FeatureView]:
    """Every feature with its scenarios.

    ``unpacked``: the details stand open in the page, as in the page of a feature. ``homes``: they
    are left to other pages, by anchor, and linked.
    """
    details = details_of(run, attachments, homes=homes, unpacked=unpacked)
    return [_feature(feature, details) for feature in features(run.journal.scenarios)]


def _feature(feature: Feature, details: Details) -> FeatureView:
    details.parts = {}
    statuses = Counter(status_of(entry.record) for entry in feature.entries)
    if details.homes is None:
        for entry in feature.entries:
            details.put_away(entry)
    body = [background_html("Background of every scenario here", feature.background)]
    for part in feature.rules:
        body.append(_rule(part, feature.background, details))
    return FeatureView(
        feature.name,
        feature.file,
        [(name, statuses[name]) for name in (*STATUSES, CUT_OFF) if statuses[name]],
        any(name not in HARMLESS for name in statuses),
        Markup("".join(body)),
        Markup() if details.unpacked else packed(details.parts),
    )


def _rule(part: RulePart, background: list[StepLine], details: Details) -> str:
    before = [*background, *part.background]
    told = "".join(_told(each, before, details) for each in part.told)
    if part.name is None:
        return f'<div class="rule">{told}</div>'
    own = background_html("Background of this rule", part.background)
    return (
        f'<div class="rule"><h4><span class="soft">Rule:</span> {line(part.name)}</h4>'
        f"{own}{told}</div>"
    )


def _told(told: Told, before: list[StepLine], details: Details) -> str:
    if len(told.entries) > 1:
        return _outline(told.entries, before, details)
    return _scenario(told.entries[0], before, details)


def _scenario(entry: Entry, before: list[StepLine], details: Details) -> str:
    record = entry.record
    scenario = record.scenario
    example = ""
    if scenario.examples:
        values = "; ".join(f"<i>{line(k)}</i> {whole(v)}" for k, v in scenario.examples.items())
        example = f"<p>Example: {values}</p>"
    opened = " open" if status_of(record) == "failed" else ""
    changed = _changes(details.changed(record), "by step")
    return (
        f'<details class="sc" id="{entry.anchor}"{opened}><summary>{_ended(record)} '
        f"{_name(scenario.name)}{_tags(scenario.tags)}</summary>{_about(record)}{example}"
        f"{_steps(record, before, details)}{_why(record)}{changed}"
        f'<div class="more">{details.more(entry)}</div></details>'
    )


def _outline(entries: Sequence[Entry], before: list[StepLine], details: Details) -> str:
    records = [entry.record for entry in entries]
    examples = [record.scenario.examples or {} for record in records]
    columns = list(dict.fromkeys(name for values in examples for name in values))
    steps = [unsaid(_quiet(record.steps), before) for record in records]
    shared = [
        tag for tag in records[0].scenario.tags if all(tag in r.scenario.tags for r in records)
    ]
    name = outlined([r.scenario.name for r in records], examples) or records[0].scenario.name
    statuses = Counter(map(status_of, records))
    said = " ".join(status(each, number) for each, number in statuses.items())
    rows = "".join(
        f'<tr id="{entry.anchor}"><td><a href="#{entry.anchor}">{number}</a></td>'
        f"<td>{_ended(entry.record)}</td>{example_values(columns, values)}</tr>"
        for number, (entry, values) in enumerate(zip(entries, examples, strict=True), start=1)
    )
    opened = " open" if statuses["failed"] else ""
    return (
        f'<details class="sc outline"{opened}><summary>{said} {_name(name)}'
        f" <small>{count(len(records), 'example')}</small>{_tags(shared)}</summary>"
        f"{_description(records[0])}{outline_html(steps, examples)}"
        f'<div class="wide" role="region" aria-label="Examples" tabindex="0"><table class="ex">'
        f'<caption>Examples</caption><thead><tr><th scope="col">No.</th><th scope="col">Status</th>'
        f"{heads(columns)}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"{_apart(entries, before, details)}{_changes_of_examples(entries, details)}"
        f'<div class="more">{_more_of_examples(entries, details)}</div></details>'
    )


def _more_of_examples(entries: Sequence[Entry], details: Details) -> str:
    """The details of each example, under its number."""
    for number, entry in enumerate(entries, start=1):
        if entry.anchor in details.parts:
            details.parts[entry.anchor] = f"<h5>Example {number}</h5>{details.parts[entry.anchor]}"
    return "".join(
        details.more(entry, f" of example {number}")
        for number, entry in enumerate(entries, start=1)
    )


def _quiet(steps: Sequence[StepLine]) -> list[StepLine]:
    """Own steps only: whether one passed is said of each example apart."""
    return [step for step in steps if not step.background]


def _apart(entries: Sequence[Entry], before: list[StepLine], details: Details) -> str:
    """The examples that did not pass, or attached something: their own steps, and why."""
    parts = []
    for number, entry in enumerate(entries, start=1):
        record = entry.record
        if status_of(record) in HARMLESS and not record.attachments:
            continue
        parts.append(
            f'<div class="one" data-of="{entry.anchor}"><h5>Example {number} '
            f"{_ended(record)}</h5>{_steps(record, before, details)}{_why(record)}</div>"
        )
    return "".join(parts)


def _changes_of_examples(entries: Sequence[Entry], details: Details) -> str:
    """The state changes of all examples once, then what is another from example to example."""
    told = [details.changed(entry.record) for entry in entries]
    first = told[0]
    common = [x for x in first if all(lines.count(x) == first.count(x) for lines in told)]
    shared = set(common)
    groups: dict[tuple[Line, ...], list[int]] = {}
    for number, lines in enumerate(told):
        own = tuple(line for line in lines if line not in shared)
        groups.setdefault(own, []).append(number)
    everywhere = " ".join(entry.anchor for entry in entries)
    parts = [_part(everywhere, _changes(common, "by step, in every example"))]
    for own, numbers in groups.items():
        also = "also " if common else ""
        which = _changes(own, f"{also}in {_examples(numbers)}")
        parts.append(_part(" ".join(entries[number].anchor for number in numbers), which))
    return "".join(parts)


def _part(anchors: str, html: str) -> str:
    return html and f'<div data-of="{anchors}">{html}</div>'


def _changes(lines: Sequence[Line], how: str) -> str:
    return f"<h5>What changed, {how}</h5>{changes_html(lines)}" if lines else ""


def _examples(numbers: Sequence[int]) -> str:
    """Which examples, counted from 1, runs of them as spans."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    said = ", ".join("\u2013".join(str(number + 1) for number in span) for span in spans)
    return f"example{'' if len(numbers) == 1 else 's'} {said}"


def _steps(record: ScenarioRecord, before: list[StepLine], details: Details) -> str:
    attached = by_step(record.attachments)
    steps = unsaid(record.steps, before)
    known = {step.step for step in steps}
    found = steps_html(steps, attached, details.attachments)
    elsewhere = [each for step, all_ in attached.items() if step not in known for each in all_]
    return found + (details.attachments(elsewhere) if elsewhere else "")


def _ended(record: ScenarioRecord) -> str:
    result = record.result
    again = "" if result is None or result.attempts == 1 else f" attempt {result.attempts}"
    return status(status_of(record)) + (
        f' <span class="s changed">≠{again}</span>' if again else ""
    )


def _name(name: str) -> str:
    return f"<span>{line(name)}</span>"


def _tags(tags: Sequence[str]) -> str:
    return f" <small>{line(' '.join(tags), 400)}</small>" if tags else ""


def _about(record: ScenarioRecord) -> str:
    scenario = record.scenario
    place = f'<p class="meta">line {scenario.at}, seed {scenario.seed}</p>'
    return place + _description(record)


def _description(record: ScenarioRecord) -> str:
    description = record.scenario.description
    return f'<p class="pre">{whole(description)}</p>' if description else ""


def _why(record: ScenarioRecord) -> str:
    """Why a scenario ended as it did, where no step says it."""
    result = record.result
    if result is None:
        return '<div class="said">Cut off: the journal holds no result of this scenario.</div>'
    if result.status in HARMLESS or not result.message or any(s.message for s in record.steps):
        return ""
    return reason_html(result.message)
