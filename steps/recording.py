"""The results folder of a run: parts while it goes on, then journal, page and JUnit XML."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from smslab.reports.atomic import replacing
from smslab.reports.history.addresses import hidden
from smslab.reports.journal_file import (
    JournalFile,
    RunLine,
    ScenarioRecord,
    merge,
    read,
    write,
)
from smslab.reports.journal_part import Part
from smslab.steps.crashes import crashed
from smslab.steps.engine.failures import failure_text
from smslab.steps.engine.items import ScenarioItem
from smslab.steps.github import has_summary
from smslab.steps.keeping import SUITE, TRENDS, Kept, keep, suite_of, wanted
from smslab.steps.last_run import FACTS
from smslab.steps.settings import RunSettings, shown
from smslab.steps.tally import OF_SCENARIO, REPORT, Tally, told_of
from smslab.steps.version import smslab_version

JOURNAL, PAGE, JUNIT, PARTS = "journal.jsonl", "report.html", "junit.xml", "parts"

_LOST = (
    "{lost} scenario{s} ran, but what became of them is not in the journal: another run has used "
    "{folder} at the same time. Run again, each run with a --results folder of its own."
)


class Recorder:
    """Writes what scenarios did. Workers write parts; whoever controls the run, the rest."""

    def __init__(self, settings: RunSettings, tally: Tally) -> None:
        self._settings = settings
        self._tally = tally
        self._folder = settings.results
        self._worker: str | None = getattr(settings.config, "workerinput", {}).get("workerid")
        self._part: Part | None = None
        self._cleared = False
        self._lost = False
        self._crashed: list[ScenarioRecord] = []
        self._started = datetime.now(UTC)
        self._kept: Kept | None = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note errors around the steps; when a scenario has ended, write and report it."""
        report = yield
        if isinstance(item, ScenarioItem):
            setattr(report, OF_SCENARIO, True)
            if call.excinfo is not None:
                when = "tear-down" if call.when == "teardown" else "set-up"
                item.failed_around(call.excinfo.value, when)
            if call.when == "teardown":
                self.ended(item, report)
        return report

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Make room, before the first scenario of a run in one process."""
        collecting = session.config.option.collectonly
        if not collecting and any(isinstance(item, ScenarioItem) for item in session.items):
            self._clear()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Make room, before the workers of a run in many processes begin."""
        if any(".feature::" in nodeid for nodeid in ids):
            self._clear()

    @pytest.hookimpl(optionalhook=True)
    def pytest_handlecrashitem(self, crashitem: str, report: pytest.TestReport) -> None:
        """Keep a scenario whose worker died, so that no report and no count is without it."""
        record = crashed(crashitem, self._settings)
        if record is not None:
            self._crashed.append(record)
            settings, scenario = self._settings, record.scenario
            rerun = settings.rerun_command(scenario.file, scenario.at)
            failure = failure_text(record, settings.seed, rerun)
            setattr(report, REPORT, told_of(record, "failed", 1, failure))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Join the parts, and make the reports."""
        if self._part is not None:
            self._part.close()
        if self._worker is None and (self._tally.scenarios or self._crashed):
            try:
                self._finish()
            except OSError as error:
                self._tally.written.append(_not_written(error))
                session.exitstatus = pytest.ExitCode.TESTS_FAILED
            if self._lost:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def ended(self, item: ScenarioItem, report: pytest.TestReport) -> None:
        """Write what became of a scenario, and put it on ``report``, the last of it."""
        record = item.record
        if record is None or record.result is None:
            return
        status = record.result.status
        if status == "failed" and item.retries_left:
            item.failed_but_not_for_good = True
            return
        if item.attempts > 1:
            result = replace(record.result, attempts=item.attempts)
            record = replace(record, result=result)
        failure = None if status in ("passed", "skipped") else item.failure()
        setattr(report, REPORT, told_of(record, status, item.attempts, failure, item.lacked))
        if self._settings.messages is not None:
            from smslab.steps.messages.matching import matches

            getattr(report, REPORT)["matches"] = matches(
                item.scenario, item.parent.registry, item.step_seconds
            )
        self._write(record)
        item.record = None

    def _write(self, record: ScenarioRecord) -> None:
        try:
            if self._part is None:
                path = self._folder / PARTS / f"{self._worker or 'main'}.jsonl"
                wanted = self._settings.reports or self._settings.messages is not None
                keep = self._worker is None and wanted
                self._part = Part(path, self._run_line(), keep)
            self._part.append(record)
        except OSError as error:
            pytest.exit(_not_written(error), returncode=pytest.ExitCode.TESTS_FAILED)

    def _clear(self) -> None:
        """Remove the results of an earlier run: files that a run writes, and no others."""
        if self._cleared or self._worker is not None:
            return
        self._cleared = True
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for name in (JOURNAL, PAGE, JUNIT, FACTS):
                (self._folder / name).unlink(missing_ok=True)
            if self._settings.messages is not None:
                self._settings.messages.unlink(missing_ok=True)
            self._remove_parts()
        except OSError as error:
            raise pytest.UsageError(_not_written(error)) from None

    def _remove_parts(self) -> None:
        parts = self._folder / PARTS
        for part in parts.glob("*.jsonl"):
            part.unlink()
        if parts.is_dir() and not any(parts.iterdir()):
            parts.rmdir()

    def _finish(self) -> None:
        journal = self._joined()
        self._remove_parts()
        written = [("Journal", JOURNAL)]
        if self._settings.reports:
            self._report(journal)
            written = [("Page", PAGE), *written, ("JUnit XML", JUNIT)]
        with replacing(self._folder / FACTS) as stream:
            json.dump(self._facts(), stream, indent=1)
        places = [(title, self._folder / name) for title, name in written]
        if self._settings.messages is not None:
            self._tell(journal, self._settings.messages)
            places.append(("Messages", self._settings.messages))
        self._tally.written = [f"{title}: {shown(place)}" for title, place in places]
        self._tally.written += [self._kept.said] if self._kept else []

    def _joined(self) -> JournalFile:
        """The whole journal, which is then on the disk."""
        path = self._folder / JOURNAL
        if self._part is not None:
            return self._part.finish(path, self._tally.withheld)
        parts = (self._folder / PARTS).glob("*.jsonl")
        journal = merge(self._run_line(), parts, self._tally.withheld)
        journal.scenarios.extend(self._crashed)
        lost = self._tally.scenarios.total() - len(journal.scenarios)
        if lost > 0:
            said = _LOST.format(lost=lost, s="" if lost == 1 else "s", folder=shown(self._folder))
            journal.damage.append(said)
            self._tally.others.append(said)
            self._lost = True
        write(path, journal)
        return read(path) if self._crashed else journal

    def _report(self, journal: JournalFile) -> None:
        from smslab.reports import Run, write_junit, write_page

        run = Run(journal)
        trends = None
        if wanted(self._settings):
            self._kept = keep(run, self._settings, self._started, self._tally.seconds)
            trends = self._kept.trends
        write_page(run, self._folder / PAGE, trends=trends)
        write_junit(run, self._folder / JUNIT, self._tally.seconds)
        if has_summary():
            from smslab.reports.exports.markdown import details

            self._tally.details = details(run)

    def _tell(self, journal: JournalFile, path: Path) -> None:
        from smslab.steps.messages.writing import Told, write_messages

        tally, root = self._tally, self._settings.config.invocation_params.dir
        told = Told(
            root,
            self._started,
            datetime.now(UTC),
            tally.seconds,
            tally.matches,
            tally.passed and not tally.others,
        )
        write_messages(journal, told, path)

    def _run_line(self) -> RunLine:
        return RunLine(self._settings.seed, dict(self._settings.policy.as_dict()), smslab_version())

    def _facts(self) -> dict[str, Any]:
        """What differs from run to run and so stays out of the journal; seconds by scenario key."""
        trends = self._kept.trends if self._kept else None
        return {
            "started": self._started.isoformat(),
            "finished": datetime.now(UTC).isoformat(),
            "command": [hidden(word) for word in sys.argv],
            "target": self._settings.target.name,
            "python": platform.python_version(),
            "platform": platform.platform(),
            "workers": self._settings.config.getoption("numprocesses", None) or 1,
            "shard": self._settings.config.getoption("smslab_shard"),
            SUITE: suite_of(self._settings),
            TRENDS: trends and trends.as_json(),
            "seconds": dict(sorted(self._tally.seconds.items())),
        }


def _not_written(error: OSError) -> str:
    return f"The results cannot be written: {error}. Make room there, or choose another folder."
