"""The part of a journal that one process writes, and the whole journal where there is but one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from smslab.reports.atomic import replacing
from smslab.reports.journal_file import (
    JournalFile,
    RunLine,
    ScenarioRecord,
    end_text,
    read,
    run_text,
    scenario_text,
)


@dataclass(slots=True)
class Part:
    """A part that is being written. Of what is in the file it remembers only where it is.

    ``kept`` are the records, if they are to be kept for reports.
    """

    path: Path
    run: RunLine
    keep: bool = False
    kept: list[ScenarioRecord] = field(default_factory=list)
    _stream: BinaryIO | None = None
    _altered: bool = False
    _places: list[tuple[tuple[str, str, int], int, int]] = field(default_factory=list)

    def append(self, record: ScenarioRecord) -> None:
        """Write one scenario and flush. Raises OSError where that cannot be done."""
        stream = self._stream or self._begun()
        text = self._encoded(scenario_text(record))
        self._places.append((_order(record), stream.tell(), len(text)))
        stream.write(text)
        stream.flush()
        if self.keep:
            self.kept.append(record)

    def close(self) -> None:
        """Write no more."""
        if self._stream is not None:
            self._stream.close()

    def finish(self, path: Path, withheld: int = 0) -> JournalFile:
        """Write the whole journal to ``path``, from this part only; the records that were kept."""
        with replacing(path) as stream, self.path.open("rb") as part:
            stream.write(run_text(self.run))
            for _, begin, length in sorted(self._places):
                part.seek(begin)
                stream.write(part.read(length).decode("utf-8"))
            stream.write(end_text(len(self._places), withheld))
        if self._altered:
            return read(path)
        return JournalFile(self.run, sorted(self.kept, key=_order), withheld=withheld)

    def _encoded(self, text: str) -> bytes:
        try:
            return text.encode("utf-8")
        except UnicodeEncodeError:
            self._altered = True
            return text.encode("utf-8", "replace")

    def _begun(self) -> BinaryIO:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = self.path.open("wb")
        self._stream.write(run_text(self.run).encode("utf-8", "replace"))
        return self._stream


def _order(record: ScenarioRecord) -> tuple[str, str, int]:
    return record.scenario.scenario, record.scenario.file, record.scenario.at
