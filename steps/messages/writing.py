"""The messages of a whole run, from its journal and what its processes told."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from gherkin.stream.id_generator import IdGenerator

from smslab.reports.atomic import replacing
from smslab.reports.journal_file import JournalFile, ScenarioRecord
from smslab.reports.titles import withheld
from smslab.steps.language.parameters import PARAMETER_TYPES
from smslab.steps.messages import PROTOCOL
from smslab.steps.messages.matching import Matches
from smslab.steps.messages.sources import Envelope, Sources
from smslab.steps.messages.test_cases import TestCase, identity, timestamp


@dataclass(frozen=True, slots=True)
class Told:
    """What a run knows beside its journal.

    ``root`` is the folder of the run; ``seconds`` and ``matches`` are by scenario key;
    ``succeeded`` is the verdict on everything, with what has no scenario.
    """

    root: Path
    started: datetime
    finished: datetime
    seconds: Mapping[str, float]
    matches: Mapping[str, Matches]
    succeeded: bool


def write_messages(journal: JournalFile, told: Told, path: Path) -> None:
    """Write the messages of a run, atomically. Raises OSError where that cannot be done.

    Scenarios stand one after the other, in the order of the journal, each with its own time
    and that of its steps.
    """
    with replacing(path) as stream:
        for envelope in _Run(journal, told).envelopes():
            stream.write(json.dumps(envelope, ensure_ascii=False, separators=(",", ":")) + "\n")


class _Run:
    """One run on its way to messages."""

    def __init__(self, journal: JournalFile, told: Told) -> None:
        self._journal = journal
        self._told = told
        self._ids = IdGenerator()
        self._sources = Sources(told.root, self._ids)

    def envelopes(self) -> Iterator[Envelope]:
        told = self._told
        yield _meta(self._journal)
        yield from self._sources.envelopes(
            dict.fromkeys(record.scenario.file for record in self._journal.scenarios)
        )
        cases = []
        for record in self._journal.scenarios:
            case = self._case(record)
            problem = None if case else self._sources.problem(record)
            cases += [case] if case else []
            if problem:
                yield problem
        yield from self._parameter_types()
        definitions: dict[tuple[object, ...], str] = {}
        yield from self._definitions(cases, definitions)
        hook, run = self._ids.get_next_id(), self._ids.get_next_id()
        if any(case.needs_hook for case in cases):
            yield _hook(hook)
        yield {"testRunStarted": {"id": run, "timestamp": timestamp(told.started)}}
        for case in cases:
            yield case.envelope(run, hook, definitions)
            yield from case.suggestions()
        ended = told.started
        for case in cases:
            seconds = told.seconds.get(case.record.scenario.scenario, 0.0)
            yield from case.story(ended, seconds)
            ended += timedelta(seconds=seconds)
        finished = timestamp(max(ended, told.finished))
        about = {"success": told.succeeded, "timestamp": finished, "testRunStartedId": run}
        if self._journal.withheld:
            about["message"] = withheld(self._journal.withheld)
        yield {"testRunFinished": about}

    def _case(self, record: ScenarioRecord) -> TestCase | None:
        pickle = self._sources.pickle(record)
        matches = self._told.matches.get(record.scenario.scenario, [])
        return None if pickle is None else TestCase(record, pickle, matches, self._ids)

    def _parameter_types(self) -> Iterator[Envelope]:
        for kind in PARAMETER_TYPES.parameter_types:
            if kind.name:
                about = {
                    "id": self._ids.get_next_id(),
                    "name": kind.name,
                    "regularExpressions": list(kind.regexps),
                    "preferForRegularExpressionMatch": bool(kind.prefer_for_regexp_match),
                    "useForSnippets": bool(kind.use_for_snippets),
                }
                yield {"parameterType": about}

    def _definitions(
        self, cases: list[TestCase], ids: dict[tuple[object, ...], str]
    ) -> Iterator[Envelope]:
        """Every definition that a step matched; ``ids`` gets what they are called."""
        steps = (match for case in cases for match in case.matches)
        known = {identity(each): each for match in steps for each in match["definitions"]}
        for key in sorted(known):
            ids[key] = self._ids.get_next_id()
            found = known[key]
            place = {"uri": found["file"], "location": {"line": found["line"]}}
            pattern = {"source": found["phrase"], "type": found["type"]}
            about = {"id": ids[key], "pattern": pattern, "sourceReference": place}
            yield {"stepDefinition": about}


def _meta(journal: JournalFile) -> Envelope:
    smslab = "unknown" if journal.run is None else journal.run.smslab
    return {
        "meta": {
            "protocolVersion": PROTOCOL,
            "implementation": {"name": "smslab", "version": smslab},
            "runtime": {
                "name": platform.python_implementation(),
                "version": platform.python_version(),
            },
            "os": {"name": platform.system(), "version": platform.release()},
            "cpu": {"name": platform.machine()},
        }
    }


def _hook(id: str) -> Envelope:
    """The hook that stands for what belongs to no step: fixtures, and scenarios that cannot run."""
    place = {"uri": "smslab/steps/engine/items.py"}
    return {"hook": {"id": id, "name": "around the steps", "sourceReference": place}}
