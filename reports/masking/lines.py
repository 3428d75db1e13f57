"""The lines of a journal with stand-ins for what must not leave the company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from smslab.reports.journal_file import (
    AttachmentLine,
    JournalFile,
    ResultLine,
    ScenarioLine,
    ScenarioRecord,
    StepLine,
)
from smslab.reports.masking.originals import (
    NUMBER_FIELDS,
    OPEN_FIELDS,
    PEOPLE,
    SAID,
    TEXT_FIELDS,
    originals,
)
from smslab.reports.masking.phrases import Phrases
from smslab.reports.masking.replacing import Replacer
from smslab.simulator.journal import Event, Value
from smslab.simulator.rules import RULES

LEFT_OUT = "Left out of a masked report."
"""What stands in place of technical details and attachments."""

_Mask: TypeAlias = Callable[[str], str]


def masked_journals(journals: Sequence[JournalFile]) -> list[JournalFile]:
    """The journals with stand-ins, each with its scenarios in the order of their new keys.

    The same original has the same stand-in in all of them, and so has the same scenario.
    """
    masker = _Masker(journals)
    return [masker.masked(journal) for journal in journals]


class _Masker:
    """Masks several journals alike."""

    def __init__(self, journals: Sequence[JournalFile]) -> None:
        self._replacer = Replacer(originals(journals))
        records = [record for journal in journals for record in journal.scenarios]
        self._careful = {record.scenario.scenario for record in records if not _passed(record)}
        self._keys: dict[tuple[str, int], str] = {}
        self._taken: set[str] = set()

    def masked(self, journal: JournalFile) -> JournalFile:
        """One of the journals with stand-ins."""
        met: Counter[str] = Counter()
        records = []
        for record in journal.scenarios:
            key = record.scenario.scenario
            met[key] += 1
            records.append(self._record(record, met[key]))
        records.sort(key=lambda r: (r.scenario.scenario, r.scenario.file, r.scenario.at))
        damage = [self._replacer.prose(paragraph, careful=True) for paragraph in journal.damage]
        return JournalFile(journal.run, records, damage, journal.withheld)

    def _record(self, record: ScenarioRecord, nth: int) -> ScenarioRecord:
        """The ``nth`` scenario of its key, which only a damaged journal has more than one of.

        One that did not pass in any of the journals is masked with care in all: its key, and
        its texts, must be the same.
        """
        old, replacer = record.scenario.scenario, self._replacer
        careful = old in self._careful
        line = _scenario(record.scenario, replacer, careful=careful)
        key = self._keys.get((old, nth)) or _key(line, self._taken)
        self._keys[old, nth] = key
        return ScenarioRecord(
            replace(line, scenario=key),
            [_step(step, key, replacer, careful=careful) for step in record.steps],
            [_event(event, replacer) for event in record.events],
            _result(record.result, key, replacer, careful=careful),
            [_attachment(each, key) for each in record.attachments],
        )


def _passed(record: ScenarioRecord) -> bool:
    whole = record.result is not None and record.result.status == "passed"
    return whole and all(step.status == "passed" for step in record.steps)


def _scenario(line: ScenarioLine, replacer: Replacer, *, careful: bool) -> ScenarioLine:
    def prose(text: str) -> str:
        return replacer.prose(text, careful=careful)

    examples = None
    if line.examples is not None:
        examples = {
            prose(column): replacer.cell(value, careful=careful)
            for column, value in line.examples.items()
        }
    return replace(
        line,
        feature=prose(line.feature),
        file=replacer.structural(line.file),
        rule=None if line.rule is None else prose(line.rule),
        name=prose(_without_values(line, replacer)),
        tags=tuple(_tag(tag, replacer) for tag in line.tags),
        examples=examples,
        description=prose(line.description),
    )


def _without_values(line: ScenarioLine, replacer: Replacer) -> str:
    """The name of a scenario without the example values that stand in it, if they are masked."""
    values = {
        value: replacer.cell(value, careful=False) for value in (line.examples or {}).values()
    }
    return Phrases({old: new for old, new in values.items() if new != old}).replaced(line.name)


def _key(line: ScenarioLine, taken: set[str]) -> str:
    """A key as the harness makes it; a number follows where two scenarios would share one."""
    values = ", ".join(f"{column}={value}" for column, value in (line.examples or {}).items())
    key = first = " > ".join(filter(None, (line.feature, line.rule, line.name, values)))
    number = 2
    while key in taken:
        key = f"{first} ({number})"
        number += 1
    taken.add(key)
    return key


def _tag(tag: str, replacer: Replacer) -> str:
    return tag if tag.removeprefix("@") in RULES else replacer.structural(tag)


def _step(step: StepLine, key: str, replacer: Replacer, *, careful: bool) -> StepLine:
    table = step.table and tuple(
        tuple(replacer.cell(cell, careful=careful and number > 0) for cell in row)
        for number, row in enumerate(step.table)
    )
    return replace(
        step,
        scenario=key,
        text=replacer.prose(step.text, careful=careful),
        table=table,
        docstring=None if step.docstring is None else replacer.text(step.docstring),
        message=None if step.message is None else replacer.prose(step.message, careful=careful),
    )


def _result(
    result: ResultLine | None, key: str, replacer: Replacer, *, careful: bool
) -> ResultLine | None:
    if result is None:
        return None
    message = result.message
    return replace(
        result,
        scenario=key,
        message=None if message is None else replacer.prose(message, careful=careful),
        detail=None if result.detail is None else LEFT_OUT,
    )


def _attachment(line: AttachmentLine, key: str) -> AttachmentLine:
    return AttachmentLine(key, line.step, "text/plain", None, "text", LEFT_OUT)


def _event(event: Event, replacer: Replacer) -> Event:
    mask = _mask_of(event, replacer)
    return event._replace(
        id=replacer.structural(event.id),
        old=_value(event.old, mask),
        new=_value(event.new, mask),
        command=replacer.structural(event.command),
        actor=replacer.actor(event.actor),
    )


def _value(value: Value, mask: _Mask) -> Value:
    return mask(value) if isinstance(value, str) else value


def _mask_of(event: Event, replacer: Replacer) -> _Mask:
    field = event.field
    if field in NUMBER_FIELDS:
        return replacer.number
    if field in TEXT_FIELDS or (event.entity, field) in SAID:
        return replacer.text
    if field == "display_name" or (field == "name" and event.entity in PEOPLE):
        return replacer.name
    return replacer.prose if field in OPEN_FIELDS else replacer.structural
