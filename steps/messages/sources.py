"""The feature files of a run as messages: source, document and pickles, or what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException, ParserException
from gherkin.stream.id_generator import IdGenerator

from smslab.reports.journal_file import ScenarioRecord
from smslab.steps.engine.official_gherkin import document_of, pickles_of
from smslab.steps.engine.places import path_of

Envelope = dict[str, Any]


class Sources:
    """The files of a run, read again: a journal does not hold where their nodes are.

    ``root`` is the folder that their names start from.
    """

    def __init__(self, root: Path, ids: IdGenerator) -> None:
        self._root = root
        self._ids = ids
        self._pickles: dict[tuple[str, int], Any] = {}
        self._unparsed: set[str] = set()

    def envelopes(self, files: Iterable[str]) -> Iterator[Envelope]:
        """What the files hold, in their order."""
        for file in files:
            yield from self._file(file)

    def pickle(self, record: ScenarioRecord) -> Any | None:
        """The pickle of a scenario; None for what stands for a problem of a file."""
        found = self._pickles.get((record.scenario.file, record.scenario.at))
        if found is None or found["name"] != record.scenario.name:
            return None
        texts = [step["text"] for step in found["steps"]]
        return found if texts == [step.text for step in record.steps] else None

    def problem(self, record: ScenarioRecord) -> Envelope | None:
        """The message on a record without a pickle, where the parser has not sent one."""
        scenario, result = record.scenario, record.result
        if scenario.file in self._unparsed:
            return None
        message = result.message if result is not None and result.status == "broken" else None
        at = scenario.at if result is None or result.at is None else result.at
        said = message or f"the file no longer holds what was run as “{scenario.scenario}”."
        return _parse_error(scenario.file, {"line": at}, said)

    def _file(self, file: str) -> Iterator[Envelope]:
        try:
            text = path_of(file, self._root).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return
        if not file.endswith(".feature"):
            return
        media_type = "text/x.cucumber.gherkin+plain"
        yield {"source": {"uri": file, "data": text, "mediaType": media_type}}
        try:
            document = document_of(text, self._ids)
        except (CompositeParserException, ParserException) as error:
            self._unparsed.add(file)
            for each in getattr(error, "errors", [error]):
                yield _parse_error(file, each.location, str(each))
            return
        document = {**document, "uri": file}
        yield {"gherkinDocument": document}
        for pickle in pickles_of(document, self._ids):
            self._pickles[file, pickle["location"]["line"]] = pickle
            yield {"pickle": pickle}


def _parse_error(uri: str, location: Any, message: str) -> Envelope:
    return {"parseError": {"source": {"uri": uri, "location": dict(location)}, "message": message}}
